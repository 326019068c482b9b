import { randomBytes } from 'node:crypto';
import type { Clock } from '../base/ports.ts';
import type { AuditEvent } from '../model/audit.ts';
import type { StoreReader, StoreWriter } from '../model/store.ts';
import { type AuditAnchor, type AuditRow, auditStart, chainEvents, withoutValues } from './audit-chain.ts';
import type { Scope } from './connection.ts';
import { parseStored } from './json-text.ts';

const saltName = 'auditSalt';
const saltBytes = 32;

/** Reading the audit log. */
export function auditReader(scope: Scope): Pick<StoreReader, 'auditPage' | 'auditHead'> {
  const { connection, migration } = scope;
  return {
    auditPage: async (afterSeq, limit) => {
      const rows = await connection.rows<AuditRow>(
        'select seq, at, kind, body, previous, hash from audit where migration = ? and seq > ? order by seq limit ?',
        [migration, afterSeq, limit],
      );
      return rows.map((row) => ({ ...row, body: parseStored(row.body, `audit entry ${row.seq}`) }));
    },
    auditHead: () => headOf(scope),
  };
}

/** Appending to the audit log; with `noValues` no value goes in, only its HMAC under the migration's salt. */
export function auditWriter(
  scope: Scope,
  clock: Clock,
  options: { readonly noValues: boolean },
): Pick<StoreWriter, 'appendAudit'> {
  return {
    appendAudit: async (events) => {
      if (events.length === 0) return;
      const kept = options.noValues ? sealed(events, await saltOf(scope)) : events;
      const rows = chainEvents(kept, await headOf(scope), new Date(clock.nowMs()).toISOString());
      await scope.connection.insert(
        'audit',
        scope.migration,
        rows.map(({ seq, at, kind, body, previous, hash }) => [seq, at, kind, body, previous, hash]),
      );
    },
  };
}

function sealed(events: readonly AuditEvent[], salt: string): AuditEvent[] {
  return events.map(({ kind, body }) => ({ kind, body: withoutValues(body, salt) }));
}

/** The migration's salt, made with its first entry. Forgetting it (and the values) leaves nothing that can be guessed. */
async function saltOf({ connection, migration }: Scope): Promise<string> {
  const [row] = await connection.rows<{ content: string }>(
    'select content from setting where migration = ? and name = ?',
    [migration, saltName],
  );
  if (row !== undefined) return row.content;
  const salt = randomBytes(saltBytes).toString('hex');
  await connection.insert('setting', migration, [[saltName, salt]]);
  return salt;
}

async function headOf(scope: Scope): Promise<AuditAnchor> {
  const [row] = await scope.connection.rows<AuditAnchor>(
    'select seq, hash from audit where migration = ? order by seq desc limit 1',
    [scope.migration],
  );
  return row ?? auditStart;
}

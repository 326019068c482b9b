import type { Clock } from '../base/ports.ts';
import type { StoreReader, StoreWriter } from '../model/store.ts';
import { type AuditAnchor, type AuditRow, auditStart, chainEvents, withoutValues } from './audit-chain.ts';
import type { Scope } from './connection.ts';
import { parseStored } from './json-text.ts';

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

/** Appending to the audit log; with `noValues` no value goes in, only its hash. */
export function auditWriter(
  scope: Scope,
  clock: Clock,
  options: { readonly noValues: boolean },
): Pick<StoreWriter, 'appendAudit'> {
  return {
    appendAudit: async (events) => {
      if (events.length === 0) return;
      const kept = options.noValues
        ? events.map(({ kind, body }) => ({ kind, body: withoutValues(body) }))
        : events;
      const rows = chainEvents(kept, await headOf(scope), new Date(clock.nowMs()).toISOString());
      await scope.connection.insert(
        'audit',
        scope.migration,
        rows.map(({ seq, at, kind, body, previous, hash }) => [seq, at, kind, body, previous, hash]),
      );
    },
  };
}

async function headOf(scope: Scope): Promise<AuditAnchor> {
  const [row] = await scope.connection.rows<AuditAnchor>(
    'select seq, hash from audit where migration = ? order by seq desc limit 1',
    [scope.migration],
  );
  return row ?? auditStart;
}

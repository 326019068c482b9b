import { z } from 'zod';
import { type Account, isLive, nowSec } from '../account.ts';
import type { Table } from '../table.ts';
import type { ImportRecord } from './import-record.ts';
import { parseImport } from './import-request.ts';
import { runImport } from './import-run.ts';

const HOUR_MS = 3_600_000;
const which = z.strictObject({ id: z.int().positive() });

function listed({ createdIds, skipFile: _file, atMs, undoneMs, ...rest }: ImportRecord) {
  const created = Object.fromEntries(Object.entries(createdIds).map(([kind, ids]) => [kind, ids.length]));
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return { ...rest, created, at: time(atMs), undoneAt: time(undoneMs) };
}

function importOf(account: Account, body: unknown): ImportRecord {
  const given = which.safeParse(body);
  if (!given.success) throw new Error('say which import: { "id": 1 }');
  const found = account.state.imports.get(given.data.id);
  if (!found) throw new Error(`there is no import ${given.data.id}`);
  return found;
}

/**
 * Takes back what an import made. INF: what it merged into or updated stays as it is, as do options and fields; a
 * changed record is deleted nevertheless. Throws when it was undone before, or (switch) too long ago.
 */
function undo(account: Account, body: unknown): { readonly id: number; readonly removed: number } {
  const { state, clock, switches } = account;
  const record = importOf(account, body);
  if (record.undoneMs !== null) throw new Error(`import ${record.id} was undone already`);
  const { importUndoHours } = switches;
  if (importUndoHours !== null && clock.nowMs() - record.atMs > importUndoHours * HOUR_MS)
    throw new Error(`import ${record.id} is more than ${importUndoHours} hours old and cannot be undone`);
  state.history.actAs(record.userId, nowSec(account));
  let removed = 0;
  for (const [kind, ids] of Object.entries(record.createdIds) as [keyof typeof TABLES, readonly number[]][])
    for (const id of ids) removed += remove(account, kind, id);
  state.keep(state.imports, { ...record, undoneMs: clock.nowMs() });
  state.flush();
  return { id: record.id, removed };
}

const TABLES = {
  organization: 'organizations',
  person: 'persons',
  deal: 'deals',
  lead: 'leads',
  activity: 'activities',
  note: 'notes',
} as const;

interface Deletable {
  readonly id: number;
  readonly deletedSec: number | null;
}

function remove(account: Account, kind: keyof typeof TABLES, id: number): 0 | 1 {
  const { state } = account;
  // The tables differ in their records; of all of them only these two keys are used.
  const table = state[TABLES[kind]] as unknown as Table<Deletable>;
  const record = table.get(id);
  if (!record || !isLive(record)) return 0;
  state.keep(table, { ...record, deletedSec: nowSec(account) });
  return 1;
}

/** The control calls of the native import: it is a part of the web app, so the API has none. One of an XLSX file answers in a while. */
export function importControls(
  account: () => Account,
): Readonly<Record<'import' | 'imports' | 'import-skips' | 'import-undo', (body: unknown) => unknown>> {
  return {
    import: (body) => {
      const request = parseImport(body);
      if (!(request instanceof Promise)) return runImport(account(), request);
      return request.then((read) => runImport(account(), read));
    },
    imports: () => [...account().state.imports.all()].map(listed),
    'import-skips': (body) => ({ skipFile: importOf(account(), body).skipFile }),
    'import-undo': (body) => undo(account(), body),
  };
}

import type { Counter, Ledger, LedgerEntry, LedgerRow } from '../model/ledger.ts';
import type { Finding } from '../model/plan.ts';
import type { Reject } from '../model/source.ts';
import type { StoreReader, StoreWriter, Tally } from '../model/store.ts';
import type { Scope } from './connection.ts';
import { restartNumbers, takeNumbers } from './sequences.ts';
import { indexedText } from './text-code.ts';

/** Reading the books: ledger, tallies, rejects, findings. */
export function bookReader(scope: Scope): Pick<StoreReader, 'ledger' | 'tallies' | 'rejects' | 'findings'> {
  const { connection, migration } = scope;
  return {
    ledger: async () =>
      ledgerOf(
        await connection.rows<LedgerEntry>(
          'select side, entity, counter, amount from ledger where migration = ? order by side, entity, counter',
          [migration],
        ),
      ),
    tallies: (kind, subject) =>
      connection.rows<Tally>(
        `select kind, subject, value, count from tally
         where migration = ? and kind = ? ${subject === undefined ? '' : 'and subject = ?'} order by subject, value`,
        subject === undefined ? [migration, kind] : [migration, kind, subject],
      ),
    rejects: (phase, after, limit) =>
      connection.rows<Reject & { seq: number; phase: string }>(
        `select seq, phase, entity, key, position, code, field, reason from reject
         where migration = ? ${phase === null ? '' : 'and phase = ?'} and seq > ? order by seq limit ?`,
        phase === null ? [migration, after, limit] : [migration, phase, after, limit],
      ),
    findings: (after, limit) =>
      connection.rows<Finding & { seq: number }>(
        `select seq, entity, source_key as "sourceKey", target_id as "targetId", field, expected, found, verdict
         from finding where migration = ? and seq > ? order by seq limit ?`,
        [migration, after, limit],
      ),
  };
}

/** Writing the ledger: movements are added up. */
export function ledgerWriter(scope: Scope): Pick<StoreWriter, 'post' | 'resetLedger'> {
  const { connection, migration } = scope;
  return {
    post: async (entries) => {
      const sums = summed(
        entries,
        ({ side, entity, counter }) => [side, entity, counter],
        (entry) => entry.amount,
      );
      await connection.insert(
        'ledger',
        migration,
        sums.map(({ key, sum }) => [...key, sum]),
        'on conflict (migration, side, entity, counter) do update set amount = ledger.amount + excluded.amount',
      );
    },
    resetLedger: async (side, counters) => {
      if (counters.length === 0) return;
      const places = counters.map(() => '?').join(', ');
      await connection.run(`delete from ledger where migration = ? and side = ? and counter in (${places})`, [
        migration,
        side,
        ...counters,
      ]);
    },
  };
}

/** Writing tallies: counts of equal ones are added up. */
export function tallyWriter(scope: Scope): Pick<StoreWriter, 'addTallies' | 'clearTallies'> {
  const { connection, migration } = scope;
  return {
    addTallies: (tallies) => {
      const sums = summed(
        tallies,
        ({ kind, subject, value }) => [kind, subject, value],
        (tally) => tally.count,
      );
      return connection.insert(
        'tally',
        migration,
        sums.map(({ key: [kind = '', subject = '', value = ''], sum }) => {
          return [kind, subject, indexedText(value), sum, value];
        }),
        'on conflict (migration, kind, subject, mark) do update set count = tally.count + excluded.count',
      );
    },
    clearTallies: (kind) =>
      connection.run('delete from tally where migration = ? and kind = ?', [migration, kind]),
  };
}

/** Writing what went wrong: rejects and findings. */
export function troubleWriter(
  scope: Scope,
): Pick<StoreWriter, 'addRejects' | 'clearRejects' | 'addFindings' | 'clearFindings'> {
  const { connection, migration } = scope;
  return {
    addRejects: async (phase, rejects) => {
      if (rejects.length === 0) return;
      const first = await takeNumbers(scope, 'reject', rejects.length);
      const rows = rejects.map((one, index) => {
        const { entity, key, position, code, field, reason } = one;
        return [first + index, phase, entity, key, position, code, field, reason];
      });
      await connection.insert('reject', migration, rows);
    },
    clearRejects: (phase) =>
      connection.run('delete from reject where migration = ? and phase = ?', [migration, phase]),
    addFindings: async (findings) => {
      if (findings.length === 0) return;
      const first = await takeNumbers(scope, 'finding', findings.length);
      const rows = findings.map((one, index) => {
        const { entity, sourceKey, targetId, field, verdict, expected, found } = one;
        return [first + index, entity, sourceKey, targetId, field, verdict, expected, found];
      });
      await connection.insert('finding', migration, rows);
    },
    clearFindings: async () => {
      await connection.run('delete from finding where migration = ?', [migration]);
      await restartNumbers(scope, 'finding');
    },
  };
}

interface Sum {
  readonly key: readonly string[];
  sum: number;
}

/** One row for each key, with the sum of its amounts: a database takes a key only once in one statement. */
function summed<T>(
  items: readonly T[],
  keyOf: (item: T) => readonly string[],
  amountOf: (item: T) => number,
): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const item of items) {
    const key = keyOf(item);
    const name = JSON.stringify(key);
    const sum = sums.get(name);
    if (sum === undefined) sums.set(name, { key, sum: amountOf(item) });
    else sum.sum += amountOf(item);
  }
  return [...sums.values()];
}

function ledgerOf(entries: readonly LedgerEntry[]): Ledger {
  const books: Record<LedgerEntry['side'], Record<string, Partial<Record<Counter, number>>>> = {
    source: Object.create(null),
    target: Object.create(null),
  };
  for (const { side, entity, counter, amount } of entries) {
    const row: LedgerRow = books[side][entity] ?? {};
    books[side][entity] = { ...row, [counter]: amount };
  }
  return books;
}

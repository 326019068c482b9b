import { sha256 } from '../base/hash.ts';
import type { SourceKey } from '../model/key.ts';
import type { SourceRecord } from '../model/source.ts';
import type { StagedRecord, StoreReader, StoreWriter } from '../model/store.ts';
import { chunksOf, keysPerQuery, type Scope, type SqlValue } from './connection.ts';
import { parseNames, parseStored } from './json-text.ts';
import { assertIndexable } from './key-length.ts';
import { lastNumber, restartNumbers, takeNumbers } from './sequences.ts';
import { decodeText, encodeText, indexedText } from './text-code.ts';

interface StagedRow {
  readonly seq: number;
  readonly entity: string;
  readonly key: SourceKey;
  readonly position: string;
  readonly lookup: string;
  readonly fields: string;
}

const columns = 'seq, entity, key, position, lookup, fields';

/** Reading staged records. */
export function stagedReader(scope: Scope): Pick<StoreReader, 'stagedPage' | 'stagedByKey' | 'stagedCount'> {
  const { connection, migration } = scope;
  return {
    stagedPage: async (entity, afterSeq, limit) => {
      const rows = await connection.rows<StagedRow>(
        `select ${columns} from staged where migration = ? and entity = ? and seq > ? order by seq limit ?`,
        [migration, entity, afterSeq, limit],
      );
      return rows.map((row) => new ReadRecord(row));
    },
    stagedByKey: async (keys) => {
      const found = new Map<SourceKey, StagedRecord>();
      for (const chunk of chunksOf(keys, keysPerQuery)) {
        for (const row of await rowsOfKeys<StagedRow>(scope, columns, chunk)) {
          found.set(row.key, new ReadRecord(row));
        }
      }
      return found;
    },
    stagedCount: async (entity) => {
      const [row] = await connection.rows<{ count: number }>(
        'select count(*) as count from staged where migration = ? and entity = ?',
        [migration, entity],
      );
      return row?.count ?? 0;
    },
  };
}

/** Staging records. */
export function stagedWriter(scope: Scope): Pick<StoreWriter, 'stage' | 'indexStaged' | 'clearStaged'> {
  const { connection, migration } = scope;
  return {
    stage: async (records) => {
      const distinct = firstOfKeys(records);
      const first = await takeNumbers(scope, 'staged', distinct.length);
      const rows = distinct.map((record, index) => rowOf(record, first + index));
      const fresh = await connection.insertNew('staged', migration, rows);
      const keys = distinct.filter((_record, index) => fresh.has(first + index)).map(({ key }) => key);
      return { fresh: new Set(keys), contentHash: contentHash(rows) };
    },
    indexStaged: (entity) => indexStaged(scope, entity),
    clearStaged: async (entity) => {
      await connection.run('delete from lookup where migration = ? and entity = ?', [migration, entity]);
      await connection.run('delete from staged where migration = ? and entity = ?', [migration, entity]);
      await restartNumbers(scope, indexedUpTo(entity));
      const left = await connection.rows('select 1 from staged where migration = ? limit 1', [migration]);
      if (left.length === 0) await restartNumbers(scope, 'staged');
    },
  };
}

/** Of several records with one key the first. */
function firstOfKeys(records: readonly SourceRecord[]): readonly SourceRecord[] {
  const first = new Map<SourceKey, SourceRecord>();
  for (const record of records) {
    assertIndexable(record.key);
    if (!first.has(record.key)) first.set(record.key, record);
  }
  return first.size === records.length ? records : [...first.values()];
}

/** Keys and fields of the rows, in order; not where they stand, nor their numbers. */
function contentHash(rows: readonly (readonly SqlValue[])[]): string {
  return sha256(rows.map((row) => `${JSON.stringify(row[keyPlace])}${row[fieldsPlace]}`).join('\n'));
}

/** Records whose lookups are put into the index in one go: long enough to sort well, short enough not to hold the process up. */
const indexedTogether = 50_000;

function indexedUpTo(entity: string): string {
  return `indexed:${entity}`;
}

/** Sorted by the database itself: rows that come in order of the index cost a fraction of what scattered ones cost. */
async function indexStaged({ connection, migration }: Scope, entity: string): Promise<boolean> {
  const scope = { connection, migration };
  const from = await lastNumber(scope, indexedUpTo(entity));
  const [end] = await connection.rows<{ last: number | null; count: number }>(
    `select max(seq) as last, count(*) as count from
       (select seq from staged where migration = ? and entity = ? and seq > ? order by seq limit ?) as part`,
    [migration, entity, from, indexedTogether],
  );
  if (end === undefined || end.last === null) return false;
  await connection.run(
    `insert into lookup (migration, entity, kind, value, seq)
     select distinct migration, entity, each.value ->> 0, each.value ->> 1, seq
     from staged cross join ${connection.jsonItems('staged.lookup')}
     where migration = ? and entity = ? and seq > ? and seq <= ?
     order by 1, 2, 3, 4, 5 on conflict do nothing`,
    [migration, entity, from, end.last],
  );
  await takeNumbers(scope, indexedUpTo(entity), end.last - from);
  return end.count === indexedTogether;
}

function rowsOfKeys<R extends object>(
  scope: Scope,
  selected: string,
  keys: readonly SourceKey[],
): Promise<R[]> {
  const wanted = scope.connection.wanted(
    [['wanted_key', 'text']],
    keys.map((key) => [key]),
  );
  return scope.connection.rows<R>(
    `select ${selected} from ${wanted.text} cross join staged where migration = ? and key = wanted_key`,
    [...wanted.values, scope.migration],
  );
}

const [keyPlace, fieldsPlace] = [2, 5] as const;

function rowOf({ entity, key, position, lookup, fields }: SourceRecord, seq: number): SqlValue[] {
  const lookups = lookup.map(({ kind, value }) => [kind, encodeText(indexedText(value))]);
  return [entity, seq, key, position, JSON.stringify(lookups), JSON.stringify(fields)];
}

/** A record as it was read. What it is found by is parsed when it is asked for: few look at it. */
class ReadRecord implements StagedRecord {
  readonly seq: number;
  readonly entity: string;
  readonly key: SourceKey;
  readonly position: string;
  readonly fields: StagedRecord['fields'];
  readonly #lookup: string;

  constructor({ seq, entity, key, position, lookup, fields }: StagedRow) {
    this.seq = seq;
    this.entity = entity;
    this.key = key;
    this.position = position;
    this.fields = parseNames<StagedRecord['fields']>(fields, `the staged record ${position}`);
    this.#lookup = lookup;
  }

  get lookup(): StagedRecord['lookup'] {
    return lookupOf(this.#lookup, `the staged record ${this.position}`);
  }
}

/** Values as an index holds them. */
function lookupOf(text: string, what: string): StagedRecord['lookup'] {
  return parseStored<[StagedRecord['lookup'][number]['kind'], string][]>(text, what).map(([kind, value]) => ({
    kind,
    value: decodeText(value),
  }));
}

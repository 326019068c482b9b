import type { SourceKey } from '../model/key.ts';
import type { SourceRecord } from '../model/source.ts';
import type { StagedRecord, StoreReader, StoreWriter } from '../model/store.ts';
import { chunksOf, keysPerQuery, type Scope, type SqlValue } from './connection.ts';
import { lazily, parseNames, parseStored } from './json-text.ts';
import { assertIndexable } from './key-length.ts';
import { restartNumbers, takeNumbers } from './sequences.ts';
import { indexedText } from './text-code.ts';

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
      return rows.map(recordOf);
    },
    stagedByKey: async (keys) => {
      const found = new Map<SourceKey, StagedRecord>();
      for (const chunk of chunksOf(keys, keysPerQuery)) {
        for (const row of await rowsOfKeys<StagedRow>(scope, columns, chunk)) {
          found.set(row.key, recordOf(row));
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
export function stagedWriter(scope: Scope): Pick<StoreWriter, 'stage' | 'clearStaged'> {
  const { connection, migration } = scope;
  return {
    stage: async (records) => {
      const fresh = await newRecords(scope, records);
      if (fresh.size === 0) return new Set();
      const first = await takeNumbers(scope, 'staged', fresh.size);
      const numbered = [...fresh.values()].map((record, index) => ({ record, seq: first + index }));
      await connection.insert(
        'staged',
        migration,
        numbered.map(({ record, seq }) => rowOf(record, seq)),
      );
      await connection.insert('lookup', migration, numbered.flatMap(lookupRows), 'on conflict do nothing');
      return new Set(fresh.keys());
    },
    clearStaged: async (entity) => {
      await connection.run('delete from lookup where migration = ? and entity = ?', [migration, entity]);
      await connection.run('delete from staged where migration = ? and entity = ?', [migration, entity]);
      const left = await connection.rows('select 1 from staged where migration = ? limit 1', [migration]);
      if (left.length === 0) await restartNumbers(scope, 'staged');
    },
  };
}

/** The records whose keys are not staged yet, each key once, in order. */
async function newRecords(
  scope: Scope,
  records: readonly SourceRecord[],
): Promise<Map<SourceKey, SourceRecord>> {
  const fresh = new Map<SourceKey, SourceRecord>();
  for (const record of records) {
    assertIndexable(record.key);
    if (!fresh.has(record.key)) fresh.set(record.key, record);
  }
  for (const chunk of chunksOf([...fresh.keys()], keysPerQuery)) {
    for (const row of await rowsOfKeys<{ key: SourceKey }>(scope, 'staged.key', chunk)) {
      fresh.delete(row.key);
    }
  }
  return fresh;
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

function rowOf(record: SourceRecord, seq: number): SqlValue[] {
  const { entity, key, position, lookup, fields } = record;
  return [entity, seq, key, position, JSON.stringify(lookup), JSON.stringify(fields)];
}

function lookupRows({ record, seq }: { record: SourceRecord; seq: number }): SqlValue[][] {
  return record.lookup.map(({ kind, value }) => [record.entity, kind, indexedText(value), seq]);
}

function recordOf(row: StagedRow): StagedRecord {
  const { seq, entity, key, position } = row;
  const what = `the staged record ${position}`;
  const lookup = lazily(() => parseStored<StagedRecord['lookup']>(row.lookup, what));
  const fields = lazily(() => parseNames<StagedRecord['fields']>(row.fields, what));
  return {
    seq,
    entity,
    key,
    position,
    get lookup() {
      return lookup();
    },
    get fields() {
      return fields();
    },
  };
}

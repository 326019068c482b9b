import type { SourceKey, TargetId } from '../model/key.ts';
import type { Action, Operation, OperationState } from '../model/plan.ts';
import type { LinkEnd, NewOperation, OperationChange, StoreReader, StoreWriter } from '../model/store.ts';
import { type DraftRef, type TargetEntity, targetEntities } from '../model/target.ts';
import { chunksOf, type Fragment, keysPerQuery, type Scope, type SqlValue } from './connection.ts';
import { parseNames, parseStored } from './json-text.ts';
import { assertIndexable } from './key-length.ts';
import { rowsOfRefs } from './refs.ts';
import { restartNumbers, takeNumbers } from './sequences.ts';

interface OperationRow extends DraftRef {
  readonly seq: number;
  readonly action: Action;
  readonly state: OperationState;
  readonly cost_tokens: number;
  readonly attempt: number;
  readonly target_id: TargetId | null;
  readonly fingerprint: string;
  readonly because: string;
  readonly links: string;
  readonly extra: string;
}

const columns = `operation.seq, operation.entity, operation.key, operation.part, action, state, cost_tokens, attempt,
  target_id, fingerprint, because, links, extra`;

const allStates: readonly OperationState[] = [
  'planned',
  'intent',
  'unknown',
  'done',
  'failed',
  'skipped',
  'removed',
];

/** Reading the plan's operations; `operationsByRef` answers in order of `seq`. */
export function operationReader(
  scope: Scope,
): Pick<
  StoreReader,
  'operation' | 'operationPage' | 'operationsBackwards' | 'operationsByRef' | 'linkEnds' | 'operationTotals'
> {
  const { connection, migration } = scope;
  return {
    operation: async (seq) => {
      const [row] = await connection.rows<OperationRow>(
        `select ${columns} from operation where migration = ? and seq = ?`,
        [migration, seq],
      );
      return row === undefined ? null : operationOf(row);
    },
    operationPage: async (filter, afterSeq, limit) => {
      const cut: Cut = { order: 'asc', compare: '>', seq: afterSeq, limit };
      const rows =
        filter.entity === undefined && filter.states === undefined
          ? await wholePage(scope, cut)
          : await filteredPage(
              scope,
              filter.entity === undefined ? targetEntities : [filter.entity],
              filter.states ?? allStates,
              cut,
            );
      return rows.map(operationOf);
    },
    operationsBackwards: async (states, beforeSeq, limit) => {
      const seq = beforeSeq ?? Number.MAX_SAFE_INTEGER;
      const cut: Cut = { order: 'desc', compare: '<', seq, limit };
      return (await filteredPage(scope, targetEntities, states, cut)).map(operationOf);
    },
    operationsByRef: async (refs) => {
      const rows = await rowsOfRefs<OperationRow>(scope, 'operation', columns, refs);
      return rows.sort((one, other) => one.seq - other.seq).map(operationOf);
    },
    linkEnds: async (entity, keys) => {
      const found = new Map<SourceKey, LinkEnd>();
      for (const chunk of chunksOf(keys, keysPerQuery)) {
        for (const row of await endRows(scope, entity, chunk)) {
          const known = found.get(row.key);
          if (known === undefined || row.part < known.part) found.set(row.key, endOf(entity, row));
        }
      }
      return [...found.values()];
    },
    operationTotals: () =>
      connection.rows(
        `select entity, action, state, count(*) as count, cast(sum(cost_tokens) as bigint) as "costTokens"
         from operation where migration = ? group by entity, action, state order by entity, action, state`,
        [migration],
      ),
  };
}

type EndRow = Pick<OperationRow, 'key' | 'part' | 'action' | 'target_id' | 'links'>;

function endRows(scope: Scope, entity: TargetEntity, keys: readonly SourceKey[]): Promise<EndRow[]> {
  const wanted = scope.connection.wanted(
    [['wanted_key', 'text']],
    keys.map((key) => [key]),
  );
  return scope.connection.rows<EndRow>(
    `select key, part, action, target_id, links from ${wanted.text} cross join operation
     where migration = ? and entity = ? and key = wanted_key`,
    [...wanted.values, scope.migration, entity],
  );
}

function endOf(entity: TargetEntity, row: EndRow): LinkEnd {
  const { key, part, action, target_id: targetId } = row;
  const links = parseStored<Operation['links']>(row.links, `the links of ${key}`);
  return { entity, key, part, action, targetId, links };
}

/** Planning and changing operations. */
export function operationWriter(
  scope: Scope,
): Pick<StoreWriter, 'addOperations' | 'changeOperations' | 'clearOperations'> {
  const { connection, migration } = scope;
  return {
    addOperations: async (operations) => {
      if (operations.length === 0) return;
      const first = await takeNumbers(scope, 'operation', operations.length);
      await connection.insert(
        'operation',
        migration,
        operations.map((operation, index) => rowOf(operation, first + index)),
      );
    },
    changeOperations: async (changes) => {
      for (const chunk of chunksOf(lastChanges(changes), keysPerQuery)) await change(scope, chunk);
    },
    clearOperations: async () => {
      await connection.run('delete from operation where migration = ?', [migration]);
      await restartNumbers(scope, 'operation');
    },
  };
}

interface Cut {
  readonly order: 'asc' | 'desc';
  readonly compare: '>' | '<';
  readonly seq: number;
  readonly limit: number;
}

function wholePage(scope: Scope, cut: Cut): Promise<OperationRow[]> {
  return scope.connection.rows<OperationRow>(
    `select ${columns} from operation where migration = ? and seq ${cut.compare} ? order by seq ${cut.order} limit ?`,
    [scope.migration, cut.seq, cut.limit],
  );
}

/** One short walk through the index for each entity and state: a page costs the same wherever it lies in a long plan. */
async function filteredPage(
  scope: Scope,
  entities: readonly TargetEntity[],
  states: readonly OperationState[],
  cut: Cut,
): Promise<OperationRow[]> {
  const walks = entities.flatMap((entity) => states.map((state) => walk(scope, entity, state, cut)));
  if (walks.length === 0) return [];
  if (entities.length * states.length === 1)
    return oneWalk(scope, entities[0] as TargetEntity, states[0] as OperationState, cut);
  return scope.connection.rows<OperationRow>(
    `select ${columns} from operation where migration = ? and seq in (
       select seq from (${walks.map((one) => one.text).join(' union all ')}) as walks
       order by seq ${cut.order} limit ?)
     order by seq ${cut.order}`,
    [scope.migration, ...walks.flatMap((one) => one.values), cut.limit],
  );
}

/** The commonest page, of one entity in one state, needs nothing put together. */
function oneWalk(
  scope: Scope,
  entity: TargetEntity,
  state: OperationState,
  cut: Cut,
): Promise<OperationRow[]> {
  return scope.connection.rows<OperationRow>(
    `select ${columns} from operation where migration = ? and entity = ? and state = ? and seq ${cut.compare} ?
     order by seq ${cut.order} limit ?`,
    [scope.migration, entity, state, cut.seq, cut.limit],
  );
}

function walk(scope: Scope, entity: TargetEntity, state: OperationState, cut: Cut): Fragment {
  return {
    text: `select seq from (select seq from operation
      where migration = ? and entity = ? and state = ? and seq ${cut.compare} ?
      order by seq ${cut.order} limit ?) as walk`,
    values: [scope.migration, entity, state, cut.seq, cut.limit],
  };
}

/** Of several changes to one operation the parts of the last win, as if they had come one after the other. */
function lastChanges(changes: readonly OperationChange[]): readonly OperationChange[] {
  const bySeq = new Map<number, OperationChange>();
  for (const one of changes) bySeq.set(one.seq, { ...bySeq.get(one.seq), ...one });
  return [...bySeq.values()];
}

function change(scope: Scope, changes: readonly OperationChange[]): Promise<void> {
  return scope.connection.update(
    {
      table: 'operation',
      migration: scope.migration,
      set: `state = :state, attempt = coalesce(:attempt, operation.attempt),
        target_id = case when :has_target = 1 then :target else operation.target_id end`,
      where: 'operation.seq = :seq',
      columns: [
        ['seq', 'number'],
        ['state', 'text'],
        ['attempt', 'number'],
        ['has_target', 'number'],
        ['target', 'text'],
      ],
    },
    changes.map((one) => [
      one.seq,
      one.state,
      one.attempt ?? null,
      one.targetId === undefined ? 0 : 1,
      one.targetId ?? null,
    ]),
  );
}

function rowOf(operation: NewOperation, seq: number): SqlValue[] {
  assertIndexable(operation.key);
  const { entity, key, part, action, costTokens, targetId, fingerprint, because } = operation;
  const state: OperationState = action === 'skip' ? 'skipped' : 'planned';
  const links = JSON.stringify(operation.links);
  const extra = JSON.stringify(operation.extra);
  return [seq, entity, key, part, action, state, costTokens, 0, targetId, fingerprint, because, links, extra];
}

function operationOf(row: OperationRow): Operation {
  const { cost_tokens: costTokens, target_id: targetId, ...plain } = row;
  const what = `operation ${row.seq}`;
  const links = parseStored<Operation['links']>(row.links, what);
  return { ...plain, costTokens, targetId, links, extra: parseNames<Operation['extra']>(row.extra, what) };
}

import { assert } from '../base/assert.ts';

/** Tables that are written in bulk: their columns, without `migration`, which is the first of each. */
export const tables = {
  setting: { name: 'text', content: 'text' },
  sequence: { name: 'text', last: 'number' },
  staged: {
    entity: 'text',
    seq: 'number',
    key: 'text',
    position: 'text',
    lookup: 'text',
    fields: 'text',
  },
  lookup: { entity: 'text', kind: 'text', value: 'text', seq: 'number' },
  tally: { kind: 'text', subject: 'text', mark: 'text', count: 'number', value: 'text' },
  reject: {
    seq: 'number',
    phase: 'text',
    entity: 'text',
    key: 'text',
    position: 'text',
    code: 'text',
    field: 'text',
    reason: 'text',
  },
  draft: {
    entity: 'text',
    seq: 'number',
    key: 'text',
    part: 'text',
    position: 'text',
    title: 'text',
    links: 'text',
    fields: 'text',
  },
  operation: {
    seq: 'number',
    entity: 'text',
    key: 'text',
    part: 'text',
    action: 'text',
    state: 'text',
    cost_tokens: 'number',
    attempt: 'number',
    target_id: 'text',
    fingerprint: 'text',
    because: 'text',
    links: 'text',
    extra: 'text',
  },
  step: {
    seq: 'number',
    state: 'text',
    cost_tokens: 'number',
    because: 'text',
    ids: 'text',
    step: 'text',
  },
  identity: { entity: 'text', key: 'text', part: 'text', target_id: 'text' },
  existing: { entity: 'text', kind: 'text', value: 'text', target_id: 'text' },
  before_image: { entity: 'text', target_id: 'text', image: 'text' },
  ledger: { side: 'text', entity: 'text', counter: 'text', amount: 'number' },
  finding: {
    seq: 'number',
    entity: 'text',
    source_key: 'text',
    target_id: 'text',
    field: 'text',
    verdict: 'text',
    expected: 'text',
    found: 'text',
  },
  question: { id: 'text', asker: 'text', place: 'number', body: 'text' },
  decision: { id: 'text', choice: 'text', value: 'text', decided_by: 'text', decided_at: 'text' },
  audit: {
    seq: 'number',
    at: 'text',
    kind: 'text',
    body: 'text',
    previous: 'text',
    hash: 'text',
  },
} as const satisfies Record<string, Readonly<Record<string, 'text' | 'number'>>>;

/** A table of `tables`. */
export type TableName = keyof typeof tables;

/** A table's columns in order, without `migration`. */
export function columnsOf(table: TableName): readonly (readonly [string, 'text' | 'number'])[] {
  return Object.entries(tables[table]);
}

/** Where `seq` stands among a table's columns. */
export function seqPlace(table: TableName): number {
  const place = columnsOf(table).findIndex(([name]) => name === 'seq');
  assert(place >= 0, `the table ${table} has no seq`);
  return place;
}

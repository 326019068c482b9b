import type { Answer } from '../../kit/exchange.ts';
import { type Exchange, emptyAnswer } from '../exchange.ts';
import { newId } from '../records/new-id.ts';
import type { Organization, Row } from '../records/organization.ts';
import { readPayload } from '../records/payload.ts';
import { noRecord, noSegment, notEmulated, Refusal } from '../refusal.ts';
import type { Segment } from '../resource-path.ts';
import { tableOfSet } from '../rows/sets.ts';
import type { ManyToManyRow } from '../schema/column-row.ts';
import { SCHEMA, type Table, tableNamed } from '../schema/schema.ts';
import { rowOfKey } from './record.ts';
import { bodyOf } from './writes.ts';

/** The record at one end of a link. */
interface End {
  readonly table: Table;
  readonly row: Row;
  readonly id: string;
}

/**
 * `PUT`, `POST` and `DELETE` below a record: one value of it, or what it is linked to (`.../{navigation}/$ref`).
 * Throws a refusal for what is not there, 501 for the rest.
 */
export function belowRecordAnswer(
  exchange: Exchange,
  table: Table,
  key: string,
  [first, second]: readonly Segment[],
): Answer {
  const { call, organization } = exchange;
  const row = rowOfKey(exchange, table, key);
  const end = { table, row, id: organization.id(table, row) };
  if (first !== undefined && second?.name === '$ref') changeLink(exchange, end, first);
  else if (first !== undefined && second === undefined && table.columns.has(first.name))
    changeProperty(exchange, end, first.name);
  else throw notEmulated(`${call.method} ${table.name}(id)/${first?.name ?? ''}`);
  return emptyAnswer();
}

function changeProperty(exchange: Exchange, { table, row }: End, name: string): void {
  const { call, organization } = exchange;
  if (call.method !== 'PUT' && call.method !== 'DELETE')
    throw notEmulated(`${call.method} ${table.name}(id)/${name}`);
  const given = call.method === 'PUT' ? ((bodyOf(exchange) as { value?: unknown }).value ?? null) : null;
  organization.update(table, row, readPayload(organization, table, { [name]: given }));
}

function changeLink(exchange: Exchange, end: End, { name, key }: Segment): void {
  const { call, organization } = exchange;
  const single = SCHEMA.lookupByNav.get(`${end.table.name}.${name}`);
  if (single !== undefined) {
    const value = call.method === 'DELETE' ? null : otherEnd(exchange, null, null);
    const link = value === null ? null : { table: value.table.name, id: value.id };
    organization.update(end.table, end.row, { [single.referencingColumn]: link });
    return;
  }
  const isNew = call.method !== 'DELETE';
  const back = SCHEMA.collectionByNav.get(`${end.table.name}.${name}`);
  if (back !== undefined) {
    const child = otherEnd(exchange, key, tableNamed(back.referencingTable));
    const link = isNew ? { table: end.table.name, id: end.id } : null;
    organization.update(child.table, child.row, { [back.referencingColumn]: link });
    return;
  }
  const many = SCHEMA.manyToMany.find(
    ({ table1, nav1, table2, nav2 }) =>
      (table1 === end.table.name && nav1 === name) || (table2 === end.table.name && nav2 === name),
  );
  if (many === undefined) throw noSegment(name);
  changePair(organization, many, end, exchange, key, isNew);
}

function changePair(
  organization: Organization,
  { intersect, table1, column1, table2, column2 }: ManyToManyRow,
  end: End,
  exchange: Exchange,
  key: string | null,
  isNew: boolean,
): void {
  const isFirst = table1 === end.table.name;
  const other = otherEnd(exchange, key, tableNamed(isFirst ? table2 : table1));
  const [near, far] = isFirst ? [column1, column2] : [column2, column1];
  const table = tableNamed(intersect);
  const pair = { [near]: end.id, [far]: other.id };
  const known = [...organization.rows(table)].find((row) =>
    Object.entries(pair).every(([column, id]) => organization.value(table, row, column) === id),
  );
  if (isNew && known === undefined) organization.insert(table, newId(organization), pair);
  if (!isNew && known !== undefined) organization.remove(table, known);
}

/** The record that the brackets, the query (`$id`) or the body name. Throws a refusal when there is none. */
function otherEnd(exchange: Exchange, key: string | null, table: Table | null): End {
  const { organization, query, call } = exchange;
  const address =
    key ??
    query.find(([name]) => name === '$id')?.[1] ??
    (call.method === 'DELETE' ? '' : String((bodyOf(exchange) as Record<string, unknown>)['@odata.id']));
  const [, set, id = ''] = /(?:([A-Za-z_]\w*)\()?([0-9a-f-]{36})\)?$/i.exec(address) ?? [];
  const named = set === undefined ? table : tableOfSet(organization, set);
  if (named === null)
    throw new Refusal(400, '0x80060888', `A link must name a record: '${address}' names none.`);
  const row = organization.find(named, id.toLowerCase());
  if (row === null) throw noRecord(named.name, id);
  return { table: named, row, id: id.toLowerCase() };
}

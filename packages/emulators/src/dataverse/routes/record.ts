import type { Answer } from '../../kit/exchange.ts';
import { assertReadable } from '../access/auth.ts';
import { type Exchange, emptyAnswer, odataAnswer, optionsOf, textAnswer, writingOf } from '../exchange.ts';
import { isGuid } from '../guid.ts';
import { childrenOf } from '../query/children.ts';
import { columnOf, linkedRow, linkOf, read } from '../query/paths.ts';
import type { Row } from '../records/organization.ts';
import { noRecord, noSegment, notEmulated, Refusal } from '../refusal.ts';
import { namedValues, type Segment, unquoted } from '../resource-path.ts';
import { rowWriter } from '../rows/collection.ts';
import { etagOf, jsonOf } from '../rows/row-writer.ts';
import { setOf } from '../rows/sets.ts';
import { SCHEMA, type Table } from '../schema/schema.ts';
import { collectionAnswer, countAnswer, metadataVersion, type Target } from './collection.ts';
import { bodyAnswer, fileAnswer, isBody } from './files.ts';
import { selectText } from './tracking.ts';

/** The row that a key in brackets means: an id, or an alternate key. Throws a refusal when there is none. */
export function rowOfKey({ organization }: Exchange, table: Table, key: string): Row {
  const id = key.startsWith(`${table.key}=`) ? key.slice(table.key.length + 1) : key;
  if (isGuid(id)) {
    const row = organization.find(table, id.toLowerCase());
    if (row === null) throw noRecord(table.name, id.toLowerCase());
    return row;
  }
  const wanted = [...namedValues(key)];
  const [name, value] = wanted[0] ?? ['', ''];
  if (wanted.length !== 1 || name === '')
    throw new Refusal(
      400,
      '0x80060888',
      `Error identified in Payload provided by the user: ${key} is no key.`,
    );
  const column = columnOf(organization, table, name);
  for (const row of organization.rows(table))
    if (String(organization.value(table, row, column.name)) === unquoted(value)) return row;
  throw new Refusal(
    404,
    '0x80060891',
    `A record with the specified key values does not exist in ${table.name} entity`,
  );
}

/** Answers a request below one record: itself, a property of it, what it points to, what belongs to it. */
export function recordAnswer(
  exchange: Exchange,
  table: Table,
  key: string,
  rest: readonly Segment[],
): Answer {
  const { organization, caller, call } = exchange;
  assertReadable(organization, table.name, caller.actingId);
  const row = rowOfKey(exchange, table, key);
  const [first, second] = rest;
  if (!first) return wholeRecord(exchange, table, row);
  if (call.method !== 'GET') throw notEmulated(`${call.method} ${table.name}(id)/${first.name}`);
  const property = /^_.+_value$/.test(first.name) || table.columns.has(first.name);
  if (property && !SCHEMA.lookupByNav.has(`${table.name}.${first.name}`)) {
    const column = columnOf(organization, table, first.name);
    if (column.type === 'file' || column.type === 'image')
      return fileAnswer(exchange, table, row, column, second?.name === '$value');
    if (isBody(table, column) && second?.name === '$value') return bodyAnswer(exchange, table, row);
    return propertyAnswer(exchange, table, row, first.name, second?.name === '$value');
  }
  return related(exchange, table, row, first.name, second);
}

function wholeRecord(exchange: Exchange, table: Table, row: Row): Answer {
  const { organization, root, call, work } = exchange;
  const etag = etagOf(organization, table, row);
  const known = call.header('if-none-match');
  if (known !== null && known === etag) return { ...emptyAnswer({ etag }), status: 304 };
  const options = optionsOf(exchange);
  work.rows += 1;
  const context = `"@odata.context":${JSON.stringify(`${root}/$metadata#${setOf(organization, table)}${selectText(options)}/$entity`)}`;
  const text = rowWriter(writingOf(exchange), table, options)(row).slice(1);
  return odataAnswer(exchange, 200, `{${[context, ...metadataVersion(exchange)].join(',')},${text}`, {
    etag,
  });
}

function propertyAnswer(exchange: Exchange, table: Table, row: Row, name: string, raw: boolean): Answer {
  const { organization, root } = exchange;
  const column = columnOf(organization, table, name);
  const value = read(organization, table, row, column);
  if (value === null) return emptyAnswer();
  if (raw) return textAnswer(typeof value === 'string' ? value : jsonOf(column, value));
  const context = `${root}/$metadata#${setOf(organization, table)}(${organization.id(table, row)})/${name}`;
  return odataAnswer(
    exchange,
    200,
    `{"@odata.context":${JSON.stringify(context)},"value":${jsonOf(column, value)}}`,
  );
}

function related(exchange: Exchange, table: Table, row: Row, nav: string, next: Segment | undefined): Answer {
  const { organization, root, work } = exchange;
  const children = childrenOf(organization, table, nav);
  if (children) {
    const id = organization.id(table, row);
    const address = `${setOf(organization, table)}(${id})/${nav}`;
    const target: Target = { table: children.table, within: children.rows(id), address };
    if (next?.name === '$ref') return referencesAnswer(exchange, target);
    return next?.name === '$count' ? countAnswer(exchange, target) : collectionAnswer(exchange, target);
  }
  if (!SCHEMA.lookupByNav.has(`${table.name}.${nav}`)) throw noSegment(nav);
  const { column, target } = linkOf(table, nav);
  assertReadable(organization, target.name, exchange.caller.actingId);
  const linked = linkedRow(organization, table, row, column, target);
  if (linked === null) return emptyAnswer();
  if (next?.name !== '$ref') return wholeRecord(exchange, target, linked);
  work.rows += 1;
  const id = `${root}/${setOf(organization, target)}(${organization.id(target, linked)})`;
  return odataAnswer(
    exchange,
    200,
    JSON.stringify({ '@odata.context': `${root}/$metadata#$ref`, '@odata.id': id }),
  );
}

function referencesAnswer(exchange: Exchange, { table, within }: Target): Answer {
  const { organization, root } = exchange;
  const value = (within ?? []).map((row) => ({
    '@odata.id': `${root}/${setOf(organization, table)}(${organization.id(table, row)})`,
  }));
  return odataAnswer(
    exchange,
    200,
    JSON.stringify({ '@odata.context': `${root}/$metadata#Collection($ref)`, value }),
  );
}

import type { Answer } from '../../kit/exchange.ts';
import { type Exchange, emptyAnswer, odataAnswer, writingOf } from '../exchange.ts';
import { isGuid } from '../guid.ts';
import { parseOptions } from '../odata/options.ts';
import { newId } from '../records/new-id.ts';
import { readPayload } from '../records/payload.ts';
import { Refusal } from '../refusal.ts';
import { rowWriter } from '../rows/collection.ts';
import { etagOf } from '../rows/row-writer.ts';
import { setOf } from '../rows/sets.ts';
import type { Table } from '../schema/schema.ts';
import { rowOfKey } from './record.ts';

/** `POST` on a set: adds a record. */
export function createAnswer(exchange: Exchange, table: Table): Answer {
  const { organization } = exchange;
  const body = bodyOf(exchange);
  const given = (body as Record<string, unknown>)[table.key];
  const id = typeof given === 'string' && isGuid(given) ? given.toLowerCase() : newId(organization);
  if (organization.find(table, id) !== null)
    throw new Refusal(412, '0x80040237', 'A record with matching key values already exists.');
  organization.insert(table, id, readPayload(organization, table, body));
  return written(exchange, table, id, 201);
}

/** `PATCH` on a record: changes it, or adds it under that id (unless `If-Match` says otherwise). */
export function updateAnswer(exchange: Exchange, table: Table, key: string): Answer {
  const { organization, call } = exchange;
  const body = bodyOf(exchange);
  const id = key.toLowerCase();
  const isNew = isGuid(key) && organization.find(table, id) === null;
  if (isNew && call.header('if-match') === null) {
    organization.insert(table, id, readPayload(organization, table, body));
    return written(exchange, table, id, 201);
  }
  const row = rowOfKey(exchange, table, key);
  assertUnchanged(exchange, etagOf(organization, table, row));
  organization.update(table, row, readPayload(organization, table, body));
  return written(exchange, table, organization.id(table, row), 200);
}

/** `DELETE` on a record. */
export function deleteAnswer(exchange: Exchange, table: Table, key: string): Answer {
  const { organization } = exchange;
  const row = rowOfKey(exchange, table, key);
  assertUnchanged(exchange, etagOf(organization, table, row));
  organization.remove(table, row);
  return emptyAnswer();
}

function assertUnchanged({ call }: Exchange, etag: string): void {
  const wanted = call.header('if-match');
  if (wanted === null || wanted === '*' || wanted === etag) return;
  throw new Refusal(
    412,
    '0x80060882',
    "The version of the existing record doesn't match the RowVersion property provided.",
  );
}

/** The body of a request as an object. Throws a refusal when it is none. */
export function bodyOf({ call }: Exchange): object {
  try {
    const body: unknown = JSON.parse(call.text());
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Said below.
  }
  throw new Refusal(
    400,
    '0x80048d19',
    'Error identified in Payload provided by the user: the body is no JSON object.',
  );
}

function written(exchange: Exchange, table: Table, id: string, status: 200 | 201): Answer {
  const { organization, root, preferences } = exchange;
  const address = `${root}/${setOf(organization, table)}(${id})`;
  if (!preferences.representation) return emptyAnswer({ 'odata-entityid': address });
  const row = organization.find(table, id) ?? 0;
  const select = exchange.query.filter(([name]) => name === '$select');
  const text = rowWriter(writingOf(exchange), table, parseOptions(select))(row).slice(1);
  const context = JSON.stringify(`${root}/$metadata#${setOf(organization, table)}/$entity`);
  return odataAnswer(exchange, status, `{"@odata.context":${context},${text}`, { 'odata-entityid': address });
}

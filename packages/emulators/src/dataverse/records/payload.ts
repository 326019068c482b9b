import { parseScaled } from '../decimal.ts';
import { isGuid } from '../guid.ts';
import { noAttribute, Refusal } from '../refusal.ts';
import { tableOfSet } from '../rows/sets.ts';
import { type Column, SCHEMA, type Table } from '../schema/schema.ts';
import type { Value } from '../world/content.ts';
import type { Organization } from './organization.ts';

/**
 * Reads the values of a record as a client (or a seed) writes them: columns by name, links by `nav@odata.bind` or
 * as `{ table, id }` under the column's name. Throws a refusal for what the table does not have or cannot hold.
 */
export function readPayload(organization: Organization, table: Table, body: object): Record<string, Value> {
  const values: Record<string, Value> = {};
  for (const [name, given] of Object.entries(body)) {
    const [, nav] = /^(.+)@odata\.bind$/.exec(name) ?? [];
    if (nav !== undefined) {
      const [column, value] = bound(organization, table, nav, String(given));
      values[column] = value;
    } else if (!name.includes('@') && name !== table.key) {
      const column = table.columns.get(/^_(.+)_value$/.exec(name)?.[1] ?? name);
      if (!column) throw noAttribute(table.schemaName, name);
      values[column.name] = valueFrom(column, given);
    }
  }
  return values;
}

function bound(organization: Organization, table: Table, nav: string, address: string): [string, Value] {
  const relation = SCHEMA.lookupByNav.get(`${table.name}.${nav}`);
  const [, set, id] = /([A-Za-z_]\w*)\(([0-9a-f-]{36})\)$/i.exec(address) ?? [];
  const target = set === undefined ? null : tableOfSet(organization, set);
  if (!relation || !target || id === undefined)
    throw new Refusal(
      400,
      '0x80048d19',
      `Error identified in Payload provided by the user: '${nav}@odata.bind' leads nowhere.`,
    );
  if (organization.find(target, id.toLowerCase()) === null)
    throw new Refusal(404, '0x80040217', `Entity '${target.name}' With Id = ${id} Does Not Exist`);
  return [relation.referencingColumn, { table: target.name, id: id.toLowerCase() }];
}

function valueFrom(column: Column, given: unknown): Value {
  const wrong = () =>
    new Refusal(
      400,
      '0x80048d19',
      `Error identified in Payload provided by the user: '${column.name}' cannot be ${JSON.stringify(given)}.`,
    );
  if (given === null) return null;
  if (column.targets.length > 0) {
    const link = given as { table?: unknown; id?: unknown };
    if (typeof link.table !== 'string' || typeof link.id !== 'string' || !isGuid(link.id)) throw wrong();
    return { table: link.table, id: link.id.toLowerCase() };
  }
  switch (column.type) {
    case 'money':
    case 'decimal':
    case 'bigint':
      if (typeof given !== 'number' && typeof given !== 'string') throw wrong();
      return parseScaled(String(given), column.scale);
    case 'datetime':
    case 'walltime': {
      const ms = Date.parse(String(given));
      if (Number.isNaN(ms)) throw wrong();
      return ms;
    }
    case 'boolean':
      if (typeof given !== 'boolean') throw wrong();
      return given;
    case 'integer':
    case 'picklist':
    case 'state':
    case 'status':
    case 'double':
      if (typeof given !== 'number') throw wrong();
      return given;
    default:
      return textFor(column, given, wrong);
  }
}

function textFor(column: Column, given: unknown, wrong: () => Refusal): string {
  if (typeof given !== 'string') throw wrong();
  if (column.maxLength > 0 && given.length > column.maxLength)
    throw new Refusal(
      400,
      '0x80044331',
      `A validation error occurred. The length of the '${column.name}' attribute exceeded the maximum allowed length of '${column.maxLength}'.`,
    );
  return given;
}

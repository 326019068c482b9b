import type { Column, Table } from '../schema/schema.ts';
import type { Generate, Ref, Value, World } from './content.ts';
import { isRef } from './content.ts';
import { currencyOf, stampedRate } from './currencies.ts';
import { ownerOf, userAt } from './people.ts';

const DAY_MS = 86_400_000;

/** Where versions of generated rows begin; what is changed later gets higher ones. */
const FIRST_VERSION = 1_000_000;

/** The version that a generated row has at the start. */
export function firstVersion(table: Table, index: number): bigint {
  return BigInt(FIRST_VERSION + (table.code % 997) * 3 + index * 2);
}

/** The highest version that any generated row can have, in a world of at most so many rows a table. */
export function lastFirstVersion(rows: number): bigint {
  return BigInt(FIRST_VERSION + 997 * 3 + rows * 2);
}

const COMMON: Readonly<Record<string, (table: Table) => Generate>> = {
  createdon: (table) => (index, world) => world.createdMs(table.name, index),
  modifiedon: (table) => (index, world) => modifiedMs(table, index, world),
  createdby: (table) => (index, world) => userAt(world, index, `${table.name}.createdby`),
  modifiedby: (table) => (index, world) => userAt(world, index, `${table.name}.modifiedby`),
  versionnumber: (table) => (index) => firstVersion(table, index),
  owninguser: owning('systemuser'),
  owningteam: owning('team'),
  owningbusinessunit: () => (index, world) => world.ref('businessunit', index % 3),
  organizationid: () => (_, world) => world.ref('organization', 0),
  activitytypecode: (table) => () => table.name,
  transactioncurrencyid: (table) => (index, world) =>
    world.ref('transactioncurrency', currencyOf(world, table.name, index)),
  exchangerate: (table) => (index, world) => stampedRate(world, table.name, index),
  timezoneruleversionnumber: () => () => 0,
  prioritycode: () => () => 1,
};

function owning(kind: string): (table: Table) => Generate {
  return (table) =>
    (index, world): Value => {
      const owner = world.value(table.name, index, 'ownerid');
      return isRef(owner) && owner.table === kind ? owner : null;
    };
}

function modifiedMs(table: Table, index: number, world: World): number {
  const created = world.value(table.name, index, 'createdon');
  const from = typeof created === 'number' ? created : world.createdMs(table.name, index);
  return from + world.below(20 * DAY_MS, index, `${table.name}.modified`);
}

/** What a column holds where the table's content says nothing: who and when, owner, currency, status; else null. */
export function commonValue(table: Table, column: Column): Generate {
  if (column.type === 'owner') return (index, world): Ref | null => ownerOf(world, table.name, index);
  if (column.type === 'state') return () => column.options[0]?.value ?? 0;
  if (column.type === 'status') return (index, world) => usualStatus(table, column, index, world);
  if (column.type === 'boolean' && !column.custom) return () => false;
  return COMMON[column.name]?.(table) ?? (() => null);
}

function usualStatus(table: Table, column: Column, index: number, world: World): number {
  const state = world.value(table.name, index, 'statecode');
  const fitting = column.options.find((option) => option.state === state) ?? column.options[0];
  return fitting?.value ?? 1;
}

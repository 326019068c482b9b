import type { Answer } from '../../kit/exchange.ts';
import { type Exchange, odataAnswer } from '../exchange.ts';
import { Refusal } from '../refusal.ts';
import { namedValues } from '../resource-path.ts';
import { setOf } from '../rows/sets.ts';
import { SCHEMA, type Table, tableNamed } from '../schema/schema.ts';
import { isRef } from '../world/content.ts';

const DAY_MS = 86_400_000;

type Function = (exchange: Exchange, key: string) => Answer;

/** The unbound functions that are served, by name. */
export const FUNCTIONS: Readonly<Record<string, Function>> = {
  WhoAmI: (exchange) => {
    const { organization, caller } = exchange;
    const users = tableNamed('systemuser');
    const row = organization.find(users, caller.actingId) ?? 0;
    const unit = organization.value(users, row, 'businessunitid');
    return response(exchange, 'WhoAmI', {
      BusinessUnitId: isRef(unit) ? unit.id : null,
      UserId: caller.actingId,
      OrganizationId: organization.world.id('organization', 0),
    });
  },
  RetrieveVersion: (exchange) => response(exchange, 'RetrieveVersion', { Version: '9.2.25104.00150' }),
  RetrieveCurrentOrganization: (exchange) => {
    const { organization, root } = exchange;
    const id = organization.world.id('organization', 0);
    return response(exchange, 'RetrieveCurrentOrganization', {
      Detail: {
        ...{ OrganizationId: id, FriendlyName: 'OPEX 365', OrganizationVersion: '9.2.25104.00150' },
        ...{
          EnvironmentId: id,
          DatacenterId: id,
          Geo: 'EMEA',
          TenantId: id,
          UrlName: 'opex365',
          UniqueName: 'opex365',
        },
        Endpoints: {
          Count: 1,
          IsReadOnly: false,
          Keys: ['WebApplication'],
          Values: [`${new URL(root).origin}/`],
        },
        State: 'Enabled',
      },
    });
  },
  RetrieveTotalRecordCount: (exchange, key) => {
    const names = tableNames(exchange, key);
    const values = names.map((name) => staleCount(exchange, name));
    return response(exchange, 'RetrieveTotalRecordCount', {
      EntityRecordCountCollection: { Count: names.length, IsReadOnly: false, Keys: names, Values: values },
    });
  },
};

function response(exchange: Exchange, name: string, value: object): Answer {
  const context = `${exchange.root}/$metadata#Microsoft.Dynamics.CRM.${name}Response`;
  return odataAnswer(exchange, 200, JSON.stringify({ '@odata.context': context, ...value }));
}

/** `EntityNames=['account','contact']`, or `EntityNames=@p1` with the list in the query. */
function tableNames({ query }: Exchange, key: string): string[] {
  const given = namedValues(key).get('EntityNames') ?? '';
  const list = given.startsWith('@') ? (query.find(([name]) => name === given)?.[1] ?? '') : given;
  const names = [...list.matchAll(/['"]([^'"]+)['"]/g)].map(([, name = '']) => name);
  for (const name of names)
    if (!SCHEMA.tables.has(name))
      throw new Refusal(
        400,
        '0x80041102',
        `The entity with a name = '${name}' with namemapping = 'Logical' was not found in the MetadataCache.`,
      );
  return names;
}

/** A snapshot of some time ago: what was created since is not in it, what was deleted since still is. */
function staleCount({ organization }: Exchange, name: string): number {
  const { world, clock, switches } = organization;
  const until = clock.nowMs() - switches.countAgeDays * DAY_MS;
  const count = world.count(name);
  if (!tableNamed(name).columns.has('createdon') || name === 'activitypointer') return count;
  let late = 0;
  for (let index = count - 1; index >= 0 && world.createdMs(name, index) > until; index -= 1) late += 1;
  // Without late records it would be exact too often to teach anything: the newest one in a hundred is missing.
  return count - Math.max(late, Math.floor(count / 100));
}

/** The service document: every set with its address. */
export function serviceDocument(exchange: Exchange): Answer {
  const { organization, root } = exchange;
  const value = [...SCHEMA.tables.values()].map((table: Table) => {
    const name = setOf(organization, table);
    return { name, kind: 'EntitySet', url: name };
  });
  return odataAnswer(exchange, 200, JSON.stringify({ '@odata.context': `${root}/$metadata`, value }));
}

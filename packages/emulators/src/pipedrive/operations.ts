import { createPathRouter, type PathRouter } from '../kit/router.ts';
import type { Coverage } from '../kit/vendor.ts';
import { ACTIVITIES } from './activities.ts';
import { ACTIVITY_TYPE_HANDLERS } from './activity-types.ts';
import { ATTACHED_ROUTES, FILTER_AND_SETTING_ROUTES } from './attached-routes.ts';
import { coreHandlers } from './core-entity.ts';
import { COSTS, type CostRow, REMOVED_V1 } from './costs.ts';
import { listCurrencies } from './currencies.ts';
import { DEALS, listArchivedDeals, listDeals } from './deals.ts';
import type { Handler } from './exchange-context.ts';
import { fieldHandlers } from './fields.ts';
import { HISTORY_ROUTES } from './history/routes.ts';
import { CONVERSION_ROUTES } from './lead-conversion.ts';
import { LEAD_LABEL_HANDLERS } from './lead-labels.ts';
import { searchLeads, searchLeadsV1 } from './lead-search.ts';
import { LEAD_HANDLERS } from './leads.ts';
import { LEGACY_HANDLERS } from './legacy-v1/handlers.ts';
import { NOTE_HANDLERS } from './notes.ts';
import { ORGANIZATIONS } from './organizations.ts';
import { PERSONS } from './persons.ts';
import { PIPELINE_HANDLERS } from './pipelines.ts';
import { PRODUCT_ROUTES } from './products/product-routes.ts';
import { PROJECT_ROUTES } from './projects/routes.ts';
import { FOLLOWER_ROUTES, RECORD_PART_ROUTES, RIGHT_ROUTES } from './record-part-routes.ts';
import type { FieldEntity } from './records.ts';
import { RELATIONSHIP_HANDLERS } from './relationships.ts';
import { searchField, searchHandler, searchItems } from './search.ts';
import { STAGE_HANDLERS } from './stages.ts';
import { USER_HANDLERS } from './users.ts';
import { WEBHOOK_ROUTES } from './webhooks/webhooks.ts';

/** One published operation, with its handler where it is emulated. */
export interface Operation {
  readonly api: 'v1' | 'v2';
  readonly method: string;
  readonly path: string;
  readonly costTokens: number;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly isSearch: boolean;
  /** Whether it was removed when its v2 twin took over; the switch `legacyV1` says what becomes of it. */
  readonly removed: boolean;
  readonly handler: Handler | null;
}

const VERB_METHODS = { list: 'GET', get: 'GET', add: 'POST', remove: 'DELETE' } as const;

/** The routes of a collection: where each verb lies. */
function collection(
  api: 'v1' | 'v2',
  path: string,
  handlers: Readonly<Partial<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>>>,
  updateMethod = 'PATCH',
  item = '{id}',
): [string, Handler][] {
  return Object.entries(handlers).map(([verb, handler]) => {
    const method = verb === 'update' ? updateMethod : VERB_METHODS[verb as keyof typeof VERB_METHODS];
    const place = verb === 'list' || verb === 'add' ? path : `${path}/${item}`;
    return [`${api} ${method} ${place}`, handler];
  });
}

function fieldRoutes(entity: FieldEntity): [string, Handler][] {
  const { list, get, add, update, remove, addOptions, updateOptions, removeOptions } = fieldHandlers(entity);
  const path = `/${entity}Fields`;
  const options = `${path}/{field_code}/options`;
  return [
    ...collection('v2', path, { list, get, add, update, remove }, 'PATCH', '{field_code}'),
    [`v2 POST ${options}`, addOptions],
    [`v2 PATCH ${options}`, updateOptions],
    [`v2 DELETE ${options}`, removeOptions],
  ];
}

function activityFieldRoutes(): [string, Handler][] {
  const { list, get } = fieldHandlers('activity');
  return collection('v2', '/activityFields', { list, get }, 'PATCH', '{field_code}');
}

const deals = coreHandlers(DEALS);
const { me, find, ...users } = USER_HANDLERS;
const { archived, permittedUsers, ...leads } = LEAD_HANDLERS;

const HANDLERS: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ...collection('v2', '/organizations', coreHandlers(ORGANIZATIONS)),
  ...collection('v2', '/persons', coreHandlers(PERSONS)),
  ...collection('v2', '/deals', { ...deals, list: listDeals }),
  ['v2 GET /deals/archived', listArchivedDeals],
  ...collection('v2', '/activities', coreHandlers(ACTIVITIES)),
  ...collection('v2', '/pipelines', PIPELINE_HANDLERS),
  ...collection('v2', '/stages', STAGE_HANDLERS),
  ...fieldRoutes('deal'),
  ...fieldRoutes('person'),
  ...fieldRoutes('organization'),
  ...fieldRoutes('product'),
  ...activityFieldRoutes(),
  ['v2 GET /organizations/search', searchHandler('organization')],
  ['v2 GET /persons/search', searchHandler('person')],
  ['v2 GET /deals/search', searchHandler('deal')],
  ['v2 GET /itemSearch', searchItems],
  ['v2 GET /itemSearch/field', searchField],
  ['v2 GET /leads/search', searchLeads],
  ...CONVERSION_ROUTES,
  ...PROJECT_ROUTES,
  ...PRODUCT_ROUTES,
  ...collection('v1', '/notes', NOTE_HANDLERS, 'PUT'),
  ...collection('v1', '/activityTypes', ACTIVITY_TYPE_HANDLERS, 'PUT'),
  ...collection('v1', '/organizationRelationships', RELATIONSHIP_HANDLERS, 'PUT'),
  ...collection('v1', '/leads', leads),
  ['v1 GET /leads/archived', archived],
  ['v1 GET /leads/search', searchLeadsV1],
  ['v1 GET /leads/{id}/permittedUsers', permittedUsers],
  ...collection('v1', '/leadLabels', LEAD_LABEL_HANDLERS),
  ...collection('v1', '/users', users),
  ['v1 GET /users/me', me],
  ['v1 GET /users/find', find],
  ['v1 GET /currencies', listCurrencies],
  ...ATTACHED_ROUTES,
  ...FILTER_AND_SETTING_ROUTES,
  ...HISTORY_ROUTES,
  ...RECORD_PART_ROUTES,
  ...FOLLOWER_ROUTES,
  ...RIGHT_ROUTES,
  ...WEBHOOK_ROUTES,
]);

/** The OAuth server is answered before the operations are looked at, but it is served. */
const OAUTH = new Set(['/oauth/authorize', '/oauth/token', '/oauth/token/']);

/** Every published operation. */
export const OPERATIONS: readonly Operation[] = COSTS.map((row) => operationOf(row, HANDLERS, false));

const REMOVED: readonly Operation[] = REMOVED_V1.map((row) => operationOf(row, LEGACY_HANDLERS, true));

function operationOf(
  [api, method, path, costTokens, name, scopes]: CostRow,
  handlers: ReadonlyMap<string, Handler>,
  removed: boolean,
): Operation {
  return {
    api,
    method,
    path,
    costTokens,
    name,
    scopes: scopes === '' ? [] : scopes.split(' '),
    isSearch: path.endsWith('/search') || path.startsWith('/itemSearch'),
    removed,
    handler: handlers.get(`${api} ${method} ${path}`) ?? null,
  };
}

/** Every operation that is served, as `v2 GET /deals/{id}`, the removed twins among them. */
export const SERVED: ReadonlySet<string> = new Set([
  ...HANDLERS.keys(),
  ...LEGACY_HANDLERS.keys(),
  ...[...OAUTH].flatMap((path) => [`v1 GET ${path}`, `v1 POST ${path}`]),
]);

/** Handlers whose route is not published, which would be a slip of ours. */
export const UNPUBLISHED_ROUTES: readonly string[] = [...HANDLERS.keys(), ...LEGACY_HANDLERS.keys()].filter(
  (route) => ![...COSTS, ...REMOVED_V1].some(([api, method, path]) => route === `${api} ${method} ${path}`),
);

/** A router over both versions; paths are `/v1/...` and `/v2/...`. Fixed names go before `{...}`. */
export function createOperationRouter(): PathRouter<Operation> {
  const router = createPathRouter<Operation>();
  const fixedFirst = [...OPERATIONS, ...REMOVED].sort((a, b) => openParts(a.path) - openParts(b.path));
  for (const operation of fixedFirst)
    router.add(operation.method, `/${operation.api}${operation.path}`, operation);
  return router;
}

function openParts(path: string): number {
  return path.split('{').length - 1;
}

/** What of the published operations is served. */
export function coverage(): Coverage {
  const operations = OPERATIONS.map(({ api, method, path, handler }) => ({
    method,
    path: OAUTH.has(path) ? path : `/api/${api}${path}`,
    served: handler !== null || OAUTH.has(path),
  }));
  return {
    published: operations.length,
    served: operations.filter(({ served }) => served).length,
    operations,
  };
}

import { createPathRouter, type PathRouter } from '../kit/router.ts';
import type { Coverage } from '../kit/vendor.ts';
import { ACTIVITIES } from './activities.ts';
import { ACTIVITY_TYPE_HANDLERS } from './activity-types.ts';
import { coreHandlers } from './core-entity.ts';
import { COSTS, REMOVED_V1 } from './costs.ts';
import { listCurrencies } from './currencies.ts';
import { DEALS, listArchivedDeals, listDeals } from './deals.ts';
import type { Handler } from './exchange-context.ts';
import { fieldHandlers } from './fields.ts';
import { LEAD_LABEL_HANDLERS } from './lead-labels.ts';
import { LEAD_HANDLERS } from './leads.ts';
import { NOTE_HANDLERS } from './notes.ts';
import { ORGANIZATIONS } from './organizations.ts';
import { PERSONS } from './persons.ts';
import { PIPELINE_HANDLERS } from './pipelines.ts';
import type { FieldEntity } from './records.ts';
import { RELATIONSHIP_HANDLERS } from './relationships.ts';
import { searchField, searchHandler, searchItems } from './search.ts';
import { STAGE_HANDLERS } from './stages.ts';
import { USER_HANDLERS } from './users.ts';

/** One published operation, with its handler where it is emulated. */
export interface Operation {
  readonly api: 'v1' | 'v2';
  readonly method: string;
  readonly path: string;
  readonly costTokens: number;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly isSearch: boolean;
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
const { archived, ...leads } = LEAD_HANDLERS;

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
  ...collection('v1', '/notes', NOTE_HANDLERS, 'PUT'),
  ...collection('v1', '/activityTypes', ACTIVITY_TYPE_HANDLERS, 'PUT'),
  ...collection('v1', '/organizationRelationships', RELATIONSHIP_HANDLERS, 'PUT'),
  ...collection('v1', '/leads', leads),
  ['v1 GET /leads/archived', archived],
  ...collection('v1', '/leadLabels', LEAD_LABEL_HANDLERS),
  ...collection('v1', '/users', users),
  ['v1 GET /users/me', me],
  ['v1 GET /users/find', find],
  ['v1 GET /currencies', listCurrencies],
]);

/** The OAuth server is answered before the operations are looked at, but it is served. */
const OAUTH = new Set(['/oauth/authorize', '/oauth/token', '/oauth/token/']);

/** Every published operation. */
export const OPERATIONS: readonly Operation[] = COSTS.map(
  ([api, method, path, costTokens, name, scopes]) => ({
    api,
    method,
    path,
    costTokens,
    name,
    scopes: scopes === '' ? [] : scopes.split(' '),
    isSearch: path.endsWith('/search') || path.startsWith('/itemSearch'),
    handler: HANDLERS.get(`${api} ${method} ${path}`) ?? null,
  }),
);

/** Handlers whose route is not published, which would be a slip of ours. */
export const UNPUBLISHED_ROUTES: readonly string[] = [...HANDLERS.keys()].filter(
  (route) => !COSTS.some(([api, method, path]) => route === `${api} ${method} ${path}`),
);

/** A router over both versions; paths are `/v1/...` and `/v2/...`. Fixed names go before `{...}`. */
export function createOperationRouter(): PathRouter<Operation> {
  const router = createPathRouter<Operation>();
  const fixedFirst = [...OPERATIONS].sort((a, b) => openParts(a.path) - openParts(b.path));
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

const removed = REMOVED_V1.map(([method, path]) => ({
  method,
  pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`),
}));

/** Whether a v1 path is one of those that were removed for their v2 twins. */
export function wasRemoved(method: string, path: string): boolean {
  return removed.some((each) => each.method === method && each.pattern.test(path));
}

import type { Coverage } from '../kit/vendor.ts';

type Row = readonly [method: string, path: string, served: boolean];

/** What the two dialects are taken to have, and what of it is served. */
const OPERATIONS: readonly Row[] = [
  ['GET', '/api/modules', true],
  ['GET', '/api/modules/{key}/fields', true],
  ['GET', '/api/modules/{key}/relations', true],
  ['GET', '/api/modules/{key}/records', true],
  ['GET', '/api/modules/{key}/records/{id}', true],
  ['POST', '/api/modules/{key}/records', true],
  ['PATCH', '/api/modules/{key}/records/{id}', true],
  ['DELETE', '/api/modules/{key}/records/{id}', true],
  ['GET', '/api/users', true],
  ['GET', '/api/pipelines', true],
  ['GET', '/api/automations', true],
  ['GET', '/api/tags', true],
  ['GET', '/api/files/{id}', true],
  ['GET', '/api/{Table}/GetList', true],
  ['GET', '/api/{Table}/GetList/{rowCount}', true],
  ['GET', '/api/{Table}/GetById/{id}', true],
  ['GET', '/api/{Table}/GetListByTypeId/{typeId}', false],
  ['POST', '/api/{Table}/Add', false],
  ['PUT', '/api/{Table}/Update/{id}', false],
  ['DELETE', '/api/{Table}/Delete/{id}', false],
];

/** Which operations are served. */
export function coverage(): Coverage {
  const operations = OPERATIONS.map(([method, path, served]) => ({ method, path, served }));
  return {
    published: operations.length,
    served: operations.filter(({ served }) => served).length,
    operations,
  };
}

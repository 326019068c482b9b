import type { Coverage } from '../kit/vendor.ts';
import { RESOURCES } from './routes.ts';

const WRITES = ['POST', 'PATCH', 'DELETE'] as const;

/** Nothing is published: these are the operations that may be assumed, and which of them are served. */
export function coverage(): Coverage {
  const reads = RESOURCES.flatMap((resource) => [
    { method: 'GET', path: `/api/v1/${resource}`, served: true },
    { method: 'GET', path: `/api/v1/${resource}/{id}`, served: true },
    { method: 'OPTIONS', path: `/api/v1/${resource}`, served: true },
    ...WRITES.map((method) => ({ method, path: `/api/v1/${resource}`, served: false })),
  ]);
  const further = [
    '/custom-objects/{key}/records',
    '/presentations/{id}/download',
    '/automations',
    '/integrations',
  ].map((path) => ({ method: 'GET', path: `/api/v1${path}`, served: true }));
  const operations = [...reads, ...further];
  return {
    published: operations.length,
    served: operations.filter(({ served }) => served).length,
    operations,
  };
}

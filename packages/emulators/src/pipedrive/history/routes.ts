import type { Handler } from '../exchange-context.ts';
import { changeLogHandler } from './change-log.ts';
import { flowHandler } from './flow.ts';
import { listRecents } from './recents.ts';

/** The operations that tell what happened. */
export const HISTORY_ROUTES: readonly (readonly [string, Handler])[] = [
  ['v1 GET /deals/{id}/changelog', changeLogHandler('deal')],
  ['v1 GET /persons/{id}/changelog', changeLogHandler('person')],
  ['v1 GET /organizations/{id}/changelog', changeLogHandler('organization')],
  ['v1 GET /deals/{id}/flow', flowHandler('deal')],
  ['v1 GET /persons/{id}/flow', flowHandler('person')],
  ['v1 GET /organizations/{id}/flow', flowHandler('organization')],
  ['v1 GET /recents', listRecents],
];

import type { KnownField, RestCatalog } from '../shared/module-rest/rest-catalog.ts';
import { people } from './people-modules.ts';
import { equivalents, patterns } from './quirks.ts';
import { sales } from './sales-modules.ts';
import { work } from './work-modules.ts';

/** Columns that nearly every table has. */
const common: readonly KnownField[] = [
  { key: 'userId', standard: 'Owner', type: 'owner' },
  { key: 'isShared', standard: 'Shared', type: 'boolean' },
  { key: 'insertDate', standard: 'Created At', type: 'dateTime' },
  { key: 'updateDate', standard: 'Modified At', type: 'dateTime' },
];

/** DinamikCRM as far as it is known; what is an assumption is named in the README of this folder. */
export const dinamikcrm: RestCatalog = {
  system: 'dinamikcrm',
  label: 'DinamikCRM',
  id: 'id',
  live: 'active',
  changedAt: 'updateDate',
  tenant: 'groupId',
  modules: [...people, ...sales, ...work],
  common,
  unread: ['ip', 'password', 'parola', 'sifre'],
  equivalents,
  patterns,
};

import type { Planted } from './planted-case.ts';
import { PLANTED_PEOPLE } from './planted-people.ts';
import { PLANTED_SALES } from './planted-sales.ts';
import { PLANTED_WORK } from './planted-work.ts';

const DEFINED: readonly Planted[] = [
  {
    rules: ['D-27(a)', 'D-27(b)'],
    why: 'custom modules, one of them switched off',
    module: 'ozel_eski_liste',
  },
  {
    rules: ['D-27(c)', 'D-27(d)'],
    why: 'one record for each company, single values',
    module: 'ozel_kredi_profili',
  },
  {
    rules: ['D-27(e)'],
    why: 'several records for each company, multi-values and free text',
    module: 'ozel_makine',
  },
  { rules: ['D-27(f)'], why: 'many to many, to a module that has no place', module: 'ozel_depo_hareketi' },
  {
    rules: ['D-28(a)', 'D-28(b)'],
    why: 'three pipelines, one listed out of order',
    module: '/api/pipelines',
  },
  { rules: ['D-28(c)'], why: 'stage rules that move by themselves', module: '/api/automations' },
  {
    rules: ['D-29(a)', 'D-29(c)'],
    why: 'users, one without an e-mail, one disabled, one in capitals',
    module: '/api/users',
  },
];

/** At least one case for every lettered rule D-20..D-31. */
export const PLANTED: readonly Planted[] = [...PLANTED_PEOPLE, ...PLANTED_SALES, ...PLANTED_WORK, ...DEFINED];

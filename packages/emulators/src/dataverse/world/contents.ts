import { ACTIVITIES } from './activities.ts';
import { ATTACHED } from './attached.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Content } from './content.ts';
import { CUSTOM } from './custom.ts';
import { CUSTOMERS } from './customers.ts';
import { PEOPLE } from './people.ts';
import { PROCESSES } from './processes.ts';
import { SALES } from './sales.ts';
import { STRING_MAPS } from './string-maps.ts';

/** How the rows of every table come about. A table that is not here begins empty. */
export const CONTENTS: Readonly<Record<string, Content>> = {
  ...PEOPLE,
  ...CUSTOMERS,
  ...CATALOGUE,
  ...SALES,
  ...PROCESSES,
  ...ACTIVITIES,
  ...ATTACHED,
  ...CUSTOM,
  ...STRING_MAPS,
};

import { dinamikcrmTemplate } from './dinamikcrm.ts';
import { opex365Template } from './opex365.ts';
import { promoxcrmTemplate } from './promoxcrm.ts';
import { resultsTemplate } from './results.ts';
import { smartCrmOnlineTemplate } from './smart-crm-online.ts';
import type { Template } from './template.ts';

/** The templates there are: one a source. */
export const templates: readonly Template[] = [
  smartCrmOnlineTemplate,
  opex365Template,
  dinamikcrmTemplate,
  resultsTemplate,
  promoxcrmTemplate,
];

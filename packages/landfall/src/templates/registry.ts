import { smartCrmOnlineTemplate } from './smart-crm-online.ts';
import type { Template } from './template.ts';

/** The templates there are: one a source. */
export const templates: readonly Template[] = [smartCrmOnlineTemplate];

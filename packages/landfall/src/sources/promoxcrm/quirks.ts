import type { FileRules, PatternRule } from '../shared/export-files/export-catalog.ts';

/**
 * Rules that PromoXcrm may have applied by itself and that leave traces in the values (P-25(b), P-25(c)). Where the API
 * tells its rules, they stand in the inventory beside these.
 */
export const patterns: readonly PatternRule[] = [
  {
    kind: 'follows',
    name: 'Task after a new project',
    entity: 'tasks',
    title: 'Subject',
    date: 'Due Date',
    parent: 'Project ID',
    parentEntity: 'projects',
    parentDate: 'Created',
    equivalent:
      'Automation: trigger "deal created" (or "deal stage changed"), action "create activity" with a due date some days later.',
  },
  {
    kind: 'implies',
    name: 'Region routes the lead',
    entity: 'leads',
    from: 'routing_region',
    to: 'Owner',
    equivalent: 'Automatic assignment for leads, by a custom field.',
  },
  {
    kind: 'implies',
    name: 'Stage sets the fulfillment status',
    entity: 'projects',
    from: 'Stage',
    to: 'Fulfillment Status',
    equivalent:
      'Automation: trigger "deal stage changed", action "update deal" (the field Fulfillment status).',
  },
  {
    kind: 'implies',
    name: 'Pipeline assigns the owner',
    entity: 'projects',
    from: 'Pipeline',
    to: 'Owner',
    equivalent: 'Automatic assignment for deals, by pipeline.',
  },
];

/** What may stand in the way of moving a presentation's bytes. */
export const files: FileRules = {
  mostBytes: 50 * 1024 * 1024,
  doubtfulEndings: ['exe', 'bat', 'cmd', 'js', 'scr', 'msi', 'com', 'vbs', 'jar'],
};

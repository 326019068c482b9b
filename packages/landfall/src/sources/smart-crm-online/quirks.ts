import type { PatternRule } from '../shared/export-files/export-catalog.ts';

/**
 * Rules that Smart CRM Online may have applied by itself: it exports none, but they leave traces in the values
 * (S-06, DOC-23). Found ones go to the inventory for the admin to rebuild; nothing is rebuilt here.
 */
export const patterns: readonly PatternRule[] = [
  {
    kind: 'implies',
    name: 'Stage sets the status',
    entity: 'deals',
    from: 'Stage',
    to: 'Status',
    equivalent: 'Automation: trigger "deal stage changed", action "update deal status" (won or lost).',
  },
  {
    kind: 'implies',
    name: 'Stage sets the probability',
    entity: 'deals',
    from: 'Stage',
    to: 'Probability',
    equivalent: 'Probability of the stage in the pipeline settings; it is configured with the stages.',
  },
  {
    kind: 'implies',
    name: 'Stage assigns the owner',
    entity: 'deals',
    from: 'Stage',
    to: 'Owner',
    equivalent: 'Automation: trigger "deal stage changed", action "change deal owner".',
  },
  {
    kind: 'implies',
    name: 'Pipeline assigns the owner',
    entity: 'deals',
    from: 'Pipeline',
    to: 'Owner',
    equivalent: 'Automatic assignment for deals, by pipeline.',
  },
  {
    kind: 'implies',
    name: 'City assigns the owner',
    entity: 'companies',
    from: 'City',
    to: 'Owner',
    equivalent: 'Automatic assignment for organizations, by address.',
  },
  {
    kind: 'implies',
    name: 'Call outcome sets the status',
    entity: 'activities',
    from: 'Disposition',
    to: 'Status',
    equivalent: 'Automation: trigger "activity marked as done", action "create activity" or "update deal".',
  },
  {
    kind: 'follows',
    name: 'Follow-up after a new deal',
    entity: 'activities',
    title: 'Subject',
    date: 'Due Date',
    parent: 'Deal ID',
    parentEntity: 'deals',
    parentDate: 'Created At',
    equivalent:
      'Automation: trigger "deal created", action "create activity" with a due date some days later; or a Sequence.',
  },
  {
    kind: 'follows',
    name: 'Follow-up task after a new deal',
    entity: 'tasks',
    title: 'Subject',
    date: 'Due Date',
    parent: 'Deal ID',
    parentEntity: 'deals',
    parentDate: 'Created At',
    equivalent:
      'Automation: trigger "deal created", action "create activity" with a due date some days later; or a Sequence.',
  },
];

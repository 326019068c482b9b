import type {
  CompareRule,
  FileRules,
  PatternRule,
  ScaleRule,
} from '../shared/export-files/export-catalog.ts';

/**
 * Rules that Results may have applied by itself, its process templates above all: it exports none, but they leave
 * traces in the values (R-05, DOC-23). Found ones go to the inventory; nothing is rebuilt here.
 */
export const patterns: readonly PatternRule[] = [
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
    name: 'Stage sets the status',
    entity: 'deals',
    from: 'Stage',
    to: 'Status',
    equivalent: 'Automation: trigger "deal stage changed", action "update deal status" (won or lost).',
  },
  {
    kind: 'implies',
    name: 'Stage makes an opportunity a project',
    entity: 'deals',
    from: 'Stage',
    to: 'Is Opportunity',
    equivalent: 'Automation: trigger "deal won", action "create project" (Projects add-on) or "move deal".',
  },
  {
    kind: 'implies',
    name: 'Type of project assigns the sales rep',
    entity: 'deals',
    from: 'Deal Type',
    to: 'Sales Rep',
    equivalent: 'Automatic assignment for deals, by a field of the deal.',
  },
  {
    kind: 'implies',
    name: 'State assigns the sales rep',
    entity: 'companies',
    from: 'State',
    to: 'Sales Rep',
    equivalent: 'Automatic assignment for organizations, by address.',
  },
  {
    kind: 'implies',
    name: 'Call disposition sets the result',
    entity: 'activities',
    from: 'Disposition',
    to: 'Result',
    equivalent: 'Automation: trigger "activity marked as done", action "create activity" or "update deal".',
  },
  {
    kind: 'follows',
    name: 'Process template: activity after a new opportunity',
    entity: 'activities',
    title: 'Subject',
    date: 'Due Date',
    parent: 'Deal ID',
    parentEntity: 'deals',
    parentDate: 'Opportunity Created',
    equivalent:
      'Automation: trigger "deal created", action "create activity" with a due date some days later; or a Sequence.',
  },
  {
    kind: 'follows',
    name: 'Invoices come a fixed time after the project',
    entity: 'invoices',
    title: 'Status',
    date: 'Invoice Date',
    parent: 'Deal ID',
    parentEntity: 'deals',
    parentDate: 'Project Started',
    equivalent: 'None: invoices are written in the accounting system; an activity can remind of them.',
  },
];

/** What QuickBooks keeps too, and whose word counts, field by field (R-06) [A]. */
export const compare: readonly CompareRule[] = [
  {
    name: 'QuickBooks customers',
    entity: 'companies',
    key: 'QuickBooks List ID',
    other: 'quickbooks-customers',
    otherKey: 'List ID',
    title: 'Company Name',
    otherTitle: 'Customer',
    fields: [
      { own: 'Company Name', other: 'Customer', truth: 'own' },
      { own: 'Phone 1', other: 'Phone', truth: 'own' },
      { own: 'E-mail', other: 'E-mail', truth: 'own' },
      { own: 'Address', other: 'Address', truth: 'own' },
      { own: 'City', other: 'City', truth: 'own' },
      { own: 'Zip', other: 'Zip', truth: 'own' },
      { own: 'Terms', other: 'Terms', truth: 'other' },
    ],
  },
];

/** The suite is not made for more. */
export const scale: readonly ScaleRule[] = [
  {
    entity: 'contacts',
    most: 15_000,
    expect: 'the suite is made for about 15,000 contacts: list screens and exports may have been cut off',
    hint: 'Compare the counts with the system (a report, not a list screen), and export in several parts if they differ.',
  },
  {
    entity: 'companies',
    most: 15_000,
    expect: 'the suite is made for about 15,000 contacts: list screens and exports may have been cut off',
    hint: 'Compare the counts with the system (a report, not a list screen), and export in several parts if they differ.',
  },
  {
    entity: 'activities',
    field: 'Sales Rep',
    most: 15,
    expect: 'the suite is made for about 15 users: look for shared and retired logins among them',
    hint: 'Confirm the list of sales reps with the administrator before the owners are approved.',
  },
  {
    entity: 'deals',
    field: 'Sales Rep',
    most: 15,
    expect: 'the suite is made for about 15 users: look for shared and retired logins among them',
    hint: 'Confirm the list of sales reps with the administrator before the owners are approved.',
  },
];

/**
 * Which files can be handed over as they are (R-27(b)). Neither limit is published by the destination [A]: 50 MB is
 * what its import takes, and endings of programs are refused by mail filters everywhere.
 */
export const files: FileRules = {
  mostBytes: 50_000_000,
  doubtfulEndings: [
    ...['exe', 'bat', 'cmd', 'com', 'msi', 'scr', 'ps1', 'vbs', 'js', 'jar', 'dll', 'lnk', 'reg', 'apk'],
    // Signatures as the device wrote them: nobody can open them without the suite.
    'isf',
  ],
};

import { regardingOfActivity } from './opex365-regarding.ts';
import type { TemplateRow } from './template.ts';

const completed = { source: 'Status Code', in: ['1'] } as const;
const canceled = { source: 'Status Code', in: ['2'] } as const;

/** Who took part. Roles 8 and 9 say again what it is about and who owns it. */
export const parties = [
  {
    from: 'activityparty',
    by: 'Activity',
    as: 'Contact',
    when: [
      { source: 'Role Code', notIn: ['8', '9'] },
      { source: 'Party Type', in: ['contact'] },
      { source: 'Is Deleted', notIn: ['true', 'yes'] },
    ],
  },
  {
    from: 'activityparty',
    by: 'Activity',
    as: 'Party',
    when: { source: 'Role Code', notIn: ['8', '9'] },
  },
  {
    from: 'activityparty',
    by: 'Activity',
    as: 'Unresolved',
    when: [
      { source: 'Role Code', notIn: ['8', '9'] },
      { source: 'Party', filled: false },
    ],
  },
] as const;

const people: readonly TemplateRow[] = [
  {
    to: 'activity.person_id',
    via: [{ reference: { source: 'contact', by: { 'Contact.Party': ['id'] }, whenMissing: 'leave' } }],
    why: 'O-24(c): the first contact who took part',
  },
  {
    to: 'activity.attendees',
    from: ['Party.Party Name', 'Party.Party Address'],
    via: ['mailboxes', { attendees: { others: 'leave' } }],
    why: 'O-24: everybody with an address, whatever their part',
  },
  {
    to: 'activity.block.Unresolved parties',
    from: 'Unresolved.Party Address',
    via: ['distinct', { join: { with: ', ' } }],
    why: 'O-24: addresses that the source could not resolve to a record',
  },
];

/** Who wrote or called whom. */
export const correspondents = [
  ...parties,
  { from: 'activityparty', by: 'Activity', as: 'From', when: { source: 'Role Code', in: ['1'] } },
  { from: 'activityparty', by: 'Activity', as: 'To', when: { source: 'Role Code', in: ['2'] } },
  { from: 'activityparty', by: 'Activity', as: 'Cc', when: { source: 'Role Code', in: ['3', '4'] } },
] as const;

/** What they say of it. */
export const correspondence: readonly TemplateRow[] = [
  {
    to: 'activity.block.From',
    from: ['From.Party Name', 'From.Party Address'],
    via: ['mailboxes', { join: { with: ', ' } }],
    why: 'O-24: who called, sent or invited',
  },
  {
    to: 'activity.block.To',
    from: ['To.Party Name', 'To.Party Address'],
    via: ['mailboxes', { join: { with: ', ' } }],
    why: 'O-24: who was called or written to',
  },
  {
    to: 'activity.block.Cc',
    from: ['Cc.Party Name', 'Cc.Party Address'],
    via: ['mailboxes', { join: { with: ', ' } }],
    why: 'O-24: who got a copy',
  },
];

/** What all four kinds say in the same fields. */
export const sharedOfActivities: readonly TemplateRow[] = [
  {
    to: 'activity.subject',
    from: 'Subject',
    via: ['collapse', { truncate: { max: 255 } }],
    whenEmpty: { use: '(no subject)' },
    why: 'O-24(a): the subject',
  },
  { to: 'activity.done', value: true, onlyIf: completed, why: 'O-24(c): completed' },
  {
    to: 'activity.done',
    value: true,
    onlyIf: canceled,
    why: 'O-24(c): canceled: nothing is left to be done',
  },
  { to: 'activity.done', value: false, why: 'O-24(c): open or scheduled' },
  {
    to: 'activity.duration',
    from: ['Actual Minutes', 'Scheduled Minutes'],
    via: ['firstFilled', 'duration'],
    why: 'O-24(c): how long it took, else how long it was meant to take',
  },
  {
    to: 'activity.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'O-24(c), O-29: the owner, matched to a user by e-mail',
  },
  ...regardingOfActivity,
  ...people,
  {
    to: 'activity.block.Regarding',
    from: ['Regarding Type', 'Regarding Name'],
    via: [{ join: { with: ': ' } }],
    onlyIf: { source: 'Regarding Type', notIn: ['', 'account', 'contact', 'opportunity', 'lead'] },
    why: 'O-24(c): about a record that Pipedrive has no link for',
  },
  {
    to: 'activity.block.Status',
    from: ['Status', 'Status Reason'],
    via: [{ join: { with: ': ' } }],
    why: 'O-24(c): the status in the words of the source',
  },
  {
    to: 'activity.block.Priority',
    from: 'Priority',
    via: ['collapse'],
    onlyIf: { source: 'Priority Code', notIn: ['', '1'] },
    why: 'O-24(c): low or high',
  },
  {
    to: 'activity.block.Scheduled start',
    from: 'Start Date',
    via: ['dateTime'],
    why: 'O-24(c): the original times, to the second',
  },
  {
    to: 'activity.block.Scheduled end',
    from: 'Due Date',
    via: ['dateTime'],
    why: 'O-24(c): the original times, to the second',
  },
  {
    to: 'activity.block.Actual start',
    from: 'Actual Start',
    via: ['dateTime'],
    why: 'O-24(c): the original times, to the second',
  },
  {
    to: 'activity.block.Actual end',
    from: 'Actual End',
    via: ['dateTime'],
    why: 'O-24(c): the original times, to the second',
  },
  {
    to: 'activity.block.Original created',
    from: 'Created On',
    via: ['dateTime'],
    why: 'O-24(c): the creation time of an activity cannot be set: a line keeps it',
  },
  {
    to: 'activity.block.Created by',
    from: 'Created By',
    via: ['collapse'],
    why: 'O-24(c): who made it, where somebody else owns it',
  },
];

/** The text of the kinds that have a plain one. */
export const textOfActivity: TemplateRow = {
  to: 'activity.note',
  from: 'Description',
  via: ['html'],
  why: 'O-24(a): the text, lines kept',
};

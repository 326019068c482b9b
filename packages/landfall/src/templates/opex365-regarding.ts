import type { TemplateRow } from './template.ts';

/** What an activity is about: a record that is moved is linked (O-24(c)); a lead that became a deal leads to the deal. */
export const regardingOfActivity: readonly TemplateRow[] = [
  {
    to: 'activity.org_id',
    via: [{ reference: { source: 'account', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['account'] },
    why: 'O-24(c), O-28(a): the account it is about',
  },
  {
    to: 'activity.person_id',
    via: [{ reference: { source: 'contact', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['contact'] },
    why: 'O-24(c), O-28(a): the contact it is about',
  },
  {
    to: 'activity.deal_id',
    via: [{ reference: { source: 'opportunity', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['opportunity'] },
    why: 'O-24(c), O-28(a): the opportunity it is about',
  },
  {
    to: 'activity.lead_id',
    via: [{ reference: { source: 'lead', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['lead'] },
    why: 'O-24(c), O-28(a): the lead it is about, or the deal that lead has become',
  },
];

/** What a note is about (O-28(a)). */
export const regardingOfNote: readonly TemplateRow[] = [
  {
    to: 'note.org_id',
    via: [{ reference: { source: 'account', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['account'] },
    why: 'O-24(c), O-28(a): the account it is about',
  },
  {
    to: 'note.person_id',
    via: [{ reference: { source: 'contact', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['contact'] },
    why: 'O-24(c), O-28(a): the contact it is about',
  },
  {
    to: 'note.deal_id',
    via: [{ reference: { source: 'opportunity', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['opportunity'] },
    why: 'O-24(c), O-28(a): the opportunity it is about',
  },
  {
    to: 'note.lead_id',
    via: [{ reference: { source: 'lead', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['lead'] },
    why: 'O-24(c), O-28(a): the lead it is about, or the deal that lead has become',
  },
];

/** What a file belongs to (O-28(b)). */
export const regardingOfFile: readonly TemplateRow[] = [
  {
    to: 'file.org_id',
    via: [{ reference: { source: 'account', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['account'] },
    why: 'O-24(c), O-28(a): the account it is about',
  },
  {
    to: 'file.person_id',
    via: [{ reference: { source: 'contact', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['contact'] },
    why: 'O-24(c), O-28(a): the contact it is about',
  },
  {
    to: 'file.deal_id',
    via: [{ reference: { source: 'opportunity', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['opportunity'] },
    why: 'O-24(c), O-28(a): the opportunity it is about',
  },
  {
    to: 'file.lead_id',
    via: [{ reference: { source: 'lead', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['lead'] },
    why: 'O-24(c), O-28(a): the lead it is about, or the deal that lead has become',
  },
];

/** The activity that a note’s file belongs to (O-28(b)). */
export const activityOfNote: readonly TemplateRow[] = [
  {
    to: 'file.activity_id',
    via: [{ reference: { source: 'phonecall', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['phonecall'] },
    why: 'O-28(b): on the activity it belongs to',
  },
  {
    to: 'file.activity_id',
    via: [{ reference: { source: 'email', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['email'] },
    why: 'O-28(b): on the activity it belongs to',
  },
  {
    to: 'file.activity_id',
    via: [{ reference: { source: 'task', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['task'] },
    why: 'O-28(b): on the activity it belongs to',
  },
  {
    to: 'file.activity_id',
    via: [{ reference: { source: 'appointment', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Regarding Type', in: ['appointment'] },
    why: 'O-28(b): on the activity it belongs to',
  },
  {
    to: 'file.activity_id',
    via: [
      {
        reference: { source: 'recurringappointmentmaster', by: { Regarding: ['id'] }, whenMissing: 'leave' },
      },
    ],
    onlyIf: { source: 'Regarding Type', in: ['recurringappointmentmaster'] },
    why: 'O-28(b): on the activity it belongs to',
  },
];

/** The activity that an attachment belongs to (O-28(b)). */
export const activityOfAttachment: readonly TemplateRow[] = [
  {
    to: 'file.activity_id',
    via: [{ reference: { source: 'phonecall', by: { Activity: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Activity Type', in: ['phonecall'] },
    why: 'O-28(b): on the activity it belongs to',
  },
  {
    to: 'file.activity_id',
    via: [{ reference: { source: 'email', by: { Activity: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Activity Type', in: ['email'] },
    why: 'O-28(b): on the activity it belongs to',
  },
  {
    to: 'file.activity_id',
    via: [{ reference: { source: 'task', by: { Activity: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Activity Type', in: ['task'] },
    why: 'O-28(b): on the activity it belongs to',
  },
  {
    to: 'file.activity_id',
    via: [{ reference: { source: 'appointment', by: { Activity: ['id'] }, whenMissing: 'leave' } }],
    onlyIf: { source: 'Activity Type', in: ['appointment'] },
    why: 'O-28(b): on the activity it belongs to',
  },
  {
    to: 'file.activity_id',
    via: [
      { reference: { source: 'recurringappointmentmaster', by: { Activity: ['id'] }, whenMissing: 'leave' } },
    ],
    onlyIf: { source: 'Activity Type', in: ['recurringappointmentmaster'] },
    why: 'O-28(b): on the activity it belongs to',
  },
];

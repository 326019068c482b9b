import { companyIfThere, contactItself, ownedBy, personIfThere } from './results-records.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

const dealLink = [
  { reference: { source: 'deals', by: { 'Deal ID': ['id'] }, whenMissing: 'leave' } },
] as const;

const onDeal = {
  from: 'Deal ID',
  via: dealLink,
  why: 'R-24(b): linked to the opportunity or project',
} as const;
const onCompany = {
  from: ['Company ID', 'Company Name'],
  via: companyIfThere,
  why: 'R-24(b): linked to the company',
} as const;
const onPerson = {
  from: ['Associate ID', 'Associate'],
  via: personIfThere,
  onlyIf: { source: 'Associate ID', filled: true },
  why: 'R-24(b): linked to the associate',
} as const;
const onContact = {
  from: 'Company ID',
  via: contactItself,
  onlyIf: { source: 'Associate ID', filled: false },
  why: 'R-24(b): a contact that is a person',
} as const;

/** Whom an activity is about; the deal first: it tells in whose company a name is looked for. */
const activityLinks: readonly TemplateRow[] = [
  { to: 'activity.deal_id', ...onDeal },
  { to: 'activity.org_id', ...onCompany },
  { to: 'activity.person_id', ...onPerson },
  { to: 'activity.person_id', ...onContact },
];

const happened: readonly TemplateRow[] = [
  {
    to: 'activity.due_date',
    from: 'Start',
    via: ['dateTime', 'dateOf'],
    onlyIf: { source: 'Start', filled: true },
    why: 'R-24(b), R-24(c): Pipedrive keeps the time of an activity as its due date and time',
  },
  {
    to: 'activity.due_time',
    from: 'Start',
    via: ['dateTime', 'timeOf'],
    onlyIf: { source: 'Start', filled: true },
    why: 'R-24(c): the time of day, in UTC, so that the order of the timeline stays',
  },
  {
    to: 'activity.due_date',
    from: 'Due Date',
    via: ['date'],
    onlyIf: { source: 'Start', filled: false },
    why: 'R-24(b): to-dos have a day only',
  },
];

const details: readonly TemplateRow[] = [
  { to: 'activity.subject', from: 'Subject', via: ['collapse'], why: 'R-24(b): the subject' },
  { to: 'activity.note', from: 'Notes', via: ['html'], why: 'R-24(b): the content with its line breaks' },
  ...happened,
  { to: 'activity.duration', from: 'Duration', via: ['duration'], why: 'R-24(b): minutes' },
  { to: 'activity.location', from: 'Location', via: ['address'], why: 'R-24(b): where it was' },
  { to: 'activity.owner_id', ...ownedBy },
  ...activityLinks,
  {
    to: 'activity.block.Disposition',
    from: 'Disposition',
    via: ['collapse'],
    why: 'R-24(d), C-02: activities have no custom fields in Pipedrive: a labelled line on top of the note',
  },
  {
    to: 'activity.block.Outcome',
    from: 'Result',
    via: ['collapse'],
    why: 'R-24(d), C-02: the outcome of the call, in the same form',
  },
  {
    to: 'activity.block.Direction',
    from: 'Direction',
    via: ['collapse'],
    why: 'R-24(d): incoming or outgoing',
  },
  {
    to: 'activity.block.Priority',
    from: 'Priority',
    via: ['collapse'],
    why: 'R-24(b): in the words of the source',
  },
  {
    to: 'activity.block.Timestamp',
    from: 'Start',
    via: ['dateTime'],
    why: 'R-24(c): the full original timestamp',
  },
  {
    to: 'activity.block.Completed at',
    from: 'Completed At',
    via: ['dateTime'],
    why: 'R-24(c): when it was done; the day Pipedrive shows is the migration’s',
  },
  {
    to: 'activity.block.Original created',
    from: 'Created',
    via: ['dateTime'],
    why: 'R-24(c): the creation time of an activity cannot be set: a line keeps it',
  },
];

const logged: readonly TemplateRow[] = [
  { to: 'activity.done', from: 'Completed', via: ['boolean'], why: 'R-24(b): -1 and 0, or yes and no' },
  {
    to: 'activity.done',
    value: true,
    onlyIf: { source: 'Completed', filled: false },
    why: 'R-24(b): calls, e-mails and meetings are history unless it is said that they are to come',
  },
];

const toDo: readonly TemplateRow[] = [
  { to: 'activity.done', from: 'Completed', via: ['boolean'], why: 'R-24(b): -1 and 0, or yes and no' },
];

const activities: readonly TemplateEntity[] = [
  {
    from: 'activities',
    to: 'activity',
    when: { source: 'Activity Type', in: ['Call', 'Calls', 'Phone Call', 'Phone', 'Telephone'] },
    why: 'R-24(a): the type Call',
    rows: [{ to: 'activity.type', value: 'Call', why: 'R-24(a): the type Call' }, ...details, ...logged],
  },
  {
    from: 'activities',
    to: 'activity',
    when: { source: 'Activity Type', in: ['E-mail', 'Email', 'E-Mail', 'Mail', 'Message'] },
    why: 'R-24(a): the type Email',
    rows: [{ to: 'activity.type', value: 'Email', why: 'R-24(a): the type Email' }, ...details, ...logged],
  },
  {
    from: 'activities',
    to: 'activity',
    when: { source: 'Activity Type', in: ['Meeting', 'Appointment', 'Event', 'Visit', 'Site Visit', 'Demo'] },
    why: 'R-24(a): the type Meeting',
    rows: [
      { to: 'activity.type', value: 'Meeting', why: 'R-24(a): the type Meeting' },
      ...details,
      ...logged,
    ],
  },
  {
    from: 'activities',
    to: 'activity',
    when: {
      source: 'Activity Type',
      in: ['To-do', 'To Do', 'Todo', 'Task', 'Follow-up', 'Follow Up', 'Reminder'],
    },
    why: 'R-24(a): the type Task',
    rows: [{ to: 'activity.type', value: 'Task', why: 'R-24(a): the type Task' }, ...details, ...toDo],
  },
  {
    from: 'activities',
    to: 'activity',
    when: { source: 'Activity Type', filled: true },
    why: 'R-24(a): other kinds keep their own name as the activity type',
    rows: [
      {
        to: 'activity.type',
        from: 'Activity Type',
        via: ['choice'],
        why: 'R-24(a): an activity type of that name, made when the account has none',
      },
      ...details,
      ...toDo,
    ],
  },
  {
    from: 'activities',
    to: 'activity',
    why: 'R-24(a): activities without a type are tasks',
    rows: [{ to: 'activity.type', value: 'Task', why: 'R-24(a): it names no kind' }, ...details, ...toDo],
  },
];

const workOrder: TemplateEntity = {
  from: 'work-orders',
  to: 'activity',
  why: 'R-09: work orders of Field Service become activities: photos and signatures hang on them',
  rows: [
    { to: 'activity.type', value: 'Work Order', why: 'R-09: an activity type of that name' },
    {
      to: 'activity.subject',
      from: ['Work Order ID', 'Subject'],
      via: [{ join: { with: ': ' } }],
      why: 'R-09: number and problem',
    },
    { to: 'activity.note', from: 'Work Done', via: ['html'], why: 'R-09: what was done' },
    {
      to: 'activity.due_date',
      from: 'Scheduled',
      via: ['dateTime', 'dateOf'],
      why: 'R-09, R-24(c): the day of the visit',
    },
    {
      to: 'activity.due_time',
      from: 'Scheduled',
      via: ['dateTime', 'timeOf'],
      why: 'R-09, R-24(c): its time, in UTC',
    },
    { to: 'activity.duration', from: 'Duration', via: ['duration'], why: 'R-09: minutes on site' },
    { to: 'activity.done', from: 'Completed', via: ['boolean'], why: 'R-09: whether it was done' },
    { to: 'activity.owner_id', ...ownedBy },
    ...activityLinks,
    {
      to: 'activity.block.Status',
      from: 'Status',
      via: ['collapse'],
      why: 'R-09: in the words of the source',
    },
    {
      to: 'activity.block.Original created',
      from: 'Created',
      via: ['dateTime'],
      why: 'R-24(c): the creation time of an activity cannot be set: a line keeps it',
    },
    { to: 'activity.block.Signed by', from: 'Signed By', via: ['collapse'], why: 'R-09: who signed' },
  ],
};

const note: TemplateEntity = {
  from: 'notes',
  to: 'note',
  why: 'notes become notes of Pipedrive, which keep author and time',
  rows: [
    {
      to: 'note.content',
      from: 'Note',
      via: ['html'],
      whenEmpty: 'reject',
      why: 'R-24(b): the memo with its line breaks',
    },
    { to: 'note.user_id', ...ownedBy },
    { to: 'note.add_time', from: 'Created', via: ['dateTime'], why: 'R-24(c): the creation time' },
    { to: 'note.deal_id', ...onDeal },
    { to: 'note.org_id', ...onCompany },
    { to: 'note.person_id', ...onPerson },
    { to: 'note.person_id', ...onContact },
  ],
};

/** Activities, work orders and notes. */
export const resultsActivities: readonly TemplateEntity[] = [...activities, workOrder, note];

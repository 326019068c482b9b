import { activityOf, fileOf, noteOf } from './dinamikcrm-related.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

const local = { dateTime: { whenTwice: 'earlier' } } as const;

const subject: TemplateRow = {
  to: 'activity.subject',
  from: 'Subject',
  via: ['collapse', { truncate: { max: 255 } }],
  whenEmpty: { use: '(no subject)' },
  why: 'D-24(b): the subject',
};

const originally: TemplateRow = {
  to: 'activity.block.Original created',
  from: 'Created At',
  via: [local],
  why: 'D-24(c): the creation time of an activity cannot be set: a line keeps it',
};

const doneFlag: readonly TemplateRow[] = [
  {
    to: 'activity.done',
    value: true,
    onlyIf: { source: 'Done', in: ['true', '1', 'Evet'] },
    why: 'D-24(b): done',
  },
  { to: 'activity.done', value: false, why: 'D-24(b): open' },
];

const attendees: readonly TemplateRow[] = [
  {
    to: 'activity.attendees',
    from: 'Attendees',
    via: [{ attendees: { others: 'leave' } }],
    why: 'D-24(d), D-25(b): people with an address are real attendees',
  },
  {
    to: 'activity.block.Attendees',
    from: 'Attendees',
    via: ['collapse'],
    why: 'D-24(d): all of them, with those who have no address',
  },
];

const activity: TemplateEntity = {
  from: 'activity',
  to: 'activity',
  why: 'D-24(a): calls, e-mails, meetings and tasks become activities, one kind of record',
  rows: [
    {
      to: 'activity.type',
      from: 'Type',
      via: [{ lookup: { table: 'activityType', otherwise: 'keep' } }],
      whenEmpty: { use: 'Task' },
      why: 'D-24(a), D-24(b): the type; one that Pipedrive lacks is made',
    },
    subject,
    {
      to: 'activity.due_date',
      from: ['Start', 'End', 'Created At'],
      via: ['firstFilled', local, 'dateOf'],
      why: 'D-24(b), D-24(c): the day it took place or is due; what came before still does',
    },
    {
      to: 'activity.due_time',
      from: ['Start', 'End', 'Created At'],
      via: ['firstFilled', local, 'timeOf'],
      why: 'D-24(b), D-24(c): the time, in UTC',
    },
    { to: 'activity.duration', from: 'Minutes', via: ['duration'], why: 'D-24(b): how long it took' },
    ...doneFlag,
    { to: 'activity.location', from: 'Location', via: ['address'], why: 'D-24(d): where it took place' },
    ...attendees,
    ...activityOf,
    { to: 'activity.owner_id', from: 'Owner', via: ['owner'], why: 'D-29(b): the owner by e-mail' },
    { to: 'activity.note', from: 'Description', via: ['html'], why: 'D-24(b): the text' },
    { to: 'activity.block.Priority', from: 'Priority', via: ['collapse'], why: 'D-24(b): its priority' },
    {
      to: 'activity.block.Related to',
      from: ['Related Type', 'Related Number'],
      via: [{ join: { with: ' ' } }],
      onlyIf: {
        source: 'Related Type',
        notIn: ['', 'company', 'contact', 'customer', 'proposal', 'sales', 'lead'],
      },
      why: 'D-24(b): a record that Pipedrive has no link for',
    },
    originally,
  ],
};

const task: TemplateEntity = {
  from: 'task',
  to: 'activity',
  why: 'D-24(a): tasks become activities of type Task',
  rows: [
    { to: 'activity.type', value: 'Task', why: 'D-24(a): the type' },
    subject,
    {
      to: 'activity.due_date',
      from: ['Deadline', 'Created At'],
      via: ['firstFilled', local, 'dateOf'],
      why: 'D-24(c): the day it took place or is due; what came before still does',
    },
    {
      to: 'activity.due_time',
      from: ['Deadline', 'Created At'],
      via: ['firstFilled', local, 'timeOf'],
      why: 'D-24(c): the time, in UTC',
    },
    ...doneFlag,
    ...activityOf,
    {
      to: 'activity.owner_id',
      from: ['Assigned To', 'Owner'],
      via: ['firstFilled', 'owner'],
      why: 'D-29(b): whoever has to do it',
    },
    { to: 'activity.note', from: 'Description', via: ['html'], why: 'D-24(b): the text' },
    {
      to: 'activity.block.Assigned by',
      from: 'Assigned By',
      via: ['collapse'],
      why: 'D-24(b): who gave the task',
    },
    {
      to: 'activity.block.Responsible',
      from: 'Responsible People',
      via: ['collapse'],
      why: 'D-24(b): an activity has one owner, a task may have several',
    },
    { to: 'activity.block.Completion %', from: 'Completion', via: ['number'], why: 'D-24(b): how far it is' },
    { to: 'activity.block.Priority', from: 'Priority', via: ['collapse'], why: 'D-24(b): its priority' },
    originally,
  ],
};

const appointment: TemplateEntity = {
  from: 'appointment',
  to: 'activity',
  why: 'D-25: appointments become meetings',
  rows: [
    { to: 'activity.type', value: 'Meeting', why: 'D-25(a): always a meeting' },
    subject,
    {
      to: 'activity.due_date',
      from: ['Date', 'Start Time'],
      via: [local, 'dateOf'],
      why: 'D-25(b): the date',
    },
    {
      to: 'activity.due_time',
      from: ['Date', 'Start Time'],
      via: [local, 'timeOf'],
      onlyIf: { source: 'Start Time', filled: true },
      why: 'D-25(b): the time, in UTC',
    },
    { to: 'activity.duration', from: 'Minutes', via: ['duration'], why: 'D-25(b): from start to end' },
    {
      to: 'activity.done',
      value: true,
      onlyIf: { source: 'Status', in: ['Gerçekleşti', 'Gelmedi', 'İptal', 'Held', 'No show', 'Cancelled'] },
      why: 'D-25(b): held or off: nothing is left to be done',
    },
    { to: 'activity.done', value: false, why: 'D-25(b): planned' },
    {
      to: 'activity.person_id',
      from: 'Contact ID',
      via: [{ reference: { source: 'contact', by: { 'Contact ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-25(b): with whom',
    },
    {
      to: 'activity.org_id',
      from: 'Company ID',
      via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'D-25(b): with which company',
    },
    {
      to: 'activity.owner_id',
      from: ['Responsible', 'Owner'],
      via: ['firstFilled', 'owner'],
      why: 'D-29(b): whoever holds it',
    },
    { to: 'activity.location', from: 'Location', via: ['address'], why: 'D-25(b): where' },
    ...attendees,
    { to: 'activity.note', from: 'Description', via: ['html'], why: 'D-25(b): the text' },
    {
      to: 'activity.block.Status',
      from: 'Status',
      via: ['collapse'],
      why: 'D-25(b): the status in the source`s words',
    },
    {
      to: 'activity.block.Room',
      from: 'Room',
      via: ['collapse'],
      why: 'D-25(c): no equivalent: kept as a line',
    },
    {
      to: 'activity.block.Services',
      from: 'Services',
      via: [{ join: { with: ', ' } }],
      why: 'D-25(c): no equivalent: kept as a line',
    },
    {
      to: 'activity.block.Reminder minutes',
      from: 'Reminder',
      via: ['number'],
      why: 'D-25(c): no equivalent: to be set again by hand',
    },
    {
      to: 'activity.block.Recurrence',
      from: 'Recurrence',
      via: ['collapse'],
      why: 'D-25(c): no equivalent: to be set again by hand',
    },
    {
      to: 'activity.block.Booked online',
      from: 'Booked Online',
      via: ['collapse'],
      onlyIf: { source: 'Booked Online', in: ['true', '1', 'Evet'] },
      why: 'D-25(c): no equivalent: kept as a line',
    },
    originally,
  ],
};

const call: TemplateEntity = {
  from: 'call',
  to: 'activity',
  why: 'D-24(a): calls of the call centre become activities of type Call',
  rows: [
    { to: 'activity.type', value: 'Call', why: 'D-24(a): the type' },
    {
      to: 'activity.subject',
      from: ['Direction', 'Caller'],
      via: [{ join: { with: ' ' } }],
      whenEmpty: { use: '(call)' },
      why: 'D-24(b): calls of the source have no subject',
    },
    {
      to: 'activity.due_date',
      from: ['Called At', 'Created At'],
      via: ['firstFilled', local, 'dateOf'],
      why: 'D-24(c): the day it took place or is due; what came before still does',
    },
    {
      to: 'activity.due_time',
      from: ['Called At', 'Created At'],
      via: ['firstFilled', local, 'timeOf'],
      why: 'D-24(c): the time, in UTC',
    },
    {
      to: 'activity.duration',
      from: 'Duration Seconds',
      via: [{ duration: { unit: 'seconds' } }],
      why: 'D-24(b): how long it took',
    },
    { to: 'activity.done', value: true, why: 'D-24(b): a call that took place' },
    {
      to: 'activity.org_id',
      from: 'Company Number',
      via: [{ reference: { source: 'company', by: { 'Company Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Company Number', filled: true },
      why: 'D-24(b): whom it was with',
    },
    {
      to: 'activity.person_id',
      from: 'Contact Number',
      via: [{ reference: { source: 'contact', by: { 'Contact Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Contact Number', filled: true },
      why: 'D-24(b): whom it was with',
    },
    {
      to: 'activity.person_id',
      from: 'Customer Number',
      via: [{ reference: { source: 'customer', by: { 'Customer Number': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Customer Number', filled: true },
      why: 'D-24(b): whom it was with',
    },
    { to: 'activity.owner_id', from: 'Owner', via: ['owner'], why: 'D-29(b): the owner by e-mail' },
    { to: 'activity.note', from: 'Description', via: ['html'], why: 'D-24(b): what was said' },
    { to: 'activity.block.Number', from: 'Caller', via: ['trim'], why: 'D-24(b): the number' },
    { to: 'activity.block.Response', from: 'Response', via: ['collapse'], why: 'D-24(b): how it went' },
    {
      to: 'activity.block.Call ID',
      from: 'Call ID',
      via: ['trim'],
      why: 'D-24(b): to find the recording again',
    },
    originally,
  ],
};

const noteAsNote: TemplateEntity = {
  from: 'note',
  to: 'note',
  policy: { name: 'notesAs', is: 'note' },
  why: 'D-05: notes become notes, which keep author and creation time',
  rows: [
    {
      to: 'note.content',
      from: 'Content',
      via: ['html'],
      whenEmpty: 'reject',
      why: 'the text, as safe HTML',
    },
    ...noteOf,
    { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'D-29(b): the author' },
    { to: 'note.add_time', from: 'Created At', via: [local], why: 'when it was written' },
  ],
};

const noteAsActivity: TemplateEntity = {
  from: 'note',
  to: 'activity',
  policy: { name: 'notesAs', is: 'activity' },
  why: 'D-05: notes become activities of type Note',
  rows: [
    { to: 'activity.type', value: 'Note', why: 'a type of its own, made when the account has none' },
    { to: 'activity.subject', value: 'Note', why: 'notes of the source have no title' },
    {
      to: 'activity.note',
      from: 'Content',
      via: ['html'],
      whenEmpty: 'reject',
      why: 'the text, as safe HTML',
    },
    {
      to: 'activity.due_date',
      from: ['Created At'],
      via: ['firstFilled', local, 'dateOf'],
      why: 'D-24(c): the day it took place or is due; what came before still does',
    },
    {
      to: 'activity.due_time',
      from: ['Created At'],
      via: ['firstFilled', local, 'timeOf'],
      why: 'D-24(c): the time, in UTC',
    },
    { to: 'activity.done', value: true, why: 'a note is nothing to be done' },
    ...activityOf,
    { to: 'activity.owner_id', from: 'Owner', via: ['owner'], why: 'D-29(b): the author' },
    originally,
  ],
};

const file: TemplateEntity = {
  from: 'attach',
  to: 'file',
  when: { source: 'File', filled: true },
  why: 'D-30: a file whose bytes the source has is uploaded to its record; one that cannot be had is listed (D-30(c))',
  rows: [
    {
      to: 'file.content',
      from: ['File', 'File Name', 'File Size'],
      via: ['file'],
      whenEmpty: 'reject',
      whenRefused: 'reject',
      why: 'D-30(a): the bytes by their reference',
    },
    ...fileOf,
  ],
};

const fileElsewhere: TemplateEntity = {
  from: 'attach',
  to: 'note',
  why: 'D-30(a), D-30(b): a file that lies elsewhere: name and address in a note on its record, to be uploaded again by hand',
  rows: [
    ...noteOf,
    { to: 'note.block.File', from: 'File Name', via: ['trim'], why: 'D-30(a): its name' },
    { to: 'note.block.Where it lies', from: 'File Path', via: ['trim'], why: 'D-30(a): its address' },
    { to: 'note.block.Size in bytes', from: 'File Size', via: ['trim'], why: 'D-30(a): its size' },
    { to: 'note.block.Type', from: 'File Type', via: ['trim'], why: 'D-30(a): its type' },
    {
      to: 'note.block.To do',
      value: 'Upload to linked storage and link it here',
      why: 'D-30(b), D-30(c): the record needs somebody after the migration',
    },
    { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'D-29(b): whose it is' },
    { to: 'note.add_time', from: 'Created At', via: [local], why: 'when it was filed' },
  ],
};

const ticket: TemplateEntity = {
  from: 'request',
  to: 'note',
  why: 'D-27(e): Pipedrive has no tickets: a structured note on the contact and the company',
  rows: [
    {
      to: 'note.person_id',
      from: 'Contact ID',
      via: [{ reference: { source: 'contact', by: { 'Contact ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'whose ticket it is',
    },
    {
      to: 'note.org_id',
      from: 'Company ID',
      via: [{ reference: { source: 'company', by: { 'Company ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'whose ticket it is',
    },
    { to: 'note.block.Ticket', from: 'Ticket Number', via: ['trim'], why: 'its number' },
    { to: 'note.block.Subject', from: 'Subject', via: ['collapse'], why: 'its subject' },
    { to: 'note.block.Status', from: 'Status', via: ['collapse'], why: 'its status' },
    { to: 'note.block.Priority', from: 'Priority', via: ['collapse'], why: 'its priority' },
    { to: 'note.content', from: 'Description', via: ['html'], why: 'its text' },
    { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'D-29(b): who had it' },
    { to: 'note.add_time', from: 'Created At', via: [local], why: 'when it came' },
  ],
};

/** Activities, notes, files and tickets, after everything they hang on. */
export const work: readonly TemplateEntity[] = [
  activity,
  task,
  appointment,
  call,
  noteAsNote,
  noteAsActivity,
  file,
  fileElsewhere,
  ticket,
];

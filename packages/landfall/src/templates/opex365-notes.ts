import {
  activityOfAttachment,
  activityOfNote,
  regardingOfActivity,
  regardingOfFile,
  regardingOfNote,
} from './opex365-regarding.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

const hasText = { source: 'Note', filled: true } as const;
const hasTitle = { source: 'Title', filled: true } as const;
const hasFile = { source: 'File', filled: true } as const;

const linked = ['account', 'contact', 'opportunity', 'lead'] as const;

const activityRows: readonly TemplateRow[] = [
  {
    to: 'activity.type',
    value: 'Note',
    why: 'O-28(a): an activity of a type named Note, made when the account has none',
  },
  {
    to: 'activity.subject',
    from: ['Title'],
    via: ['collapse', { truncate: { max: 255 } }],
    whenEmpty: { use: 'Note' },
    why: 'O-28(a): the title',
  },
  {
    to: 'activity.note',
    from: 'Note',
    via: [{ html: { source: 'leading' } }],
    why: 'O-28(a): the body; rich notes are HTML, older ones plain text',
  },
  {
    to: 'activity.due_date',
    from: 'Created On',
    via: ['dateTime', 'dateOf'],
    why: 'O-28(a): the day it was written',
  },
  {
    to: 'activity.due_time',
    from: 'Created On',
    via: ['dateTime', 'timeOf'],
    why: 'O-28(a): the time it was written, in UTC',
  },
  { to: 'activity.done', value: true, why: 'O-28(a): a note is nothing to be done' },
  { to: 'activity.owner_id', from: 'Owner', via: ['owner'], why: 'O-29: whose note it is' },
  ...regardingOfActivity,
  {
    to: 'activity.block.Regarding',
    from: ['Regarding Type', 'Regarding Name'],
    via: [{ join: { with: ': ' } }],
    onlyIf: { source: 'Regarding Type', notIn: ['', ...linked] },
    why: 'O-28(a): about a record that Pipedrive has no link for',
  },
  {
    to: 'activity.block.Author',
    from: 'Created By',
    via: ['collapse'],
    why: 'O-28(a): who wrote it, as the source names them',
  },
  {
    to: 'activity.block.Original created',
    from: 'Created On',
    via: ['dateTime'],
    why: 'O-28(a): when it was written',
  },
];

const noteRows: readonly TemplateRow[] = [
  {
    to: 'note.content',
    from: 'Note',
    via: [{ html: { source: 'leading' } }],
    why: 'O-28(a): the body; rich notes are HTML, older ones plain text',
  },
  { to: 'note.block.Title', from: 'Title', via: ['collapse'], why: 'O-28(a): the title' },
  {
    to: 'note.user_id',
    from: ['Created By', 'Owner'],
    via: ['firstFilled', 'owner'],
    why: 'O-28(a), O-29: the author',
  },
  { to: 'note.add_time', from: 'Created On', via: ['dateTime'], why: 'O-28(a): when it was written' },
  ...regardingOfNote,
];

const asActivity = {
  from: 'annotation',
  to: 'activity',
  policy: { name: 'notesAs', is: 'activity' },
  why: 'O-28(a): notes become activities of type Note; author and time are lines of their block',
  rows: activityRows,
} as const;

const asNote = {
  from: 'annotation',
  to: 'note',
  policy: { name: 'notesAs', is: 'note' },
  why: 'O-28(a): notes become notes of Pipedrive, which keep author and creation time',
  rows: noteRows,
} as const;

const content: TemplateRow = {
  to: 'file.content',
  from: ['File', 'File Name', 'File Size'],
  via: ['file'],
  why: 'O-28(b): downloaded and uploaded; O-28(c): one above the limit is listed for a person to upload',
};

const fileOfNote: TemplateEntity = {
  from: 'annotation',
  to: 'file',
  part: 'file',
  when: hasFile,
  why: 'O-28(b): the file of a note, on the record the note is about',
  rows: [
    content,
    ...regardingOfFile,
    {
      to: 'file.product_id',
      via: [{ reference: { source: 'product', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Regarding Type', in: ['product'] },
      why: 'O-28(b): a file of a product',
    },
    ...activityOfNote,
  ],
};

const fileOfMail: TemplateEntity = {
  from: 'activitymimeattachment',
  to: 'file',
  when: hasFile,
  why: 'O-28(b): attachments of e-mails and appointments, pictures of the text among them',
  rows: [content, ...activityOfAttachment],
};

const fileOfField: TemplateEntity = {
  from: 'fileattachment',
  to: 'file',
  when: hasFile,
  why: 'O-28(b): files that lie in a field of a record',
  rows: [
    content,
    ...regardingOfFile,
    {
      to: 'file.product_id',
      via: [{ reference: { source: 'product', by: { Regarding: ['id'] }, whenMissing: 'leave' } }],
      onlyIf: { source: 'Regarding Type', in: ['product'] },
      why: 'O-28(b): a file of a product',
    },
  ],
};

/** Notes and files, after everything they hang on. */
export const notes: readonly TemplateEntity[] = [
  { ...asActivity, when: hasText },
  { ...asActivity, when: hasTitle },
  { ...asNote, when: hasText },
  { ...asNote, when: hasTitle },
  fileOfNote,
  fileOfMail,
  fileOfField,
];

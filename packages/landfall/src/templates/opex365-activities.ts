import {
  correspondence,
  correspondents,
  parties,
  sharedOfActivities as shared,
  textOfActivity as text,
} from './opex365-activity-rows.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

const outgoing: readonly TemplateRow[] = [
  {
    to: 'activity.block.Direction',
    value: 'Outgoing',
    onlyIf: { source: 'Outgoing', in: ['true', 'yes', '1'] },
    why: 'O-24: activities have no custom fields: a labelled line',
  },
  {
    to: 'activity.block.Direction',
    value: 'Incoming',
    onlyIf: { source: 'Outgoing', in: ['false', 'no', '0'] },
    why: 'O-24: activities have no custom fields: a labelled line',
  },
];

const phoneCall: TemplateEntity = {
  from: 'phonecall',
  to: 'activity',
  gather: correspondents,
  why: 'O-24(a): phone calls',
  rows: [
    { to: 'activity.type', value: 'Call', why: 'O-24(b): the type tells calls from the other kinds' },
    {
      to: 'activity.due_date',
      from: ['Actual Start', 'Start Date', 'Due Date', 'Created On'],
      via: ['firstFilled', 'dateTime', 'dateOf'],
      why: 'O-24(c): the day it took place or is due',
    },
    {
      to: 'activity.due_time',
      from: ['Actual Start', 'Start Date', 'Due Date', 'Created On'],
      via: ['firstFilled', 'dateTime', 'timeOf'],
      why: 'O-24(c): the time of day, in UTC',
    },
    ...outgoing,
    ...correspondence,
    { to: 'activity.block.Phone number', from: 'Phone Number', via: ['trim'], why: 'O-24: the number' },
    {
      to: 'activity.block.Disposition',
      value: 'Left voice mail',
      onlyIf: { source: 'Left Voice Mail', in: ['true', 'yes', '1'] },
      why: 'O-24: how the call went',
    },
    ...shared,
    text,
  ],
};

const email: TemplateEntity = {
  from: 'email',
  to: 'activity',
  gather: [...correspondents, { from: 'activitymimeattachment', by: 'Activity', as: 'File' }],
  why: 'O-24(a): e-mails',
  rows: [
    { to: 'activity.type', value: 'Email', why: 'O-24(b): the type tells e-mails from the other kinds' },
    {
      to: 'activity.due_date',
      from: ['Sent On', 'Actual Start', 'Start Date', 'Due Date', 'Created On'],
      via: ['firstFilled', 'dateTime', 'dateOf'],
      why: 'O-24(c): the day it took place or is due',
    },
    {
      to: 'activity.due_time',
      from: ['Sent On', 'Actual Start', 'Start Date', 'Due Date', 'Created On'],
      via: ['firstFilled', 'dateTime', 'timeOf'],
      why: 'O-24(c): the time of day, in UTC',
    },
    ...outgoing,
    ...correspondence,
    ...shared,
    {
      to: 'activity.block.From address',
      from: 'From',
      via: ['collapse'],
      why: 'O-24: the sender as the mail says',
    },
    {
      to: 'activity.block.To addresses',
      from: 'To Recipients',
      via: ['collapse'],
      why: 'O-24: the recipients as the mail says',
    },
    { to: 'activity.block.Sent', from: 'Sent On', via: ['dateTime'], why: 'O-24(c): when it was sent' },
    {
      to: 'activity.block.In reply to',
      from: ['Parent Activity Name', 'In Reply To'],
      via: ['firstFilled', 'collapse'],
      why: 'O-24: the mail it answers',
    },
    {
      to: 'activity.block.Message ID',
      from: 'Message ID',
      via: ['trim'],
      why: 'O-24: to find the mail again',
    },
    {
      to: 'activity.block.Attachments',
      from: 'File.File Name',
      via: ['distinct', { join: { with: ', ' } }],
      why: 'O-28(b): attached files and pictures of the text, which are uploaded to this activity',
    },
    {
      to: 'activity.note',
      from: 'Body',
      via: ['html'],
      why: 'O-24(a): the body, as safe HTML; pictures in it become their names, the files are uploaded',
    },
  ],
};

const task: TemplateEntity = {
  from: 'task',
  to: 'activity',
  gather: parties,
  why: 'O-24(a): tasks',
  rows: [
    { to: 'activity.type', value: 'Task', why: 'O-24(b): the type tells tasks from the other kinds' },
    {
      to: 'activity.due_date',
      from: ['Due Date', 'Start Date', 'Actual End', 'Created On'],
      via: ['firstFilled', 'dateTime', 'dateOf'],
      why: 'O-24(c): the day it took place or is due',
    },
    {
      to: 'activity.due_time',
      from: ['Due Date', 'Start Date', 'Actual End', 'Created On'],
      via: ['firstFilled', 'dateTime', 'timeOf'],
      why: 'O-24(c): the time of day, in UTC',
    },
    {
      to: 'activity.block.Percent complete',
      from: 'Percent Complete',
      via: [{ number: { decimal: '.' } }],
      onlyIf: { source: 'Percent Complete', notIn: ['', '0'] },
      why: 'O-24: how far it is',
    },
    ...shared,
    text,
  ],
};

const meetingRows: readonly TemplateRow[] = [
  {
    to: 'activity.block.Participants',
    from: ['Party.Party Name', 'Party.Party Address', 'Party.Role'],
    via: [{ rows: { with: ' - ', end: '; ' } }],
    why: 'O-24: everybody with their part, as text',
  },
  { to: 'activity.type', value: 'Meeting', why: 'O-24(b): the type tells meetings from the other kinds' },
  { to: 'activity.location', from: 'Location', via: ['address'], why: 'O-24: where it takes place' },
  {
    to: 'activity.block.All day',
    value: 'Yes',
    onlyIf: { source: 'All Day', in: ['true', 'yes', '1'] },
    why: 'O-24: the whole day',
  },
];

const appointment: TemplateEntity = {
  from: 'appointment',
  to: 'activity',
  gather: parties,
  why: 'O-24(a): appointments, each instance of a series too',
  rows: [
    ...meetingRows,
    {
      to: 'activity.due_date',
      from: ['Start Date', 'Actual Start', 'Due Date', 'Created On'],
      via: ['firstFilled', 'dateTime', 'dateOf'],
      why: 'O-24(c): the day it took place or is due',
    },
    {
      to: 'activity.due_time',
      from: ['Start Date', 'Actual Start', 'Due Date', 'Created On'],
      via: ['firstFilled', 'dateTime', 'timeOf'],
      why: 'O-24(c): the time of day, in UTC',
    },
    {
      to: 'activity.block.Series',
      from: ['Series Name', 'Recurring Instance Type', 'Original Start'],
      via: [{ join: { with: ', ' } }],
      onlyIf: { source: 'Series', filled: true },
      why: 'O-24: an instance of a series, and when it was meant to be',
    },
    ...shared,
    text,
  ],
};

const series: TemplateEntity = {
  from: 'recurringappointmentmaster',
  to: 'activity',
  gather: parties,
  why: 'O-24(a): the rule of a series; instances that do not exist yet have no record of their own',
  rows: [
    ...meetingRows,
    {
      to: 'activity.due_date',
      from: ['Pattern Start', 'Start Date', 'Created On'],
      via: ['firstFilled', 'dateTime', 'dateOf'],
      why: 'O-24(c): the day it took place or is due',
    },
    {
      to: 'activity.due_time',
      from: ['Pattern Start', 'Start Date', 'Created On'],
      via: ['firstFilled', 'dateTime', 'timeOf'],
      why: 'O-24(c): the time of day, in UTC',
    },
    {
      to: 'activity.block.Repeats',
      from: [
        'Recurrence Pattern',
        'Interval',
        'Days of Week',
        'Day of Month',
        'Month of Year',
        'Pattern Start',
        'Pattern End',
        'Pattern End Type',
        'Occurrences',
      ],
      via: [
        {
          labelled: {
            labels: [
              '',
              'every',
              'days of the week',
              'day of the month',
              'month',
              'from',
              'until',
              '',
              'times',
            ],
            with: ', ',
          },
        },
      ],
      why: 'O-24: Pipedrive makes no series through its API: the rule is told',
    },
    {
      to: 'activity.block.Each time',
      from: ['starttime', 'endtime'],
      via: [{ labelled: { labels: ['from', 'to'], with: ' ' } }],
      why: 'O-24: when an instance begins and ends',
    },
    {
      to: 'activity.block.Deleted instances',
      from: 'deletedexceptionslist',
      via: ['collapse'],
      why: 'O-24: days on which it does not take place',
    },
    {
      to: 'activity.block.Expanded',
      from: 'Expansion State',
      via: ['collapse'],
      why: 'O-24: whether all its instances exist',
    },
    ...shared,
    text,
  ],
};

/** One stream of activities. */
export const activities: readonly TemplateEntity[] = [phoneCall, email, task, appointment, series];

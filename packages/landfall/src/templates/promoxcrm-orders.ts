import type { TemplateEntity, TemplateRow } from './template.ts';

const byProject = {
  reference: { source: 'projects', by: { 'Project ID': ['id'] }, whenMissing: 'leave' },
} as const;

const byClient = {
  reference: { source: 'clients', by: { 'Client ID': ['id'] }, whenMissing: 'leave' },
} as const;

const byCompany = {
  reference: { source: 'clients', by: { 'Company Record': ['id'] }, whenMissing: 'leave' },
} as const;

const askedFor = { reference: { ...byClient.reference, whenMissing: 'review' } } as const;

const dealRows: readonly TemplateRow[] = [
  {
    to: 'deal.title',
    from: ['Project Name', 'Project #', 'Project ID'],
    via: ['firstFilled', 'collapse'],
    whenEmpty: { use: 'Project' },
    why: 'P-23(a): the name of the project, else its number',
  },
  {
    to: 'deal.value',
    from: ['Order Value', 'Currency'],
    via: ['money'],
    onlyIf: { source: 'Order Value', filled: true },
    why: 'P-23(a): the value of the order with its own currency',
  },
  {
    to: 'deal.value',
    value: '0',
    via: ['money'],
    onlyIf: { source: 'Order Value', filled: false },
    why: 'P-23(c): a project without a value becomes a deal of zero value',
  },
  {
    to: 'deal.label_ids',
    value: 'Value missing',
    via: ['tags'],
    onlyIf: { source: 'Order Value', filled: false },
    why: 'P-23(c): flagged for the customer to fill in; a value of 0 that is meant is not flagged',
  },
  {
    to: 'deal.stage_id',
    from: ['Pipeline', 'Stage'],
    via: ['stage'],
    why: 'P-22(b), P-22(c): pipelines and stages as the source defines them, configured beforehand',
  },
  {
    to: 'deal.status',
    from: ['Pipeline', 'Stage'],
    via: ['stageStatus'],
    why: 'P-22(c): stages that mean an outcome set the status; projects have none of their own',
  },
  {
    to: 'deal.won_time',
    from: 'History.Entered At',
    via: ['last', 'dateTime'],
    onlyIf: { target: 'deal.status', in: ['won'] },
    why: 'P-05: when the project entered its last stage',
  },
  {
    to: 'deal.lost_time',
    from: 'History.Entered At',
    via: ['last', 'dateTime'],
    onlyIf: { target: 'deal.status', in: ['lost'] },
    why: 'P-05: when the project entered its last stage',
  },
  {
    to: 'deal.org_id',
    from: 'Company Record',
    via: [{ reference: { ...byCompany.reference, whenMissing: 'review' } }],
    onlyIf: { source: 'Client Kind', in: ['company'] },
    why: 'P-23(b): the organization of the client',
  },
  {
    to: 'deal.org_id',
    from: 'Client ID',
    via: [askedFor],
    onlyIf: { source: 'Client Kind', filled: false },
    whenEmpty: 'review',
    why: 'P-23(b): a project without a client that can be found is asked about',
  },
  {
    to: 'deal.org_id',
    from: 'Company Record',
    via: [byCompany],
    onlyIf: { source: 'Client Kind', in: ['person'] },
    why: 'P-23(b): a client who is a person has no organization: nobody is asked about it, and nothing is missing',
  },
  {
    to: 'deal.person_id',
    from: ['Client ID', 'Contact Email'],
    via: [
      {
        reference: {
          source: 'clients',
          by: { 'Client ID': ['id'], 'Contact Email': ['email'] },
          whenMissing: 'leave',
        },
      },
    ],
    why: 'P-23(b): the contact of the client, by its id, else by e-mail',
  },
  {
    to: 'deal.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'P-28(a), P-28(b): the owner by e-mail, else asked about (P-28(c))',
  },
  {
    to: 'deal.custom.Campaign name',
    from: 'Campaign Name',
    via: ['collapse'],
    why: 'P-23(a): the campaign as a custom field',
  },
  {
    to: 'deal.custom.Promo items',
    from: 'Promo Items',
    via: ['lines'],
    why: 'P-23(a): the items as a custom field; products of their own would need a catalogue',
  },
  {
    to: 'deal.custom.Supplier reference',
    from: 'Supplier Reference',
    via: ['collapse'],
    why: 'P-23(a): the supplier as a custom field',
  },
  {
    to: 'deal.custom.Fulfillment status',
    from: 'Fulfillment Status',
    via: ['choice'],
    why: 'P-23(a): the fulfilment as a dropdown',
  },
  {
    to: 'deal.custom.Project number',
    from: 'Project #',
    via: ['collapse'],
    why: 'P-23(a): the number people know the order by',
  },
  {
    to: 'deal.custom.In-hands date',
    from: 'In-Hands Date',
    via: ['date'],
    why: 'P-23(a): the day the goods must be there',
  },
  {
    to: 'deal.custom.Original created',
    from: 'Created',
    via: ['date'],
    why: 'Pipedrive does not let the creation date of a deal be set: a field keeps it',
  },
];

const commissionRows: readonly TemplateRow[] = [
  {
    to: 'deal.custom.Commission owed',
    from: ['Commission.Amount', 'Commission.Currency'],
    via: ['sum', 'money'],
    why: 'P-07, P-24(b), P-24(c): what the order earns the reps; split records are added up',
  },
  {
    to: 'deal.custom.Commission rates',
    from: 'Commission.Rate %',
    via: ['distinct', { join: { with: '; ' } }],
    why: 'P-24(b): the rates as the source writes them; several for one order are listed',
  },
  {
    to: 'deal.custom.Commission terms',
    from: [
      'Commission.Rep Email',
      'Commission.Basis',
      'Commission.Rate %',
      'Commission.Split %',
      'Commission.Amount',
      'Commission.Status',
      'Commission.Tier',
    ],
    via: [{ rows: { with: ' | ', labels: ['Rep', 'Basis', 'Rate', 'Split', 'Amount', 'Status', 'Tiers'] } }],
    why: 'P-24(a), P-24(d): splits and tiers, a line for each record, for a formula field or an external tool',
  },
];

const history = { from: 'stage-changes', by: 'Project ID', as: 'History' } as const;

const project = {
  from: 'projects',
  to: 'deal',
  why: 'P-23: each project becomes a deal with its metadata in custom fields',
} as const;

const historyNote: TemplateEntity = {
  from: 'projects',
  to: 'note',
  part: 'history',
  when: { source: 'History.count', notIn: ['0'] },
  gather: [history],
  why: 'P-05: Pipedrive takes no stage history, so a note on the deal keeps it (and deal-history.csv)',
  rows: [
    {
      to: 'note.content',
      from: ['History.Entered At', 'History.Pipeline', 'History.Stage', 'History.User'],
      via: [{ rows: { with: ' · ' } }, 'html'],
      whenEmpty: 'reject',
      why: 'P-05: each stage with the time it was entered, in order',
    },
    { to: 'note.block.Stage history of', from: 'Project Name', via: ['collapse'], why: 'what the lines are' },
    { to: 'note.deal_id', from: 'Project ID', via: [byProject], why: 'P-05: on the deal of the project' },
    { to: 'note.user_id', from: 'Owner', via: ['owner'], why: 'P-28(b): the owner of the project' },
  ],
};

const doneWords = ['Completed', 'Complete', 'Done', 'Closed', 'Finished'];
const openWords = ['Open', 'Pending', 'In Progress', 'Not Started', 'Overdue', 'To Do'];

const task: TemplateEntity = {
  from: 'tasks',
  to: 'activity',
  why: 'P-25: tasks become activities',
  rows: [
    { to: 'activity.type', value: 'Task', why: 'P-25: the type Task' },
    { to: 'activity.subject', from: 'Subject', via: ['collapse'], why: 'P-25(a): the subject' },
    { to: 'activity.note', from: 'Body', via: ['html'], why: 'P-25(a): the body, as safe HTML' },
    { to: 'activity.due_date', from: 'Due Date', via: ['date'], why: 'P-25(a): the due date' },
    {
      to: 'activity.done',
      from: 'Status',
      via: [{ boolean: { yes: doneWords, no: openWords } }],
      why: 'P-25(a): the status says whether it is done',
    },
    {
      to: 'activity.done',
      value: true,
      onlyIf: [
        { source: 'Status', filled: false },
        { source: 'Completed', filled: true },
      ],
      why: 'P-25(a): a completion date without a status',
    },
    {
      to: 'activity.owner_id',
      from: 'Assignee',
      via: ['owner'],
      why: 'P-25(a), P-28(a): the assignee by e-mail, else asked about (P-28(c))',
    },
    { to: 'activity.deal_id', from: 'Project ID', via: [byProject], why: 'P-25: on the deal of its project' },
    {
      to: 'activity.org_id',
      from: 'Company Record',
      via: [byCompany],
      onlyIf: { source: 'Client Kind', in: ['company'] },
      why: 'P-25: on the client',
    },
    {
      to: 'activity.person_id',
      from: 'Client ID',
      via: [byClient],
      why: 'P-25: on the contact of the client',
    },
    {
      to: 'activity.block.Status',
      from: 'Status',
      via: ['collapse'],
      why: 'P-25(a): the status in the words of the source',
    },
    {
      to: 'activity.block.Completed at',
      from: 'Completed',
      via: ['dateTime'],
      why: 'P-25(a): activities have no completion time that can be set: a line keeps it',
    },
    {
      to: 'activity.block.Created by rule',
      from: 'Created By Rule',
      via: ['collapse'],
      why: 'P-25(b): the rule that made it does not move; which one it was stays readable',
    },
    {
      to: 'activity.block.Original created',
      from: 'Created',
      via: ['dateTime'],
      why: 'the creation time of an activity cannot be set: a line keeps it',
    },
  ],
};

const fileLinks: readonly TemplateRow[] = [
  {
    to: 'file.deal_id',
    from: 'Project ID',
    via: [byProject],
    why: 'P-26(a): on the deal of its project',
  },
  {
    to: 'file.person_id',
    from: 'Client ID',
    via: [byClient],
    onlyIf: { source: 'Project ID', filled: false },
    why: 'P-26(a): without a project on the contact of the client',
  },
  {
    to: 'file.org_id',
    from: 'Company Record',
    via: [byCompany],
    onlyIf: [
      { source: 'Project ID', filled: false },
      { source: 'Client Kind', in: ['company'] },
    ],
    why: 'P-26(a): and on the client itself',
  },
];

const noteLinks: readonly TemplateRow[] = [
  {
    to: 'note.deal_id',
    from: 'Project ID',
    via: [byProject],
    why: 'P-26(a): on the deal of its project',
  },
  {
    to: 'note.person_id',
    from: 'Client ID',
    via: [byClient],
    onlyIf: { source: 'Project ID', filled: false },
    why: 'P-26(a): without a project on the contact of the client',
  },
  {
    to: 'note.org_id',
    from: 'Company Record',
    via: [byCompany],
    onlyIf: [
      { source: 'Project ID', filled: false },
      { source: 'Client Kind', in: ['company'] },
    ],
    why: 'P-26(a): and on the client itself',
  },
];

const presentationFile: TemplateEntity = {
  from: 'presentations',
  to: 'file',
  when: { source: 'File State', in: ['there'] },
  why: 'P-26: a presentation whose bytes can be had becomes a file',
  rows: [
    {
      to: 'file.content',
      from: ['File', 'File Name', 'File Size', 'File SHA-256'],
      via: ['file'],
      whenEmpty: 'reject',
      why: 'P-26(b): the bytes, over the API or from the folder of files',
    },
    ...fileLinks,
  ],
};

const presentationNote: TemplateEntity = {
  from: 'presentations',
  to: 'note',
  why: 'P-26(a), P-26(c): a presentation whose bytes cannot be had is linked again, by a note',
  rows: [
    {
      to: 'note.content',
      from: ['Title', 'File Name', 'Presentation ID'],
      via: [{ join: { with: ' · ' } }, 'html'],
      whenEmpty: 'reject',
      why: 'P-26(a): which presentation it is',
    },
    {
      to: 'note.block.Presentation',
      from: 'File URL',
      via: ['collapse'],
      why: 'P-26(a): where it lies, as the source says',
    },
    {
      to: 'note.block.File',
      from: 'File State',
      via: ['collapse'],
      why: 'P-26(c): why its bytes did not move',
    },
    ...noteLinks,
  ],
};

/** Projects, tasks and presentations, in the order of their references. */
export const orderEntities: readonly TemplateEntity[] = [
  {
    ...project,
    policy: { name: 'commissionPlacement', is: 'deal' },
    gather: [history, { from: 'commissions', by: 'Project ID', as: 'Commission' }],
    rows: [...dealRows, ...commissionRows],
  },
  {
    ...project,
    policy: { name: 'commissionPlacement', is: 'person' },
    gather: [history],
    rows: dealRows,
  },
  historyNote,
  task,
  presentationFile,
  presentationNote,
];

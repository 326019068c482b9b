import type { Template, TemplateEntity, TemplateRow } from './template.ts';

const organization: TemplateEntity = {
  from: 'companies',
  to: 'organization',
  why: 'S-21: companies become organizations, before people and deals (S-21(a))',
  rows: [
    {
      to: 'organization.name',
      from: 'Company Name',
      via: ['collapse'],
      whenEmpty: 'reject',
      why: 'S-21(b): the company name is the organization name',
    },
    {
      to: 'organization.address.street',
      from: 'Address',
      via: ['collapse'],
      why: 'S-21(c): the address, part by part',
    },
    {
      to: 'organization.address.city',
      from: 'City',
      via: ['collapse'],
      why: 'S-21(c): the address, part by part',
    },
    {
      to: 'organization.address.state',
      from: 'State',
      via: ['collapse'],
      why: 'S-21(c): the address, part by part',
    },
    {
      to: 'organization.address.postalCode',
      from: 'Postal Code',
      via: ['trim'],
      why: 'S-21(c): the address, part by part; leading zeros stay',
    },
    {
      to: 'organization.address.country',
      from: 'Country',
      via: ['collapse'],
      why: 'S-21(c): the address, part by part',
    },
    {
      to: 'organization.website',
      from: 'Website',
      via: ['url'],
      why: 'S-21(c): Pipedrive has a field of its own for it',
    },
    {
      to: 'organization.custom.Domain',
      from: ['Domain', 'Website'],
      via: ['firstFilled', 'domain'],
      why: 'S-21(c): the domain is an organization custom field; without one of its own, that of the website',
    },
    {
      to: 'organization.custom.Phone',
      from: 'Phone',
      via: ['phone'],
      why: 'S-21(c): organizations have no phone field in Pipedrive',
    },
    {
      to: 'organization.custom.Industry',
      from: 'Industry',
      via: ['choice'],
      why: 'S-21(c), S-31(c): the source has its own words, so a dropdown of its own',
    },
    {
      to: 'organization.employee_count',
      from: 'Employees',
      via: ['number', { round: { places: 0 } }],
      why: 'S-21(c): Pipedrive has a field of its own for it',
    },
    {
      to: 'organization.custom.Annual Revenue',
      from: 'Annual Revenue',
      via: ['money'],
      why: 'S-21(c): money keeps its currency and cents, which the built-in field does not',
    },
    {
      to: 'organization.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'S-30: owners are matched to users by e-mail, else asked about',
    },
    { to: 'organization.label_ids', from: 'Tags', via: ['tags'], why: 'S-29: tags become labels, each once' },
    {
      to: 'organization.add_time',
      from: 'Created At',
      via: ['dateTime'],
      why: 'the original creation time, which Pipedrive accepts for organizations',
    },
  ],
};

const parentById: TemplateEntity = {
  from: 'companies',
  to: 'organizationRelationship',
  part: 'parent',
  when: { source: 'Parent Company ID', filled: true },
  why: 'S-21: a parent company becomes a relationship of type parent; cycles are cut and listed',
  rows: [
    { to: 'organizationRelationship.type', value: 'parent', why: 'S-21: company hierarchy' },
    {
      to: 'organizationRelationship.rel_owner_org_id',
      from: ['Parent Company ID', 'Parent Company'],
      via: [
        {
          reference: {
            source: 'companies',
            by: { 'Parent Company ID': ['id'], 'Parent Company': ['id', 'name'] },
            whenMissing: 'leave',
          },
        },
      ],
      why: 'S-21: the parent owns the relationship',
    },
    {
      to: 'organizationRelationship.rel_linked_org_id',
      from: ['Company ID', 'Company Name'],
      via: [
        {
          reference: {
            source: 'companies',
            by: { 'Company ID': ['id'], 'Company Name': ['id', 'name'] },
            whenMissing: 'leave',
          },
        },
      ],
      why: 'S-21: the company itself',
    },
  ],
};

const parentByName: TemplateEntity = {
  from: 'companies',
  to: 'organizationRelationship',
  part: 'parent',
  when: { source: 'Parent Company', filled: true },
  why: 'S-21: a parent company given by name only',
  rows: [
    { to: 'organizationRelationship.type', value: 'parent', why: 'S-21: company hierarchy' },
    {
      to: 'organizationRelationship.rel_owner_org_id',
      from: ['Parent Company'],
      via: [
        {
          reference: { source: 'companies', by: { 'Parent Company': ['id', 'name'] }, whenMissing: 'leave' },
        },
      ],
      why: 'S-21: the parent owns the relationship',
    },
    {
      to: 'organizationRelationship.rel_linked_org_id',
      from: ['Company ID', 'Company Name'],
      via: [
        {
          reference: {
            source: 'companies',
            by: { 'Company ID': ['id'], 'Company Name': ['id', 'name'] },
            whenMissing: 'leave',
          },
        },
      ],
      why: 'S-21: the company itself',
    },
  ],
};

const person: TemplateEntity = {
  from: 'contacts',
  to: 'person',
  why: 'S-20: contacts become persons',
  rows: [
    {
      to: 'person.name',
      from: ['First Name', 'Last Name'],
      via: ['personName'],
      why: 'S-20(a): the name as one first-class field',
    },
    {
      to: 'person.name',
      from: 'Full Name',
      via: ['personName'],
      whenEmpty: 'reject',
      onlyIf: { source: 'Full Name', filled: true },
      why: 'S-20(a): exports with one name column',
    },
    {
      to: 'person.emails.work',
      from: 'Email',
      via: ['emails'],
      why: 'S-20(a): all addresses of the cell',
    },
    {
      to: 'person.phones.work',
      from: 'Phone',
      via: ['phones'],
      why: 'S-20(a): in international form; numbers a spreadsheet damaged are listed',
    },
    {
      to: 'person.phones.mobile',
      from: 'Mobile',
      via: ['phones'],
      why: 'S-20(a): the mobile number beside the work one',
    },
    {
      to: 'person.org_id',
      from: ['Company ID', 'Company'],
      via: [
        {
          reference: {
            source: 'companies',
            by: { 'Company ID': ['id'], Company: ['id', 'name', 'domain'] },
            whenMissing: 'review',
          },
        },
      ],
      whenEmpty: 'review',
      why: 'S-20(b), S-20(c): the company by its id, else by name; one that is not found is asked about before deals are linked',
    },
    {
      to: 'person.custom.Job title',
      from: 'Job Title',
      via: ['collapse'],
      why: 'S-20: Pipedrive has a job title only after Contact Sync was set up, so a custom field',
    },
    {
      to: 'person.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'S-30: owners are matched to users by e-mail, else asked about',
    },
    {
      to: 'person.label_ids',
      from: 'Tags',
      via: ['tags'],
      why: 'S-29(a), S-29(c): tags become labels, each once',
    },
    {
      to: 'person.add_time',
      from: 'Created At',
      via: ['dateTime'],
      why: 'the original creation time, which Pipedrive accepts for persons',
    },
  ],
};

/** The company a lead names, where it is one of the companies. */
const knownCompany = [
  { reference: { source: 'companies', by: { Company: ['id', 'name', 'domain'] }, whenMissing: 'leave' } },
] as const;

/** A lead carries the data of its person: that one is made first, and the lead leads to it (facts.md 2.5). */
const leadPersonRows: readonly TemplateRow[] = [
  {
    to: 'person.name',
    from: ['First Name', 'Last Name'],
    via: ['personName'],
    why: 'Y-18: the person behind the lead',
  },
  {
    to: 'person.name',
    from: 'Full Name',
    via: ['personName'],
    onlyIf: { source: 'Full Name', filled: true },
    why: 'exports with one name column',
  },
  {
    to: 'person.name',
    from: 'Email',
    via: ['collapse'],
    onlyIf: { source: 'Email', filled: true },
    why: 'Pipedrive needs a name; of a lead without one the address stands in',
  },
  { to: 'person.emails.work', from: 'Email', via: ['emails'], why: 'the addresses of the lead' },
  { to: 'person.phones.work', from: 'Phone', via: ['phones'], why: 'in international form' },
  {
    to: 'person.phones.mobile',
    from: 'Mobile',
    via: ['phones'],
    why: 'the mobile number beside the work one',
  },
  {
    to: 'person.org_id',
    from: 'Company',
    via: knownCompany,
    why: 'the company where it is known; leads of unknown companies are usual, so nobody is asked',
  },
  {
    to: 'person.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'S-30: owners are matched to users by e-mail, else asked about',
  },
  {
    to: 'person.add_time',
    from: 'Created At',
    via: ['dateTime'],
    why: 'the original creation time, which Pipedrive accepts for persons',
  },
];

const leadPerson = {
  from: 'leads',
  to: 'person',
  why: 'a lead of Pipedrive needs a person or an organization: who has a name or an address becomes a person',
  rows: leadPersonRows,
} as const;

/** One of them is enough: a lead without any is a lead of its company. */
const leadPersons: readonly TemplateEntity[] = [
  { ...leadPerson, when: { source: 'Last Name', filled: true } },
  { ...leadPerson, when: { source: 'Full Name', filled: true } },
  { ...leadPerson, when: { source: 'First Name', filled: true } },
  { ...leadPerson, when: { source: 'Email', filled: true } },
];

const lead: TemplateEntity = {
  from: 'leads',
  to: 'lead',
  part: 'lead',
  why: 'leads become leads, linked to the person made of them',
  rows: [
    {
      to: 'lead.title',
      from: ['First Name', 'Last Name'],
      via: ['personName'],
      onlyIf: { source: 'Last Name', filled: true },
      why: 'Pipedrive needs a title: the name of the person',
    },
    {
      to: 'lead.title',
      from: ['Full Name', 'Company', 'Email', 'Lead ID'],
      via: ['firstFilled', 'collapse'],
      whenEmpty: { use: 'Lead' },
      why: 'Pipedrive needs a title: the name, else the company, the address, the id',
    },
    {
      to: 'lead.person_id',
      from: ['Lead ID', 'Email', 'Full Name'],
      via: [
        {
          reference: {
            source: 'leads',
            by: { 'Lead ID': ['id'], Email: ['email'], 'Full Name': ['name'] },
            whenMissing: 'leave',
          },
        },
      ],
      why: 'the person made of the lead itself, or the contact it was merged with',
    },
    {
      to: 'lead.org_id',
      from: 'Company',
      via: knownCompany,
      why: 'the company where it is known',
    },
    {
      to: 'lead.label_ids',
      from: ['Lead Status', 'Tags'],
      via: ['tags'],
      why: 'C-06, S-29: a lead of Pipedrive has no status; status and tags become lead labels, made beforehand',
    },
    {
      to: 'lead.custom.Source of lead',
      from: 'Lead Source',
      via: ['choice'],
      why: 'D-22(b): the source of the lead; leads have the custom fields of deals',
    },
    {
      to: 'lead.custom.Score of lead',
      from: 'Lead Score',
      via: ['number'],
      why: 'P-20(b): the score in a custom field made beforehand',
    },
    {
      to: 'lead.custom.Original created',
      from: 'Created At',
      via: ['date'],
      why: 'Pipedrive does not let the creation date of a lead be set: a field keeps it',
    },
    {
      to: 'lead.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'S-30: owners are matched to users by e-mail, else asked about',
    },
  ],
};

const deal: TemplateEntity = {
  from: 'deals',
  to: 'deal',
  why: 'S-22: deals become deals',
  rows: [
    {
      to: 'deal.title',
      from: 'Deal Name',
      via: ['collapse'],
      why: 'S-22: the name of the deal is its title',
    },
    {
      to: 'deal.value',
      from: ['Amount', 'Currency'],
      via: ['money'],
      why: 'S-22(c): the value with its own currency',
    },
    {
      to: 'deal.stage_id',
      from: ['Pipeline', 'Stage'],
      via: ['stage'],
      why: 'S-22(d), S-23: stages derived from the deals, configured beforehand',
    },
    {
      to: 'deal.status',
      from: ['Status', 'Stage', 'Pipeline'],
      via: ['dealStatus'],
      onlyIf: { source: 'Status', filled: true },
      why: 'S-22(c): open, won or lost; an outcome that only the stage tells counts too',
    },
    {
      to: 'deal.status',
      from: 'Stage',
      via: [{ lookup: { table: 'dealOutcome', otherwise: { use: 'open' } } }],
      onlyIf: { source: 'Status', filled: false },
      why: 'S-22(c), S-23(c): without a status the stage says it',
    },
    {
      to: 'deal.expected_close_date',
      from: 'Close Date',
      via: ['date'],
      onlyIf: { target: 'deal.status', in: ['open'] },
      why: 'S-22(c): the close date of an open deal is expected',
    },
    {
      to: 'deal.won_time',
      from: 'Close Date',
      via: ['dateTime'],
      onlyIf: { target: 'deal.status', in: ['won'] },
      why: 'S-22(c): the close date of a won deal',
    },
    {
      to: 'deal.lost_time',
      from: 'Close Date',
      via: ['dateTime'],
      onlyIf: { target: 'deal.status', in: ['lost'] },
      why: 'S-22(c): the close date of a lost deal',
    },
    {
      to: 'deal.lost_reason',
      from: 'Lost Reason',
      via: ['collapse'],
      onlyIf: { target: 'deal.status', in: ['lost'] },
      why: 'S-22(c): Pipedrive takes a reason with lost deals only',
    },
    {
      to: 'deal.probability',
      from: 'Probability',
      via: ['percent', 'round'],
      onlyIf: { target: 'deal.status', in: ['open'] },
      why: 'S-23(b): the probability of the deal; that of the stage is configured',
    },
    {
      to: 'deal.org_id',
      from: ['Company ID', 'Company'],
      via: [
        {
          reference: {
            source: 'companies',
            by: { 'Company ID': ['id'], Company: ['id', 'name', 'domain'] },
            whenMissing: 'review',
          },
        },
      ],
      whenEmpty: 'review',
      why: 'S-22(a), S-03: the Company ID string, else the name, is resolved to the organization made before',
    },
    {
      to: 'deal.person_id',
      from: ['Contact ID', 'Contact Email', 'Contact Name'],
      via: [
        {
          reference: {
            source: 'contacts',
            by: { 'Contact ID': ['id'], 'Contact Email': ['email'], 'Contact Name': ['email', 'name'] },
            within: 'org_id',
            whenMissing: 'review',
          },
        },
      ],
      why: 'S-22(b), S-03: a contact name counts only when it is unique within the company of the deal, else it is asked about',
    },
    {
      to: 'deal.owner_id',
      from: 'Owner',
      via: ['owner'],
      why: 'S-22(c), S-30: the owner by e-mail; nobody is guessed',
    },
    {
      to: 'deal.label_ids',
      from: 'Tags',
      via: ['tags'],
      why: 'S-29(a), S-29(c): tags become labels, each once',
    },
    {
      to: 'deal.custom.Original created',
      from: 'Created At',
      via: ['date'],
      why: 'Pipedrive does not let the creation date of a deal be set: a field keeps it',
    },
    {
      to: 'deal.title',
      from: ['Company', 'Deal ID'],
      via: [{ join: { with: ' / ' } }],
      onlyIf: { source: 'Deal Name', filled: false },
      whenEmpty: { use: 'Deal' },
      why: 'S-22: Pipedrive needs a title; without a name the company and the id stand in',
    },
  ],
};

/** Whom an activity is about. The deal first: it tells in whose company a contact name is looked for. */
const activityLinks: readonly TemplateRow[] = [
  {
    to: 'activity.deal_id',
    from: ['Deal ID', 'Deal Name'],
    via: [
      {
        reference: {
          source: 'deals',
          by: { 'Deal ID': ['id'], 'Deal Name': ['name'] },
          whenMissing: 'leave',
        },
      },
    ],
    why: 'S-24(b), S-25(b): linked to the deal',
  },
  {
    to: 'activity.org_id',
    from: ['Company ID', 'Company'],
    via: [
      {
        reference: {
          source: 'companies',
          by: { 'Company ID': ['id'], Company: ['id', 'name', 'domain'] },
          whenMissing: 'leave',
        },
      },
    ],
    why: 'linked to the company where the export names one',
  },
  {
    to: 'activity.person_id',
    from: ['Contact ID', 'Contact Email', 'Contact Name'],
    via: [
      {
        reference: {
          source: 'contacts',
          by: { 'Contact ID': ['id'], 'Contact Email': ['email'], 'Contact Name': ['email', 'name'] },
          within: 'deal_id',
          whenMissing: 'leave',
        },
      },
    ],
    why: 'S-24(b), S-25(b): linked to the person, who becomes the primary participant',
  },
];

/** The day and time of something that happened: its start, else its due date. */
const happened: readonly TemplateRow[] = [
  {
    to: 'activity.due_date',
    from: 'Start',
    via: ['dateTime', 'dateOf'],
    why: 'S-24(a), S-25(a), S-26(a): Pipedrive keeps the time of an activity as its due date and time',
  },
  {
    to: 'activity.due_time',
    from: 'Start',
    via: ['dateTime', 'timeOf'],
    why: 'S-24(a), S-25(a), S-26(a): the time of day, in UTC',
  },
  {
    to: 'activity.due_date',
    from: 'Due Date',
    via: ['date'],
    onlyIf: { source: 'Start', filled: false },
    why: 'activities without a start have a due date',
  },
];

/** The day something is due: its due date, else its start. */
const toBeDone: readonly TemplateRow[] = [
  {
    to: 'activity.due_date',
    from: 'Due Date',
    via: ['date'],
    onlyIf: { source: 'Due Date', filled: true },
    why: 'S-27(a): the due date',
  },
  {
    to: 'activity.due_date',
    from: 'Start',
    via: ['dateTime', 'dateOf'],
    onlyIf: { source: 'Due Date', filled: false },
    why: 'S-27(a): tasks without a due date have a start',
  },
  {
    to: 'activity.due_time',
    from: 'Start',
    via: ['dateTime', 'timeOf'],
    onlyIf: { source: 'Due Date', filled: false },
    why: 'S-27(a): the time of day, in UTC',
  },
];

/** Words of a status for what has taken place, and for what has not; others are listed and left open. */
const doneWords = [
  ...[
    'Done',
    'Completed',
    'Complete',
    'Closed',
    'Finished',
    'Held',
    'Sent',
    'Received',
    'Answered',
    'Logged',
  ],
  ...['Tamamlandı', 'Bitti', 'Kapandı', 'Kapalı', 'Yapıldı', 'Gönderildi', 'Alındı', 'Gerçekleşti'],
];
const missedWords = [
  ...[
    'Missed',
    'No Answer',
    'No Show',
    'Not Held',
    'Cancelled',
    'Canceled',
    'Bounced',
    'Failed',
    'Left Voicemail',
  ],
  ...['Cevapsız', 'Ulaşılamadı', 'İptal', 'İptal Edildi', 'Gelmedi'],
];
const openWords = [
  ...[
    'Open',
    'Planned',
    'Scheduled',
    'Pending',
    'In Progress',
    'Not Started',
    'To Do',
    'Waiting',
    'Deferred',
    'Draft',
  ],
  ...[
    'Açık',
    'Planlandı',
    'Beklemede',
    'Bekliyor',
    'Devam Ediyor',
    'Başlamadı',
    'Yapılacak',
    'Ertelendi',
    'Taslak',
  ],
];

const flagSaysDone: TemplateRow = {
  to: 'activity.done',
  from: 'Completed',
  via: ['boolean'],
  why: 'S-27(a): the completion flag',
};

/** Calls, e-mails and meetings: history unless it is said that they are to come; missed ones are history too. */
const doneUnlessSaid: readonly TemplateRow[] = [
  flagSaysDone,
  {
    to: 'activity.done',
    from: 'Status',
    via: [{ boolean: { yes: [...doneWords, ...missedWords], no: openWords } }],
    onlyIf: { source: 'Completed', filled: false },
    why: 'S-24(a), S-26(a): without a flag the status says whether it has taken place',
  },
  {
    to: 'activity.done',
    value: true,
    onlyIf: [
      { source: 'Completed', filled: false },
      { source: 'Status', filled: false },
    ],
    why: 'logged activities without a status have taken place',
  },
];

/** Tasks: open unless it is said that they are done; a completion date says so. */
const openUnlessSaid: readonly TemplateRow[] = [
  flagSaysDone,
  {
    to: 'activity.done',
    from: 'Status',
    via: [{ boolean: { yes: doneWords, no: [...missedWords, ...openWords] } }],
    onlyIf: { source: 'Completed', filled: false },
    why: 'S-27(a): without a flag the status says it',
  },
  {
    to: 'activity.done',
    value: true,
    onlyIf: [
      { source: 'Completed', filled: false },
      { source: 'Status', filled: false },
      { source: 'Completed At', filled: true },
    ],
    why: 'S-27(a): a completion date without a flag',
  },
];

const subjectAndBody: readonly TemplateRow[] = [
  {
    to: 'activity.subject',
    from: 'Subject',
    via: ['collapse'],
    why: 'S-25(a), S-26(a), S-27(a): subject or title',
  },
  { to: 'activity.note', from: 'Body', via: ['html'], why: 'S-25(a): the body, as safe HTML' },
];

const ownerAndLinks: readonly TemplateRow[] = [
  {
    to: 'activity.owner_id',
    from: 'Owner',
    via: ['owner'],
    why: 'S-30: the owner by e-mail; nobody is guessed',
  },
  ...activityLinks,
];

/** What any activity may have, whatever its kind: nothing a record holds is dropped because of its type. */
const details: readonly TemplateRow[] = [
  {
    to: 'activity.duration',
    from: 'Duration',
    via: ['duration'],
    why: 'S-24(a), S-26(a): the duration has a field of its own',
  },
  { to: 'activity.location', from: 'Location', via: ['address'], why: 'S-26(a): the location' },
  {
    to: 'activity.attendees',
    from: 'Attendees',
    via: ['attendees'],
    why: 'S-26(b): people with an address are real attendees',
  },
  ...ownerAndLinks,
  {
    to: 'activity.block.Disposition',
    from: 'Disposition',
    via: ['collapse'],
    why: 'S-24(a): activities have no custom fields: a labelled line',
  },
  {
    to: 'activity.block.Direction',
    from: 'Direction',
    via: ['collapse'],
    why: 'S-24(a), S-25(a): incoming or outgoing, sent or received',
  },
  { to: 'activity.block.End', from: 'End', via: ['dateTime'], why: 'S-26(a): the end, to the minute' },
  {
    to: 'activity.block.Attendees',
    from: 'Attendees',
    via: ['attendeeNames'],
    why: 'S-26(b): all attendees as text in the body, those without an address too',
  },
  {
    to: 'activity.block.Original created',
    from: 'Created At',
    via: ['dateTime'],
    why: 'the creation time of an activity cannot be set: a line keeps it',
  },
  {
    to: 'activity.block.Status',
    from: 'Status',
    via: ['collapse'],
    why: 'S-27(a): the status in the words of the source',
  },
  {
    to: 'activity.block.Completed at',
    from: 'Completed At',
    via: ['dateTime'],
    why: 'S-27(b): the original completion date, kept for audit',
  },
];

/** Calls, e-mails, meetings: things that happened at a time. */
const loggedRows: readonly TemplateRow[] = [
  ...subjectAndBody,
  ...happened,
  ...doneUnlessSaid,
  ...details,
  {
    to: 'activity.block.Timestamp',
    from: 'Start',
    via: ['dateTime'],
    why: 'S-24(a), S-25(a): the full timestamp, with its seconds',
  },
  {
    to: 'activity.block.Due',
    from: 'Due Date',
    via: ['date'],
    onlyIf: { source: 'Start', filled: true },
    why: 'a due date beside the start',
  },
];

/** Tasks, and activities of a kind that nobody foresaw. */
const taskRows: readonly TemplateRow[] = [
  ...subjectAndBody,
  ...toBeDone,
  ...openUnlessSaid,
  ...details,
  {
    to: 'activity.block.Start',
    from: 'Start',
    via: ['dateTime'],
    onlyIf: { source: 'Due Date', filled: true },
    why: 'S-27(a): a start beside the due date',
  },
];

const callType: TemplateRow = { to: 'activity.type', value: 'Call', why: 'S-24: the type Call' };
const emailType: TemplateRow = { to: 'activity.type', value: 'Email', why: 'S-25: the type Email' };
const meetingType: TemplateRow = { to: 'activity.type', value: 'Meeting', why: 'S-26: the type Meeting' };
const taskType: TemplateRow = { to: 'activity.type', value: 'Task', why: 'S-27: the type Task' };
const noteType: TemplateRow = {
  to: 'activity.type',
  value: 'Note',
  why: 'S-28: an activity type named Note, made when the account has none',
};

const activities: readonly TemplateEntity[] = [
  { from: 'calls', to: 'activity', why: 'S-24: call logs', rows: [callType, ...loggedRows] },
  { from: 'emails', to: 'activity', why: 'S-25: e-mail logs', rows: [emailType, ...loggedRows] },
  { from: 'meetings', to: 'activity', why: 'S-26: meeting logs', rows: [meetingType, ...loggedRows] },
  { from: 'tasks', to: 'activity', why: 'S-27: tasks', rows: [taskType, ...taskRows] },
  {
    from: 'activities',
    to: 'activity',
    when: {
      source: 'Type',
      in: ['Call', 'Phone Call', 'Calls', 'Arama', 'Telefon', 'Telefon Görüşmesi', 'Çağrı'],
    },
    why: 'S-24: call logs of one file with a type column',
    rows: [callType, ...loggedRows],
  },
  {
    from: 'activities',
    to: 'activity',
    when: { source: 'Type', in: ['Email', 'E-mail', 'Mail', 'Emails', 'E-posta', 'Eposta'] },
    why: 'S-25: e-mail logs of one file with a type column',
    rows: [emailType, ...loggedRows],
  },
  {
    from: 'activities',
    to: 'activity',
    when: {
      source: 'Type',
      in: [
        'Meeting',
        'Meetings',
        'Appointment',
        'Event',
        'Visit',
        'Toplantı',
        'Randevu',
        'Ziyaret',
        'Görüşme',
      ],
    },
    why: 'S-26: meeting logs of one file with a type column',
    rows: [meetingType, ...loggedRows],
  },
  {
    from: 'activities',
    to: 'activity',
    when: {
      source: 'Type',
      in: [
        'Task',
        'Tasks',
        'To-do',
        'Todo',
        'To do',
        'Follow-up',
        'Follow up',
        'Görev',
        'Yapılacak',
        'Takip',
      ],
    },
    why: 'S-27: tasks of one file with a type column',
    rows: [taskType, ...taskRows],
  },
  {
    from: 'activities',
    to: 'activity',
    when: { source: 'Type', filled: true },
    why: 'other kinds keep their own name as the activity type',
    rows: [
      {
        to: 'activity.type',
        from: 'Type',
        via: ['choice'],
        why: 'an activity type of that name, made when the account has none',
      },
      ...taskRows,
    ],
  },
  {
    from: 'activities',
    to: 'activity',
    why: 'activities without a type are tasks',
    rows: [{ ...taskType, why: 'S-27: an activity that names no kind' }, ...taskRows],
  },
];

const dealWords = ['Deal', 'Deals', 'Opportunity', 'Fırsat', 'Teklif'];
const contactWords = ['Contact', 'Contacts', 'Person', 'People', 'Kişi', 'Yetkili', 'Müşteri'];
const companyWords = ['Company', 'Companies', 'Account', 'Organization', 'Firma', 'Şirket'];

/** What a note hangs on: by its parent's kind, id and name, else by columns of their own. */
const noteParentsOfActivity: readonly TemplateRow[] = [
  {
    to: 'activity.deal_id',
    from: ['Parent ID', 'Parent Name'],
    via: [
      {
        reference: {
          source: 'deals',
          by: { 'Parent ID': ['id'], 'Parent Name': ['name'] },
          whenMissing: 'review',
        },
      },
    ],
    onlyIf: { source: 'Parent Type', in: dealWords },
    why: 'S-28(a), S-28(c): a note on a deal',
  },
  {
    to: 'activity.person_id',
    from: ['Parent ID', 'Parent Name'],
    via: [
      {
        reference: {
          source: 'contacts',
          by: { 'Parent ID': ['id'], 'Parent Name': ['email', 'name'] },
          whenMissing: 'review',
        },
      },
    ],
    onlyIf: { source: 'Parent Type', in: contactWords },
    why: 'S-28(a), S-28(c): a note on a contact',
  },
  {
    to: 'activity.org_id',
    from: ['Parent ID', 'Parent Name'],
    via: [
      {
        reference: {
          source: 'companies',
          by: { 'Parent ID': ['id'], 'Parent Name': ['id', 'name'] },
          whenMissing: 'review',
        },
      },
    ],
    onlyIf: { source: 'Parent Type', in: companyWords },
    why: 'S-28(c): a note on a company',
  },
];

const noteParents: readonly TemplateRow[] = [
  {
    to: 'note.deal_id',
    from: ['Parent ID', 'Parent Name'],
    via: [
      {
        reference: {
          source: 'deals',
          by: { 'Parent ID': ['id'], 'Parent Name': ['name'] },
          whenMissing: 'review',
        },
      },
    ],
    onlyIf: { source: 'Parent Type', in: dealWords },
    why: 'S-28(a), S-28(c): a note on a deal',
  },
  {
    to: 'note.person_id',
    from: ['Parent ID', 'Parent Name'],
    via: [
      {
        reference: {
          source: 'contacts',
          by: { 'Parent ID': ['id'], 'Parent Name': ['email', 'name'] },
          whenMissing: 'review',
        },
      },
    ],
    onlyIf: { source: 'Parent Type', in: contactWords },
    why: 'S-28(a), S-28(c): a note on a contact',
  },
  {
    to: 'note.org_id',
    from: ['Parent ID', 'Parent Name'],
    via: [
      {
        reference: {
          source: 'companies',
          by: { 'Parent ID': ['id'], 'Parent Name': ['id', 'name'] },
          whenMissing: 'review',
        },
      },
    ],
    onlyIf: { source: 'Parent Type', in: companyWords },
    why: 'S-28(c): a note on a company',
  },
  {
    to: 'note.deal_id',
    from: ['Deal ID', 'Deal Name'],
    via: [
      {
        reference: {
          source: 'deals',
          by: { 'Deal ID': ['id'], 'Deal Name': ['name'] },
          whenMissing: 'review',
        },
      },
    ],
    why: 'S-28(c): a note with a deal column of its own',
  },
  {
    to: 'note.org_id',
    from: ['Company ID', 'Company'],
    via: [
      {
        reference: {
          source: 'companies',
          by: { 'Company ID': ['id'], Company: ['id', 'name', 'domain'] },
          whenMissing: 'review',
        },
      },
    ],
    why: 'S-28(c): a note with a company column of its own',
  },
  {
    to: 'note.person_id',
    from: ['Contact ID', 'Contact Email', 'Contact Name'],
    via: [
      {
        reference: {
          source: 'contacts',
          by: { 'Contact ID': ['id'], 'Contact Email': ['email'], 'Contact Name': ['email', 'name'] },
          within: 'deal_id',
          whenMissing: 'review',
        },
      },
    ],
    why: 'S-28(c): a note with contact columns of its own',
  },
];

const notesAsActivity: TemplateEntity = {
  from: 'notes',
  to: 'activity',
  policy: { name: 'notesAs', is: 'activity' },
  why: 'S-28: notes become activities of type Note; they lose author and creation time as system fields, lines keep both',
  rows: [
    noteType,
    { to: 'activity.subject', value: 'Note', why: 'S-28: notes have no title' },
    {
      to: 'activity.note',
      from: 'Content',
      via: ['html'],
      whenEmpty: 'reject',
      why: 'S-28(b), S-28(d): the content with its formatting, as safe HTML',
    },
    {
      to: 'activity.due_date',
      from: 'Created At',
      via: ['dateTime', 'dateOf'],
      why: 'S-28(b): the day the note was written',
    },
    {
      to: 'activity.due_time',
      from: 'Created At',
      via: ['dateTime', 'timeOf'],
      why: 'S-28(b): the time the note was written, in UTC',
    },
    { to: 'activity.done', value: true, why: 'S-28: a note is nothing to be done' },
    { to: 'activity.owner_id', from: 'Author', via: ['owner'], why: 'S-28(b): the author' },
    ...noteParentsOfActivity,
    ...activityLinks,
    {
      to: 'activity.block.Author',
      from: 'Author',
      via: ['collapse'],
      why: 'S-28(b): the author as the source names them',
    },
    {
      to: 'activity.block.Original created',
      from: 'Created At',
      via: ['dateTime'],
      why: 'S-28(b): the creation timestamp',
    },
  ],
};

const notesAsNote: TemplateEntity = {
  from: 'notes',
  to: 'note',
  policy: { name: 'notesAs', is: 'note' },
  why: 'S-28: notes become notes of Pipedrive, which keep author and creation time',
  rows: [
    {
      to: 'note.content',
      from: 'Content',
      via: ['html'],
      whenEmpty: 'reject',
      why: 'S-28(b), S-28(d): the content with its formatting, as safe HTML',
    },
    { to: 'note.user_id', from: 'Author', via: ['owner'], why: 'S-28(b): the author' },
    { to: 'note.add_time', from: 'Created At', via: ['dateTime'], why: 'S-28(b): the creation timestamp' },
    ...noteParents,
  ],
};

/** The defaults for leaving Smart CRM Online: every row of the pair page, S-20 to S-31. */
export const smartCrmOnlineTemplate: Template = {
  source: 'smart-crm-online',
  label: 'Smart CRM Online to Pipedrive',
  entities: [
    organization,
    parentById,
    parentByName,
    person,
    ...leadPersons,
    lead,
    deal,
    ...activities,
    notesAsActivity,
    notesAsNote,
  ],
  fields: [
    { entity: 'organization', name: 'Domain', type: 'varchar', why: 'S-21(c)' },
    { entity: 'organization', name: 'Phone', type: 'phone', why: 'S-21(c)' },
    { entity: 'organization', name: 'Industry', type: 'enum', why: 'S-21(c), S-31(c)' },
    { entity: 'organization', name: 'Annual Revenue', type: 'monetary', why: 'S-21(c)' },
    { entity: 'person', name: 'Job title', type: 'varchar', why: 'S-20' },
    { entity: 'deal', name: 'Original created', type: 'date', why: 'S-22' },
    { entity: 'deal', name: 'Source of lead', type: 'enum', why: 'D-22(b)' },
    { entity: 'deal', name: 'Score of lead', type: 'double', why: 'P-20(b)' },
  ],
  values: {
    dealOutcome: {
      Won: 'won',
      'Closed Won': 'won',
      'Closed - Won': 'won',
      'Deal Won': 'won',
      Kazanıldı: 'won',
      Kazanılan: 'won',
      Lost: 'lost',
      'Closed Lost': 'lost',
      'Closed - Lost': 'lost',
      'Deal Lost': 'lost',
      Kaybedildi: 'lost',
      Kaybedilen: 'lost',
    },
  },
  leave: [
    { entity: 'companies', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'contacts', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'leads', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'deals', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'activities', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'calls', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'emails', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'meetings', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'tasks', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
    { entity: 'notes', field: 'Updated At', why: 'Pipedrive sets the update time itself' },
  ],
};

import { companyIfThere, contactItself, ownedBy, personIfThere } from './results-records.ts';
import type { TemplateEntity, TemplateRow } from './template.ts';

const movable = { source: 'File State', in: ['there'] } as const;

const content: TemplateRow = {
  to: 'file.content',
  from: ['File', 'File Name', 'File Size', 'File SHA-256'],
  via: ['file'],
  whenEmpty: 'reject',
  whenRefused: 'reject',
  why: 'R-27(a), R-09: the bytes, checked against size and SHA-256',
};

/** What is told of a file whose bytes do not move: where it lies, and why it stays there (R-27(c)). */
const lines: readonly TemplateRow[] = [
  { to: 'note.block.File', from: 'File Name', via: ['trim'], why: 'R-27(c): the file that is not here' },
  {
    to: 'note.block.Where it lies',
    from: 'Path',
    via: ['trim'],
    why: 'R-27(c): its place, to be linked or uploaded',
  },
  {
    to: 'note.block.What to do',
    from: 'File State',
    via: [{ lookup: { table: 'resultsFileWays' } }],
    why: 'R-27(c): the other way: find it, link it, convert it',
  },
  { to: 'note.block.Why', from: 'File State', via: ['trim'], why: 'R-27(b): what is against moving it' },
];

const onDeal = {
  from: 'Deal ID',
  via: [{ reference: { source: 'deals', by: { 'Deal ID': ['id'] }, whenMissing: 'leave' } }],
  why: 'R-27(a): on its deal',
} as const;
const onCompany = {
  from: ['Company ID', 'Company Name'],
  via: companyIfThere,
  why: 'R-27(a): on its company',
} as const;
const onPerson = {
  from: ['Associate ID', 'Associate'],
  via: personIfThere,
  onlyIf: { source: 'Associate ID', filled: true },
  why: 'R-27(a): on its associate',
} as const;
const onContact = {
  from: 'Company ID',
  via: contactItself,
  onlyIf: { source: 'Associate ID', filled: false },
  why: 'R-27(a): a contact that is a person',
} as const;

const ofWorkOrder = {
  source: 'Parent Type',
  in: ['Work Order', 'WorkOrder', 'WO', 'Service Order'],
} as const;
const ofProject = {
  from: 'Parent ID',
  via: [{ reference: { source: 'deals', by: { 'Parent ID': ['id'] }, whenMissing: 'leave' } }],
  onlyIf: { source: 'Parent Type', in: ['Project', 'Opportunity', 'Deal', 'Job', 'Project/Opp'] },
  why: 'R-09, R-27(a): on its project',
} as const;
const ofWorkOrderProject = {
  from: 'Work Order Project',
  via: [{ reference: { source: 'deals', by: { 'Work Order Project': ['id'] }, whenMissing: 'leave' } }],
  onlyIf: ofWorkOrder,
  why: 'R-09, R-27(a): on the project of its work order',
} as const;
const ofCompany = {
  from: 'Parent ID',
  via: [{ reference: { source: 'companies', by: { 'Parent ID': ['id'] }, whenMissing: 'leave' } }],
  onlyIf: { source: 'Parent Type', in: ['Contact', 'Company', 'Customer', 'Account'] },
  why: 'R-09, R-27(a): on its company',
} as const;
const ofWorkOrderCompany = {
  from: 'Work Order Contact',
  via: [{ reference: { source: 'companies', by: { 'Work Order Contact': ['id'] }, whenMissing: 'leave' } }],
  onlyIf: ofWorkOrder,
  why: 'R-09, R-27(a): on the company of its work order',
} as const;
const ofPerson = {
  from: 'Parent ID',
  via: [{ reference: { source: 'contacts', by: { 'Parent ID': ['id'] }, whenMissing: 'leave' } }],
  onlyIf: { source: 'Parent Type', in: ['Associate', 'Person', 'Contact Person'] },
  why: 'R-09, R-27(a): on its associate',
} as const;

const document: TemplateEntity = {
  from: 'documents',
  to: 'file',
  when: movable,
  why: 'R-27: documents become files of their company, associate, project or work order',
  rows: [
    content,
    { to: 'file.deal_id', ...onDeal },
    { to: 'file.org_id', ...onCompany },
    { to: 'file.person_id', ...onPerson },
    { to: 'file.person_id', ...onContact },
    {
      to: 'file.activity_id',
      from: 'Work Order ID',
      via: [{ reference: { source: 'work-orders', by: { 'Work Order ID': ['id'] }, whenMissing: 'leave' } }],
      why: 'R-27(a): on its work order',
    },
  ],
};

const documentElsewhere: TemplateEntity = {
  from: 'documents',
  to: 'note',
  why: 'R-27(b), R-27(c): a file that is missing, too large or of a doubtful type: a note says where it lies',
  rows: [
    { to: 'note.block.Document', from: 'Document Name', via: ['collapse'], why: 'R-27(c): what it is' },
    ...lines,
    { to: 'note.user_id', ...ownedBy },
    { to: 'note.add_time', from: 'Created', via: ['dateTime'], why: 'R-24(c): when it was filed' },
    { to: 'note.deal_id', ...onDeal },
    { to: 'note.org_id', ...onCompany },
    { to: 'note.person_id', ...onPerson },
    { to: 'note.person_id', ...onContact },
  ],
};

const fieldFile: TemplateEntity = {
  from: 'field-files',
  to: 'file',
  when: movable,
  why: 'R-09: photos and signatures become files of their work order, project, company or associate',
  rows: [
    content,
    {
      to: 'file.activity_id',
      from: 'Parent ID',
      via: [{ reference: { source: 'work-orders', by: { 'Parent ID': ['id'] }, whenMissing: 'leave' } }],
      onlyIf: ofWorkOrder,
      why: 'R-09: on its work order',
    },
    { to: 'file.deal_id', ...ofProject },
    { to: 'file.deal_id', ...ofWorkOrderProject },
    { to: 'file.org_id', ...ofCompany },
    { to: 'file.org_id', ...ofWorkOrderCompany },
    { to: 'file.person_id', ...ofPerson },
  ],
};

const fieldFileElsewhere: TemplateEntity = {
  from: 'field-files',
  to: 'note',
  why: 'R-09, R-27(c): a photo or signature whose bytes cannot move: a note says what there was',
  rows: [
    { to: 'note.block.Kind', from: 'Kind', via: ['collapse'], why: 'R-09: photo or signature' },
    {
      to: 'note.block.Of',
      from: ['Parent Type', 'Parent ID'],
      via: [{ join: { with: ' ' } }],
      why: 'R-09: of what',
    },
    { to: 'note.block.Taken', from: 'Taken', via: ['dateTime'], why: 'R-09: when' },
    ...lines,
    { to: 'note.deal_id', ...ofProject },
    { to: 'note.deal_id', ...ofWorkOrderProject },
    { to: 'note.org_id', ...ofCompany },
    { to: 'note.org_id', ...ofWorkOrderCompany },
    { to: 'note.person_id', ...ofPerson },
  ],
};

/** Documents of the file share, photos and signatures of Field Service. */
export const resultsFiles: readonly TemplateEntity[] = [
  document,
  documentElsewhere,
  fieldFile,
  fieldFileElsewhere,
];

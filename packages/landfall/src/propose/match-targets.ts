import type { SourceType } from '../model/source.ts';
import type { Concept } from './match-words.ts';

/** The things a table can hold. */
export type MatchEntity = 'organization' | 'person' | 'deal' | 'activity' | 'note';

/**
 * Where a concept lands: a field; `own` - the record's own id; `custom` - a new field of the values' type;
 * `leave` - the destination keeps it itself.
 */
export type Landing = string;

type Landings = Readonly<Partial<Record<Concept, Landing>>>;

const organization: Landings = {
  id: 'own',
  companyId: 'own',
  fullName: 'organization.name',
  company: 'organization.name',
  title: 'organization.name',
  website: 'organization.website',
  domain: 'custom',
  linkedin: 'organization.linkedin',
  address: 'organization.address',
  street: 'organization.address.street',
  city: 'organization.address.city',
  state: 'organization.address.state',
  postalCode: 'organization.address.postalCode',
  country: 'organization.address.country',
  industry: 'organization.industry',
  employees: 'organization.employee_count',
  revenue: 'organization.annual_revenue',
  parent: 'organizationRelationship.rel_owner_org_id',
  owner: 'organization.owner_id',
  tags: 'organization.label_ids',
  created: 'organization.add_time',
  updated: 'leave',
};

const person: Landings = {
  id: 'own',
  contactId: 'own',
  fullName: 'person.name',
  contact: 'person.name',
  firstName: 'person.name',
  middleName: 'person.name',
  lastName: 'person.name',
  email: 'person.emails.work',
  emailHome: 'person.emails.home',
  phone: 'person.phones.work',
  mobile: 'person.phones.mobile',
  homePhone: 'person.phones.home',
  fax: 'person.phones.other',
  company: 'person.org_id',
  companyId: 'person.org_id',
  owner: 'person.owner_id',
  tags: 'person.label_ids',
  created: 'person.add_time',
  updated: 'leave',
};

const deal: Landings = {
  id: 'own',
  dealId: 'own',
  fullName: 'deal.title',
  deal: 'deal.title',
  title: 'deal.title',
  amount: 'deal.value',
  currency: 'deal.currency',
  stage: 'deal.stage_id',
  pipeline: 'deal.pipeline_id',
  status: 'deal.status',
  probability: 'deal.probability',
  closeDate: 'deal.expected_close_date',
  wonDate: 'deal.won_time',
  lostDate: 'deal.lost_time',
  lostReason: 'deal.lost_reason',
  company: 'deal.org_id',
  companyId: 'deal.org_id',
  contact: 'deal.person_id',
  contactId: 'deal.person_id',
  email: 'deal.person_id',
  owner: 'deal.owner_id',
  tags: 'deal.label_ids',
  created: 'custom',
  updated: 'leave',
};

const activity: Landings = {
  id: 'own',
  title: 'activity.subject',
  fullName: 'activity.subject',
  type: 'activity.type',
  dueDate: 'activity.due_date',
  start: 'activity.due_date',
  dueTime: 'activity.due_time',
  duration: 'activity.duration',
  done: 'activity.done',
  status: 'activity.done',
  location: 'activity.location',
  address: 'activity.location',
  attendees: 'activity.attendees',
  priority: 'activity.priority',
  description: 'activity.note',
  content: 'activity.note',
  company: 'activity.org_id',
  companyId: 'activity.org_id',
  contact: 'activity.person_id',
  contactId: 'activity.person_id',
  email: 'activity.person_id',
  deal: 'activity.deal_id',
  dealId: 'activity.deal_id',
  owner: 'activity.owner_id',
  updated: 'leave',
};

const note: Landings = {
  id: 'own',
  content: 'note.content',
  description: 'note.content',
  author: 'note.user_id',
  owner: 'note.user_id',
  created: 'note.add_time',
  start: 'note.add_time',
  updated: 'leave',
  company: 'note.org_id',
  companyId: 'note.org_id',
  contact: 'note.person_id',
  contactId: 'note.person_id',
  deal: 'note.deal_id',
  dealId: 'note.deal_id',
};

/** Where each concept lands in a table of each thing; what is absent becomes a new field. */
export const landings: Readonly<Record<MatchEntity, Landings>> = {
  organization,
  person,
  deal,
  activity,
  note,
};

/** The links by which a record of one thing names a record of another. */
export const linkTo: Readonly<Record<MatchEntity, Readonly<Partial<Record<MatchEntity, string>>>>> = {
  organization: {},
  person: { organization: 'person.org_id' },
  deal: { organization: 'deal.org_id', person: 'deal.person_id' },
  activity: { organization: 'activity.org_id', person: 'activity.person_id', deal: 'activity.deal_id' },
  note: { organization: 'note.org_id', person: 'note.person_id', deal: 'note.deal_id' },
};

/** Concepts that name a record: of another thing they make a link. */
export const namingConcepts: ReadonlySet<Concept> = new Set<Concept>([
  'id',
  'fullName',
  'title',
  'email',
  'domain',
  'company',
  'companyId',
  'contact',
  'contactId',
  'deal',
  'dealId',
]);

/** The types of values that speak for a concept; others speak against it. Concepts that are absent take any text. */
export const expectedTypes: Readonly<Partial<Record<Concept, readonly SourceType[]>>> = {
  email: ['email'],
  emailHome: ['email'],
  phone: ['phone'],
  mobile: ['phone'],
  homePhone: ['phone'],
  fax: ['phone'],
  website: ['url', 'domain'],
  domain: ['domain', 'url'],
  linkedin: ['url', 'text', 'domain'],
  employees: ['number', 'choice', 'text'],
  revenue: ['money', 'number'],
  amount: ['money', 'number'],
  probability: ['percent', 'number', 'choice'],
  currency: ['currency', 'choice'],
  closeDate: ['date', 'dateTime'],
  wonDate: ['date', 'dateTime'],
  lostDate: ['date', 'dateTime'],
  created: ['date', 'dateTime'],
  updated: ['date', 'dateTime'],
  dueDate: ['date', 'dateTime'],
  duration: ['number', 'duration', 'text'],
  done: ['boolean', 'choice', 'text', 'date', 'dateTime'],
};

/** Concepts whose values are words: dates, addresses or amounts there say that the header misleads. */
export const wordyConcepts: ReadonlySet<Concept> = new Set<Concept>([
  'fullName',
  'firstName',
  'lastName',
  'company',
  'contact',
  'deal',
  'title',
  'city',
  'state',
  'country',
  'stage',
  'pipeline',
  'status',
  'type',
  'jobTitle',
  'department',
  'industry',
  'tags',
  'lostReason',
]);

/** What values alone say, when a header says nothing. */
export const conceptOfType: Readonly<Partial<Record<SourceType, Concept>>> = {
  email: 'email',
  phone: 'phone',
  url: 'website',
  domain: 'domain',
  currency: 'currency',
};

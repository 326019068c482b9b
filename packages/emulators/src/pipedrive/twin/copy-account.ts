import type { PlanName } from '../plans.ts';
import type { FieldEntity, FieldRecord, RoleRecord, StageRecord } from '../records.ts';
import type { Switches } from '../switches.ts';
import { type AccountAccess, AccountReader, CopyFailure } from './account-reader.ts';
import {
  activityTypeCopy,
  boardCopy,
  companyKeys,
  currencyCopy,
  deletedStage,
  fieldCopy,
  leadLabelCopy,
  phaseCopy,
  pipelineCopy,
  roleCopy,
  stageCopy,
  templateCopy,
  userCopy,
} from './configuration-copies.ts';
import { idOf, numberOf, type Raw } from './raw.ts';
import { subscriptionOf } from './read-limits.ts';
import {
  activityCopy,
  dealCopy,
  leadCopy,
  noteCopy,
  organizationCopy,
  personCopy,
  productCopy,
} from './record-copies.ts';
import type { CompanyRecord } from './records.ts';

interface Copied {
  readonly id: number;
}

/** What was read of a live account: enough to make an emulated one like it, as often as needed. */
export interface TwinCopy {
  readonly url: string;
  readonly plan: PlanName;
  readonly seats: number;
  /** What the emulator has to be told about this account. */
  readonly switches: Partial<Switches>;
  /** Records by the name of their table, in order of ids. */
  readonly tables: ReadonlyMap<string, readonly Copied[]>;
  /** How many requests the reading took. */
  readonly requests: number;
  /** What the account did not tell, in sentences. */
  readonly notes: readonly string[];
}

/** How a live account is copied. */
interface CopyOptions extends AccountAccess {
  /** Whether its records come along, with their ids. */
  readonly withRecords: boolean;
  /** Plan and seats where the account's answers do not tell. */
  readonly fallback: { readonly plan: PlanName; readonly seats: number };
}

const FIELD_ENTITIES: readonly FieldEntity[] = [
  'deal',
  'person',
  'organization',
  'product',
  'activity',
  'project',
];

/**
 * Reads a live account through its public API. It only reads, and charges the account's tokens for it. Throws when
 * the account does not answer, or does not know the token.
 */
export async function copyAccount(options: CopyOptions): Promise<TwinCopy> {
  const reader = new AccountReader(options);
  const reading = new Reading(reader);
  const me = (await reader.one('/api/v1/users/me')) as Raw | null;
  if (!me)
    throw new CopyFailure(
      'wrong-answer',
      'the live account does not say whose token it is (GET /v1/users/me)',
    );
  await readConfiguration(reading);
  const openElsewhere = options.withRecords ? await readRecords(reading) : await countOpen(reader);
  const subscription = subscriptionOf(reader.limits, reader.tokenKind);
  if (!subscription)
    reading.notes.push(
      `the account’s headers do not tell its plan; taken for ${options.fallback.plan} with ${options.fallback.seats} seats`,
    );
  const { plan, seats } = subscription ?? options.fallback;
  const company: CompanyRecord = {
    id: 1,
    holderId: idOf(me, 'user'),
    shown: companyKeys(me),
    openElsewhere,
    topUpTokens: subscription?.topUpTokens ?? 0,
  };
  reading.tables.set('companies', [company]);
  const { tables, notes } = reading;
  const switches = switchesOf(tables);
  return { url: options.url, plan, seats, switches, tables, requests: reader.requests, notes };
}

/** What is being read: tables that fill, and what was missing. */
class Reading {
  readonly reader: AccountReader;
  readonly tables = new Map<string, readonly Copied[]>();
  readonly notes: string[] = [];

  constructor(reader: AccountReader) {
    this.reader = reader;
  }

  /** Reads the pages of one or more lists into a table; ids in order. */
  async table<T extends Copied>(
    name: string,
    lists: readonly AsyncGenerator<readonly Raw[] | null>[],
    copy: (raw: Raw, place: number) => T,
  ): Promise<readonly T[]> {
    const records: T[] = [];
    for (const list of lists)
      for await (const page of list) {
        if (page === null) this.notes.push(`the account has no ${name} for this token`);
        for (const raw of page ?? []) records.push(copy(raw, records.length + 1));
      }
    records.sort((a, b) => a.id - b.id);
    this.tables.set(name, records);
    return records;
  }
}

/** A v1 list without pages, as the one page that it is. */
async function* whole(reader: AccountReader, path: string): AsyncGenerator<readonly Raw[] | null> {
  yield (await reader.one(path)) as readonly Raw[] | null;
}

async function readConfiguration(reading: Reading): Promise<void> {
  const { reader } = reading;
  await reading.table('users', [whole(reader, '/api/v1/users')], userCopy);
  await readRoles(reading);
  await reading.table('currencies', [whole(reader, '/api/v1/currencies')], currencyCopy);
  await readFields(reading);
  await reading.table('pipelines', [reader.pages('/api/v2/pipelines')], pipelineCopy);
  await reading.table('stages', [reader.pages('/api/v2/stages')], stageCopy);
  await reading.table('activityTypes', [whole(reader, '/api/v1/activityTypes')], activityTypeCopy);
  await reading.table('leadLabels', [whole(reader, '/api/v1/leadLabels')], leadLabelCopy);
  const boards = await reading.table('boards', [whole(reader, '/api/v2/boards')], boardCopy);
  const phases = boards.map(({ id }) => whole(reader, `/api/v2/phases?board_id=${id}`));
  await reading.table('phases', phases, phaseCopy);
  await reading.table('projectTemplates', [reader.pages('/api/v2/projectTemplates')], templateCopy);
}

async function readRoles({ reader, notes, tables }: Reading): Promise<void> {
  const roles: RoleRecord[] = [];
  for await (const page of reader.offsetPages('/api/v1/roles')) {
    if (page === null) notes.push('the account has no roles for this token');
    for (const raw of page ?? []) {
      const settings = await reader.one(`/api/v1/roles/${idOf(raw, 'role')}/settings`);
      roles.push(roleCopy(raw, (settings ?? {}) as Raw));
    }
  }
  tables.set('roles', roles);
}

async function readFields(reading: Reading): Promise<void> {
  const fields: FieldRecord[] = [];
  for (const entity of FIELD_ENTITIES) {
    const query = { include_fields: 'ui_visibility,important_fields,required_fields' };
    for await (const page of reading.reader.pages(`/api/v2/${entity}Fields`, query)) {
      if (page === null) reading.notes.push(`the account has no ${entity} fields for this token`);
      for (const raw of page ?? []) fields.push(fieldCopy(raw, entity, fields.length + 1));
    }
  }
  reading.tables.set('fields', fields);
}

async function readRecords(reading: Reading): Promise<number> {
  const { reader } = reading;
  const v2 = (path: string, include?: string) =>
    reader.pages(`/api/v2/${path}`, include === undefined ? {} : { include_fields: include });
  const company = 'website,linkedin,industry,annual_revenue,employee_count';
  const fields = (reading.tables.get('fields') ?? []) as readonly FieldRecord[];
  const ofDeals = fields.filter(({ entity }) => entity === 'deal');
  await reading.table('organizations', [v2('organizations', company)], organizationCopy);
  await reading.table('persons', [v2('persons', 'marketing_status')], personCopy);
  await reading.table('products', [v2('products')], productCopy);
  const stages = new Map<number, number>();
  await reading.table('deals', [v2('deals'), v2('deals/archived')], (raw) => {
    stages.set(numberOf(raw, 'stage_id') ?? 0, numberOf(raw, 'pipeline_id') ?? 0);
    return dealCopy(raw);
  });
  addGoneStages(reading.tables, stages);
  const leads = [reader.offsetPages('/api/v1/leads'), reader.offsetPages('/api/v1/leads/archived')];
  await reading.table('leads', leads, (raw, place) => leadCopy(raw, place, ofDeals));
  await reading.table('activities', [v2('activities', 'attendees')], activityCopy);
  await reading.table('notes', [reader.offsetPages('/api/v1/notes')], noteCopy);
  return 0;
}

/** Stages that deals are in and no list names any more: deleted ones, with the pipelines they were of. */
function addGoneStages(tables: Map<string, readonly Copied[]>, stages: ReadonlyMap<number, number>): void {
  const known = (tables.get('stages') ?? []) as readonly StageRecord[];
  const listed = new Set(known.map(({ id }) => id));
  const gone = [...stages]
    .filter(([id]) => id > 0 && !listed.has(id))
    .map(([id, pipeline]) => deletedStage(id, pipeline));
  tables.set(
    'stages',
    [...known, ...gone].sort((a, b) => a.id - b.id),
  );
}

/** Deals and leads that count against the cap; the API has no totals, so the lists are walked. */
async function countOpen(reader: AccountReader): Promise<number> {
  let count = 0;
  for await (const page of reader.pages('/api/v2/deals')) count += page?.length ?? 0;
  for await (const page of reader.offsetPages('/api/v1/leads')) count += page?.length ?? 0;
  return count;
}

function switchesOf(tables: ReadonlyMap<string, readonly Copied[]>): Partial<Switches> {
  const fields = (tables.get('fields') ?? []) as readonly FieldRecord[];
  const has = (entity: FieldEntity, code: string) =>
    fields.some((field) => field.entity === entity && field.code === code);
  return {
    contactSync: has('person', 'job_title'),
    projectsAddOn: (tables.get('boards') ?? []).length > 0,
    labelFieldCode: has('person', 'label_ids') ? 'label_ids' : 'label',
  };
}

import { Journal, readJournal } from '../kit/journal.ts';
import type { ConversionRecord } from './conversion-record.ts';
import { Blobs } from './files/blobs.ts';
import { History } from './history/changes.ts';
import type { ImportRecord } from './import/import-record.ts';
import type {
  BoardRecord,
  PhaseRecord,
  PlannedActivityRecord,
  ProjectGroupRecord,
  ProjectRecord,
  ProjectTemplateRecord,
  TaskRecord,
} from './projects/records.ts';
import type {
  ActivityRecord,
  ActivityTypeRecord,
  CallLogRecord,
  ChannelMessageRecord,
  ChannelRecord,
  DealDiscountRecord,
  DealInstallmentRecord,
  DealParticipantRecord,
  DealProductRecord,
  DealRecord,
  DeliveryStatus,
  FieldEntity,
  FieldRecord,
  FileRecord,
  FilterRecord,
  FollowerRecord,
  LeadLabelRecord,
  LeadRecord,
  MailMessageRecord,
  MailThreadRecord,
  NoteCommentRecord,
  NoteRecord,
  OrganizationRecord,
  PersonRecord,
  PictureRecord,
  PipelineRecord,
  ProductImageRecord,
  ProductRecord,
  ProductVariationRecord,
  ProviderLinkRecord,
  RelationshipRecord,
  RoleRecord,
  StageRecord,
  UserRecord,
  WebhookRecord,
} from './records.ts';
import { Table } from './table.ts';
import { TableIndex } from './table-index.ts';
import type { CompanyRecord, CurrencyRecord } from './twin/records.ts';

/** What is kept beside the records. */
export interface Counters {
  /** Options of all fields share one counter. */
  nextOptionId: number;
  /** The day that `spentTokens` belongs to, counted from 1970 in the budget's zone. */
  day: number;
  spentTokens: number;
  clockOffsetMs: number;
}

const FRESH: Counters = { nextOptionId: 1, day: 0, spentTokens: 0, clockOffsetMs: 0 };

/** Everything an account holds, and the journal it survives in. */
export class State {
  readonly users = new Table<UserRecord>('users', 'sparse');
  readonly fields = new Table<FieldRecord>('fields');
  readonly pipelines = new Table<PipelineRecord>('pipelines');
  readonly stages = new Table<StageRecord>('stages');
  readonly activityTypes = new Table<ActivityTypeRecord>('activityTypes', 'sparse');
  readonly organizations = new Table<OrganizationRecord>('organizations');
  readonly relationships = new Table<RelationshipRecord>('relationships');
  readonly persons = new Table<PersonRecord>('persons');
  readonly deals = new Table<DealRecord>('deals');
  readonly leadLabels = new Table<LeadLabelRecord>('leadLabels');
  readonly leads = new Table<LeadRecord>('leads');
  readonly activities = new Table<ActivityRecord>('activities');
  readonly notes = new Table<NoteRecord>('notes');
  readonly noteComments = new Table<NoteCommentRecord>('noteComments');
  readonly files = new Table<FileRecord>('files');
  readonly pictures = new Table<PictureRecord>('pictures');
  readonly callLogs = new Table<CallLogRecord>('callLogs');
  readonly filters = new Table<FilterRecord>('filters');
  readonly mailThreads = new Table<MailThreadRecord>('mailThreads');
  readonly mailMessages = new Table<MailMessageRecord>('mailMessages');
  readonly channels = new Table<ChannelRecord>('channels');
  readonly channelMessages = new Table<ChannelMessageRecord>('channelMessages');
  readonly providerLinks = new Table<ProviderLinkRecord>('providerLinks');
  /** Bytes of uploads, by the `sha256` that records carry. */
  readonly blobs = new Blobs();
  readonly dealParticipants = new Table<DealParticipantRecord>('dealParticipants');
  readonly participantsByDeal = new TableIndex(this.dealParticipants, (each) => each.dealId);
  readonly webhooks = new Table<WebhookRecord>('webhooks');
  readonly roles = new Table<RoleRecord>('roles', 'sparse');
  /** How deliveries went, by webhook; it does not survive. */
  readonly deliveries = new Map<number, DeliveryStatus>();
  readonly conversions = new Table<ConversionRecord>('conversions');
  readonly boards = new Table<BoardRecord>('boards');
  readonly phases = new Table<PhaseRecord>('phases');
  readonly projectTemplates = new Table<ProjectTemplateRecord>('projectTemplates');
  readonly projects = new Table<ProjectRecord>('projects');
  readonly projectGroups = new Table<ProjectGroupRecord>('projectGroups');
  readonly tasks = new Table<TaskRecord>('tasks');
  readonly plannedActivities = new Table<PlannedActivityRecord>('plannedActivities');
  readonly imports = new Table<ImportRecord>('imports');
  readonly companies = new Table<CompanyRecord>('companies');
  readonly currencies = new Table<CurrencyRecord>('currencies', 'sparse');
  /** What happened to the records since this process began. */
  readonly history = new History();
  readonly products = new Table<ProductRecord>('products');
  readonly productVariations = new Table<ProductVariationRecord>('productVariations');
  readonly productImages = new Table<ProductImageRecord>('productImages');
  readonly dealProducts = new Table<DealProductRecord>('dealProducts');
  readonly dealDiscounts = new Table<DealDiscountRecord>('dealDiscounts');
  readonly dealInstallments = new Table<DealInstallmentRecord>('dealInstallments');
  readonly followers = new Table<FollowerRecord>('followers');
  readonly variationsByProduct = new TableIndex(this.productVariations, (each) => each.product_id);
  readonly imagesByProduct = new TableIndex(this.productImages, (each) => each.product_id);
  readonly linesByDeal = new TableIndex(this.dealProducts, (each) => each.deal_id);
  readonly linesByProduct = new TableIndex(this.dealProducts, (each) => each.product_id);
  readonly discountsByDeal = new TableIndex(this.dealDiscounts, (each) => each.deal_id);
  readonly installmentsByDeal = new TableIndex(this.dealInstallments, (each) => each.deal_id);
  /** By `entity id`, as in `deal 7`. */
  readonly followersByRecord = new TableIndex(this.followers, (each) => `${each.entity} ${each.recordId}`);
  readonly counters: Counters = { ...FRESH };
  /** Leads by their UUID. */
  readonly leadIds = new Map<string, number>();
  /** Live fields by entity and code. */
  readonly fieldsByCode = new Map<FieldEntity, Map<string, FieldRecord>>();
  /** Codes of the live custom fields by entity, oldest first. */
  readonly customCodes = new Map<FieldEntity, readonly string[]>();
  /** How many live persons each organization has. */
  readonly peopleByOrganization = new Map<number, number>();
  readonly noteCommentsByNote = new TableIndex(this.noteComments, (comment) => comment.note_id);
  readonly callLogsByCode = new TableIndex(this.callLogs, (log) => log.code);
  readonly messagesByThread = new TableIndex(this.mailMessages, (message) => message.thread_id);
  /** Bytes of all files that are not deleted. */
  fileBytes = 0;
  /** The live picture of each person who has one. */
  readonly pictureByPerson = new Map<number, PictureRecord>();
  /** Deals and leads that count against the plan's cap. */
  openCount = 0;
  #journal: Journal | null = null;

  constructor() {
    this.fields.onPut((now) => this.#indexField(now));
    this.persons.onPut((now, before) => {
      this.#countPerson(before, -1);
      this.#countPerson(now, 1);
    });
    this.leads.onPut((now, before) => {
      this.leadIds.set(now.uuid, now.id);
      this.openCount += countsAsOpenLead(now) - countsAsOpenLead(before);
    });
    this.files.onPut((now, before) => {
      this.fileBytes += liveBytes(now) - liveBytes(before);
    });
    this.pictures.onPut((now) => {
      const known = this.pictureByPerson.get(now.person_id);
      if (now.deletedSec !== null) this.pictureByPerson.delete(now.person_id);
      else if (!known || known.id <= now.id) this.pictureByPerson.set(now.person_id, now);
    });
    this.companies.onPut((now, before) => {
      this.openCount += now.openElsewhere - (before?.openElsewhere ?? 0);
    });
    this.deals.onPut((now, before) => {
      this.openCount += countsAsOpenDeal(now) - countsAsOpenDeal(before);
    });
  }

  /** Every table, parents before children. */
  tables(): readonly Table<{ readonly id: number }>[] {
    const all = [
      this.users,
      this.fields,
      this.pipelines,
      this.stages,
      this.activityTypes,
      this.organizations,
      this.relationships,
      this.persons,
      this.deals,
      this.leadLabels,
      this.leads,
      this.activities,
      this.notes,
      this.products,
      this.productVariations,
      this.productImages,
      this.dealProducts,
      this.dealDiscounts,
      this.dealInstallments,
      this.followers,
      this.noteComments,
      this.files,
      this.pictures,
      this.callLogs,
      this.filters,
      this.mailThreads,
      this.mailMessages,
      this.channels,
      this.channelMessages,
      this.providerLinks,
      this.dealParticipants,
      this.webhooks,
      this.roles,
      this.conversions,
      this.boards,
      this.phases,
      this.projectTemplates,
      this.projects,
      this.projectGroups,
      this.tasks,
      this.plannedActivities,
      this.imports,
      this.companies,
      this.currencies,
    ];
    return all as unknown as readonly Table<{ readonly id: number }>[];
  }

  /** The table with this name, if there is one. */
  named(name: string): Table<{ readonly id: number }> | undefined {
    return this.tables().find((table) => table.name === name);
  }

  /** Keeps a new record, or the newer state of one. It is safe after `flush`. */
  keep<T extends { readonly id: number }>(table: Table<T>, record: T, createdMs?: number): T {
    const before = table.get(record.id);
    table.put(record);
    this.history.note(table.name, record, before);
    if (createdMs !== undefined) table.markCreated(record.id, createdMs);
    this.#journal?.append([table.name, record]);
    return record;
  }

  /** Remembers the counters as they are now. */
  keepCounters(): void {
    this.#journal?.append(['#', this.counters]);
  }

  /** The number of the next option. */
  takeOptionId(): number {
    const id = this.counters.nextOptionId;
    this.counters.nextOptionId += 1;
    this.keepCounters();
    return id;
  }

  /** Makes sure that what was kept survives this process. */
  flush(): void {
    this.#journal?.flush();
  }

  /** Reads a state file. False when there is none, or an empty one. */
  load(file: string): boolean {
    let found = false;
    const tables = new Map(this.tables().map((table) => [table.name, table]));
    for (const line of readJournal(file)) {
      found = true;
      const [name, value] = line as [string, { id: number }];
      if (name === '#') Object.assign(this.counters, value);
      else tables.get(name)?.put(value);
    }
    return found;
  }

  /** From now on every change goes to this file, which starts as the state of now. */
  journalTo(file: string): void {
    this.blobs.keepIn(`${file}.files`, this.#usedBlobs());
    this.#journal = new Journal(file);
    this.#journal.rewrite(this.#lines());
  }

  close(): void {
    this.#journal?.close();
  }

  *#lines(): Generator<unknown> {
    yield ['#', this.counters];
    for (const table of this.tables()) for (const record of table.all()) yield [table.name, record];
  }

  #usedBlobs(): ReadonlySet<string> {
    const used = new Set<string>();
    for (const table of this.tables())
      for (const record of table.all()) {
        const { sha256 } = record as { readonly sha256?: string | null };
        if (typeof sha256 === 'string') used.add(sha256);
      }
    return used;
  }

  #countPerson(person: PersonRecord | undefined, step: 1 | -1): void {
    if (!person || person.deletedSec !== null || person.org_id === null) return;
    const count = (this.peopleByOrganization.get(person.org_id) ?? 0) + step;
    this.peopleByOrganization.set(person.org_id, count);
  }

  #indexField(field: FieldRecord): void {
    const codes = this.fieldsByCode.get(field.entity) ?? new Map<string, FieldRecord>();
    if (field.deletedSec === null) codes.set(field.code, field);
    else codes.delete(field.code);
    this.fieldsByCode.set(field.entity, codes);
    this.customCodes.set(
      field.entity,
      [...codes.values()].filter((each) => each.custom).map((each) => each.code),
    );
  }
}

function liveBytes(file: FileRecord | undefined): number {
  return file && file.deletedSec === null ? file.size : 0;
}

function countsAsOpenDeal(deal: DealRecord | undefined): number {
  return deal && deal.deletedSec === null && deal.archivedSec === null ? 1 : 0;
}

function countsAsOpenLead(lead: LeadRecord | undefined): number {
  return lead && lead.deletedSec === null && !lead.is_archived ? 1 : 0;
}

import { Journal, readJournal } from '../kit/journal.ts';
import type {
  ActivityRecord,
  ActivityTypeRecord,
  DealRecord,
  FieldEntity,
  FieldRecord,
  LeadLabelRecord,
  LeadRecord,
  NoteRecord,
  OrganizationRecord,
  PersonRecord,
  PipelineRecord,
  RelationshipRecord,
  StageRecord,
  UserRecord,
} from './records.ts';
import { Table } from './table.ts';

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
  readonly users = new Table<UserRecord>('users');
  readonly fields = new Table<FieldRecord>('fields');
  readonly pipelines = new Table<PipelineRecord>('pipelines');
  readonly stages = new Table<StageRecord>('stages');
  readonly activityTypes = new Table<ActivityTypeRecord>('activityTypes');
  readonly organizations = new Table<OrganizationRecord>('organizations');
  readonly relationships = new Table<RelationshipRecord>('relationships');
  readonly persons = new Table<PersonRecord>('persons');
  readonly deals = new Table<DealRecord>('deals');
  readonly leadLabels = new Table<LeadLabelRecord>('leadLabels');
  readonly leads = new Table<LeadRecord>('leads');
  readonly activities = new Table<ActivityRecord>('activities');
  readonly notes = new Table<NoteRecord>('notes');
  readonly counters: Counters = { ...FRESH };
  /** Leads by their UUID. */
  readonly leadIds = new Map<string, number>();
  /** Live fields by entity and code. */
  readonly fieldsByCode = new Map<FieldEntity, Map<string, FieldRecord>>();
  /** Codes of the live custom fields by entity, oldest first. */
  readonly customCodes = new Map<FieldEntity, readonly string[]>();
  /** How many live persons each organization has. */
  readonly peopleByOrganization = new Map<number, number>();
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
    ];
    return all as unknown as readonly Table<{ readonly id: number }>[];
  }

  /** Keeps a new record, or the newer state of one. It is safe after `flush`. */
  keep<T extends { readonly id: number }>(table: Table<T>, record: T, createdMs?: number): T {
    table.put(record);
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

function countsAsOpenDeal(deal: DealRecord | undefined): number {
  return deal && deal.deletedSec === null && deal.archivedSec === null ? 1 : 0;
}

function countsAsOpenLead(lead: LeadRecord | undefined): number {
  return lead && lead.deletedSec === null && !lead.is_archived ? 1 : 0;
}

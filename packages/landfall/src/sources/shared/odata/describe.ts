import type {
  CatalogIssue,
  Count,
  SourceCatalog,
  SourceEntity,
  SourceField,
  SourcePipeline,
  SourceRecord,
  SourceValue,
} from '../../../model/source.ts';
import { isSensitiveHeader } from '../export-files/sensitive.ts';
import { ValueTally } from '../value-tally.ts';
import type { Account } from './account.ts';
import { unreadableIssue } from './directory.ts';
import { type PlannedField, plannedFields } from './field-plan.ts';
import { leftIssues } from './left-behind.ts';
import { madeRuleOf } from './made-table.ts';
import { standardEntity } from './odata-catalog.ts';
import type { Part } from './partition.ts';
import type { ReadTable, Table } from './table.ts';

/** Of tables that are too large to be looked at whole, so many times fewer rows are looked at. */
const sampleShare = 4;
/** Tables that are looked at beside each other. */
const tablesAtOnce = 4;
/** Values of one field that parents are counted by, at most: a table read whole has no more rows. */
const mostParents = 50_000;

/** Reads what there is: tables with exact counts, fields with what they hold, pipelines, owners, and what looks wrong. */
export async function describeAccount(account: Account, signal: AbortSignal): Promise<SourceCatalog> {
  account.forget();
  const [taken, directory, processes] = await Promise.all([
    account.taken(signal),
    account.directory(signal),
    account.processes(signal),
  ]);
  const issues: CatalogIssue[] = [...directory.issues, ...processes.issues, ...untrackedIssue(taken)];
  const entities: (SourceEntity | null)[] = taken.map(() => null);
  const waiting = [...taken.entries()];
  const sampled: string[] = [];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      entities[next[0]] = await describedOrIssue(account, next[1], { issues, sampled }, signal);
  };
  await Promise.all(Array.from({ length: tablesAtOnce }, work));
  const found = withinCatalog(
    entities.filter((entity) => entity !== null).filter((entity) => isThere(account, entity)),
  );
  issues.push(
    ...sampledIssue(account, sampled),
    ...madeIssues(account, found),
    ...(await leftIssues(account, found, signal)),
  );
  return {
    system: account.catalog.system,
    entities: found,
    issues: issues.toSorted((left, right) => (left.at < right.at ? -1 : left.at > right.at ? 1 : 0)),
    pipelines: [
      ...processes.pipelines,
      ...choicePipelines(account, found, await readTablesOf(account, found, signal)),
    ],
    owners: [...directory.people.values()]
      .map(({ owner, kind, active }) => ({ owner, kind, active }))
      .sort((left, right) => (left.owner < right.owner ? -1 : 1)),
  };
}

/** Nobody misses records that would have been made, had there been any need. */
function isThere({ catalog }: Account, { name, count }: SourceEntity): boolean {
  return count.value > 0 || standardEntity(catalog, name)?.made === undefined;
}

/** References lead to what the catalog has: users, and tables that may not be read, are not in it. */
function withinCatalog(entities: readonly SourceEntity[]): readonly SourceEntity[] {
  const known = new Set(entities.map(({ name }) => name));
  return entities.map((entity) => ({
    ...entity,
    fields: entity.fields.map(({ references, ...field }) => {
      const within = (references ?? []).filter((name) => known.has(name));
      return within.length === 0 ? field : { ...field, references: within };
    }),
  }));
}

async function readTablesOf(
  account: Account,
  entities: readonly SourceEntity[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadTable>> {
  const tables = await Promise.all(entities.map(({ name }) => account.table(name, signal)));
  return new Map(tables.map((table) => [table.name, table]));
}

/** Where no process runs, a choice is the stage: its options are a pipeline, when records need it. */
function choicePipelines(
  account: Account,
  entities: readonly SourceEntity[],
  tables: ReadonlyMap<string, ReadTable>,
): readonly SourcePipeline[] {
  return account.catalog.entities.flatMap(({ name, stage }) => {
    if (stage === undefined) return [];
    const process = entities
      .find((entity) => entity.name === name)
      ?.fields.find(({ standard }) => standard === 'Process');
    if (!process?.values.some(({ value }) => value === stage.pipeline)) return [];
    const options = tables.get(name)?.attributes.find((attribute) => attribute.name === stage.field)?.options;
    const stages = [...(options?.values() ?? [])].map((option) => ({
      name: option,
      probability: null,
      outcome: 'open' as const,
    }));
    return stages.length === 0 ? [] : [{ name: stage.pipeline, stages }];
  });
}

/** What is to be said of tables. */
interface Remarks {
  readonly issues: CatalogIssue[];
  /** Tables that were not looked at whole. */
  readonly sampled: string[];
}

async function describedOrIssue(
  account: Account,
  table: Table,
  remarks: Remarks,
  signal: AbortSignal,
): Promise<SourceEntity | null> {
  try {
    return await describeTable(account, await account.table(table.name, signal), remarks, signal);
  } catch (error) {
    remarks.issues.push(unreadableIssue(table.name, error));
    return null;
  }
}

async function describeTable(
  account: Account,
  table: ReadTable,
  { issues, sampled }: Remarks,
  signal: AbortSignal,
): Promise<SourceEntity> {
  const { wholeRows } = account.settings;
  const parts = await account.parts(table, signal);
  const exact = sumOf(parts);
  const mostRows = (exact ?? 0) > wholeRows ? wholeRows / sampleShare : Number.POSITIVE_INFINITY;
  const activities = (await account.taken(signal)).filter(({ isActivity }) => isActivity);
  const plan = plannedFields(table, account.catalog, activities);
  const looks = plan.map((field) => new FieldLook(field));
  let rows = 0;
  for await (const page of account.pages(table, null, signal)) {
    rows += page.records.length + page.rejects.length;
    for (const record of page.records) for (const look of looks) look.add(record);
    if (rows >= mostRows) break;
  }
  // a table that was read whole is counted by that: rows may have come since the parts were
  const isWhole = rows < mostRows;
  const count: Count = { value: isWhole ? rows : (exact ?? rows), exact: true };
  if (isWhole && exact !== null && rows < exact) issues.push(fewerIssue(table.name, rows, exact));
  if (count.value > rows) sampled.push(`${table.name} (${counted(rows)} of ${counted(count.value)} rows)`);
  return {
    name: table.name,
    label: table.standard?.label ?? table.label,
    custom: table.custom,
    count,
    origin: [`${account.service.address}/${table.set}`],
    fields: looks
      .filter((look) => look.isWorthTelling(rows >= count.value))
      .map((look) => look.field(rows, count.value)),
  };
}

/** Rows that were counted and did not come: gone meanwhile, or left out by the service's pages. */
function fewerIssue(at: string, rows: number, exact: number): CatalogIssue {
  return {
    code: 'count-differs',
    severity: 'high',
    at,
    message: `${at}: the service counts ${counted(exact)} rows, ${counted(rows)} could be read.`,
    hint: 'Somebody may have worked in the source meanwhile: discover again. When it stays, ask who runs the service: its pages leave rows out.',
  };
}

/** Tables without deletions in a delta, in one issue; links have no changes of their own. */
function untrackedIssue(taken: readonly Table[]): readonly CatalogIssue[] {
  const names = taken
    .filter((table) => !table.tracking && table.sides === null && madeRuleOf(table) === null)
    .map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    {
      code: 'tracking-off',
      severity: 'low',
      at: names.join(', '),
      message: `Changes of ${names.length} tables are not tracked: a later run sees their changed records, and must compare all of them to see deleted ones.`,
      hint: 'Turn on "Track changes" for these tables before the move, or let the delta compare.',
    },
  ];
}

/** What is told of values in large tables is an estimate; their counts of rows are not. */
function sampledIssue({ settings }: Account, sampled: readonly string[]): readonly CatalogIssue[] {
  if (sampled.length === 0) return [];
  const at = sampled.toSorted().join(', ');
  return [
    {
      code: 'looked-at-by-sample',
      severity: 'low',
      at,
      message: `${sampled.length === 1 ? 'One table has' : `${counted(sampled.length)} tables have`} more than ${counted(settings.wholeRows)} rows: how often their fields are filled and with what is told from a sample. How many rows they have is exact, and every row moves and is checked.`,
      hint: 'To have them looked at whole, raise `source.limits.wholeRows` in landfall.yaml and discover again.',
    },
  ];
}

/** Records that the source does not have as such are said, so that nobody looks for them there. */
function madeIssues({ catalog }: Account, found: readonly SourceEntity[]): readonly CatalogIssue[] {
  return catalog.entities.flatMap(({ name, made }) => {
    const entity = found.find((one) => one.name === name);
    if (made === undefined || entity === undefined || entity.count.value === 0) return [];
    return [
      {
        code: 'records-made',
        severity: 'low',
        at: name,
        message: `${counted(entity.count.value)} records of "${entity.label}" are made, not read: they are what lines of ${made.lines.table} hold where the members have no lines of their own. Quantities multiply, list prices are scaled to the price of the line, the remainder is on the last one.`,
        hint: `Nothing needs to be done. To have lines of your own, add them in the source, or leave "${name}" out of the mapping.`,
      },
    ];
  });
}

/** Null: not every part was counted. */
function sumOf(parts: readonly Part[] | null): number | null {
  if (parts === null) return null;
  return parts.reduce<number | null>(
    (sum, { rows }) => (sum === null || rows === null ? null : sum + rows),
    0,
  );
}

/** Dates are printed in one form, so nothing has to be guessed. */
const isoFormats = { date: 'yyyy-MM-dd', dateTime: 'iso' } as const;

/** Types whose values are nothing to choose from. */
const unlisted: ReadonlySet<SourceField['type']> = new Set(['id', 'reference', 'longText', 'html', 'file']);

/** What one field holds. */
class FieldLook {
  readonly #plan: PlannedField;
  readonly #tally = new ValueTally();
  readonly #parents: Map<string, number> | null;

  constructor(plan: PlannedField) {
    this.#plan = plan;
    this.#parents = plan.references.length > 0 ? new Map() : null;
  }

  add({ fields }: SourceRecord): void {
    const value = fields[this.#plan.name];
    if (value === undefined) return;
    const texts: readonly SourceValue[] = Array.isArray(value) ? value : [value];
    if (texts.length === 0) return;
    for (const text of texts) this.#tally.add(String(text));
    if (texts.length > 1) this.#tally.filled -= texts.length - 1;
    if (this.#parents !== null && this.#parents.size < mostParents)
      this.#parents.set(String(value), (this.#parents.get(String(value)) ?? 0) + 1);
  }

  /** A default field that nobody uses says nothing; custom fields and those we know are told even when empty. */
  isWorthTelling(isWhole: boolean): boolean {
    const { custom, standard } = this.#plan;
    return custom || standard !== null || !isWhole || this.#tally.filled > 0;
  }

  field(looked: number, count: number): SourceField {
    const { name, standard, label, type, references, beside } = this.#plan;
    const { filled, distinct } = this.#tally;
    const isWhole = looked >= count;
    const share = looked === 0 ? 0 : filled / looked;
    const evidence = isWhole
      ? `the metadata; ${counted(filled)} of ${counted(count)} filled`
      : `the metadata; about, from a sample of ${counted(looked)} of ${counted(count)} records`;
    return {
      name,
      standard,
      label,
      type,
      evidence,
      filled: isWhole ? filled : Math.round(share * count),
      distinct,
      samples: this.#tally.samples(),
      values: unlisted.has(type) ? [] : this.#tally.top(),
      format: type === 'date' || type === 'dateTime' ? isoFormats[type] : null,
      formats: [],
      sensitive: isSensitiveHeader(name) || isSensitiveHeader(label),
      ...(beside === null ? {} : { beside }),
      ...(references.length === 0 ? {} : { references }),
      ...(isWhole && this.#parents !== null && this.#parents.size > 0
        ? { mostForOne: Math.max(...this.#parents.values()) }
        : {}),
    };
  }
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}

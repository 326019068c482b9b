import type { TableIssue, TableRow } from '../../../files/table.ts';
import { idKey } from '../../../mapping/key.ts';
import type { CatalogIssue, SourceCatalog, SourceEntity } from '../../../model/source.ts';
import { describeAids } from './aid-tables.ts';
import { FileCount } from './attached-files.ts';
import { CalculatedFields } from './calculated-fields.ts';
import { ColumnProfile } from './column-profile.ts';
import { compareLists } from './compare-lists.ts';
import { duplicateIssue, fieldIssues, spanIssue } from './completeness.ts';
import { type ExportCatalog, fieldOf } from './export-catalog.ts';
import { fieldReport } from './field-report.ts';
import { fileReadings } from './file-readings.ts';
import { IssueTally } from './issue-tally.ts';
import { KeySet } from './key-set.ts';
import type { KnownEntity, KnownTable, OpenedExport } from './known-table.ts';
import { ReferenceCheck } from './reference-check.ts';
import { cellReader } from './row-cells.ts';
import { absentFields, scaleIssues } from './scale-check.ts';
import { tableIssues } from './table-issues.ts';

interface Counted {
  rows: number;
  rejected: number;
}

/** Reads every table once, in the catalog's order, and says what there is: exact counts, fields, and what looks wrong. */
export async function describeExport(
  catalog: ExportCatalog,
  opened: OpenedExport,
  signal: AbortSignal,
): Promise<SourceCatalog> {
  const references = new ReferenceCheck();
  const issues: CatalogIssue[] = [...tableIssues(catalog, opened)];
  const entities: SourceEntity[] = [];
  for (const known of opened.entities) {
    const described = await describeEntity(known, references, signal);
    if (known.entity.aid !== true) entities.push(described.entity);
    issues.push(...described.issues);
  }
  const aids = await describeAids(catalog, opened, signal);
  issues.push(
    ...references.issues(),
    ...aids.issues,
    ...scaleIssues(catalog.scale ?? [], entities),
    ...(await compareLists(catalog.compare ?? [], opened, signal)),
  );
  const files = fileReadings(opened);
  return {
    system: catalog.system,
    entities,
    ...(files.length === 0 ? {} : { files }),
    issues: bySeverity(issues),
    ...(aids.pipelines === undefined ? {} : { pipelines: aids.pipelines }),
    ...(aids.owners === undefined ? {} : { owners: aids.owners }),
  };
}

async function describeEntity(
  known: KnownEntity,
  references: ReferenceCheck,
  signal: AbortSignal,
): Promise<{ entity: SourceEntity; issues: CatalogIssue[] }> {
  const { entity } = known;
  const profiles = new Map(known.columns.map(({ name }) => [name, new ColumnProfile()] as const));
  const ids = new IdCount(known, references);
  const tally = new IssueTally();
  const counted: Counted = { rows: 0, rejected: 0 };
  const calculated = new CalculatedFields();
  const files = new FileCount(entity.name);
  for (const table of known.tables) {
    await readTable(table, {
      ...{ profiles, ids, references, tally, counted, calculated, files, signal },
      columns: known.columns.map(({ name }) => name),
    });
  }
  const fields = known.columns.map(({ name, standard }) => {
    const field = standard === null ? null : (fieldOf(entity, standard) ?? null);
    return {
      profile: profiles.get(name) as ColumnProfile,
      report: fieldReport(name, field, profiles.get(name) as ColumnProfile),
    };
  });
  const issues = [...tally.issues()];
  if (entity.aid !== true) {
    issues.push(
      ...duplicateIssue(known, ids.duplicates, ids.missing, ids.hasColumn),
      ...fields.flatMap(({ report, profile }) => fieldIssues(known, report, profile)),
      ...absentFields(
        entity,
        known.columns.map(({ standard }) => standard),
      ),
      ...calculated.issues(
        entity.name,
        fields.map(({ report }) => report),
      ),
      ...files.issues(),
      ...spanIssue(known, fields),
    );
  }
  return {
    entity: {
      name: entity.name,
      label: entity.label,
      custom: entity.custom === true,
      count: { value: counted.rows + counted.rejected, exact: true },
      origin: known.tables.map(({ title }) => title),
      fields: fields.map(({ report }) => report),
    },
    issues,
  };
}

interface Reading {
  readonly profiles: ReadonlyMap<string, ColumnProfile>;
  readonly ids: IdCount;
  readonly references: ReferenceCheck;
  readonly tally: IssueTally;
  readonly counted: Counted;
  readonly calculated: CalculatedFields;
  readonly files: FileCount;
  /** All columns of the entity, by their names in records. */
  readonly columns: readonly string[];
  readonly signal: AbortSignal;
}

async function readTable(known: KnownTable, reading: Reading): Promise<void> {
  const { counted, tally, signal } = reading;
  const columns = known.names.map((name) => reading.profiles.get(name) as ColumnProfile);
  const checkIds = reading.ids.forTable(known);
  const checkReferences = reading.references.forTable(known);
  const places = reading.columns.map((name) => known.names.indexOf(name));
  const cellOf = cellReader(known);
  const namesFiles = known.recognised.entity.filePath !== undefined;
  const onIssue = (issue: TableIssue) => {
    if (issue.effect === 'row-rejected') counted.rejected += 1;
    tally.add(issue);
  };
  for (const issue of known.table.issues) tally.add(issue);
  for await (const rows of known.table.rows({ onIssue, signal })) {
    counted.rows += rows.length;
    for (const row of rows) {
      for (let at = 0; at < columns.length; at += 1) columns[at]?.add(row.cells[at] ?? '');
      checkIds(row);
      checkReferences(row);
      if (!reading.calculated.isFull) reading.calculated.add(places.map((at) => row.cells[at] ?? ''));
      if (namesFiles) reading.files.add(cellOf(row), `${known.title}:${row.line}`);
    }
  }
}

/** Counts ids that stand twice and records without one, and tells the ids to those who look for them. */
class IdCount {
  duplicates = 0;
  missing = 0;
  hasColumn = false;
  readonly #seen = new KeySet();
  /** Its own ids, and the others it is found by (a number beside the id). */
  readonly #named = new KeySet();

  constructor(known: KnownEntity, references: ReferenceCheck) {
    references.provide(known.entity.name, this.#named);
  }

  forTable({ recognised }: KnownTable): (row: TableRow) => void {
    const { id: ownId, lookups } = recognised.entity;
    const column = recognised.standards.indexOf(ownId);
    const others = lookups
      .flatMap(({ kind, from }) => (kind === 'id' ? from : []))
      .map((name) => recognised.standards.indexOf(name))
      .filter((at) => at !== -1 && at !== column);
    if (column !== -1) this.hasColumn = true;
    return ({ cells }) => {
      for (const at of others) this.#name(cells[at] ?? '');
      if (column === -1) return;
      this.#name(cells[column] ?? '');
      const id = idKey(cells[column] ?? '');
      if (id === null) this.missing += 1;
      else if (!this.#seen.add(id)) this.duplicates += 1;
    };
  }

  #name(text: string): void {
    const id = idKey(text);
    if (id !== null) this.#named.add(id);
  }
}

const severities = ['high', 'medium', 'low'] as const;

function bySeverity(issues: readonly CatalogIssue[]): CatalogIssue[] {
  return severities.flatMap((severity) => issues.filter((issue) => issue.severity === severity));
}

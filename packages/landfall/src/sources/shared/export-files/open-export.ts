import { resolve } from 'node:path';
import { type OpenOverrides, openTables } from '../../../files/open-tables.ts';
import type { OpenedTables, TableFile, TableIssue, TableOverrides } from '../../../files/table.ts';
import { MigrationError } from '../../../model/error.ts';
import { wrongSettings } from '../settings.ts';
import { fileColumns, pathsNamed } from './attached-files.ts';
import { CompaniesAndPersons } from './company-or-person.ts';
import { type ExportConfiguration, leftOutEntity, type TableOverride } from './configuration.ts';
import type { ExportCatalog, ExportEntity } from './export-catalog.ts';
import { withColumns } from './extra-columns.ts';
import type { FileFolder } from './file-folder.ts';
import type { KnownEntity, KnownTable, OpenedExport } from './known-table.ts';
import { LookedUp } from './looked-up.ts';
import { type RecognisedTable, recognise, type UnknownTable } from './recognise.ts';

/**
 * Opens the tables of an export, and those in the folder of its files, and tells what each is. Throws `MigrationError`: `path-missing`, `path-forbidden`,
 * `nothing-to-read`, `file-unreadable` (no table at all), `headers-unknown` (none is recognised, with the headers seen),
 * `configuration-wrong` (an override names a file that is not there).
 */
export async function openExport(
  catalog: ExportCatalog,
  configuration: ExportConfiguration,
  folder: FileFolder | null = null,
): Promise<OpenedExport> {
  return assembled(catalog, await findTables(catalog, configuration), folder);
}

/** Tables by what they hold, each as it stands in its file. */
export interface FoundTables extends Omit<OpenedExport, 'entities'> {
  readonly known: readonly KnownTable[];
}

/** Opens the tables of an export and tells what each is. Throws as `openExport` does. */
export async function findTables(
  catalog: ExportCatalog,
  configuration: ExportConfiguration,
): Promise<FoundTables> {
  const opened = await openAll(configuration);
  const found: {
    readonly known: KnownTable[];
    readonly unknown: OpenedExport['unknown'][number][];
    readonly leftOut: string[];
  } = { known: [], unknown: [], leftOut: [] };
  for (const table of opened.tables) {
    const override = overrideFor(configuration, table);
    if (override?.entity === leftOutEntity) {
      found.leftOut.push(titleOf(table));
      continue;
    }
    const verdict = await verdictOn(catalog, table, override);
    if ('reason' in verdict) found.unknown.push({ title: titleOf(table), table, why: verdict });
    else found.known.push({ table, title: titleOf(table), recognised: verdict, names: table.header });
  }
  // Tables beside the files are no export by themselves.
  const own = found.known.filter(({ table }) => !opened.beside.includes(table));
  requireSomething(catalog, configuration, opened.refused, { ...found, known: own });
  const names = [...opened.tables.map(({ name }) => name), ...opened.refused.map(({ file }) => file)];
  requireOverridden(configuration, names);
  requireColumns(configuration, opened.tables);
  return { ...found, refused: opened.refused, ignored: opened.ignored };
}

/** The tables by entity, with the columns that are made of others: whatever table they come from. */
export function assembled(
  catalog: ExportCatalog,
  { known, ...rest }: FoundTables,
  folder: FileFolder | null,
): OpenedExport {
  return { entities: withMadeColumns(catalog, known, folder), ...rest };
}

/** The tables of the export and, when its files lie elsewhere, those beside the files: they say what each file is. */
async function openAll(
  configuration: ExportConfiguration,
): Promise<OpenedTables & { readonly beside: readonly TableFile[] }> {
  const opened = await openTables(configuration.export, overridesOf(configuration));
  if (configuration.files === undefined || configuration.files === configuration.export)
    return { ...opened, beside: [] };
  const beside = await openTables(configuration.files, overridesOf(configuration)).catch(orNothing);
  // What lies beside those tables are the files themselves.
  return {
    tables: [...opened.tables, ...beside.tables],
    refused: [...opened.refused.filter((issue) => !isBesideFolder(configuration, issue)), ...beside.refused],
    ignored: opened.ignored,
    beside: beside.tables,
  };
}

/** The folder of the files, told as one that is not read: its tables are. */
function isBesideFolder(configuration: ExportConfiguration, { code, file }: TableIssue): boolean {
  return (
    code === 'tables-below' && resolve(configuration.export, file) === resolve(configuration.files ?? '')
  );
}

function orNothing(trouble: unknown): OpenedTables {
  if (trouble instanceof MigrationError && trouble.code === 'nothing-to-read')
    return { tables: [], refused: [], ignored: [] };
  throw trouble;
}

/** Files first, then what tables say about each other: a table may be looked up in as it will be read. */
function withMadeColumns(
  catalog: ExportCatalog,
  found: readonly KnownTable[],
  folder: FileFolder | null,
): KnownEntity[] {
  const group = (tables: readonly KnownTable[]) =>
    catalog.entities
      .map((entity) =>
        knownEntity(
          entity,
          tables.filter(({ recognised }) => recognised.entity === entity),
        ),
      )
      .filter(({ tables: own }) => own.length > 0);
  const kinds = new CompaniesAndPersons(found);
  const all = () => pathsNamed(found);
  const withFiles = found.map((known) =>
    withColumns(withColumns(known, fileColumns(known, folder, all)), kinds.columnsFor(known)),
  );
  const lookedUp = new LookedUp(group(withFiles));
  return group(withFiles.map((known) => withColumns(known, lookedUp.columnsFor(known))));
}

/** Rows looked at to see whether a table lists the columns of others. */
const peekedRows = 50;
/** A row with so many names of one entity's fields is no record but another header. */
const headerNames = 4;

async function verdictOn(
  catalog: ExportCatalog,
  table: TableFile,
  override: TableOverride | undefined,
): Promise<RecognisedTable | UnknownTable> {
  const verdict = recognise(catalog, titleOf(table), table.header, override);
  if ('reason' in verdict || override?.entity !== undefined) return verdict;
  const other = await secondHeader(catalog, table);
  if (other === null) return verdict;
  const reason = `line ${other.line} is a header again (${other.entity}), so it holds several tables or describes them`;
  return { reason, nearest: verdict.entity.name };
}

/** The first row that reads like the header of an entity: a data dictionary, or tables stacked in one file. */
async function secondHeader(
  catalog: ExportCatalog,
  table: TableFile,
): Promise<{ readonly line: number; readonly entity: string } | null> {
  for await (const rows of table.rows({ batchRows: peekedRows })) {
    for (const { line, cells } of rows) {
      const names = cells.filter((cell) => cell !== '' && cell.length < 60);
      const found = names.length < headerNames ? null : recognise(catalog, '', names);
      if (
        found !== null &&
        'entity' in found &&
        found.standards.filter((name) => name !== null).length >= headerNames
      ) {
        return { line, entity: found.entity.name };
      }
    }
    return null;
  }
  return null;
}

function overridesOf({ tables }: ExportConfiguration): OpenOverrides {
  return { files: Object.fromEntries(tables.map((override) => [override.file, readingOf(override)])) };
}

function readingOf({ encoding, delimiter, headerRow }: TableOverride): TableOverrides {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(headerRow === undefined ? {} : { headerLine: headerRow }),
  };
}

function overrideFor({ tables }: ExportConfiguration, table: TableFile): TableOverride | undefined {
  return tables.find(
    ({ file, sheet }) => file === table.name && (sheet === undefined || sheet === table.sheet),
  );
}

function titleOf(table: TableFile): string {
  return table.sheet === undefined ? table.name : `${table.name}#${table.sheet}`;
}

function requireOverridden({ tables }: ExportConfiguration, names: readonly string[]): void {
  const lost = tables.find(({ file }) => !names.includes(file));
  if (lost === undefined) return;
  throw new MigrationError(
    'configuration-wrong',
    `source.tables names ${lost.file}, but the export holds ${names.join(', ')}.`,
    { at: 'landfall.yaml', hint: 'Mend the file name in landfall.yaml (source.tables).' },
  );
}

/** A column that is said to be something must stand in the file: a name that is spelt wrongly would change nothing. */
function requireColumns(configuration: ExportConfiguration, tables: readonly TableFile[]): void {
  const faults = configuration.tables.flatMap((override, at) => {
    const own = tables.filter((table) => overrideFor(configuration, table) === override);
    const lost = Object.keys(override.columns ?? {}).filter(
      (name) => !own.some(({ header }) => header.includes(name)),
    );
    return own.length === 0 || lost.length === 0
      ? []
      : [
          `source.tables[${at}].columns (${override.file}): there is no column ${lost.join(', ')}; there are ${shortList(own[0]?.header ?? [])}`,
        ];
  });
  if (faults.length > 0) throw wrongSettings(faults);
}

function requireSomething(
  catalog: ExportCatalog,
  configuration: ExportConfiguration,
  refused: readonly TableIssue[],
  {
    known,
    unknown,
    leftOut,
  }: Pick<OpenedExport, 'unknown' | 'leftOut'> & { readonly known: readonly unknown[] },
): void {
  if (known.length > 0) return;
  const at = configuration.export;
  if (unknown.length + leftOut.length === 0) {
    const reasons = refused.map(({ message, hint }) => `${message} ${hint}`).join('\n');
    throw new MigrationError('file-unreadable', `No table could be read at ${at}.\n${reasons}`, { at });
  }
  const seen = unknown.map(
    ({ title, table, why }) => `  ${title}: ${shortList(table.header)} (${why.reason})`,
  );
  const wanted = catalog.entities.map((entity) => `  ${entity.name}: ${expectedOf(entity)}`);
  const lines = ['Headers found:', ...seen, 'Expected, under these or similar names:', ...wanted];
  const message = `No table of ${catalog.label} was recognised at ${at}.\n${lines.join('\n')}`;
  throw new MigrationError('headers-unknown', message, { at });
}

function expectedOf(entity: ExportEntity): string {
  return entity.requires.map((names) => names.join(' or ')).join(', and ');
}

function shortList(header: readonly string[]): string {
  const shown = header.slice(0, 12).map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  return header.length > 12 ? `${shown.join(', ')}, ... (${header.length} columns)` : shown.join(', ');
}

function knownEntity(entity: ExportEntity, tables: readonly KnownTable[]): KnownEntity {
  const nameOfStandard = new Map<string, string>();
  const columns = new Map<string, { readonly name: string; readonly standard: string | null }>();
  const named = tables.map((known) => {
    const names = commonNames(known, nameOfStandard);
    names.forEach((name, at) => {
      const standard = known.recognised.standards[at] ?? null;
      if (!columns.has(name)) columns.set(name, { name, standard });
    });
    return { ...known, names };
  });
  return { entity, tables: named, columns: [...columns.values()] };
}

/** A standard field keeps the header of the first table that has it, unless this table uses that header otherwise. */
function commonNames(known: KnownTable, nameOfStandard: Map<string, string>): string[] {
  const own = known.table.header;
  return own.map((header, at) => {
    const standard = known.recognised.standards[at] ?? null;
    if (standard === null) return header;
    const common = nameOfStandard.get(standard);
    if (common === undefined) nameOfStandard.set(standard, header);
    return common === undefined || own.includes(common) ? header : common;
  });
}

import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { counted } from '../base/counted.ts';
import { MigrationError } from '../model/error.ts';
import { type ByteSource, fileSource, headOf } from './byte-source.ts';
import { openCsv } from './csv-table.ts';
import { kindOf } from './file-kind.ts';
import { pathTrouble } from './path-trouble.ts';
import {
  defaultLimits,
  issue,
  type OpenedTables,
  RefusedFile,
  refuse,
  type TableFile,
  type TableIssue,
  type TableOverrides,
} from './table.ts';
import { openXlsx } from './xlsx-table.ts';
import { entrySources } from './zip-archive.ts';

/** Overrides for all files, and for single ones by their name. */
export interface OpenOverrides extends TableOverrides {
  readonly files?: Readonly<Record<string, TableOverrides>>;
}

/** Names that are taken for tables; other files of a folder are only listed. */
const tableName = /\.(?:csv|tsv|tab|txt|xlsx|xlsm|xls|zip)$/i;
/** Files the system or an office program leaves behind. */
const litter = /^(?:\.|~\$|__MACOSX|Thumbs\.db$|desktop\.ini$)/i;
/** Names of tables in folders below: a text file there is seldom one. */
const tableBelow = /\.(?:csv|tsv|tab|xlsx|xlsm|xls|zip)$/i;
/** Zip-based documents that are not .xlsx. */
const otherOffice = /\.(?:ods|odt|xlsb|numbers|docx|pptx)$/i;
/** Bytes that tell what a file is. */
const kindBytes = 4_096;

interface Collected {
  readonly tables: TableFile[];
  readonly refused: TableIssue[];
  readonly ignored: string[];
}

/**
 * Opens the tables at `path`: a folder (not its subfolders), a zip archive, a CSV/TSV/TXT or a workbook. Tables come
 * sorted by name; a table in an archive is named by its entry, in an archive of a folder by `archive.zip/entry`. A file that cannot be read is in `refused`. Throws `MigrationError` when the path is missing
 * (`path-missing`), may not be read (`path-forbidden`), or holds nothing (`nothing-to-read`).
 */
export async function openTables(path: string, overrides: OpenOverrides = {}): Promise<OpenedTables> {
  const collected: Collected = { tables: [], refused: [], ignored: [] };
  if (await isFolder(path)) await openFolder(path, overrides, collected);
  else await openFile(path, basename(path), overrides, collected);
  const tables = collected.tables.map(guarded);
  tables.sort((one, other) => byName(one.name, other.name));
  return { ...collected, tables };
}

/** A file that can no longer be read while its rows are read stops the run; nothing is left out in silence. */
function guarded(table: TableFile): TableFile {
  return {
    ...table,
    async *rows(options) {
      try {
        yield* table.rows(options);
      } catch (trouble) {
        if (!(trouble instanceof RefusedFile)) throw trouble;
        const { message, hint, file, line } = trouble.issue;
        throw new MigrationError('file-unreadable', message, {
          hint,
          at: line > 0 ? `${file}:${line}` : file,
          cause: trouble,
        });
      }
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (cause) {
    throw pathTrouble(cause, path);
  }
}

/** The same on every machine, unlike the locale's order. */
function byName(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

async function openFolder(path: string, overrides: OpenOverrides, collected: Collected): Promise<void> {
  const { names, folders } = await namesIn(path);
  for (const folder of folders) await tellTablesBelow(path, folder, collected);
  for (const name of names) {
    if (tableName.test(name)) await openFile(join(path, name), name, overrides, collected, `${name}/`);
    else collected.ignored.push(name);
  }
  if (collected.tables.length + collected.refused.length === 0) {
    throw new MigrationError('nothing-to-read', `${path} holds no CSV, TSV, TXT, XLSX or ZIP file.`, {
      at: path,
    });
  }
}

async function namesIn(path: string): Promise<{ readonly names: string[]; readonly folders: string[] }> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    const wanted = entries.filter(({ name }) => !litter.test(name));
    const sorted = (part: typeof entries) => part.map(({ name }) => name).sort(byName);
    return {
      names: sorted(wanted.filter((entry) => !entry.isDirectory())),
      folders: sorted(wanted.filter((entry) => entry.isDirectory())),
    };
  } catch (cause) {
    throw pathTrouble(cause, path);
  }
}

const shownBelow = 5;

/** Tables in a folder of the folder are not read, and never passed over in silence. */
async function tellTablesBelow(path: string, folder: string, collected: Collected): Promise<void> {
  const names = await readdir(join(path, folder)).catch(() => null);
  if (names === null) {
    collected.refused.push(issue('tables-below', folder, 0, `The folder ${folder} may not be looked into.`));
    return;
  }
  const tables = names.filter((name) => tableBelow.test(name) && !litter.test(name)).sort(byName);
  if (tables.length === 0) return;
  const shown = `${tables.slice(0, shownBelow).join(', ')}${tables.length > shownBelow ? ', ...' : ''}`;
  const message = `${counted(tables.length, 'table')} in the folder ${folder} ${tables.length === 1 ? 'is' : 'are'} not read: ${shown}.`;
  collected.refused.push(issue('tables-below', folder, 0, message));
}

async function openFile(
  path: string,
  name: string,
  overrides: OpenOverrides,
  collected: Collected,
  prefix = '',
): Promise<void> {
  await orRefused(collected, async () => {
    const source = await fileSource(path, name);
    const head = await headOf(source, kindBytes);
    if (kindOf(head) === 'zip' && /\.zip$/i.test(name))
      await openArchive(source, overrides, collected, prefix);
    else collected.tables.push(...(await openOne(source, head, overrides, collected)));
  });
}

async function openArchive(
  archive: ByteSource,
  overrides: OpenOverrides,
  collected: Collected,
  prefix: string,
): Promise<void> {
  const { entries, ignored } = await entrySources(
    archive,
    isTableEntry,
    overrides.limits?.unpackedBytes,
    prefix,
  );
  collected.ignored.push(...ignored);
  for (const entry of entries) {
    await orRefused(collected, async () => {
      const head = await headOf(entry, kindBytes);
      collected.tables.push(...(await openOne(entry, head, overrides, collected)));
    });
  }
}

function isTableEntry(name: string): boolean {
  return tableName.test(name) && !name.split('/').some((part) => litter.test(part));
}

async function openOne(
  source: ByteSource,
  head: Buffer,
  overrides: OpenOverrides,
  collected: Collected,
): Promise<TableFile[]> {
  const { files, ...common } = overrides;
  const own = { ...common, ...files?.[source.name] };
  const { fileBytes } = { ...defaultLimits, ...own.limits };
  if (source.sizeBytes > fileBytes) {
    refuse(
      'file-too-large',
      source.name,
      `${source.name} has ${source.sizeBytes} bytes; the limit is ${fileBytes}.`,
    );
  }
  const kind = kindOf(head);
  if (kind === 'empty') refuse('file-empty', source.name, `${source.name} is empty.`);
  if (kind === 'zip') return openPacked(source, own, collected);
  if (kind === 'text') return [await openCsv(source, own)];
  return refuse(kind.refused, source.name, `${source.name} is ${kind.what}.`);
}

async function openPacked(
  source: ByteSource,
  overrides: TableOverrides,
  collected: Collected,
): Promise<TableFile[]> {
  if (/\.zip$/i.test(source.name))
    refuse('archive-nested', source.name, `${source.name} is an archive inside an archive.`);
  if (otherOffice.test(source.name))
    refuse('file-is-other-office', source.name, `${source.name} is another kind of office document.`);
  if (!/\.xls[xm]?$/i.test(source.name))
    refuse('file-is-zip', source.name, `${source.name} is a zip archive.`);
  const { tables, refused, ignored } = await openXlsx(source, overrides);
  collected.ignored.push(...ignored);
  collected.refused.push(...refused);
  return [...tables];
}

async function orRefused(collected: Collected, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (trouble) {
    if (!(trouble instanceof RefusedFile)) throw trouble;
    collected.refused.push(trouble.issue);
  }
}

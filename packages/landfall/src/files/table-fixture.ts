import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ZipFile } from 'yazl';
import type { IssueCode } from './issue-code.ts';
import { type OpenOverrides, openTables } from './open-tables.ts';
import type { OpenedTables, RowOptions, TableFile, TableIssue, TableRow } from './table.ts';

/** For tests of this room only: a folder that is removed when `work` has ended. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'landfall-files-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Everything one path gave. */
export interface ReadAll {
  readonly opened: OpenedTables;
  readonly first: TableFile | undefined;
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  readonly cells: readonly (readonly string[])[];
  readonly issues: readonly TableIssue[];
  readonly codes: readonly IssueCode[];
}

/** Opens `path` and reads all rows of all its tables. */
export async function readAll(
  path: string,
  overrides: OpenOverrides = {},
  options: RowOptions = {},
): Promise<ReadAll> {
  const opened = await openTables(path, overrides);
  const issues: TableIssue[] = [...opened.refused];
  const rows: TableRow[] = [];
  for (const table of opened.tables) {
    issues.push(...table.issues);
    for await (const batch of table.rows({ ...options, onIssue: (one) => issues.push(one) }))
      rows.push(...batch);
  }
  const [first] = opened.tables;
  const codes = issues.map(({ code }) => code);
  return {
    opened,
    first,
    header: first?.header ?? [],
    rows,
    cells: rows.map(({ cells }) => cells),
    issues,
    codes,
  };
}

/** Writes `content` as a file of this name and reads it. */
export function readContent(
  name: string,
  content: string | Uint8Array,
  overrides: OpenOverrides = {},
  options: RowOptions = {},
): Promise<ReadAll> {
  return inFolder(async (folder) => {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return readAll(path, overrides, options);
  });
}

/** A zip archive with these entries, in this order. */
export async function zipOf(entries: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content as string), name);
  zip.end();
  const parts: Buffer[] = [];
  for await (const part of zip.outputStream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const spreadsheetMain = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const officeRelation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook of one sheet with this `sheetData`, shared texts and date style 1. */
export function xlsxOf(
  sheetData: string,
  texts: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const relation = (id: number, type: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${officeRelation}/${type}" Target="${target}"/>`;
  return zipOf({
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': `<Relationships xmlns="${relationships}">${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${spreadsheetMain}" xmlns:r="${officeRelation}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${relationships}">${relation(1, 'worksheet', 'worksheets/sheet1.xml')}${relation(2, 'sharedStrings', 'sharedStrings.xml')}${relation(3, 'styles', 'styles.xml')}</Relationships>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${spreadsheetMain}"><sheetData>${sheetData}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${spreadsheetMain}">${texts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${spreadsheetMain}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>`,
    ...more,
  });
}

/** A folder of the shared test corpora below `shared`, or nothing when this machine has none (the tests then skip). */
export function corpus(
  name: string,
  shared = resolve(import.meta.dirname, '../../../../../shared'),
): string | undefined {
  const path = join(shared, 'corpora', name);
  return existsSync(path) ? path : undefined;
}

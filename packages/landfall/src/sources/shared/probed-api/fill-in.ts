import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TableFile } from '../../../files/table.ts';
import { writeWorkbook } from '../../../files/xlsx-writing.ts';
import type { SourceType } from '../../../model/source.ts';
import type { ExportCatalog, ExportEntity, StandardField } from '../export-files/export-catalog.ts';
import type { KnownTable } from '../export-files/known-table.ts';

/** The name by which a workbook that was filled in by hand is known again. */
export const workbookName = 'fill-in.xlsx';

/** What begins the row that only explains. */
const exampleMark = 'EXAMPLE';

/** What is asked for in a cell, by the type of its field. */
const examples: Readonly<Partial<Record<SourceType, string>>> = {
  id: 'a number of your own: 1001',
  name: 'Nimbus US Limited',
  number: '12',
  money: '$1,234.56',
  currency: 'USD',
  percent: '12.5',
  date: 'MM/DD/YYYY: 03/15/2026',
  dateTime: 'MM/DD/YYYY h:mm AM: 03/15/2026 2:30 PM',
  boolean: 'Yes or No',
  choice: 'the word as your CRM shows it',
  email: 'ada@acme.example',
  phone: '(503) 555-0142',
  url: 'https://acme.example',
  owner: 'Name <e-mail> of the user',
  tags: 'VIP; Reorder',
  file: 'leave empty',
};

/** Writes a workbook with a sheet for each entity: its columns, and one row that says what belongs into them. */
export async function writeFillIn(
  path: string,
  catalog: ExportCatalog,
  entities: readonly string[],
): Promise<void> {
  const wanted = catalog.entities.filter(({ name }) => entities.includes(name));
  mkdirSync(dirname(path), { recursive: true });
  await writeWorkbook(
    path,
    wanted.map((entity) => {
      const fields = entity.fields.filter((field) => isAskedFor(entity, field));
      return {
        name: entity.label,
        header: fields.map(({ name }) => name),
        rows: [fields.map((field, at) => exampleOf(catalog, field, at === 0))],
      };
    }),
  );
}

/** What is made while reading, and ids that only an API has beside the name, nobody can fill in. */
function isAskedFor({ lookedUp = [], kind }: ExportEntity, { name, type }: StandardField): boolean {
  const isMade = kind?.name === name || (type === 'file' && name !== '');
  const isShadow = lookedUp.some(({ from, otherwise }) => from === name && otherwise === 'words');
  const isOnlyLookedUp = lookedUp.some((rule) => rule.name === name && rule.otherwise === 'nothing');
  return !isMade && !isShadow && !isOnlyLookedUp;
}

function exampleOf(catalog: ExportCatalog, field: StandardField, isFirst: boolean): string {
  const leadsTo = catalog.entities.find(({ name }) => name === field.references);
  const words =
    leadsTo !== undefined && field.type === 'reference'
      ? `the ${leadsTo.id} of the sheet ${leadsTo.label}`
      : (examples[field.type] ?? 'text');
  return isFirst ? `${exampleMark}, delete this row: ${words}` : words;
}

/** A sheet of a workbook that was filled in, without the row that only explains. */
export function withoutExample(known: KnownTable): KnownTable {
  return isFillIn(known.table) ? { ...known, table: skipping(known.table) } : known;
}

function isFillIn({ name, kind }: TableFile): boolean {
  return kind === 'xlsx' && name.toLowerCase().endsWith(workbookName);
}

function skipping(table: TableFile): TableFile {
  return {
    ...table,
    async *rows(options) {
      for await (const rows of table.rows(options))
        yield rows.filter(({ cells }) => cells[0]?.startsWith(exampleMark) !== true);
    },
  };
}

import type { CellValue, Sheet } from 'hucre/xlsx';
import type { ImportTable } from './csv.ts';

/** Whether bytes are those of an XLSX file (a ZIP archive). */
export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * Reads the one sheet of an XLSX file; the texts of its cells are trimmed, days and times as ISO. Throws a sentence when
 * it cannot be read, has another sheet that holds something, or a formula (published: one tab, no formulas).
 */
export async function readWorkbook(bytes: Uint8Array, name: string): Promise<ImportTable> {
  // only an import of such a file needs the library
  const { readXlsx } = await import('hucre/xlsx');
  const { sheets } = await readXlsx(bytes).catch((cause: unknown) => {
    throw new Error(`${name} cannot be read as an XLSX file`, { cause });
  });
  const [sheet, ...others] = sheets.filter(({ rows }) => rows.some((row) => row.some(isFilled)));
  if (others.length > 0) throw new Error(`${name} has ${sheets.length} sheets; an import takes one`);
  if (sheet === undefined) return { header: [], rows: [] };
  assertNoFormula(sheet, name);
  const [header = [], ...rows] = sheet.rows.map((row) => row.map(textOf));
  return {
    header,
    rows: rows
      .map((cells, at) => ({ line: at + 2, cells }))
      .filter(({ cells }) => cells.some((cell) => cell !== '')),
  };
}

function assertNoFormula(sheet: Sheet, name: string): void {
  for (const [place, { formula }] of sheet.cells ?? [])
    if (formula !== undefined) {
      const line = Number(place.split(',')[0]) + 1;
      throw new Error(`${name} has a formula in line ${line}; an import takes values only`);
    }
}

function isFilled(value: CellValue): boolean {
  return textOf(value) !== '';
}

function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return timeText(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return String(value).trim();
}

/** A day, a day with its time, or (before Excel's calendar begins) a time alone. */
function timeText(time: Date): string {
  const [day = '', clock = ''] = time.toISOString().slice(0, 19).split('T');
  if (time.getUTCFullYear() < 1900) return clock;
  return clock === '00:00:00' ? day : `${day} ${clock}`;
}

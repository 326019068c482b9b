import { issue, refuse, type TableIssue } from './table.ts';

/** A record of the sample: its cells and the line where it begins. */
export interface SampleRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Which record names the columns, and what follows for the rows. */
export interface HeaderFinding {
  /** Unique, none empty; otherwise exactly as they stand in the file. */
  readonly names: readonly string[];
  /** The cells as they stand, to know the header when it comes again. */
  readonly cells: readonly string[];
  /** 0: no header, names were made up. */
  readonly line: number;
  /** Records before this index of the sample are no data. */
  readonly firstRow: number;
  /** Rows that are too short are filled: this file leaves out empty cells at the end. */
  readonly fillsShort: boolean;
  /** Empty cells beyond the last name are left out: the lines of this file end with a delimiter. */
  readonly dropsExtra: boolean;
  readonly issues: readonly TableIssue[];
}

/** Share of short rows from which they are a habit of the file and no accident. */
const habitShare = 0.1;
/** A header names at least this share of its columns. */
const namedShare = 0.5;

/** How to look for the header. */
export interface HeaderSearch {
  /** Most columns a table may have. */
  readonly columns: number;
  /** The line a person gave; 0: there is none. */
  readonly told?: number | undefined;
  /** Rows end at their last value, as in sheets: a row's width says little. */
  readonly ragged?: boolean;
}

/**
 * Finds the header in the first records of `file`: below title lines, above rows as wide as itself.
 * Throws `RefusedFile` when there is nothing or too many columns.
 */
export function findHeader(
  file: string,
  records: readonly SampleRecord[],
  search: HeaderSearch,
): HeaderFinding {
  const { columns, told } = search;
  const filled = records
    .map((record, index) => ({ ...record, index }))
    .filter(({ cells }) => !isBlank(cells));
  if (filled.length === 0) refuse('file-empty', file, `${file} has no line with a value.`);
  const usual = usualWidth(filled);
  const found = filled.find((one) => couldName(one, usual)) ?? filled[0];
  const chosen = told === undefined ? found : filled.find((one) => one.line === told);
  if (told === 0 || (told === undefined && chosen !== undefined && isData(chosen, filled))) {
    const widest = search.ragged ? Math.max(...filled.map(({ cells }) => lastFilled(cells))) : usual;
    return withoutHeader(file, filled, widest, columns, told === 0);
  }
  if (chosen === undefined) {
    refuse('header-not-found', file, `${file} has no column names in line ${told}.`, told);
  }
  return withHeader(file, chosen, filled, usual, columns);
}

/** Nothing but white space. */
export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

interface Filled extends SampleRecord {
  readonly index: number;
}

/** The most frequent width; of two the larger. */
function usualWidth(records: readonly Filled[]): number {
  const times = new Map<number, number>();
  for (const { cells } of records) times.set(cells.length, (times.get(cells.length) ?? 0) + 1);
  return [...times].reduce((best, one) =>
    one[1] > best[1] || (one[1] === best[1] && one[0] > best[0]) ? one : best,
  )[0];
}

function couldName({ cells }: Filled, usual: number): boolean {
  if (cells.length < Math.max(Math.min(2, usual), Math.ceil(usual * 0.6))) return false;
  const width = lastFilled(cells);
  return (
    cells.filter((cell) => cell.trim() !== '').length >=
    Math.max(width, Math.min(usual, cells.length) * 0.6) * namedShare
  );
}

function lastFilled(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] ?? '').trim() === '') width--;
  return width;
}

const shapes: readonly RegExp[] = [
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:[T ].*)?$/,
  /^[-+]?\d+[.,]\d+$|^\d{5,}$/,
  /^\+\d[\d ()-]{6,}$/,
  /^https?:\/\//,
];

/** It holds values and no names: two of its cells have the shape of a value, as the cells below them have. */
function isData(record: Filled, all: readonly Filled[]): boolean {
  const below = all.find(({ index }) => index > record.index);
  if (below === undefined) return false;
  const same = record.cells.filter((cell, column) =>
    shapes.some((shape) => shape.test(cell.trim()) && shape.test((below.cells[column] ?? '').trim())),
  );
  return same.length >= Math.min(2, record.cells.length);
}

function withoutHeader(
  file: string,
  filled: readonly Filled[],
  usual: number,
  columns: number,
  told: boolean,
): HeaderFinding {
  checkColumns(file, usual, columns, filled[0]?.line ?? 1);
  const issues = told
    ? []
    : [
        issue(
          'header-missing',
          file,
          filled[0]?.line ?? 1,
          `The first line of ${file} looks like data; the columns were named "Column 1" and so on.`,
        ),
      ];
  const names = Array.from({ length: usual }, (_, index) => `Column ${index + 1}`);
  return {
    names,
    cells: [],
    line: 0,
    firstRow: 0,
    fillsShort: fillsShort(filled, usual),
    dropsExtra: dropsExtra(filled, usual),
    issues,
  };
}

function withHeader(
  file: string,
  chosen: Filled,
  filled: readonly Filled[],
  usual: number,
  columns: number,
): HeaderFinding {
  const rows = filled.filter(({ index }) => index > chosen.index);
  const wider = rows.filter(({ cells }) => lastFilled(cells) === usual).length > rows.length / 2 ? usual : 0;
  const named = lastFilled(chosen.cells);
  const valued = Math.max(
    0,
    ...rows.map(({ cells }) =>
      cells.length <= Math.max(chosen.cells.length, wider) ? lastFilled(cells) : 0,
    ),
  );
  const width = Math.max(named, Math.min(valued, Math.max(chosen.cells.length, wider)));
  checkColumns(file, width, columns, chosen.line);
  const issues = trailingIssue(file, chosen, width);
  const above = filled.filter(({ index }) => index < chosen.index).length;
  if (above > 0)
    issues.push(
      issue(
        'lines-before-header',
        file,
        chosen.line,
        `${above} lines stand above the header of ${file} (line ${chosen.line}).`,
      ),
    );
  const names = uniqueNames(file, chosen, width, issues);
  return {
    names,
    cells: chosen.cells,
    line: chosen.line,
    firstRow: chosen.index + 1,
    fillsShort: fillsShort(rows, width),
    dropsExtra: dropsExtra(rows, width),
    issues: fillsShort(rows, width) ? [...issues, shortIssue(file, chosen.line)] : issues,
  };
}

function shortIssue(file: string, line: number): TableIssue {
  return issue(
    'short-rows-filled',
    file,
    line,
    `Many lines of ${file} end before the last column; the missing cells were read as empty.`,
  );
}

function trailingIssue(file: string, { cells, line }: Filled, width: number): TableIssue[] {
  const left = cells.length - width;
  if (left <= 0) return [];
  return [
    issue(
      'trailing-empty-columns',
      file,
      line,
      `${left} columns at the end of ${file} have no name and no value; they were left out.`,
    ),
  ];
}

function fillsShort(rows: readonly Filled[], width: number): boolean {
  const short = rows.filter(({ cells }) => cells.length < width).length;
  return short >= 3 && short >= rows.length * habitShare;
}

/** One extra empty cell in one line may as well be a delimiter too many further left. */
function dropsExtra(rows: readonly Filled[], width: number): boolean {
  const extra = rows.filter(({ cells }) => cells.length > width && lastFilled(cells) <= width).length;
  return extra > 0 && (extra === rows.length || (extra >= 3 && extra >= rows.length * habitShare));
}

function checkColumns(file: string, width: number, limit: number, line: number): void {
  if (width <= limit) return;
  refuse(
    'too-many-columns',
    file,
    `${file} has ${width} columns; the limit is ${limit.toLocaleString('en')}.`,
    line,
  );
}

function uniqueNames(file: string, { cells, line }: Filled, width: number, issues: TableIssue[]): string[] {
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, index) => {
    const cell = cells[index] ?? '';
    if (cell.trim() === '')
      issues.push(issue('header-empty', file, line, `Column ${index + 1} of ${file} has no name.`));
    const wanted = cell.trim() === '' ? `Column ${index + 1}` : cell;
    let name = wanted;
    for (let copy = 2; taken.has(name); copy++) name = `${wanted} (${copy})`;
    if (name !== wanted) {
      issues.push(
        issue(
          'header-duplicate',
          file,
          line,
          `Column ${index + 1} of ${file} is named like another column; it is read as "${name}".`,
        ),
      );
    }
    taken.add(name);
    return name;
  });
}

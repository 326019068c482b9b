import { readDecimal } from '../../../mapping/decimal.ts';
import type { CatalogIssue, SourceField } from '../../../model/source.ts';

/** Columns of numbers looked at together: of more only the first. */
const columnsLimit = 8;
/** A calculation shows in so many rows, nearly all of which fit. */
const leastRows = 10;
const shareNeeded = 0.98;
const rowsLimit = 5_000;
const numberTypes = new Set(['number', 'money', 'percent']);

const formulas = [
  { says: (a: string, b: string) => `${a} × ${b}`, of: (a: number, b: number) => a * b },
  { says: (a: string, b: string) => `${a} × ${b} %`, of: (a: number, b: number) => (a * b) / 100 },
  { says: (a: string, b: string) => `${a} + ${b}`, of: (a: number, b: number) => a + b },
  { says: (a: string, b: string) => `${a} − ${b}`, of: (a: number, b: number) => a - b },
] as const;

/** Looks at the first rows of an entity for numbers that are made of two others (R-01: calculated fields). */
export class CalculatedFields {
  /** Numbers, not cells: a cell would hold on to its file's buffer. */
  readonly #rows: (readonly (number | null)[])[] = [];

  /** No further row is looked at. */
  get isFull(): boolean {
    return this.#rows.length >= rowsLimit;
  }

  /** Takes the cells of one row, in the order of the fields. */
  add(cells: readonly string[]): void {
    if (!this.isFull) this.#rows.push(cells.map(numberOf));
  }

  /** A line for each field that is made of others. `fields` in the order of the cells. */
  issues(entity: string, fields: readonly SourceField[]): CatalogIssue[] {
    const columns = fields
      .map((field, at) => ({ field, at }))
      .filter(({ field }) => numberTypes.has(field.type) && field.filled >= leastRows)
      .slice(0, columnsLimit)
      .map(({ field, at }) => ({ name: field.name, numbers: this.#rows.map((row) => row[at] ?? null) }))
      .filter(({ numbers }) => new Set(numbers).size > 2);
    return columns.flatMap((column) => {
      const found = madeOf(column, columns);
      return found === null ? [] : [issueOf(entity, column.name, found)];
    });
  }
}

interface Column {
  readonly name: string;
  readonly numbers: readonly (number | null)[];
}

function madeOf(column: Column, columns: readonly Column[]): string | null {
  for (const a of columns) {
    for (const b of columns) {
      if (a === column || b === column || a === b) continue;
      const formula = formulas.find(({ of }) => fits(column, a, b, of));
      if (formula !== undefined) return formula.says(a.name, b.name);
    }
  }
  return null;
}

function fits(column: Column, a: Column, b: Column, of: (a: number, b: number) => number): boolean {
  let rows = 0;
  let fitting = 0;
  column.numbers.forEach((value, at) => {
    const one = a.numbers[at] ?? null;
    const other = b.numbers[at] ?? null;
    // Nothing of nothing, or something of one, fits anything.
    if (value === null || one === null || other === null || one === 0 || other === 0 || value === one) return;
    rows += 1;
    if (Math.abs(of(one, other) - value) <= 0.011) fitting += 1;
  });
  return rows >= leastRows && fitting / rows >= shareNeeded;
}

const startsLikeNumber = /^[\s$€£(+-]{0,4}\d/;

function numberOf(text: string): number | null {
  if (text.length > 40 || !startsLikeNumber.test(text)) return null;
  const reading = readDecimal(text.replace(/[^\d.,()+-]/g, ''), '.');
  return reading.ok ? Number(reading.value) : null;
}

function issueOf(entity: string, name: string, made: string): CatalogIssue {
  return {
    code: 'field-calculated',
    severity: 'low',
    at: `${entity}.${name}`,
    message: `${entity}.${name} is calculated: ${made} in nearly every row.`,
    hint: 'Its values move as they stand; the calculation does not. Build a formula field by hand where the plan has them, or leave it out.',
  };
}

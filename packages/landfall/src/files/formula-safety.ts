/**
 * The declared rule for cells of a generated CSV (a workbook needs none: its texts are typed as text):
 * a cell gets an apostrophe in front when, after white space, invisible characters and apostrophes, it begins with
 * `=`, `+`, `-`, `@`, `|` or their full-width forms, or when it begins with a tab or line end. Left as they are:
 * plain numbers and amounts (`-12.50`, `+5`, `-$5.00`, `-3 %`), phone numbers (`+1 555 010 1234`) and single signs.
 */
const dangerous = /^'*(?:[\t\r\n]|['\s\p{Cf}]*[=+\-@|\uFF1D\uFF0B\uFF0D\uFF20\uFF5C])/u;
const number = /^[+-]?\p{Sc}?\d[\d.,' \u00A0]*(?:e[+-]?\d{1,3})?(?: ?(?:%|\p{Sc}))?$/iu;
const phone = /^\+\d[\d ().\-/]*(?:(?:x|ext\.?) ?\d{1,6})?$/i;

/** The cell as it is safe to open in a spreadsheet. `bareCell` takes the guard away again. */
export function guardedCell(cell: string): string {
  return needsGuard(cell) ? `'${cell}` : cell;
}

/** The cell that `guardedCell` was given: exact for every text. */
export function bareCell(cell: string): string {
  return cell.startsWith("'") && needsGuard(cell.slice(1)) ? cell.slice(1) : cell;
}

function needsGuard(cell: string): boolean {
  return cell.length > 1 && dangerous.test(cell) && !number.test(cell) && !phone.test(cell);
}

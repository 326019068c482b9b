/**
 * What an issue does to what is read: the whole file is left out, one row is left out (and counted),
 * one row is read after a repair, a row that holds no data is passed over, or nothing (a person should know).
 */
export type IssueEffect = 'file-refused' | 'row-rejected' | 'row-repaired' | 'row-skipped' | 'warning';

interface IssueRow {
  readonly effect: IssueEffect;
  readonly hint: string;
}

function row(effect: IssueEffect, hint: string): IssueRow {
  return { effect, hint };
}

/** Every trouble a table can have: one row a code, with what it leads to and what a person can do. */
export const issueTable = {
  // the whole file is left out
  'file-empty': row('file-refused', 'Export the table again; this file holds nothing.'),
  'file-missing': row('file-refused', 'The file went away while it was read: put it back.'),
  'file-unreadable': row('file-refused', 'Give this user the right to read the file, or copy it elsewhere.'),
  'file-is-pdf': row('file-refused', 'A PDF holds no table: export as CSV (UTF-8) or XLSX.'),
  'file-is-image': row('file-refused', 'A picture holds no table: export as CSV (UTF-8) or XLSX.'),
  'file-is-html': row(
    'file-refused',
    'This is a web page (perhaps a sign-in page, or an "Excel" export that is HTML): export as CSV or XLSX.',
  ),
  'file-is-markup': row('file-refused', 'This is XML, JSON or RTF, not a table: export as CSV or XLSX.'),
  'file-is-zip': row('file-refused', 'This is a zip archive: rename it to .zip, or unpack it.'),
  'file-is-compressed': row('file-refused', 'Unpack the file (gzip, 7z, rar) and try again.'),
  'file-is-old-excel': row(
    'file-refused',
    'This is an old Excel (.xls) or password-protected workbook: save it as .xlsx without a password.',
  ),
  'file-is-other-office': row('file-refused', 'Save the table as .xlsx or as CSV (UTF-8).'),
  'file-is-binary': row('file-refused', 'This is not text: export the table as CSV (UTF-8) or XLSX.'),
  'file-too-large': row('file-refused', 'Split the export into smaller files.'),
  'encoding-unsupported': row('file-refused', 'Save the file as UTF-8.'),
  'too-many-columns': row('file-refused', 'Export fewer columns, or split the table.'),
  'header-not-found': row(
    'file-refused',
    'Say which line holds the column names: source.tables, headerRow, in landfall.yaml.',
  ),
  'archive-damaged': row('file-refused', 'The file is damaged or cut short: copy or export it again.'),
  'archive-encrypted': row('file-refused', 'Unpack it with its password and try again.'),
  'archive-too-large': row(
    'file-refused',
    'It unpacks to more than is safe: unpack it yourself and check it.',
  ),
  'archive-too-dense': row(
    'file-refused',
    'It looks like a decompression bomb: unpack it yourself and check it.',
  ),
  'archive-too-many-entries': row('file-refused', 'Put only the exported tables into the archive.'),
  'archive-unsafe-name': row(
    'file-refused',
    'An entry tries to leave its folder: do not trust this archive.',
  ),
  'archive-nested': row('file-refused', 'Unpack the inner archive first.'),
  'workbook-damaged': row('file-refused', 'Open the workbook in Excel or LibreOffice and save it again.'),
  'workbook-unsafe': row(
    'file-refused',
    'The workbook holds an XML document type or entities, which no spreadsheet program writes: do not trust it.',
  ),
  'tables-below': row(
    'file-refused',
    'Put them beside the other tables if they belong to the export: folders in it are not read.',
  ),
  'sheet-missing': row('file-refused', 'Open the workbook and save it again; a sheet it names is not there.'),
  'sheet-empty': row('file-refused', 'This sheet holds nothing and is left out.'),
  // one row is left out, and counted
  'too-few-cells': row('row-rejected', 'Add the missing cells (or delimiters) in this line.'),
  'too-many-cells': row('row-rejected', 'Quote the cell that holds a delimiter, or remove the extra cell.'),
  'cell-too-large': row('row-rejected', 'Shorten the cell, or move its text by hand.'),
  'truncated-last-line': row('row-rejected', 'The file ends inside this line: export it again.'),
  'row-number-wrong': row(
    'row-rejected',
    'The workbook is damaged here: save it again in Excel or LibreOffice.',
  ),
  // one row is read after a repair
  'unclosed-quote': row('row-repaired', 'A quote is opened here and never closed: look at this line.'),
  'stray-quote': row('row-repaired', 'Double the quotes inside quoted cells ("" for ").'),
  'nul-bytes': row('row-repaired', 'NUL characters were removed from this row: look at it.'),
  'invalid-bytes': row(
    'row-repaired',
    'Some bytes are not in the file\'s encoding and became "\uFFFD": mend them.',
  ),
  'string-index-wrong': row(
    'row-repaired',
    'A cell points at a text that is not there; it was read as empty.',
  ),
  // a row without data is passed over
  'repeated-header': row('row-skipped', 'The header stands again among the rows; it was not read as data.'),
  'empty-lines': row('row-skipped', 'Nothing to do: lines without any value are not records.'),
  // worth knowing
  'header-missing': row(
    'warning',
    'The first line looks like data: say which line holds the names (source.tables, headerRow, in landfall.yaml).',
  ),
  'header-duplicate': row('warning', 'Two columns have one name; the later one carries a number.'),
  'header-empty': row('warning', 'A column has no name; it was given its position as name.'),
  'lines-before-header': row(
    'warning',
    'Check that the right line was taken for the header (source.tables, headerRow, in landfall.yaml).',
  ),
  'trailing-empty-columns': row('warning', 'Nothing to do: nameless columns without values were left out.'),
  'short-rows-filled': row(
    'warning',
    'The export leaves out empty cells at the end of a line; they were added.',
  ),
  'mixed-line-ends': row('warning', 'Nothing to do: all kinds of line ends were read.'),
  'delimiter-uncertain': row(
    'warning',
    'Check the columns, or say what the delimiter is (source.tables, delimiter, in landfall.yaml).',
  ),
  'encoding-uncertain': row(
    'warning',
    'Look at names with accents: say what the encoding is (source.tables, encoding, in landfall.yaml), or save the file as UTF-8.',
  ),
  'mojibake-suspected': row(
    'warning',
    'Letters were damaged before the export was saved: export again as UTF-8.',
  ),
  'no-rows': row('warning', 'The file has a header and no rows: is that right?'),
  'row-count-capped': row(
    'warning',
    'Some systems cut an export at a round number: compare with the count there.',
  ),
  'formula-without-value': row('warning', 'Open the workbook, let it calculate, and save it again.'),
  'formula-cell': row(
    'warning',
    'The calculated value was read, not the formula: check that it is up to date.',
  ),
  'error-cell': row('warning', 'The cell shows a spreadsheet error (#N/A, #REF!); it was read as that text.'),
  'number-precision': row('warning', 'Spreadsheets keep 15 digits: keep long identifiers as text.'),
} as const satisfies Record<string, IssueRow>;

/** Every code of `issueTable`. */
export type IssueCode = keyof typeof issueTable;

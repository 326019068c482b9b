import { styleText } from 'node:util';

const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}]/u;
const control = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** How many terminal cells a text takes. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segments.segment(text)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** Text of the source, safe on a terminal: control and direction characters are shown, not obeyed. */
export function plain(text: string): string {
  return text.replace(control, (character) => (character === '\n' ? ' ' : '·'));
}

/** A table with aligned columns; numbers stand on the right. */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : plain(cell))),
  );
  const widths = header.map((title, at) =>
    Math.max(widthOf(title), ...cells.map((row) => widthOf(row[at] ?? ''))),
  );
  const line = (row: readonly string[], numeric: (at: number) => boolean) =>
    row
      .map((cell, at) => pad(cell, widths[at] ?? 0, numeric(at)))
      .join('  ')
      .trimEnd();
  const isNumber = (at: number) => rows.some((row) => typeof row[at] === 'number');
  const head = styleText('bold', line(header, isNumber));
  return [head, ...cells.map((row) => line(row, isNumber))].join('\n');
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}

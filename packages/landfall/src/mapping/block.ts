import { escapeHtml, unescapeHtml, withoutControls } from './html-text.ts';

/** One line of a block: what the destination has no field for. */
export interface BlockLine {
  readonly label: string;
  readonly value: string;
}

/**
 * The form: `<p><b>From the source</b><br><b>Label:</b> value<br>...</p>`, at the top of a body. Only `p`, `br` and
 * `b`, so that every sanitiser keeps it; people read it, and `parseBlock` gets the lines back.
 */
const heading = 'From the source';
const blockPattern = /^\s*<p>\s*<(?:b|strong)>From the source<\/(?:b|strong)>([\s\S]*?)<\/p>/;
const lineBreak = /<br\s?\/?>/;
const linePattern = /^\s*<(?:b|strong)>([^<]*):<\/(?:b|strong)>\s?([^<]*)$/;
/** Stands for a line end inside a value: a `<br>` there would start a new line of the block. */
const lineMark = ' ⏎ ';

/** The lines as HTML; '' for none. Values lose outer spaces and characters that no HTML may hold; line ends become ` ⏎ `. */
export function renderBlock(lines: readonly BlockLine[]): string {
  const filled = lines.map(tidyLine).filter((line) => line.value !== '');
  if (filled.length === 0) return '';
  const shown = filled.map((line) => `<br><b>${escapeHtml(line.label)}:</b> ${escapeHtml(line.value)}`);
  return `<p><b>${heading}</b>${shown.join('')}</p>`;
}

/** The lines of the block at the top of a body; null when there is none. */
export function parseBlock(html: string): readonly BlockLine[] | null {
  const match = blockPattern.exec(html);
  if (match === null) return null;
  const pieces = (match[1] ?? '').split(lineBreak).slice(1);
  const lines = pieces.map(parseLine);
  return lines.every((line) => line !== null) ? lines : null;
}

/** The body without the block at its top. */
export function withoutBlock(html: string): string {
  return parseBlock(html) === null ? html : html.replace(blockPattern, '');
}

function parseLine(piece: string): BlockLine | null {
  const match = linePattern.exec(piece);
  if (match === null) return null;
  return { label: unescapeHtml(match[1] ?? ''), value: unescapeHtml(match[2] ?? '').trim() };
}

/** A line as it can be written and read back: what `parseBlock(renderBlock([line]))` gives. */
export function tidyLine(line: BlockLine): BlockLine {
  return { label: tidyText(line.label).replaceAll(lineMark, ' '), value: tidyText(line.value) };
}

function tidyText(text: string): string {
  return withoutControls(text)
    .replace(/[\u00a0\t]/g, ' ')
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(lineMark);
}

import { integer } from '../base/counted.ts';
import type { Block, Report, ReportCell } from './report.ts';
import { percent } from './wording.ts';

/** The report as Markdown (GitHub tables), in pieces. Every text from data is escaped: it is shown, never run. */
export function* markdownOf(report: Report): Iterable<string> {
  yield `# ${escapeMarkdown(report.title)}\n\n${escapeMarkdown(report.subtitle)}\n\n`;
  if (report.facts.length > 0) {
    const rows = report.facts.map(({ label, value, note }) => [label, value, note]);
    yield tableText(['', '', ''], rows);
  }
  for (const section of report.sections) {
    yield `## ${escapeMarkdown(section.title)}\n\n`;
    for (const block of section.blocks) yield blockText(block);
  }
  yield `---\n\n${escapeMarkdown(report.footer)}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `${escapeMarkdown(block.text)}\n\n`;
    case 'note':
      return `> ${escapeMarkdown(block.text)}\n\n`;
    case 'list':
      return `${block.items.map((item) => `- ${escapeMarkdown(item)}\n`).join('')}\n`;
    case 'table': {
      const more =
        block.more === undefined
          ? ''
          : `${integer(block.more.count)} more in ${escapeMarkdown(block.more.where)}.\n\n`;
      return tableText(block.header, block.rows) + more;
    }
    case 'shares': {
      const whole = block.parts.reduce((sum, { value }) => sum + value, 0);
      const rows = block.parts.map(({ label, value }) => [label, value, percent(value, whole)]);
      return tableText([block.label, '', ''], rows);
    }
  }
}

function tableText(header: readonly string[], rows: readonly (readonly ReportCell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  const numeric = header.map((_, at) => rows.length > 0 && rows.every((row) => typeof row[at] === 'number'));
  const marks = numeric.map((isNumber) => (isNumber ? '---:' : '---'));
  const body = rows.map((row) => line(header.map((_, at) => escapeMarkdown(cellText(row[at] ?? '')))));
  return `${line(header.map(escapeMarkdown))}${line(marks)}${body.join('')}\n`;
}

/** A cell as text. */
export function cellText(value: ReportCell): string {
  if (typeof value === 'number') return integer(value);
  return typeof value === 'string' ? value : value.text;
}

const signs = /[\\`*_{}[\]<>|#~&!]/g;

/** A text that Markdown shows as it is: no link, image, HTML, table border or emphasis comes of it. */
function escapeMarkdown(value: string): string {
  const line = value.replace(/[\r\n\u2028\u2029]+/g, ' ').trim();
  const escaped = line.replace(signs, (sign) =>
    sign === '<' ? '&lt;' : sign === '&' ? '&amp;' : `\\${sign}`,
  );
  // Bare addresses become links in GitHub's Markdown: a zero-width joiner inside keeps them text.
  const plain = escaped.replace(/(https?|ftp)(:\/\/)/gi, '$1\u200d$2').replace(/\bwww\./gi, 'www\u200d.');
  return plain.replace(/^([-+=]|\d+[.)])(?=\s|$)/, '\\$1');
}

import { integer } from '../base/counted.ts';
import { cellText } from './markdown.ts';
import { pageStyle } from './page-style.ts';
import type { Block, Fact, Report, ReportCell, Tone } from './report.ts';
import { percent } from './wording.ts';

/**
 * The report as one HTML page, in pieces: no script, nothing loaded from anywhere (its policy forbids both),
 * readable on a phone and on paper. Every text from data is escaped.
 */
export function* pageOf(report: Report): Iterable<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(report.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><div class="sheet"><h1>${escapeHtml(report.title)}</h1><p>${escapeHtml(report.subtitle)}</p></div></header>
<main class="sheet">
`;
  if (report.facts.length > 0) yield `<dl class="facts">${report.facts.map(factHtml).join('')}</dl>\n`;
  yield contentsHtml(report);
  for (const [at, section] of report.sections.entries()) {
    yield `<section id="s${at + 1}"><h2>${escapeHtml(section.title)}</h2>\n`;
    for (const block of section.blocks) yield blockHtml(block);
    yield '</section>\n';
  }
  yield `</main>\n<footer><div class="sheet">${escapeHtml(report.footer)}</div></footer>\n</body>\n</html>\n`;
}

function contentsHtml({ sections }: Report): string {
  const items = sections.map(({ title }, at) => `<li><a href="#s${at + 1}">${escapeHtml(title)}</a></li>`);
  return `<nav aria-label="Contents"><ol>${items.join('')}</ol></nav>\n`;
}

function factHtml({ label, value, note, tone }: Fact): string {
  return `<div class="fact ${tone}"><dt>${escapeHtml(label)}</dt><dd><b>${escapeHtml(value)}</b><span>${escapeHtml(note)}</span></dd></div>`;
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>\n`;
    case 'note':
      return `<p class="note ${block.tone}">${escapeHtml(block.text)}</p>\n`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>\n`;
    case 'table':
      return tableHtml(block.header, block.rows, block.more);
    case 'shares':
      return sharesHtml(block.label, block.parts);
  }
}

function tableHtml(
  header: readonly string[],
  rows: readonly (readonly ReportCell[])[],
  more: { readonly count: number; readonly where: string } | undefined,
): string {
  const numeric = header.map((_, at) => isNumeric(rows.map((row) => row[at] ?? '')));
  const head = header.map(
    (name, at) => `<th scope="col"${numeric[at] ? ' class="n"' : ''}>${escapeHtml(name)}</th>`,
  );
  const body = rows.map((row) => `<tr>${header.map((_, at) => cellHtml(row[at] ?? '')).join('')}</tr>`);
  const rest =
    more === undefined ? '' : `<p class="more">${integer(more.count)} more in ${escapeHtml(more.where)}.</p>`;
  return `<div class="scroll" tabindex="0" role="group" aria-label="Table"><table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>${rest}\n`;
}

/** A column of numbers, some of them unknown. */
function isNumeric(cells: readonly ReportCell[]): boolean {
  return (
    cells.some((one) => typeof one === 'number') &&
    cells.every((one) => typeof one === 'number' || one === '')
  );
}

function cellHtml(value: ReportCell): string {
  if (typeof value === 'number') return `<td class="n">${integer(value)}</td>`;
  if (typeof value === 'string') return `<td>${escapeHtml(value)}</td>`;
  return `<td><span class="mark ${value.tone}">${escapeHtml(cellText(value))}</span></td>`;
}

function sharesHtml(
  label: string,
  parts: readonly { readonly label: string; readonly value: number; readonly tone: Tone }[],
): string {
  const whole = parts.reduce((sum, { value }) => sum + value, 0);
  const pieces = parts
    .filter(({ value }) => value > 0)
    .map(
      ({ value, tone }) =>
        `<i class="${tone}" style="flex-grow:${((value / Math.max(1, whole)) * 100).toFixed(3)}"></i>`,
    );
  const keys = parts.map(
    (part) =>
      `<li class="${part.tone}"><b>${integer(part.value)}</b> ${escapeHtml(part.label)} <small>${escapeHtml(percent(part.value, whole))}</small></li>`,
  );
  return `<figure class="shares"><figcaption>${escapeHtml(label)}</figcaption><div class="bar" aria-hidden="true">${pieces.join('')}</div><ul>${keys.join('')}</ul></figure>\n`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as HTML shows it, in content and in quoted attributes. Control characters, which HTML forbids, go. */
function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? '').replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd');
}

/** One page of docs/reference. */
export interface ReferencePage {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

const generated = 'Made from the code by `npx node scripts/reference.ts`; edits here are lost.';

/** A page of Markdown: a title, then `parts` with an empty line between them. */
export function page(name: string, title: string, ...parts: readonly string[]): ReferencePage {
  return { path: `docs/reference/${name}.md`, text: `${[`# ${title}`, generated, ...parts].join('\n\n')}\n` };
}

/** A Markdown table; `|` and line ends inside cells are escaped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

/** A value as JSON in a code span; characters that cannot be seen are written as `\uXXXX`. */
export function code(value: unknown): string {
  const text = JSON.stringify(value).replace(/(?! )[\p{Z}\p{Cf}\p{Mn}]/gu, (hidden) => {
    return `\\u${(hidden.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
  const ticks = text.includes('`') ? '``' : '`';
  return `${ticks}${text}${ticks}`;
}

import type { IssueCode } from '../../../files/issue-code.ts';
import type { TableIssue } from '../../../files/table.ts';
import type { CatalogIssue } from '../../../model/source.ts';

interface Seen {
  readonly first: TableIssue;
  count: number;
  readonly lines: number[];
}

const linesShown = 5;

/** Codes that are worse, or more harmless, than their effect says. */
const severityOf: Partial<Record<IssueCode, CatalogIssue['severity']>> = {
  'truncated-last-line': 'high',
  'row-count-capped': 'high',
  'mojibake-suspected': 'high',
  'header-missing': 'high',
  'header-duplicate': 'medium',
  'delimiter-uncertain': 'medium',
  'encoding-uncertain': 'medium',
  'no-rows': 'medium',
  'tables-below': 'medium',
};

/** Gathers what went wrong in the rows of tables: one line for each trouble of a file, however often it was met. */
export class IssueTally {
  readonly #seen = new Map<string, Seen>();

  add(issue: TableIssue): void {
    const name = `${issue.file}|${issue.code}|${issue.effect}`;
    const seen = this.#seen.get(name) ?? { first: issue, count: 0, lines: [] };
    this.#seen.set(name, seen);
    seen.count += 1;
    if (seen.lines.length < linesShown && issue.line > 0) seen.lines.push(issue.line);
  }

  /** One issue for each file and trouble, with how often and where first. */
  issues(): CatalogIssue[] {
    return [...this.#seen.values()].map(catalogIssue);
  }
}

function catalogIssue({ first, count, lines }: Seen): CatalogIssue {
  const more = count > lines.length ? ', ...' : '';
  return {
    code: first.code,
    severity: severity(first),
    at: first.line > 0 ? `${first.file}:${first.line}` : first.file,
    message:
      count === 1
        ? first.message
        : `${first.message} ${count} times in all: lines ${lines.join(', ')}${more}.`,
    hint: first.hint,
  };
}

/** How much a trouble of a file matters to the migration. */
export function severity(issue: TableIssue): CatalogIssue['severity'] {
  const known = severityOf[issue.code];
  if (known !== undefined) return known;
  if (issue.effect === 'file-refused' || issue.effect === 'row-rejected') return 'high';
  return issue.effect === 'row-repaired' ? 'medium' : 'low';
}

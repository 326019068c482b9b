import { counted } from '../../../base/counted.ts';
import { nameKey } from '../../../mapping/key.ts';
import type { CatalogIssue } from '../../../model/source.ts';
import type { CompareRule } from './export-catalog.ts';
import type { KnownEntity, OpenedExport } from './known-table.ts';
import { type CellOf, eachRow } from './row-cells.ts';

/** Records of the other list; it is held in memory. */
const rowsLimit = 200_000;
/** Differences told one by one for each field; more are counted. */
const listed = 100;
const shownChars = 60;

interface OtherRow {
  readonly title: string;
  readonly values: readonly string[];
  seen: boolean;
}

/** Holds the lists that another system keeps of the same things against the export's own, record by record. */
export async function compareLists(
  rules: readonly CompareRule[],
  opened: OpenedExport,
  signal: AbortSignal,
): Promise<CatalogIssue[]> {
  const issues: CatalogIssue[] = [];
  for (const rule of rules) {
    const own = opened.entities.find(({ entity }) => entity.name === rule.entity);
    const other = opened.entities.find(({ entity }) => entity.name === rule.other);
    if (own !== undefined && other !== undefined) issues.push(...(await compare(rule, own, other, signal)));
  }
  return issues;
}

async function compare(
  rule: CompareRule,
  own: KnownEntity,
  other: KnownEntity,
  signal: AbortSignal,
): Promise<CatalogIssue[]> {
  const rows = await otherRows(rule, other, signal);
  const found = new Differences(rule);
  await eachRow(own, signal, (cell, at) => {
    const key = cell(rule.key);
    if (key === '') return;
    const row = rows.get(key.toLowerCase());
    if (row === undefined) found.onlyHere(cell(rule.title), key, at);
    else {
      row.seen = true;
      found.take(cell, row, at);
    }
  });
  for (const [key, row] of rows) if (!row.seen) found.onlyThere(row.title, key);
  return found.issues(`${own.entity.name}, ${other.entity.name}`);
}

async function otherRows(
  rule: CompareRule,
  other: KnownEntity,
  signal: AbortSignal,
): Promise<Map<string, OtherRow>> {
  const rows = new Map<string, OtherRow>();
  await eachRow(other, signal, (cell) => {
    const key = cell(rule.otherKey).toLowerCase();
    if (key === '' || rows.has(key) || rows.size >= rowsLimit) return;
    const values = rule.fields.map((field) => cell(field.other));
    rows.set(key, { title: cell(rule.otherTitle), values, seen: false });
  });
  return rows;
}

/** What differs, listed up to a limit for each field, and counted. */
class Differences {
  readonly #rule: CompareRule;
  readonly #lines: CatalogIssue[] = [];
  readonly #counts = new Map<string, number>();
  #compared = 0;

  constructor(rule: CompareRule) {
    this.#rule = rule;
  }

  take(cell: CellOf, row: OtherRow, at: string): void {
    this.#compared += 1;
    this.#rule.fields.forEach(({ own, truth }, place) => {
      const here = cell(own);
      const there = row.values[place] ?? '';
      if (sameText(here, there)) return;
      const counts = truth === 'own' ? 'the export' : this.#rule.name;
      this.#tell(own, at, {
        message: `${cell(this.#rule.title)}: ${own} is ${quoted(here)}, and ${quoted(there)} in ${this.#rule.name}.`,
        hint: `The word of ${counts} counts for this field, where it has one, unless \`landfall queue\` asks and is answered otherwise. Mend the one that is wrong.`,
      });
    });
  }

  onlyHere(title: string, key: string, at: string): void {
    this.#tell('not there', at, {
      message: `${title} names ${key}, which ${this.#rule.name} does not have.`,
      hint: 'Look whether it was removed there, or its export is older.',
    });
  }

  onlyThere(title: string, key: string): void {
    this.#tell('only there', this.#rule.other, {
      message: `${title} (${key}) stands in ${this.#rule.name} only: it is not moved.`,
      hint: 'Synchronise once more before the last export, if it shall be moved.',
    });
  }

  #tell(what: string, at: string, line: Pick<CatalogIssue, 'message' | 'hint'>): void {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    if (count <= listed) this.#lines.push({ code: 'lists-differ', severity: 'medium', at, ...line });
  }

  issues(at: string): CatalogIssue[] {
    const counts = [...this.#counts].map(([what, count]) => `${what} ${count}`).join(', ');
    const differ = counts === '' ? 'nothing differs' : `differences by field: ${counts}`;
    return [
      {
        code: 'lists-compared',
        severity: counts === '' ? 'low' : 'medium',
        at,
        message: `${this.#rule.name}: ${counted(this.#compared, 'record')} of ${this.#rule.entity} stand in both lists; ${differ}.`,
        hint: truths(this.#rule),
      },
      ...this.#lines,
    ];
  }
}

function truths({ fields, name }: CompareRule): string {
  const of = (truth: 'own' | 'other') =>
    fields.filter((field) => field.truth === truth).map(({ own }) => own);
  return `Taken from the export: ${of('own').join(', ') || 'nothing'}; from ${name}: ${of('other').join(', ') || 'nothing'}.`;
}

/** Case, accents, punctuation and spaces aside; of a number of a phone its digits. */
function sameText(one: string, other: string): boolean {
  if (one === other) return true;
  const digits = (text: string) => text.replace(/\D/g, '');
  const isNumber = /^[\d\s().+/-]{7,}$/;
  if (isNumber.test(one) && isNumber.test(other)) return digits(one).slice(-10) === digits(other).slice(-10);
  return (nameKey(one) ?? '') === (nameKey(other) ?? '');
}

function quoted(text: string): string {
  if (text === '') return 'empty';
  return `“${text.length > shownChars ? `${text.slice(0, shownChars)}…` : text}”`;
}

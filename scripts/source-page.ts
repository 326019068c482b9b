import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { page, type ReferencePage, table } from './reference-page.ts';
import { dinamikcrmRows } from './source-rows/dinamikcrm.ts';
import { opex365Rows } from './source-rows/opex365.ts';
import { promoxcrmRows } from './source-rows/promoxcrm.ts';
import { resultsRows } from './source-rows/results.ts';
import { smartCrmOnlineRows } from './source-rows/smart-crm-online.ts';
import type { SourceRow, SourceRows } from './source-rows/source-rows.ts';

const sources: readonly SourceRows[] = [
  smartCrmOnlineRows,
  opex365Rows,
  resultsRows,
  promoxcrmRows,
  dinamikcrmRows,
];

/** Where tests of the rows lie; the page links to those that cite a row. */
const rowTests = ['test/scenarios/rows.test.ts', 'test/scenarios/rows'];

interface TestFile {
  readonly path: string;
  readonly text: string;
}

/** The page of what becomes of every source's records. Reads the tests below `root` to say which shows what. */
export function sourcePage(root: string): ReferencePage {
  const tests = rowTests.flatMap((place) => testFiles(root, place));
  return page(
    'sources',
    'What becomes of a source’s records',
    'Every row of the five pairs: where a record lands, what is lost, and which test shows it. `test/tidy` checks that every rule named here is cited by a test and that no row is missing. What a rule says in full is in the name of its test.',
    ...sources.flatMap((source) => section(source, tests)),
  );
}

function testFiles(root: string, place: string): TestFile[] {
  if (place.endsWith('.ts')) return [{ path: place, text: readFileSync(join(root, place), 'utf8') }];
  const names = readdirSync(join(root, place)).filter((name) => name.endsWith('.ts'));
  return names.toSorted().flatMap((name) => testFiles(root, `${place}/${name}`));
}

function section({ label, before, rows, after }: SourceRows, tests: readonly TestFile[]): string[] {
  const head = [
    'row',
    'in the source',
    'lands in Pipedrive as',
    'what is lost or changes its place',
    'shown by',
  ];
  const lines = rows.map((row) => [row.id, row.from, row.lands, row.lost, shownBy(row, tests)]);
  return [`## ${label}`, before, table(head, lines), ...(after === '' ? [] : [after])];
}

/** Links to the tests that cite the row or one of its rules. */
function shownBy({ id }: SourceRow, tests: readonly TestFile[]): string {
  const cited = new RegExp(`\\b${id}\\b`);
  return tests
    .filter(({ text }) => cited.test(text))
    .map(({ path }) => `[${path.slice(path.lastIndexOf('/') + 1)}](../../${path})`)
    .join(', ');
}

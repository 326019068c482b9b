// Writes packages/emulators/COVERAGE.md: `npx node scripts/coverage.ts`. Needs the published table of operations.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OPERATIONS, SERVED } from '../packages/emulators/src/pipedrive/operations.ts';
import { table } from './reference-page.ts';

/** At least this share of the operations in scope is served, in percent. Raise it when it is passed. */
export const MINIMUM_PERCENT = 100;

/** From the root of the repository. */
export const COVERAGE_PATH = 'packages/emulators/COVERAGE.md';

const root = fileURLToPath(new URL('..', import.meta.url));
const endpoints = join(process.env.LANDFALL_SHARED ?? join(root, '../shared'), 'pipedrive/endpoints.tsv');

/** Why the page cannot be made; null when it can. */
export const missing: string | null = existsSync(endpoints)
  ? null
  : 'endpoints.tsv is neither at LANDFALL_SHARED nor beside the repository';

/** A migration needs none of these. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  billing: 'billing',
  goals: 'goals',
  legacyTeams: 'teams',
  roles: 'roles',
};

interface Row {
  readonly key: string;
  readonly area: string;
  readonly deprecated: boolean;
  readonly legacy: boolean;
  readonly served: boolean;
}

/** Every published operation, and whether it is served. */
function rows(): readonly Row[] {
  const lines = readFileSync(endpoints, 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line) => {
    const [api = '', method = '', path = '', , deprecated = ''] = line.split('\t');
    const legacy = api === 'v1-legacy';
    const key = `${legacy ? 'v1' : api} ${method} ${path}`;
    return {
      key,
      area: path.split('/')[1] ?? '',
      deprecated: deprecated === 'yes',
      legacy,
      served: SERVED.has(key),
    };
  });
}

/** What the emulated Pipedrive serves of what is published. */
export interface CoveragePage {
  readonly text: string;
  readonly served: number;
  readonly published: number;
  /** Operations the table of endpoints and the table of costs do not both know. */
  readonly disputed: readonly string[];
}

/** Makes the page out of the published table and the handlers there are. Needs `missing` to be null. */
export function coveragePage(): CoveragePage {
  const all = rows();
  const current = all.filter(({ legacy }) => !legacy);
  const scope = current.filter(({ area, deprecated }) => !deprecated && LEFT_OUT[area] === undefined);
  const served = scope.filter((row) => row.served).length;
  const known = new Set(current.map(({ key }) => key));
  const costed = new Set(OPERATIONS.map(({ api, method, path }) => `${api} ${method} ${path}`));
  return {
    text: pageText(all, scope),
    served,
    published: scope.length,
    disputed: [...known.symmetricDifference(costed)].sort(),
  };
}

function pageText(all: readonly Row[], scope: readonly Row[]): string {
  const beyond = all.filter((row) => !row.legacy && !scope.includes(row));
  const legacy = all.filter((row) => row.legacy);
  return `${[
    '# Coverage of the emulated Pipedrive',
    'Made from the code by `npx node scripts/coverage.ts`; edits here are lost.',
    `Of ${scope.length} published operations (API v1 and v2, August 2026) that are neither deprecated nor about ${Object.values(LEFT_OUT).join(', ')}, **${count(scope)} are served (${percent(scope)} %)**. What is not served answers 501 with its name. An answer of every served operation is compared with the schema of the published OpenAPI files, see \`src/pipedrive/contract/\`.`,
    '## By area',
    areas(scope),
    '## Deprecated, or not needed',
    areas(beyond),
    '## Removed twins of v1',
    `They answer 404; with the switch \`legacyV1: alive\` those below answer as before their removal.`,
    areas(legacy),
  ].join('\n\n')}\n`;
}

function areas(rows: readonly Row[]): string {
  const byArea = Map.groupBy(rows, ({ area }) => area);
  const lines = [...byArea]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([area, of]) => [
      area,
      `${count(of)} / ${of.length}`,
      of
        .filter(({ served }) => !served)
        .map(({ key }) => `\`${key}\``)
        .join(', '),
    ]);
  return table(
    ['area', 'served', 'not served'],
    [...lines, ['**all**', `${count(rows)} / ${rows.length}`, '']],
  );
}

function count(rows: readonly Row[]): number {
  return rows.filter(({ served }) => served).length;
}

function percent(rows: readonly Row[]): string {
  return ((100 * count(rows)) / rows.length).toFixed(1);
}

if (import.meta.main) writeFileSync(join(root, COVERAGE_PATH), coveragePage().text);

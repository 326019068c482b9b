import { foldLetters } from '../../../mapping/fold.ts';
import type { CatalogIssue, SourceCatalog, SourceOwner, SourcePipeline } from '../../../model/source.ts';
import type { ExportCatalog, OwnerTable, PipelineTable } from './export-catalog.ts';
import type { KnownEntity, OpenedExport } from './known-table.ts';
import { eachRow } from './row-cells.ts';

/** What the tables say that only tell about others: pipelines and owners, and that they were used. */
export async function describeAids(
  catalog: ExportCatalog,
  opened: OpenedExport,
  signal: AbortSignal,
): Promise<Pick<SourceCatalog, 'pipelines' | 'owners'> & { readonly issues: readonly CatalogIssue[] }> {
  const tableOf = (name: string | undefined) =>
    opened.entities.find(({ entity }) => entity.name === name && entity.aid === true);
  const stages = tableOf(catalog.pipelines?.entity);
  const people = tableOf(catalog.owners?.entity);
  return {
    ...(catalog.pipelines === undefined || stages === undefined
      ? {}
      : { pipelines: await listedPipelines(catalog.pipelines, stages, signal) }),
    ...(catalog.owners === undefined || people === undefined
      ? {}
      : { owners: await listedOwners(catalog.owners, people, signal) }),
    issues: [...opened.entities.flatMap(usedIssue), ...missingPeople(catalog, opened)],
  };
}

interface Placed {
  readonly order: number;
  readonly name: string;
  readonly share: number | null;
  readonly outcome: SourcePipeline['stages'][number]['outcome'];
}

async function listedPipelines(
  rule: PipelineTable,
  known: KnownEntity,
  signal: AbortSignal,
): Promise<SourcePipeline[]> {
  const byName = new Map<string, Placed[]>();
  await eachRow(known, signal, (cell) => {
    const name = cell(rule.stage);
    if (name === '') return;
    const pipeline = cell(rule.pipeline);
    const placed = byName.get(pipeline) ?? [];
    const order = Number(cell(rule.order));
    placed.push({
      order: Number.isFinite(order) ? order : placed.length,
      name,
      share: shareOf(cell(rule.probability)),
      outcome: outcomeOf(rule, cell),
    });
    byName.set(pipeline, placed);
  });
  const shares = [...byName.values()].flat().flatMap(({ share }) => share ?? []);
  // `0.6` beside `1`: fractions, as databases keep percentages; `1` alone is one percent.
  const factor = shares.some((share) => share > 0 && share < 1) && Math.max(...shares) <= 1 ? 100 : 1;
  return [...byName].map(([name, placed]) => ({ name, stages: stagesOf(placed, factor) }));
}

function stagesOf(placed: readonly Placed[], factor: number): SourcePipeline['stages'] {
  return placed
    .toSorted((a, b) => a.order - b.order)
    .map(({ name, share, outcome }) => {
      const percent = share === null ? null : Math.round(share * factor);
      return { name, probability: percent === null || percent > 100 ? null : percent, outcome };
    });
}

function shareOf(text: string): number | null {
  const found = /^(\d{1,3}(?:\.\d+)?|\.\d+)\s*%?$/.exec(text);
  return found === null ? null : Number(found[1]);
}

function outcomeOf(
  rule: PipelineTable,
  cell: (standard: string) => string,
): SourcePipeline['stages'][number]['outcome'] {
  const said = foldLetters(cell(rule.outcome));
  const means = (words: readonly string[]) => words.some((word) => foldLetters(word) === said);
  if (said !== '' && means(rule.won)) return 'won';
  return said !== '' && means(rule.lost) ? 'lost' : 'open';
}

const noWords = ['no', 'n', 'false', '0', 'inactive'];

async function listedOwners(
  rule: OwnerTable,
  known: KnownEntity,
  signal: AbortSignal,
): Promise<SourceOwner[]> {
  const owners: SourceOwner[] = [];
  await eachRow(known, signal, (cell) => {
    const name = cell(rule.name);
    const email = cell(rule.email);
    const owner = email === '' ? name : name === '' ? email : `${name} <${email}>`;
    const active = !noWords.includes(foldLetters(cell(rule.active)));
    if (owner !== '') owners.push({ owner, kind: 'user', active });
  });
  return owners;
}

function usedIssue({ entity, tables }: KnownEntity): CatalogIssue[] {
  if (entity.aid !== true) return [];
  const at = tables.map(({ title }) => title).join(', ');
  return [
    {
      code: 'table-used',
      severity: 'low',
      at,
      message: `${at} (${entity.label}) tells about the other tables; it is used, and not moved itself.`,
      hint: 'Nothing to do.',
    },
  ];
}

/** Owners that are initials mean nobody without the table that says who they are. */
function missingPeople(catalog: ExportCatalog, opened: OpenedExport): CatalogIssue[] {
  const people = catalog.owners?.entity;
  if (people === undefined || opened.entities.some(({ entity }) => entity.name === people)) return [];
  const fields = opened.entities.flatMap(({ entity, columns }) =>
    (entity.lookedUp ?? [])
      .filter(({ through, from }) => through === people && columns.some(({ standard }) => standard === from))
      .map(({ from }) => `${entity.name}.${from}`),
  );
  if (fields.length === 0) return [];
  return [
    {
      code: 'owners-unnamed',
      severity: 'high',
      at: fields.join(', '),
      message: 'Owners are given by initials, and the export has no table that says who they are.',
      hint: `Add a table (${people}.csv) with their initials, names and e-mails; without it each of them is asked about.`,
    },
  ];
}

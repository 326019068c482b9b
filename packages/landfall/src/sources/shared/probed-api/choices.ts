import { counted } from '../../../base/counted.ts';
import type { CatalogIssue } from '../../../model/source.ts';
import type { ExportCatalog } from '../export-files/export-catalog.ts';
import type { FoundTables } from '../export-files/open-export.ts';
import type { ProbeReport } from './probe-report.ts';
import type { RowRules } from './row-rules.ts';

/** The ways to get the records of an entity out, the best first. */
export const extractionWays = ['api', 'export', 'manual'] as const;

/** One of `extractionWays`. */
export type ExtractionWay = (typeof extractionWays)[number];

/** How one entity is got out, and why so. */
export interface Choice {
  readonly entity: string;
  readonly label: string;
  readonly way: ExtractionWay;
  readonly why: string;
}

/** What a choice is made of. */
export interface ChoiceInput {
  readonly catalog: ExportCatalog;
  readonly rules: readonly RowRules[];
  /** null: there is no API, or it was not asked. */
  readonly report: ProbeReport | null;
  /** null: there is no export. */
  readonly found: FoundTables | null;
  /** What a person has decided (source.extraction). */
  readonly decided: Readonly<Record<string, ExtractionWay>>;
}

/** For each entity the API where it works, the export where it does not, by hand where neither does (P-02). */
export function chooseWays(input: ChoiceInput): readonly Choice[] {
  return input.catalog.entities.map(({ name, label }) => ({ entity: name, label, ...wayOf(input, name) }));
}

function wayOf(input: ChoiceInput, entity: string): Pick<Choice, 'way' | 'why'> {
  const { rules, report, found, decided } = input;
  const rule = rules.find((one) => one.entity === entity);
  const list = report?.lists.find(({ name }) => name === rule?.list);
  const tables = found?.known.filter(({ recognised }) => recognised.entity.name === entity) ?? [];
  const api = list?.isReadable === true ? list.evidence : null;
  const exported = tables.length === 0 ? null : `export, ${tables.map(({ title }) => title).join(', ')}`;
  const said = decided[entity];
  if (said !== undefined) return { way: said, why: `${said}, as landfall.yaml says (source.extraction)` };
  if (api !== null) return { way: 'api', why: api };
  const whyNot = list?.evidence ?? (report === null ? 'no API is named' : 'the API has no such list');
  if (exported !== null) return { way: 'export', why: `${exported}; ${whyNot}` };
  return { way: 'manual', why: `by hand; ${whyNot}; the export has no table of it` };
}

/** The choices as lines for people. */
export function choiceLines(choices: readonly Choice[]): readonly string[] {
  return choices.map(({ entity, way, why }) => `${entity}: ${way} (${why})`);
}

/** The choices on the record: the extraction-method decision of the scope document. */
export function choiceIssues(choices: readonly Choice[], workbook: string): readonly CatalogIssue[] {
  const manual = choices.filter(({ way }) => way === 'manual');
  const each = choices.map(({ entity, label, way, why }) => ({
    code: 'extraction-method',
    severity: way === 'manual' ? ('high' as const) : ('low' as const),
    at: entity,
    message: `${label}: ${wayWords[way]} (${why}).`,
    hint:
      way === 'manual'
        ? `Fill in its sheet of ${workbook}, or export it; without either nothing of it is moved.`
        : 'Nothing to do; another way can be set in landfall.yaml (source.extraction).',
  }));
  if (manual.length === 0) return each;
  const names = manual.map(({ label }) => label).join(', ');
  return [
    ...each,
    {
      code: 'fill-in-workbook',
      severity: 'high',
      at: workbook,
      message: `${counted(manual.length, 'kind')} of record can be had neither over the API nor as an export: ${names}.`,
      hint: `Fill in ${workbook}, put it into the folder of the export, and discover again.`,
    },
  ];
}

const wayWords: Readonly<Record<ExtractionWay, string>> = {
  api: 'read over the API',
  export: 'read from the export',
  manual: 'to be extracted by hand',
};

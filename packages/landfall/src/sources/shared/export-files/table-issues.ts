import type { CatalogIssue } from '../../../model/source.ts';
import type { ExportCatalog } from './export-catalog.ts';
import { severity } from './issue-tally.ts';
import type { OpenedExport } from './known-table.ts';

/** What is wrong before a row is read: refused and unknown files, entities that are missing, uncertain recognitions. */
export function tableIssues(catalog: ExportCatalog, opened: OpenedExport): CatalogIssue[] {
  return [
    ...opened.refused.map((issue) => ({
      code: issue.code,
      severity: severity(issue),
      at: issue.file,
      message: issue.message,
      hint: issue.hint,
    })),
    ...missingEntities(catalog, opened),
    ...opened.unknown.map(unknownTable),
    ...opened.leftOut.map(leftOut),
    ...opened.entities.flatMap(({ entity, tables }) => [
      ...tables.flatMap(({ title, recognised }) => rivalIssue(title, entity.name, recognised.rival)),
      ...severalTables(
        entity.name,
        tables.map(({ title }) => title),
      ),
      ...renamedColumns(tables),
    ]),
    ...ignoredFiles(opened.ignored),
  ];
}

function missingEntities(catalog: ExportCatalog, opened: OpenedExport): CatalogIssue[] {
  const found = new Set(opened.entities.map(({ entity }) => entity.name));
  return catalog.expected
    .filter((names) => !names.some((name) => found.has(name)))
    .map((names) => ({
      code: 'table-missing',
      severity: 'high',
      at: names.join(', '),
      message: `The export holds no table of ${names.join(' or ')}.`,
      hint: 'Export it too, or name its file in landfall.yaml (source.tables); without it nothing of it is moved.',
    }));
}

function unknownTable({ title, why, table }: OpenedExport['unknown'][number]): CatalogIssue {
  const shown = table.header.slice(0, 8).join(', ');
  return {
    code: 'table-unknown',
    severity: 'medium',
    at: title,
    message: `${title} was not recognised and is not read: ${why.reason}. Its columns: ${shown}${table.header.length > 8 ? ', ...' : ''}.`,
    hint: `Say in landfall.yaml what it is (source.tables: file, entity, columns), or nothing to leave it out.`,
  };
}

function leftOut(title: string): CatalogIssue {
  return {
    code: 'table-left-out',
    severity: 'low',
    at: title,
    message: `${title} is left out, as landfall.yaml says.`,
    hint: 'Nothing to do.',
  };
}

function rivalIssue(title: string, entity: string, rival: string | null): CatalogIssue[] {
  if (rival === null) return [];
  return [
    {
      code: 'table-uncertain',
      severity: 'medium',
      at: title,
      message: `${title} is taken for ${entity}; its columns would fit ${rival} as well.`,
      hint: 'Say in landfall.yaml what it is (source.tables: file, entity).',
    },
  ];
}

function severalTables(entity: string, titles: readonly string[]): CatalogIssue[] {
  if (titles.length < 2) return [];
  return [
    {
      code: 'several-tables',
      severity: 'medium',
      at: titles.join(', '),
      message: `${titles.length} tables hold ${entity}: ${titles.join(', ')}. All are read; ids that stand in both count as duplicates.`,
      hint: 'Leave out copies and older exports (source.tables: file, entity: none).',
    },
  ];
}

function renamedColumns(tables: OpenedExport['entities'][number]['tables']): CatalogIssue[] {
  return tables.flatMap(({ table, title, names }) =>
    table.header.flatMap((header, at) =>
      names[at] === header
        ? []
        : [
            {
              code: 'column-renamed',
              severity: 'low' as const,
              at: `${title} ${header}`,
              message: `"${header}" of ${title} is the column that the other table calls "${names[at]}", and is kept under that name.`,
              hint: 'Nothing to do; if they are different things, name the columns in landfall.yaml (source.tables.columns).',
            },
          ],
    ),
  );
}

function ignoredFiles(names: readonly string[]): CatalogIssue[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, 10).join(', ');
  return [
    {
      code: 'files-ignored',
      severity: 'low',
      at: shown,
      message: `${names.length} file(s) are no tables and are not read: ${shown}${names.length > 10 ? ', ...' : ''}.`,
      hint: 'Nothing to do, unless one of them is a table: then save it as CSV or XLSX.',
    },
  ];
}

import type { TableFile, TableRow } from '../../../files/table.ts';
import type { KnownTable } from './known-table.ts';

/** Columns that no file has: made for each row of what stands in it. */
export interface ExtraColumns {
  /** Standard fields; they are the headers too. */
  readonly names: readonly string[];
  /** One cell for each name. `cell` reads a standard field of the row. */
  cellsOf(cell: (standard: string) => string): Promise<readonly string[]>;
}

/** The table with further columns at its end: whoever reads it cannot tell them from its own. */
export function withColumns(known: KnownTable, extra: ExtraColumns): KnownTable {
  if (extra.names.length === 0) return known;
  const { recognised, table } = known;
  const columns = new Map(recognised.standards.map((standard, at) => [standard, at] as const));
  return {
    ...known,
    table: widened(table, extra, columns),
    names: [...known.names, ...extra.names],
    recognised: { ...recognised, standards: [...recognised.standards, ...extra.names] },
  };
}

function widened(
  table: TableFile,
  extra: ExtraColumns,
  columns: ReadonlyMap<string | null, number>,
): TableFile {
  return {
    ...table,
    header: [...table.header, ...extra.names],
    async *rows(options) {
      for await (const rows of table.rows(options)) {
        const wider: TableRow[] = [];
        for (const row of rows) {
          const cell = (standard: string) => (row.cells[columns.get(standard) ?? -1] ?? '').trim();
          wider.push({ ...row, cells: [...row.cells, ...(await extra.cellsOf(cell))] });
        }
        yield wider;
      }
    },
  };
}

/** What the table's own columns already say is not made again. */
export function notThere(known: KnownTable, names: readonly string[]): readonly string[] {
  return names.filter((name) => !known.recognised.standards.includes(name) && !known.names.includes(name));
}

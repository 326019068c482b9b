import type { TableRow } from '../../../files/table.ts';
import type { KnownEntity, KnownTable } from './known-table.ts';

/** Reads a standard field of a row; '' when the table has none. Without outer spaces. */
export type CellOf = (standard: string) => string;

/** How cells of one table are read by their standard fields. */
export function cellReader({ recognised }: KnownTable): (row: TableRow) => CellOf {
  const columns = new Map(recognised.standards.map((standard, at) => [standard, at] as const));
  return ({ cells }) =>
    (standard) =>
      (cells[columns.get(standard) ?? -1] ?? '').trim();
}

/** Shows every good row of an entity, table by table; `at` is where it stands, for people. */
export async function eachRow(
  known: KnownEntity,
  signal: AbortSignal,
  take: (cell: CellOf, at: string) => void,
): Promise<void> {
  for (const table of known.tables) {
    const read = cellReader(table);
    for await (const rows of table.table.rows({ signal })) {
      for (const row of rows) take(read(row), `${table.title}:${row.line}`);
    }
  }
}

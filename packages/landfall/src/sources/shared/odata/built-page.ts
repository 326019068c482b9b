import { sourceKey } from '../../../model/key.ts';
import type { Page, Reject, SourceRecord } from '../../../model/source.ts';
import type { ReadTable } from './table.ts';
import type { Row } from './web-api.ts';

/** The records of a page of rows; a row that none can be made of is a reject. */
export function builtPage(
  table: ReadTable,
  make: (row: Row) => SourceRecord | null,
  rows: readonly Row[],
): Omit<Page, 'next'> {
  const records: SourceRecord[] = [];
  const rejects: Reject[] = [];
  for (const row of rows) {
    const made = madeOrNot(make, row);
    if (made === null) rejects.push(nameless(table));
    else if ('key' in made) records.push(made);
    else rejects.push(unreadable(table, row, made.trouble));
  }
  return { records, rejects };
}

/** What is nested beyond all measure is one row's trouble, not the end of the reading. */
function madeOrNot(
  make: (row: Row) => SourceRecord | null,
  row: Row,
): SourceRecord | { readonly trouble: string } | null {
  try {
    return make(row);
  } catch (trouble) {
    if (trouble instanceof RangeError) return { trouble: trouble.message };
    throw trouble;
  }
}

function unreadable({ name, set, idField }: ReadTable, row: Row, trouble: string): Reject {
  const id = String(row[idField] ?? '');
  return {
    entity: name,
    key: id === '' ? null : sourceKey(name, id.toLowerCase()),
    position: `${set}(${id})`,
    code: 'unreadable-row',
    field: null,
    reason: `a value of this row cannot be kept, such as one nested too deeply (${trouble}): look at it in the source, then discover again`,
  };
}

function nameless({ name, set, idField }: ReadTable): Reject {
  return {
    entity: name,
    key: null,
    position: set,
    code: 'unreadable-row',
    field: idField,
    reason: `a row came without its id (${idField}): look at it in the source, then discover again`,
  };
}

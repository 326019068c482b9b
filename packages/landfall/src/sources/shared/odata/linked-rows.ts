import type { ReadTable, Side } from './table.ts';
import type { Row, WebApi } from './web-api.ts';

/** Children that one record gets at most; more of them have to be asked for (facts 1.4). */
const mostChildren = 5_000;

/** Parents of a page, when links are read through them. */
export const parentsOfPage = 500;

/**
 * Not every table of links can be read itself (facts 1.3, UNC). Then they are read as children of their first side;
 * a link is named by both ids then, having no other name.
 */
export function expandOf([first]: readonly [Side, Side], idOfSecond: string): string {
  return `${first.navigation}($select=${idOfSecond})`;
}

/** The links behind a page of parents, as rows of the table of links. */
export async function linkedRows(
  service: WebApi,
  table: ReadTable,
  sides: readonly [Side, Side],
  ids: { readonly first: string; readonly second: string },
  parents: readonly Row[],
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const [first, second] = sides;
  const rows: Row[] = [];
  for (const parent of parents) {
    const one = String(parent[ids.first]);
    for (const child of await childrenOf(service, table, first.navigation, parent, signal)) {
      const other = String(child[ids.second]);
      rows.push({ [table.idField]: `${one}|${other}`, [first.attribute]: one, [second.attribute]: other });
    }
  }
  return rows;
}

/** The link behind children is always there; it leads through all of them, those we have included. */
async function childrenOf(
  service: WebApi,
  { label }: ReadTable,
  navigation: string,
  parent: Row,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const given = parent[navigation];
  const children = Array.isArray(given) ? (given as readonly Row[]) : [];
  const link = parent[`${navigation}@odata.nextLink`];
  if (children.length < mostChildren || typeof link !== 'string') return children;
  return service.all({ path: link, what: `reading ${label}` }, signal);
}

import type { ReadTable } from './table.ts';
import type { WebApi } from './web-api.ts';

/** A part of a table: which rows (null: all), and how many there were; null: not counted. */
export interface Part {
  readonly filter: string | null;
  readonly rows: number | null;
}

/** The numbers that rows are laid out on, so that a table can be cut in two: times of creation, or ids. */
interface Axis {
  readonly field: string;
  readonly first: bigint;
  readonly last: bigint;
  /** A number as it stands in a filter. */
  readonly text: (at: bigint) => string;
}

/** Rows that one part may have at most: far below what the service counts. */
const mostPartRows = 25_000;
/** Parts that are wanted: as many as are read beside each other, so that none waits for another at the end. */
const wantedParts = 8;
/** Pages from which on it is worth to cut a table. */
const pagesWorthCutting = 4;

/** Rows of one part of a table that has about so many; null: it is read as one. `pageRows`: those of a page. */
export function partRowsOf(tableRows: number, pageRows: number): number | null {
  if (tableRows <= pageRows * pagesWorthCutting) return null;
  return Math.min(mostPartRows, Math.max(pageRows, Math.ceil(tableRows / wantedParts)));
}

/** Beyond so many rows the service counts nothing (facts 1.3). */
const tooManyCode = '0x8004e023';
/** More parts than this make no cursor that is worth keeping. */
const mostParts = 400;

/**
 * Cuts a table into parts of at most `partRows` rows and counts them, exactly: the service's own totals are capped or
 * old (facts 1.3). Null when the service does not count this table; the whole table is one part then.
 */
export async function partsOf(
  service: WebApi,
  table: ReadTable,
  set: string,
  partRows: number,
  signal: AbortSignal,
): Promise<readonly Part[] | null> {
  const axis = await axisOf(service, table, set, signal);
  if (axis === null) return null;
  const count = counter(service, table, set, signal);
  const parts = await cut({ axis, partRows, count }, null, null, axis.first, axis.last);
  if (parts === null || parts.length > mostParts) return null;
  const without = axis.field === table.idField ? 0 : await count(`${axis.field} eq null`);
  if (without === null || without === 'tooMany') return null;
  return without === 0 ? parts : [...parts, { filter: `${axis.field} eq null`, rows: without }];
}

type Counted = number | 'tooMany' | null;
type Count = (filter: string | null) => Promise<Counted>;

function counter(service: WebApi, table: ReadTable, set: string, signal: AbortSignal): Count {
  const what = `counting ${table.label}`;
  return async (filter) => {
    const sum = 'aggregate($count as n)';
    const apply = filter === null ? sum : `filter(${filter})/${sum}`;
    const told = await service.ask({ path: `${set}?$apply=${encodeURIComponent(apply)}`, what }, signal);
    if (told.code === tooManyCode) return 'tooMany';
    if (!told.ok) return null;
    const [row] = service.pageOf(what, told.json).rows;
    const counted = Number(row?.n ?? (row === undefined ? 0 : Number.NaN));
    return Number.isInteger(counted) ? counted : null;
  };
}

/** `from` and `to` are the ends in filters, null: open; `low` and `high` where the rows are thought to be. */
async function cut(
  knife: { readonly axis: Axis; readonly partRows: number; readonly count: Count },
  from: bigint | null,
  to: bigint | null,
  low: bigint,
  high: bigint,
): Promise<readonly Part[] | null> {
  const { axis, partRows, count } = knife;
  const filter = filterOf(axis, from, to);
  const counted = await count(filter);
  if (counted === null) return null;
  if (counted !== 'tooMany' && counted <= partRows) return counted === 0 ? [] : [{ filter, rows: counted }];
  const middle = (low + high + 1n) / 2n;
  if (middle <= low || middle > high) return counted === 'tooMany' ? null : [{ filter, rows: counted }];
  const [left, right] = await Promise.all([
    cut(knife, from, middle, low, middle - 1n),
    cut(knife, middle, to, middle, high),
  ]);
  return left === null || right === null ? null : [...left, ...right];
}

function filterOf({ field, text }: Axis, from: bigint | null, to: bigint | null): string | null {
  const ends = [
    ...(from === null ? [] : [`${field} ge ${text(from)}`]),
    ...(to === null ? [] : [`${field} lt ${text(to)}`]),
  ];
  return ends.length === 0 ? null : ends.join(' and ');
}

async function axisOf(
  service: WebApi,
  table: ReadTable,
  set: string,
  signal: AbortSignal,
): Promise<Axis | null> {
  if (!table.attributes.some(({ name }) => name === 'createdon')) return idAxis(table.idField);
  const end = async (direction: 'asc' | 'desc') => {
    const path = `${set}?$select=createdon&$orderby=${encodeURIComponent(`createdon ${direction}`)}&$top=1`;
    const page = await service.page({ path, what: `counting ${table.label}` }, signal);
    const ms = Date.parse(String(page.rows[0]?.createdon ?? ''));
    return Number.isNaN(ms) ? null : BigInt(Math.floor(ms / 1_000));
  };
  const [first, last] = await Promise.all([end('asc'), end('desc')]);
  if (first === null || last === null) return null;
  const text = (seconds: bigint) => new Date(Number(seconds) * 1_000).toISOString().replace('.000Z', 'Z');
  return { field: 'createdon', first, last, text };
}

/**
 * Ids in the order of the database: the last group counts most. In another order the parts would be uneven, and
 * still cover every row once.
 */
function idAxis(field: string): Axis {
  const text = (at: bigint) => {
    const hex = at.toString(16).padStart(16, '0');
    return `00000000-0000-0000-${hex.slice(12)}-${hex.slice(0, 12)}`;
  };
  return { field, first: 0n, last: 2n ** 64n - 1n, text };
}

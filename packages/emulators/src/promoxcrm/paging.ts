import type { Call } from '../kit/exchange.ts';
import { seededRandom } from '../kit/random.ts';
import type { Switches } from './switches.ts';

/** One record as the API gives it. */
export type Row = Readonly<Record<string, unknown>>;

/** A page of a list: its records and what stands beside them. */
interface Cut {
  readonly rows: readonly Row[];
  readonly meta: Readonly<Record<string, unknown>>;
}

/** The body of a list answer: a page of the rows, as the switches have it. `turn` decides the order of an unsorted list. */
export function listBody(call: Call, rows: readonly Row[], switches: Switches, turn: number): unknown {
  const { rows: page, meta } = cut(call, unruly(rows, switches, turn), switches);
  const total = switches.showsTotal ? { total: rows.length } : {};
  switch (switches.envelope) {
    case 'data':
      return { data: page, meta: { ...meta, ...total } };
    case 'results':
      return { results: page, ...meta, ...total };
    default:
      return page;
  }
}

function cut(call: Call, rows: readonly Row[], switches: Switches): Cut {
  switch (switches.paging) {
    case 'page':
      return cutByPage(call, rows, switches);
    case 'offset':
      return cutByOffset(call, rows, switches);
    case 'cursor':
      return cutByCursor(call, rows, switches);
    default:
      return { rows, meta: {} };
  }
}

function cutByPage(call: Call, rows: readonly Row[], switches: Switches): Cut {
  const size = sizeOf(call, 'per_page', switches);
  const asked = wholeOf(call.query.get('page'), 1);
  // A list that repeats gives its first page again instead of an empty one.
  const page = switches.unruly === 'repeating' && asked > 2 ? 2 : Math.max(1, asked);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const meta = { page: asked, per_page: size, ...(switches.showsTotal ? { total_pages: pages } : {}) };
  return { rows: rows.slice((page - 1) * size, page * size), meta };
}

function cutByOffset(call: Call, rows: readonly Row[], switches: Switches): Cut {
  const size = sizeOf(call, 'limit', switches);
  const asked = wholeOf(call.query.get('offset'), 0);
  const offset = switches.unruly === 'repeating' && asked > size ? size : asked;
  return { rows: rows.slice(offset, offset + size), meta: { offset: asked, limit: size } };
}

function cutByCursor(call: Call, rows: readonly Row[], switches: Switches): Cut {
  const size = sizeOf(call, 'limit', switches);
  const begins = startOf(call.query.get('cursor'));
  const ends = begins + size;
  const turned = switches.unruly === 'cyclic' || switches.unruly === 'repeating';
  const next = ends < rows.length ? cursorAt(ends) : turned ? cursorAt(0) : null;
  return { rows: rows.slice(begins, ends), meta: { next_cursor: next } };
}

/** The rows as a list that misbehaves gives them. */
function unruly(rows: readonly Row[], { unruly: how, pageDefault }: Switches, turn: number): readonly Row[] {
  if (how === 'missing') return rows.filter((_, at) => at % pageDefault !== pageDefault - 1);
  if (how !== 'unsorted') return rows;
  const random = seededRandom(turn);
  return rows
    .map((row) => ({ row, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}

function sizeOf(call: Call, parameter: string, { pageDefault, pageMax }: Switches): number {
  const asked = wholeOf(call.query.get(parameter), pageDefault);
  return asked < 1 ? pageDefault : Math.min(asked, pageMax);
}

function wholeOf(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
}

function cursorAt(position: number): string {
  return Buffer.from(`at:${position}`).toString('base64url');
}

function startOf(cursor: string | null): number {
  const found = cursor === null ? null : /^at:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  return found === null ? 0 : Number(found[1]);
}

import { z } from 'zod';
import { MigrationError } from '../../../model/error.ts';
import type { Cursor } from '../../../model/source.ts';
import { type ChainParts, type ChainPlace, RowChain } from './row-chain.ts';
import type { Row } from './web-api.ts';

/** A page of rows and the place to go on after it; null at the end. */
export interface RowsPage {
  readonly rows: readonly Row[];
  readonly next: Cursor | null;
}

const cursorShape = z.strictObject({
  /** Parts that nobody has begun with. */
  waiting: z.array(z.string().nullable()),
  lanes: z.array(
    z.strictObject({
      filter: z.string().nullable(),
      link: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  /** Which lane gives the next page. */
  turn: z.int().min(0),
});
type State = z.infer<typeof cursorShape>;

/** A part that is being read: its next page is on its way while others are handed out. */
interface Lane {
  readonly filter: string | null;
  /** Where the page begins that is on its way. */
  place: ChainPlace;
  readonly chain: RowChain;
  pending: Promise<readonly Row[]>;
}

/** The state that a list begins with: so many parts beside each other, the others one after the other. */
export function firstCursor(filters: readonly (string | null)[], lanes: number): Cursor {
  const begun = filters.slice(0, Math.max(1, lanes));
  const state: State = {
    waiting: filters.slice(begun.length),
    lanes: begun.map((filter) => ({ filter, link: null, after: null })),
    turn: 0,
  };
  return JSON.stringify(state);
}

/**
 * Rows of several parts, one page of each in turn; every part has one page on its way. The cursor holds where each
 * part stands, so a restart gives the same pages in the same order. Throws `MigrationError`.
 */
export async function* readRows(
  parts: Omit<ChainParts, 'filter'>,
  from: Cursor,
  signal: AbortSignal,
): AsyncIterable<RowsPage> {
  const state = parsedCursor(from);
  const waiting = [...state.waiting];
  const breakOff = new AbortController();
  const both = AbortSignal.any([signal, breakOff.signal]);
  const lanes = state.lanes.map(({ filter, link, after }) => openLane(parts, filter, { link, after }, both));
  let turn = state.turn;
  try {
    while (lanes.length > 0) {
      signal.throwIfAborted();
      const lane = lanes[turn % lanes.length] as Lane;
      turn %= lanes.length;
      const rows = await lane.pending;
      turn = advance(lanes, turn, waiting, parts, both);
      yield { rows, next: lanes.length === 0 ? null : printCursor(lanes, waiting, turn) };
    }
  } finally {
    breakOff.abort();
    await Promise.allSettled(lanes.map(({ pending }) => pending));
  }
}

/** Sends the lane of this turn on: to its next page, to the next part, or home. Gives the next turn. */
function advance(
  lanes: Lane[],
  turn: number,
  waiting: (string | null)[],
  parts: Omit<ChainParts, 'filter'>,
  signal: AbortSignal,
): number {
  const lane = lanes[turn] as Lane;
  const { place } = lane.chain;
  if (place !== null) {
    lane.place = place;
    lane.pending = started(lane.chain, signal);
    return (turn + 1) % lanes.length;
  }
  const next = waiting.shift();
  if (next !== undefined) {
    lanes[turn] = openLane(parts, next, { link: null, after: null }, signal);
    return (turn + 1) % lanes.length;
  }
  lanes.splice(turn, 1);
  return lanes.length === 0 ? 0 : turn % lanes.length;
}

function openLane(
  parts: Omit<ChainParts, 'filter'>,
  filter: string | null,
  place: ChainPlace,
  signal: AbortSignal,
): Lane {
  const chain = new RowChain({ ...parts, filter }, place);
  return { filter, place, chain, pending: started(chain, signal) };
}

/** Its trouble is told when its turn comes; until then it must not count as unheard. */
function started(chain: RowChain, signal: AbortSignal): Promise<readonly Row[]> {
  const pending = chain.next(signal);
  pending.catch(() => undefined);
  return pending;
}

function printCursor(lanes: readonly Lane[], waiting: readonly (string | null)[], turn: number): Cursor {
  const state: State = {
    waiting: [...waiting],
    lanes: lanes.map(({ filter, place }) => ({ filter, ...place })),
    turn,
  };
  return JSON.stringify(state);
}

function parsedCursor(text: Cursor): State {
  try {
    const parsed = cursorShape.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // told below
  }
  throw new MigrationError('answer-wrong', 'The place to go on reading from is not one of ours.', {
    hint: 'Run `landfall discover` again; reading begins anew then.',
  });
}

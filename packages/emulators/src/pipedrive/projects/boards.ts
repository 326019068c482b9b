import { z } from 'zod';
import { type Account, assertLink, isLive, nowSec } from '../account.ts';
import { done, type Exchange, type Handler, jsonBody, pathId } from '../exchange-context.ts';
import { readQuery } from '../query.ts';
import { badRequest, notFound, schemaRefusal } from '../refusal.ts';
import { id, parsed, requiredText } from '../schemas.ts';
import { v1Time } from '../times.ts';
import { assertPlace, byOrder, keepAt } from './order.ts';
import type { BoardRecord, PhaseRecord } from './records.ts';
import { isoTime } from './times.ts';

const order_nr = z.int().min(1).optional();
const boardCreation = z.strictObject({ name: requiredText, order_nr });
const boardChange = boardCreation.partial();
const phaseCreation = z.strictObject({ name: requiredText, board_id: id, order_nr });
const phaseChange = phaseCreation.partial();

/** The live boards, in order. */
export function liveBoards({ state }: Account): readonly BoardRecord[] {
  return [...state.boards.all()].filter(isLive).sort(byOrder);
}

/** The live phases of a board, in order. */
export function livePhases({ state }: Account, boardId: number): readonly PhaseRecord[] {
  return [...state.phases.all()].filter((each) => isLive(each) && each.board_id === boardId).sort(byOrder);
}

/** Creates a board, at the end unless it names its place. */
export function createBoard(account: Account, body: unknown): BoardRecord {
  const given = parsed(boardCreation, body);
  const { boards } = account.state;
  const others = liveBoards(account);
  const place = given.order_nr ?? others.length + 1;
  assertPlace(place, others.length + 1);
  const ms = account.clock.nowMs();
  const fresh = { addedMs: ms, updatedMs: ms, deletedSec: null, order_nr: place };
  return keepAt(account, boards, others, { id: boards.nextId, name: given.name, ...fresh }, place);
}

function updateBoard(account: Account, board: BoardRecord, body: unknown): BoardRecord {
  const given = parsed(boardChange, body);
  const others = liveBoards(account).filter((each) => each.id !== board.id);
  assertPlace(given.order_nr, others.length + 1);
  const changed = { ...board, name: given.name ?? board.name, updatedMs: account.clock.nowMs() };
  return keepAt(account, account.state.boards, others, changed, given.order_nr ?? board.order_nr);
}

/** INF: a board takes its phases with it, and stays while a live project is on it. */
function removeBoard(account: Account, board: BoardRecord): void {
  const { state } = account;
  assertUnused(account, (project) => project.board_id === board.id, `Board ${board.id}`);
  const deletedSec = nowSec(account);
  state.keep(state.boards, { ...board, deletedSec });
  for (const phase of livePhases(account, board.id)) state.keep(state.phases, { ...phase, deletedSec });
}

function assertUnused(
  { state }: Account,
  uses: (project: { readonly board_id: number; readonly phase_id: number }) => boolean,
  what: string,
): void {
  for (const project of state.projects.all())
    if (isLive(project) && uses(project)) throw badRequest(`${what} is used by project ${project.id}`);
}

/** Creates a phase on a board, at the end unless it names its place. */
export function createPhase(account: Account, body: unknown): PhaseRecord {
  const given = parsed(phaseCreation, body);
  const { phases, boards } = account.state;
  assertLink(account, 'Board', boards.get(given.board_id), given.board_id);
  const others = livePhases(account, given.board_id);
  const place = given.order_nr ?? others.length + 1;
  assertPlace(place, others.length + 1);
  const ms = account.clock.nowMs();
  const fresh = { addedMs: ms, updatedMs: ms, deletedSec: null, order_nr: place };
  const { name, board_id } = given;
  return keepAt(account, phases, others, { id: phases.nextId, name, board_id, ...fresh }, place);
}

function updatePhase(account: Account, phase: PhaseRecord, body: unknown): PhaseRecord {
  const given = parsed(phaseChange, body);
  const { phases, boards } = account.state;
  const board_id = given.board_id ?? phase.board_id;
  assertLink(account, 'Board', boards.get(board_id), board_id);
  const others = livePhases(account, board_id).filter((each) => each.id !== phase.id);
  assertPlace(given.order_nr, others.length + 1);
  const stays = board_id === phase.board_id ? phase.order_nr : others.length + 1;
  const changed = { ...phase, name: given.name ?? phase.name, board_id, updatedMs: account.clock.nowMs() };
  return keepAt(account, phases, others, changed, given.order_nr ?? stays);
}

function removePhase(account: Account, phase: PhaseRecord): void {
  assertUnused(account, (project) => project.phase_id === phase.id, `Phase ${phase.id}`);
  account.state.keep(account.state.phases, { ...phase, deletedSec: nowSec(account) });
}

type Time = (ms: number) => string | null;
const wholeSeconds: Time = (ms) => v1Time(Math.floor(ms / 1_000));

function boardView({ id: boardId, name, order_nr: place, addedMs, updatedMs }: BoardRecord, time: Time) {
  return { id: boardId, name, order_nr: place, add_time: time(addedMs), update_time: time(updatedMs) };
}

function phaseView(phase: PhaseRecord, time: Time) {
  const { id: phaseId, name, board_id, order_nr: place, addedMs, updatedMs } = phase;
  const times = { add_time: time(addedMs), update_time: time(updatedMs) };
  return { id: phaseId, name, board_id, order_nr: place, ...times };
}

function liveBoard(exchange: Exchange): BoardRecord {
  const board = exchange.account.state.boards.get(pathId(exchange));
  if (!board || !isLive(board)) throw notFound('Board');
  return board;
}

function livePhase(exchange: Exchange): PhaseRecord {
  const phase = exchange.account.state.phases.get(pathId(exchange));
  if (!phase || !isLive(phase)) throw notFound('Phase');
  return phase;
}

function phasesAsked({ account, call }: Exchange): readonly PhaseRecord[] {
  const board = readQuery(call, { board_id: 'id' }).id('board_id');
  if (board === undefined)
    throw schemaRefusal([{ key: 'board_id', text: "Parameter 'board_id' is required for this request" }]);
  return livePhases(account, board);
}

type Handlers = Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>>;
type Readers = Readonly<Record<'list' | 'get', Handler>>;

/** The v2 operations on boards. The list has no pages. */
export const BOARD_HANDLERS: Handlers = {
  list: ({ account }) => done(liveBoards(account).map((board) => boardView(board, isoTime))),
  get: (exchange) => done(boardView(liveBoard(exchange), isoTime)),
  add: (exchange) => done(boardView(createBoard(exchange.account, jsonBody(exchange)), isoTime)),
  update: (exchange) =>
    done(boardView(updateBoard(exchange.account, liveBoard(exchange), jsonBody(exchange)), isoTime)),
  remove(exchange) {
    const board = liveBoard(exchange);
    removeBoard(exchange.account, board);
    return done({ id: board.id });
  },
};

/** The v2 operations on phases. The list has no pages and needs a board. */
export const PHASE_HANDLERS: Handlers = {
  list: (exchange) => done(phasesAsked(exchange).map((phase) => phaseView(phase, isoTime))),
  get: (exchange) => done(phaseView(livePhase(exchange), isoTime)),
  add: (exchange) => done(phaseView(createPhase(exchange.account, jsonBody(exchange)), isoTime)),
  update: (exchange) =>
    done(phaseView(updatePhase(exchange.account, livePhase(exchange), jsonBody(exchange)), isoTime)),
  remove(exchange) {
    const phase = livePhase(exchange);
    removePhase(exchange.account, phase);
    return done({ id: phase.id });
  },
};

/** The v1 operations on boards; they only read. */
export const V1_BOARD_HANDLERS: Readers = {
  list: ({ account }) => done(liveBoards(account).map((board) => boardView(board, wholeSeconds))),
  get: (exchange) => done(boardView(liveBoard(exchange), wholeSeconds)),
};

/** The v1 operations on phases; they only read. */
export const V1_PHASE_HANDLERS: Readers = {
  list: (exchange) => done(phasesAsked(exchange).map((phase) => phaseView(phase, wholeSeconds))),
  get: (exchange) => done(phaseView(livePhase(exchange), wholeSeconds)),
};

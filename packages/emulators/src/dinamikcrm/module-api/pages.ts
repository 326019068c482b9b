import { type Answer, type Call, jsonAnswer } from '../../kit/exchange.ts';
import { badRequest, signInPage } from '../refusal.ts';
import type { Module } from '../schema/module.ts';
import type { Switches } from '../switches.ts';
import type { Row } from '../world/row.ts';
import { recordView } from './record-view.ts';

const DEFAULT_PAGE_SIZE = 50;
const MOVED_ROWS = 7;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/** One page of a module's records, in the manner that the switches say. */
export function pageAnswer(call: Call, module: Module, rows: readonly Row[], switches: Switches): Answer {
  const page = wholeNumber(call, 'page', 1);
  const asked = wholeNumber(call, 'pageSize', DEFAULT_PAGE_SIZE);
  const pageSize = Math.min(asked, switches.pageSizeMax);
  if (asked > switches.pageSizeMax && switches.pageSizeBeyond === 'refused')
    throw badRequest(`pageSize en fazla ${switches.pageSizeMax} olabilir.`);
  if (switches.pages === 'html' && page > 1) return signInPage();
  const listed = listedRows(call, rows, switches, page);
  const items = itemsOf(listed, page, pageSize, switches).map((row) => recordView(module, row, switches));
  const total = switches.pages === 'growing' ? listed.length + page : listed.length;
  const answer = jsonAnswer(200, { items, page, pageSize, total });
  return switches.pages === 'truncated' && page > 1 ? { ...answer, body: half(answer.body) } : answer;
}

function half(body: Answer['body']): string {
  return String(body).slice(0, Math.floor(body.length / 2));
}

function listedRows(call: Call, rows: readonly Row[], switches: Switches, page: number): readonly Row[] {
  const since = call.query.get('modifiedSince');
  if (since !== null && !TIME.test(since)) throw badRequest(`modifiedSince: "${since}" bir tarih değil.`);
  const found = rows.filter(
    ({ active, updateDate }) =>
      (switches.deletedListed || active === true) && (since === null || updateDate >= minuteOf(since)),
  );
  // Nobody asked for an order: on every second page some rows have changed places with others far away.
  if (switches.pages === 'unstable' && page % 2 === 0)
    return [...found.slice(MOVED_ROWS), ...found.slice(0, MOVED_ROWS)];
  return found;
}

function minuteOf(time: string): string {
  return `${time.slice(0, 16)}:00`;
}

function itemsOf(rows: readonly Row[], page: number, pageSize: number, { pages }: Switches): readonly Row[] {
  const at = (wanted: number): readonly Row[] => rows.slice((wanted - 1) * pageSize, wanted * pageSize);
  const last = Math.max(1, Math.ceil(rows.length / pageSize));
  if (pages === 'repeating' && page === 2) return at(1);
  if (pages === 'endless' && page > last) return at(((page - 1) % last) + 1);
  if (pages === 'missing' && page === 1) return at(1).slice(0, -1);
  return at(page);
}

function wholeNumber(call: Call, name: string, usual: number): number {
  const text = call.query.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw badRequest(`${name}: "${text}" bir sayı değil.`);
  return value;
}

import type { Body } from './body.ts';

/** What an answer means for the one who asked. */
export type AnswerKind =
  | 'ok'
  | 'refused' // proof that this request was not executed, and why
  | 'gone' // there is no such thing
  | 'burst' // too fast; not executed
  | 'day' // the day's budget is used up; not executed
  | 'cap' // the plan allows no more of these; not executed
  | 'blocked' // shut out by what stands in front of the service; not executed
  | 'unauthorized' // not executed
  | 'forbidden' // not executed
  | 'notServed' // the other side has no such operation; not executed
  | 'notSent' // no connection: proven not to have arrived
  | 'unavailable' // a read without a usable answer: ask again
  | 'unknown'; // a write without a usable answer: it may have been executed

/** Bytes by their number and SHA-256 (hex): they are counted and hashed as they come, not kept. */
export interface Digest {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** What came back for a request, or why nothing did. */
export type Outcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
      readonly body: Body;
      /** In place of the body, where the request asked for no more and the answer is 200. */
      readonly digest?: Digest;
    }
  /** Nothing, or half of it: the connection broke, the time was up, the body was too large. */
  | { readonly kind: 'lost'; readonly because: string }
  /** The connection never came about. */
  | { readonly kind: 'notSent'; readonly because: string };

/** What differs between services, as data: names of headers and of members of an error body. */
export interface Dialect {
  /** Header that holds the day's tokens left; 0 on a 429 means the day is used up. */
  readonly dayRemainingHeader: string | null;
  readonly dayLimitHeader: string | null;
  readonly burstLimitHeader: string | null;
  readonly burstRemainingHeader: string | null;
  /** Header with the seconds until a burst window is free again. */
  readonly burstResetHeader: string | null;
  /** Header that every answer carries that came past the meter of costs; without it nothing was charged. */
  readonly meterHeader: string | null;
  /** A 403 whose code starts like this is a limit of the plan. */
  readonly capCodePrefix: string | null;
  /** Member of a good answer that must be true; null when there is none. */
  readonly successMember: string | null;
}

/** A service that says nothing of its own about limits. */
export const plainDialect: Dialect = {
  dayRemainingHeader: null,
  dayLimitHeader: null,
  burstLimitHeader: null,
  burstRemainingHeader: null,
  burstResetHeader: null,
  meterHeader: null,
  capCodePrefix: null,
  successMember: null,
};

type Answer = Extract<Outcome, { readonly kind: 'answer' }>;

interface Row {
  readonly status: number | readonly [from: number, to: number];
  /** What must hold besides; absent: always. */
  readonly when?: (answer: Answer, dialect: Dialect) => boolean;
  /** What it means for a read and for a write. */
  readonly read: AnswerKind;
  readonly write: AnswerKind;
}

function same(status: Row['status'], kind: AnswerKind, when?: Row['when']): Row {
  return when === undefined ? { status, read: kind, write: kind } : { status, when, read: kind, write: kind };
}

const pageStart = /^\s*<(!doctype|html)/i;
const isJson = (answer: Answer) => answer.body.kind === 'json' && isObject(answer.body.value);
const isPage = (answer: Answer) =>
  answer.body.kind === 'broken' &&
  (/html/i.test(header(answer, 'content-type') ?? '') || pageStart.test(answer.body.text));

/** The one table, first row that fits. A refusal counts as proof only with a body that says so. */
const table: readonly Row[] = [
  same(200, 'ok', (answer) => answer.digest !== undefined),
  same(204, 'ok', (answer) => answer.body.kind === 'empty'),
  same([200, 299], 'ok', succeeded),
  same(401, 'unauthorized'),
  same(402, 'forbidden'),
  same(403, 'blocked', isPage),
  same(
    403,
    'cap',
    (answer, { capCodePrefix }) => capCodePrefix !== null && codeOf(answer.body).startsWith(capCodePrefix),
  ),
  same(403, 'refused', (answer) => codeOf(answer.body) !== ''),
  same(403, 'forbidden', isJson),
  same(404, 'gone', isJson),
  same(410, 'gone', isJson),
  same(429, 'day', (answer, { dayRemainingHeader }) => numberHeader(answer, dayRemainingHeader) === 0),
  same(429, 'burst'),
  same([400, 407], 'refused', isJson),
  same([409, 499], 'refused', isJson),
  same(501, 'notServed', isJson),
];

/** What an outcome means. `write`: the request could have changed something. */
export function classify(outcome: Outcome, write: boolean, dialect: Dialect): AnswerKind {
  if (outcome.kind === 'notSent') return 'notSent';
  if (outcome.kind === 'answer') {
    const row = table.find(
      ({ status, when }) => covers(status, outcome.status) && (when === undefined || when(outcome, dialect)),
    );
    if (row !== undefined) return write ? row.write : row.read;
  }
  return write ? 'unknown' : 'unavailable';
}

function covers(range: Row['status'], status: number): boolean {
  return typeof range === 'number' ? range === status : status >= range[0] && status <= range[1];
}

function succeeded(answer: Answer, { successMember }: Dialect): boolean {
  if (answer.body.kind !== 'json' || !isObject(answer.body.value)) return false;
  return successMember === null || answer.body.value[successMember] === true;
}

/** The machine-readable code of an error body; '' when there is none. */
export function codeOf(body: Body): string {
  if (body.kind !== 'json' || !isObject(body.value)) return '';
  return typeof body.value.code === 'string' ? body.value.code : '';
}

/** What an error body says, for people; '' when it says nothing. */
export function wordsOf(body: Body): string {
  if (body.kind === 'broken' && pageStart.test(body.text))
    return 'a web page came in the place of an answer: a proxy or a sign-in page stands between';
  if (body.kind !== 'json' || !isObject(body.value)) return '';
  const { error, error_description: description, message } = body.value;
  for (const words of [error, description, message])
    if (typeof words === 'string' && words !== '') return words;
  return isObject(error) && typeof error.message === 'string' ? error.message : '';
}

/** A header's text; the first when there are several. */
export function header(answer: Answer, name: string): string | undefined {
  const value = answer.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A header's number; null when it is absent or no number. */
export function numberHeader(answer: Answer, name: string | null): number | null {
  const text = name === null ? undefined : header(answer, name);
  if (text === undefined || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

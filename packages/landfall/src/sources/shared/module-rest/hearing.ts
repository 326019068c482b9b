import type { Outcome } from '../../../wire/answer.ts';
import type { Redact } from '../../../wire/redact.ts';
import type { ErrorSign, Meaning, RestDialect } from './dialect.ts';
import { memberAt, plainText } from './member.ts';

/** What an answer means here: its content, or why there is none. */
export type Heard =
  | { readonly kind: 'ok'; readonly body: unknown; readonly status: number }
  | {
      readonly kind: Meaning | 'notServed';
      /** In the service's words, else in ours; short, and without secrets. */
      readonly words: string;
      readonly status: number;
    };

type Answer = Extract<Outcome, { readonly kind: 'answer' }>;

const byStatus: Readonly<Record<number, Exclude<Heard['kind'], 'ok'>>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'gone',
  410: 'gone',
  408: 'unavailable',
  425: 'unavailable',
  429: 'throttled',
  501: 'notServed',
};

const pageStart = /^\s*<(?:!doctype|html|head|body|\?xml)/i;

/** Reads what came back: first by the signs of the dialect, then by the status. A good one is JSON with status 2xx. */
export function hear(outcome: Outcome, { signs }: RestDialect, redact: Redact): Heard {
  if (outcome.kind !== 'answer') return { kind: 'unavailable', words: redact(outcome.because), status: 0 };
  const wordsOf = (path: string | undefined) => wordsIn(outcome, path, redact);
  const { status, body } = outcome;
  const sign = signs.find((each) => isThere(each, outcome));
  if (sign !== undefined) return { kind: sign.means, words: wordsOf(sign.words), status };
  if (status < 200 || status >= 300) {
    const usual = status >= 300 && status < 400 ? 'unavailable' : status >= 500 ? 'unavailable' : 'refused';
    return { kind: byStatus[status] ?? usual, words: wordsOf(undefined), status };
  }
  if (body.kind === 'json') return { kind: 'ok', body: body.value, status };
  return { kind: 'unavailable', words: wordsOf(undefined), status };
}

function isThere({ status, text, member, is }: ErrorSign, answer: Answer): boolean {
  if (status !== undefined && status !== answer.status) return false;
  const { body } = answer;
  if (text !== undefined && !(body.kind === 'broken' && new RegExp(text, 'i').test(body.text))) return false;
  if (member === undefined) return true;
  const value = body.kind === 'json' ? memberAt(body.value, member) : undefined;
  return is === undefined
    ? value !== undefined && value !== null && value !== '' && value !== false
    : value === is;
}

/** Words that are looked at for secrets, and shown. Of a secret cut in half neither half would be known. */
const lookedAtChars = 20_000;
const shownChars = 300;

function shortened(words: string, redact: Redact): string {
  return redact(words.slice(0, lookedAtChars)).slice(0, shownChars);
}

function wordsIn({ body, status }: Answer, path: string | undefined, redact: Redact): string {
  if (body.kind === 'broken')
    return pageStart.test(body.text)
      ? `a web page came in the place of an answer (${status}): a sign-in page or a proxy stands between`
      : `${shortened(body.text.trim(), redact)} (${status}, no JSON)`;
  if (body.kind === 'empty') return `an empty answer (${status})`;
  for (const at of [path, 'error.message', 'message', 'error', 'title']) {
    const words = at === undefined ? '' : plainText(memberAt(body.value, at));
    if (words !== '') return `${shortened(words, redact)} (${status})`;
  }
  return `no reason given (${status})`;
}

import type { Call } from '../kit/exchange.ts';
import type { Account } from './account.ts';
import type { Multipart } from './multipart.ts';
import type { UserRecord } from './records.ts';
import { badRequest, Refusal, schemaRefusal } from './refusal.ts';
import { silentlyChanged } from './silent-changes.ts';

/** One request to one operation, as its handler sees it. */
export interface Exchange {
  readonly account: Account;
  readonly call: Call;
  /** The body where it was a multipart form that could be read; otherwise null. */
  readonly form: Multipart | null;
  /** Values of the path's `{...}` parts. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Whose token it came with. */
  readonly user: UserRecord;
  readonly tokenKind: 'api' | 'oauth';
}

/** What a handler answers: the whole body, envelope included. */
export interface Reply {
  readonly status: number;
  readonly value: unknown;
  /** Where the answer is no JSON: what is sent in the place of `value`. */
  readonly raw?: { readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array };
}

/** Carries one operation out. Throws a `Refusal` when the request is turned down; nothing is changed then. */
export type Handler = (exchange: Exchange) => Reply;

/** `{ success: true, data }` */
export function done(data: unknown, status = 200): Reply {
  return { status, value: { success: true, data } };
}

/** A page of a v2 list. */
export function page(data: readonly unknown[], nextCursor: string | null): Reply {
  return { status: 200, value: { success: true, data, additional_data: { next_cursor: nextCursor } } };
}

/** The JSON body of a v2 request. */
export function jsonBody({ account, call }: Exchange): unknown {
  const type = call.header('content-type') ?? '';
  // INF: v2 takes "JSON bodies only"; the answer to anything else is not described.
  if (!type.includes('json')) throw badRequest('Request body must be sent as application/json');
  return silentlyChanged(parseJson(call.text()), account.switches.silentChanges);
}

/** The body of a v1 request: JSON, or a form. */
export function looseBody(exchange: Exchange): unknown {
  const { account, call } = exchange;
  const type = call.header('content-type') ?? '';
  const body = type.includes('x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(call.text()))
    : parseJson(call.text());
  return silentlyChanged(body, account.switches.silentChanges);
}

/** The number in the path. Throws 400 when it is none. */
export function pathId(exchange: Exchange, name = 'id'): number {
  const text = exchange.params[name] ?? '';
  if (!/^[1-9]\d{0,14}$/.test(text)) throw schemaRefusal([{ key: name, text: 'must be a positive integer' }]);
  return Number(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // INF: the status is usual, the text is not described.
    throw new Refusal(400, 'Request body is not valid JSON', 'ERR_BAD_REQUEST');
  }
}

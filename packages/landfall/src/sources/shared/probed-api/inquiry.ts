import type { Dispatcher } from 'undici';
import type { Ports } from '../../../base/ports.ts';
import { header, type Outcome } from '../../../wire/answer.ts';
import { defaultLimits, openExchange } from '../../../wire/exchange.ts';
import { firstMember, isObject, type Json } from '../module-rest/member.ts';
import type { AuthWay, ProbeBounds } from './probe-plan.ts';

/** What one question got. `items` is null when the answer is no list of records. */
export interface Inquired {
  readonly status: number;
  readonly isJson: boolean;
  readonly isPage: boolean;
  readonly body: unknown;
  header(name: string): string | undefined;
}

/** What an inquiry is made of. */
export interface InquiryParts {
  readonly origin: string;
  /** Where paths lie at first; `basePath` of the inquiry may be set anew. */
  readonly basePath: string;
  readonly token: string;
  readonly ports: Ports;
  readonly bounds: ProbeBounds;
  readonly limitHeaders: readonly string[];
}

/** An answer that is larger says nothing more. */
const mostBodyBytes = 8 * 1024 * 1024;

/**
 * Asks an unknown API politely: GET and OPTIONS only, one request at a time with a pause between, never more than the
 * bounds allow, and nothing more after the first 429. Never throws but the signal's reason.
 */
export class Inquiry {
  readonly #parts: InquiryParts;
  readonly #exchange;
  readonly log: { method: string; path: string; status: number }[] = [];
  readonly limits: Record<string, string> = {};
  /** Why nothing more is asked; null: more may be. */
  stopped: string | null = null;
  /** What every path begins with. */
  basePath: string;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(parts: InquiryParts) {
    this.#parts = parts;
    this.basePath = parts.basePath;
    const { origin, ports } = parts;
    const dispatcher: Dispatcher | undefined = ports.dispatcher?.(origin);
    this.#exchange = openExchange(origin, { ...defaultLimits, connections: 1, mostBodyBytes }, dispatcher);
  }

  /** Asks one thing; null when nothing more may be asked. */
  async ask(
    method: 'GET' | 'OPTIONS',
    path: string,
    way: AuthWay | null,
    signal: AbortSignal,
  ): Promise<Inquired | null> {
    signal.throwIfAborted();
    if (this.stopped !== null) return null;
    const { bounds, token } = this.#parts;
    if (this.log.length >= bounds.mostRequests) {
      this.stopped = `it ended after ${bounds.mostRequests} requests, as many as a probe may send`;
      return null;
    }
    await this.#pause(signal);
    const sending = {
      // undici sends any method; ours is a type of what loading needs
      method: method as 'GET',
      path: withQuery(`${this.basePath}/${path.replace(/^\//, '')}`, filled(way?.query ?? {}, token)),
      headers: { accept: 'application/json', ...filled(way?.headers ?? {}, token), ...basic(way, token) },
      body: null,
    };
    const outcome = await this.#exchange.send(sending, signal);
    signal.throwIfAborted();
    return this.#heard(method, path, outcome);
  }

  /** Ends the connection. */
  close(): Promise<void> {
    return this.#exchange.close();
  }

  async #pause(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts.ports;
    const waitMs = this.#lastMs + this.#parts.bounds.spaceMs - clock.monotonicMs();
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    this.#lastMs = clock.monotonicMs();
  }

  #heard(method: string, path: string, outcome: Outcome): Inquired {
    const status = outcome.kind === 'answer' ? outcome.status : 0;
    this.log.push({ method, path, status });
    const told = (name: string) => (outcome.kind === 'answer' ? header(outcome, name) : undefined);
    for (const name of this.#parts.limitHeaders) {
      const value = told(name);
      if (value !== undefined) this.limits[name] = value;
    }
    if (status === 429)
      this.stopped = `it ended at the first 429${told('retry-after') === undefined ? ', which told no time to wait' : ` (Retry-After: ${told('retry-after')})`}`;
    const body = outcome.kind === 'answer' ? outcome.body : { kind: 'empty' as const };
    return {
      status,
      isJson: body.kind === 'json',
      isPage: body.kind === 'broken' && /^\s*</.test(body.text),
      body: body.kind === 'json' ? body.value : null,
      header: told,
    };
  }
}

/** The records of an answer, and under which member they stand; null when it is no list. */
export function listIn(
  answer: Inquired | null,
  members: readonly string[],
): { readonly member: string; readonly items: readonly Json[] } | null {
  if (answer === null || answer.status !== 200 || !answer.isJson) return null;
  for (const member of members) {
    const items = firstMember(answer.body, [member]);
    if (Array.isArray(items) && items.every(isObject)) return { member, items };
  }
  return null;
}

function filled(templates: Readonly<Record<string, string>>, token: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, text]) => [name, text.replaceAll('{token}', token)]),
  );
}

function basic(way: AuthWay | null, token: string): Record<string, string> {
  if (way?.basic !== true) return {};
  return { authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}` };
}

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const text = new URLSearchParams({ ...query }).toString();
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

import type { Ports } from '../base/ports.ts';
import { type ErrorCode, MigrationError } from '../model/error.ts';
import {
  type AnswerKind,
  classify,
  codeOf,
  type Dialect,
  type Digest,
  header,
  numberHeader,
  type Outcome,
  wordsOf,
} from './answer.ts';
import type { Exchange, Sending } from './exchange.ts';
import type { Gate, Heard, Lane } from './gate.ts';
import type { StreamBody } from './multipart.ts';
import type { Redact } from './redact.ts';
import { backoffMs, type RetryRules, retryAfterMs } from './retry.ts';

/** How a caller proves who it is. */
export interface Authorization {
  /** The headers for the next request; may fetch a new key first. */
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** The headers at hand, when nothing has to be fetched: spares a turn of the event loop. */
  ready(): Readonly<Record<string, string>> | null;
  /** A 401 for these headers: true when new ones could be had and it is worth sending again. */
  renew(refused: Readonly<Record<string, string>>, signal: AbortSignal): Promise<boolean>;
}

/** One request in words of the caller. */
export interface Call {
  readonly method: Sending['method'];
  /** Path and query below the origin. */
  readonly path: string;
  /** Anything JSON can hold. */
  readonly body?: unknown;
  /** In place of `body`. */
  readonly stream?: StreamBody;
  /** Besides those of the authorization. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A refusal comes back as a reply too, with its status: the caller knows what its codes mean. */
  readonly hearsRefusal?: true;
  /** Of the answer's bytes only their number and SHA-256 are wanted. One that points elsewhere comes back as it is. */
  readonly digest?: true;
  /** `read` and `repeatable` (a removal) are sent again when the answer was lost; `write` never. */
  readonly effect: 'read' | 'repeatable' | 'write';
  readonly costTokens: number;
  readonly lane?: Lane;
  /** What it is about, for people: `creating a person`. No customer value. */
  readonly what: string;
}

/** A good answer, or the word that there is no such thing. */
export interface Reply {
  readonly status: number;
  readonly gone: boolean;
  readonly json: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Of a call that asked for it, when the bytes came. */
  readonly digest?: Digest;
}

/** What was sent and what it cost, by our own count. */
export interface Tally {
  readonly requests: number;
  readonly throttled: number;
  readonly tokens: number;
}

/** What a client is made of. */
export interface ClientParts {
  readonly exchange: Exchange;
  readonly gate: Gate;
  readonly authorization: Authorization;
  readonly dialect: Dialect;
  readonly retry: RetryRules;
  readonly redact: Redact;
  readonly ports: Ports;
  /** The name of the other side, for people. */
  readonly system: string;
  /** Whether an answer of this kind is charged when it came past the meter. A lost one counts as charged. */
  charged(kind: AnswerKind): boolean;
  /** What to say when the plan allows no more: names the cap and its number. */
  capWords(code: string, words: string): string;
}

/** For a pass that was not used. */
const nothingHeard: Heard = {
  chargedTokens: 0,
  throttled: 'no',
  retryAfterMs: null,
  burstLimit: null,
  burstRemaining: null,
  dayLimit: null,
  dayRemaining: null,
};
const mostThrottled = 30;
const capJsonWords = 400;

/**
 * Sends requests through the gate, tries again where that is safe, and turns everything else into a `MigrationError`:
 * `refused`, `cap-reached`, `budget-exhausted`, `blocked`, `unauthorized`, `forbidden`, `not-emulated`, `unavailable`,
 * `rate-limited`, and for a write that may have been executed `outcome-unknown`.
 * A write on its way is never broken off; `signal` ends waits and reads.
 */
export class Client {
  readonly #parts: ClientParts;
  #requests = 0;
  #throttled = 0;
  #tokens = 0;
  #holds: () => boolean = () => true;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  /** What was sent so far. */
  get tally(): Tally {
    return { requests: this.#requests, throttled: this.#throttled, tokens: this.#tokens };
  }

  /** Sends until there is an answer that counts. */
  async send(call: Call, signal: AbortSignal): Promise<Reply> {
    let failures = 0;
    let throttled = 0;
    let renewed = false;
    for (;;) {
      const { outcome, kind, headers } = await this.#once(call, signal);
      if (kind === 'ok') return reply(outcome, false);
      if (kind === 'gone' && call.effect !== 'write') return reply(outcome, true);
      if (call.hearsRefusal === true && (kind === 'refused' || kind === 'forbidden'))
        return reply(outcome, false);
      if (call.digest === true && pointsElsewhere(outcome)) return reply(outcome, false);
      if (kind === 'burst' && throttled < mostThrottled) {
        throttled += 1; // the gate knows how long to wait
      } else if (kind === 'unauthorized' && !renewed) {
        renewed = true;
        if (!(await this.#parts.authorization.renew(headers, signal))) throw this.#error(call, kind, outcome);
      } else if (this.#mayRepeat(call, kind, failures + 1)) {
        failures += 1;
        const waitMs = backoffMs(
          this.#parts.retry,
          failures,
          this.#askedMs(outcome),
          this.#parts.ports.random,
        );
        await this.#parts.ports.clock.sleep(waitMs, signal);
        signal.throwIfAborted();
      } else {
        throw this.#error(call, kind, outcome);
      }
    }
  }

  /** A text without secrets, as in the errors of its own. */
  redact(text: string): string {
    return this.#parts.redact(text);
  }

  /** Asked right before anything leaves that is not a read; when it says no, nothing leaves (`lease-lost`). */
  fence(holds: () => boolean): void {
    this.#holds = holds;
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#parts.exchange.close();
  }

  async #once(call: Call, signal: AbortSignal) {
    const { authorization, gate, exchange, dialect } = this.#parts;
    signal.throwIfAborted();
    const headers = authorization.ready() ?? (await authorization.headers(signal));
    const pass = await gate.pass(call.costTokens, call.lane ?? null, signal);
    if (call.effect !== 'read' && !this.#holds()) {
      gate.hear(pass, nothingHeard);
      throw new MigrationError('lease-lost', 'This process was held up; another may have the migration now.');
    }
    const sending = {
      method: call.method,
      path: call.path,
      headers: { ...headers, ...call.headers, ...typeOf(call) },
      ...(call.digest === true ? { digest: true as const } : {}),
      body: call.stream?.open() ?? (call.body === undefined ? null : JSON.stringify(call.body)),
    };
    const outcome = await exchange.send(sending, call.effect === 'write' ? null : signal);
    const kind = classify(outcome, call.effect !== 'read', dialect);
    gate.hear(pass, this.#count(call, outcome, kind));
    return { outcome, kind, headers };
  }

  #count(call: Call, outcome: Outcome, kind: AnswerKind): Heard {
    const chargedTokens = this.#metered(outcome) && this.#parts.charged(kind) ? call.costTokens : 0;
    if (kind !== 'notSent') this.#requests += 1;
    if (kind === 'burst' || kind === 'day') this.#throttled += 1;
    this.#tokens += chargedTokens;
    const throttled = kind === 'burst' || kind === 'day' || kind === 'blocked' ? kind : 'no';
    return {
      ...limitsOf(outcome, this.#parts.dialect),
      chargedTokens,
      throttled,
      retryAfterMs: this.#askedMs(outcome),
    };
  }

  /** A gateway's error page does not come from behind the meter; what did not come at all may have been carried out. */
  #metered(outcome: Outcome): boolean {
    if (outcome.kind !== 'answer') return outcome.kind === 'lost';
    const { meterHeader } = this.#parts.dialect;
    return meterHeader === null || header(outcome, meterHeader) !== undefined;
  }

  #mayRepeat(call: Call, kind: AnswerKind, failures: number): boolean {
    if (failures >= this.#parts.retry.tries) return false;
    if (kind === 'notSent' || kind === 'unavailable') return true;
    return kind === 'unknown' && call.effect === 'repeatable';
  }

  /** What the other side asks us to wait: `Retry-After`, or the reset of the window. */
  #askedMs(outcome: Outcome): number | null {
    if (outcome.kind !== 'answer') return null;
    const { ports, dialect } = this.#parts;
    const asked = retryAfterMs(header(outcome, 'retry-after'), ports.clock.nowMs());
    if (asked !== null || outcome.status !== 429) return asked;
    const resetSeconds = numberHeader(outcome, dialect.burstResetHeader);
    return resetSeconds === null ? null : resetSeconds * 1_000;
  }

  #error(call: Call, kind: AnswerKind, outcome: Outcome): MigrationError {
    const { redact, system, capWords, ports } = this.#parts;
    // freed of secrets before it is cut: no half of one is left at the end
    const told = redact(
      outcome.kind === 'answer' ? wordsOf(outcome.body).slice(0, 10 * capJsonWords) : outcome.because,
    ).slice(0, capJsonWords);
    const status = outcome.kind === 'answer' ? ` (${outcome.status})` : '';
    const words = `${told === '' ? 'no reason given' : told}${status}`;
    const body = outcome.kind === 'answer' ? outcome.body : { kind: 'empty' as const };
    const resumeAtMs = this.#parts.gate.tokens.pausedUntilMs;
    if (kind === 'cap') return new MigrationError('cap-reached', redact(capWords(codeOf(body), told)));
    if (kind === 'day' || kind === 'blocked') {
      const when = new Date(resumeAtMs).toISOString().replace(/\.\d+Z$/, 'Z');
      const code = kind === 'day' ? 'budget-exhausted' : 'blocked';
      return new MigrationError(
        code,
        `${system} lets nothing through while ${call.what}; it can go on at ${when}.`,
        {
          resumeAtMs,
        },
      );
    }
    // a create that finds nothing speaks of what it links to, not of itself
    const code = kind === 'gone' && call.method === 'POST' ? 'refused' : codes[kind];
    const pause =
      code === 'unavailable' || code === 'rate-limited' ? { resumeAtMs: ports.clock.nowMs() + 60_000 } : {};
    return new MigrationError(code, `${system}, while ${call.what}: ${words}`, pause);
  }
}

const codes: Readonly<Record<Exclude<AnswerKind, 'cap' | 'day' | 'blocked'>, ErrorCode>> = {
  ok: 'answer-wrong',
  refused: 'refused',
  gone: 'not-found',
  burst: 'rate-limited',
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  notServed: 'not-emulated',
  notSent: 'unavailable',
  unavailable: 'unavailable',
  unknown: 'outcome-unknown',
};

function typeOf({ body, stream }: Call): Readonly<Record<string, string>> {
  if (stream !== undefined)
    return { 'content-type': stream.contentType, 'content-length': String(stream.sizeBytes) };
  return body === undefined ? {} : { 'content-type': 'application/json' };
}

function reply(outcome: Outcome, gone: boolean): Reply {
  if (outcome.kind !== 'answer') return { status: 0, gone, json: {}, headers: {} };
  const json = outcome.body.kind === 'json' ? (outcome.body.value as Reply['json']) : {};
  const answer = { status: outcome.status, gone, json, headers: outcome.headers };
  return outcome.digest === undefined ? answer : { ...answer, digest: outcome.digest };
}

/** An answer that names another address; the client itself follows none. */
function pointsElsewhere(outcome: Outcome): boolean {
  return outcome.kind === 'answer' && outcome.status >= 301 && outcome.status <= 308;
}

function limitsOf(
  outcome: Outcome,
  dialect: Dialect,
): Pick<Heard, 'burstLimit' | 'burstRemaining' | 'dayLimit' | 'dayRemaining'> {
  if (outcome.kind !== 'answer')
    return { burstLimit: null, burstRemaining: null, dayLimit: null, dayRemaining: null };
  return {
    burstLimit: numberHeader(outcome, dialect.burstLimitHeader),
    burstRemaining: numberHeader(outcome, dialect.burstRemainingHeader),
    dayLimit: numberHeader(outcome, dialect.dayLimitHeader),
    dayRemaining: numberHeader(outcome, dialect.dayRemainingHeader),
  };
}

/** The number in a header of a reply; null when there is none. */
export function replyNumber({ headers }: Reply, name: string): number | null {
  const value = headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  return text === undefined || text.trim() === '' || Number.isNaN(Number(text)) ? null : Number(text);
}

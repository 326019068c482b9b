import { type Dispatcher, Pool, request } from 'undici';
import type { Ports } from '../../../base/ports.ts';
import { type ErrorCode, MigrationError } from '../../../model/error.ts';
import type { BinaryStream } from '../../../model/source.ts';
import { header, type Outcome } from '../../../wire/answer.ts';
import { parseBody } from '../../../wire/body.ts';
import { defaultLimits, type Exchange, openExchange, unsendable } from '../../../wire/exchange.ts';
import { createRedact, type Redact } from '../../../wire/redact.ts';
import { backoffMs, defaultRetry, retryAfterMs } from '../../../wire/retry.ts';
import type { Keep } from '../../surroundings.ts';
import type { RestDialect } from './dialect.ts';
import { type Heard, hear } from './hearing.ts';
import { type Pace, paceAfterGood, paceAfterRefusal, printPace, startPace } from './pace.ts';

/** What a client is made of. */
export interface RestClientParts {
  /** `https://acme.example`. */
  readonly origin: string;
  /** What every path begins with: `` or `/crm`. */
  readonly basePath: string;
  readonly dialect: RestDialect;
  /** What the `{name}` of headers and parameters stand for; removed from every message. */
  readonly secrets: Readonly<Record<string, string>>;
  /** The service, for people. */
  readonly label: string;
  readonly ports: Ports;
  /** Where the learned rate is remembered. */
  readonly keep: Keep;
}

/** A table that comes whole may be large; a page is not. */
const mostTableBytes = 512 * 1024 * 1024;
/** Words of a refusal; more of them say nothing more. */
const mostWordsBytes = 64 * 1024;
const paceName = 'limits';
/** 429s of one request, at most. */
const mostThrottled = 30;
const pauseMs = 60_000;

const codes: Readonly<Record<Exclude<Heard['kind'], 'ok'>, ErrorCode>> = {
  unauthorized: 'unauthorized',
  forbidden: 'forbidden',
  refused: 'refused',
  gone: 'not-found',
  throttled: 'rate-limited',
  unavailable: 'unavailable',
  notServed: 'not-emulated',
};

/**
 * Reads a service whose limits nobody has written down: it starts slowly, grows while answers are good, halves its
 * rate on 429, and remembers what it learned for the next run. Only GET is ever sent.
 */
export class RestClient {
  readonly label: string;
  readonly dialect: RestDialect;
  readonly redact: Redact;
  readonly #parts: RestClientParts;
  readonly #dispatcher: Dispatcher;
  readonly #exchange: Exchange;
  readonly #headers: Readonly<Record<string, string>>;
  #pace: Pace;
  #printed: string;
  #nextMs = 0;
  #requests = 0;
  #throttled = 0;

  constructor(parts: RestClientParts) {
    const { origin, dialect, secrets, ports, label, keep } = parts;
    this.label = label;
    this.dialect = dialect;
    this.redact = createRedact(Object.values(secrets));
    this.#parts = parts;
    const limits =
      dialect.paging.kind === 'none' ? { ...defaultLimits, mostBodyBytes: mostTableBytes } : defaultLimits;
    this.#dispatcher =
      ports.dispatcher?.(origin) ??
      new Pool(origin, {
        connections: 8,
        headersTimeout: limits.headersTimeoutMs,
        bodyTimeout: limits.bodyTimeoutMs,
        connect: { timeout: limits.connectTimeoutMs },
      });
    this.#exchange = openExchange(origin, limits, this.#dispatcher);
    this.#headers = { accept: 'application/json', ...filledIn(dialect.headers, secrets) };
    this.#pace = startPace(keep.read(paceName));
    this.#printed = printPace(this.#pace);
  }

  /** The time, in milliseconds since 1970. */
  get nowMs(): number {
    return this.#parts.ports.clock.nowMs();
  }

  /** Where the service is, for people. */
  get address(): string {
    return this.#parts.origin + this.#parts.basePath;
  }

  /** What was learned and sent so far. */
  get tally(): { readonly requests: number; readonly throttled: number; readonly perSecond: number } {
    return { requests: this.#requests, throttled: this.#throttled, perSecond: this.#pace.perSecond };
  }

  /** The content of an answer. Throws `MigrationError` with the service's words when there is none. */
  async get(path: string, what: string, signal: AbortSignal): Promise<unknown> {
    const heard = await this.ask(path, signal);
    if (heard.kind === 'ok') return heard.body;
    throw this.error(what, heard);
  }

  /** Asks until there is an answer that counts; a refusal is an answer too. Throws only the signal's reason. */
  async ask(path: string, signal: AbortSignal): Promise<Heard> {
    return (await this.#untilItCounts(() => this.#once(path, signal), signal)).heard;
  }

  /** What an answer without content is to the one who asked. */
  error(what: string, heard: Exclude<Heard, { kind: 'ok' }>): MigrationError {
    const code = codes[heard.kind];
    const pause =
      code === 'unavailable' || code === 'rate-limited'
        ? { resumeAtMs: this.#parts.ports.clock.nowMs() + pauseMs }
        : {};
    return new MigrationError(code, this.redact(`${this.label}, while ${what}: ${heard.words}`), pause);
  }

  /** The trouble of an answer that is not what it should be. */
  wrong(what: string, because: string): MigrationError {
    return new MigrationError('answer-wrong', this.redact(`${this.label}, while ${what}: ${because}.`));
  }

  /** Opens the bytes at a path. Throws `not-found` and the like. */
  async binary(path: string, what: string, signal: AbortSignal): Promise<BinaryStream> {
    const opened = await this.#untilItCounts(() => this.#openOnce(path, signal), signal);
    if (opened.stream !== null) return opened.stream;
    if (opened.heard.kind === 'ok') throw this.wrong(what, 'it has no bytes');
    throw this.error(what, opened.heard);
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#exchange.close();
  }

  /** Tries again what was too fast, and, a few times, what had no usable answer. */
  async #untilItCounts<Told extends Asked>(ask: () => Promise<Told>, signal: AbortSignal): Promise<Told> {
    let failures = 0;
    let throttled = 0;
    for (;;) {
      const told = await ask();
      const { kind } = told.heard;
      if (kind === 'throttled' && throttled < mostThrottled) {
        throttled += 1; // the pace knows how long to wait
      } else if (kind === 'unavailable' && failures + 1 < defaultRetry.tries) {
        failures += 1;
        const { clock, random } = this.#parts.ports;
        await clock.sleep(backoffMs(defaultRetry, failures, this.#askedMs(told.outcome), random), signal);
      } else {
        return told;
      }
    }
  }

  async #once(path: string, signal: AbortSignal): Promise<Asked> {
    const sentAtMs = await this.#turn(signal);
    const sending = { method: 'GET' as const, path: this.#address(path), headers: this.#headers, body: null };
    const outcome = await this.#exchange.send(sending, signal);
    signal.throwIfAborted();
    return this.#heard(outcome, sentAtMs);
  }

  async #openOnce(
    path: string,
    signal: AbortSignal,
  ): Promise<Asked & { readonly stream: BinaryStream | null }> {
    const sentAtMs = await this.#turn(signal);
    const because = unsendable({ path: this.#address(path), headers: this.#headers });
    if (because !== null) return { ...this.#heard({ kind: 'notSent', because }, sentAtMs), stream: null };
    try {
      const { statusCode, headers, body } = await request(this.#parts.origin + this.#address(path), {
        dispatcher: this.#dispatcher,
        headers: { ...this.#headers, accept: '*/*' },
        signal,
      });
      const isGood = statusCode === 200;
      const told = isGood ? emptyBody : parseBody(await beginningOf(body));
      const outcome: Outcome = { kind: 'answer', status: statusCode, headers, body: told };
      if (!isGood) return { ...this.#heard(outcome, sentAtMs), stream: null };
      const heard: Heard = { kind: 'ok', body: null, status: statusCode };
      this.#learn(heard, outcome, sentAtMs);
      return { heard, outcome, stream: streamOf(body, headers) };
    } catch (error) {
      signal.throwIfAborted();
      const outcome: Outcome = {
        kind: 'lost',
        because: error instanceof Error ? error.message : String(error),
      };
      return { ...this.#heard(outcome, sentAtMs), stream: null };
    }
  }

  /** Waits for a turn; when it came. */
  async #turn(signal: AbortSignal): Promise<number> {
    await this.#pause(signal);
    this.#requests += 1;
    return this.#parts.ports.clock.monotonicMs();
  }

  #heard(outcome: Outcome, sentAtMs: number): Asked {
    const heard = hear(outcome, this.dialect, this.redact);
    this.#learn(heard, outcome, sentAtMs);
    return { heard, outcome };
  }

  /** Waits for this request's turn: turns come evenly, as often as the pace says. */
  async #pause(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts.ports;
    for (;;) {
      signal.throwIfAborted();
      const nowMs = clock.monotonicMs();
      const turnMs = Math.max(this.#nextMs, this.#pace.blockedUntilMs);
      if (turnMs <= nowMs) {
        this.#nextMs = nowMs + 1_000 / this.#pace.perSecond;
        return;
      }
      await clock.sleep(turnMs - nowMs, signal);
    }
  }

  #learn(heard: Heard, outcome: Outcome, sentAtMs: number): void {
    const nowMs = this.#parts.ports.clock.monotonicMs();
    if (heard.kind === 'throttled') {
      this.#throttled += 1;
      this.#pace = paceAfterRefusal(this.#pace, { sentAtMs, nowMs, askedMs: this.#askedMs(outcome) });
    } else if (heard.kind === 'ok') this.#pace = paceAfterGood(this.#pace);
    const printed = printPace(this.#pace);
    if (printed === this.#printed) return;
    this.#printed = printed;
    this.#parts.keep.write(paceName, printed);
  }

  #askedMs(outcome: Outcome): number | null {
    if (outcome.kind !== 'answer') return null;
    return retryAfterMs(header(outcome, 'retry-after'), this.#parts.ports.clock.nowMs());
  }

  #address(path: string): string {
    const { dialect, secrets, basePath } = this.#parts;
    if (dialect.query === undefined) return basePath + path;
    const filled = new URLSearchParams(filledIn(dialect.query, secrets)).toString();
    return `${basePath}${path}${path.includes('?') ? '&' : '?'}${filled}`;
  }
}

/** What came back, and what it means. */
interface Asked {
  readonly heard: Heard;
  readonly outcome: Outcome;
}

const emptyBody = { kind: 'empty' } as const;

function streamOf(
  body: AsyncIterable<Uint8Array>,
  headers: Dispatcher.ResponseData['headers'],
): BinaryStream {
  const size = Number(headers['content-length'] ?? Number.NaN);
  const type = headers['content-type'];
  return {
    chunks: body,
    sizeBytes: Number.isFinite(size) ? size : null,
    mediaType: (Array.isArray(type) ? type[0] : type)?.split(';')[0] ?? null,
  };
}

function filledIn(
  templates: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [
      name,
      template.replace(/\{(\w+)\}/g, (_, secret: string) => secrets[secret] ?? ''),
    ]),
  );
}

/** The beginning of a body; the connection is given up when there is more. */
async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= mostWordsBytes) break;
  }
  return Buffer.concat(chunks);
}

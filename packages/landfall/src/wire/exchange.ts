import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { type Dispatcher, Pool } from 'undici';
import type { Outcome } from './answer.ts';
import { type Body, parseBody } from './body.ts';

/** Limits of one connection pool; every one has a unit. */
export interface ExchangeLimits {
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** From sending to the first byte of the answer. */
  readonly headersTimeoutMs: number;
  /** Between two pieces of the answer. */
  readonly bodyTimeoutMs: number;
  /** From the first byte of the answer to the last: one that only drips never makes the pieces' limit. */
  readonly answerTimeoutMs: number;
  readonly mostBodyBytes: number;
}

/** What fits a cloud service: an answer begins within a minute, and has 64 MB and half an hour at most. */
export const defaultLimits: ExchangeLimits = {
  connections: 16,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 60_000,
  bodyTimeoutMs: 60_000,
  answerTimeoutMs: 1_800_000,
  mostBodyBytes: 64 * 1024 * 1024,
};

/** One request as it goes out. */
export interface Sending {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A stream is sent as it is read; its length must stand in the headers. */
  readonly body: string | Readable | null;
  /** The bytes of a 200 are counted and hashed, and not kept. */
  readonly digest?: true;
}

/** A pool of kept connections to one origin. Redirects are not followed: nothing goes to another origin. */
export interface Exchange {
  /** Sends once. Never throws; `signal` breaks off a request under way. */
  send(sending: Sending, signal: AbortSignal | null): Promise<Outcome>;
  close(): Promise<void>;
}

/**
 * Opens a pool to `origin` (`dispatcher` in its place, when one is given); connections come about with the first
 * request. `parse` reads the bodies.
 */
export function openExchange(
  origin: string,
  limits: ExchangeLimits,
  dispatcher: Dispatcher = poolOf(origin, limits),
  parse: (bytes: Uint8Array) => Body = parseBody,
): Exchange {
  return {
    send: (sending, signal) =>
      new Promise((resolve) => {
        const because = unsendable(sending);
        if (because !== null) resolve({ kind: 'notSent', because });
        else
          dispatcher.dispatch(
            sending,
            listener(resolve, signal, limits, sending.digest === true ? null : parse),
          );
      }),
    close: () => dispatcher.destroy(),
  };
}

const notOfHeaders = /[^\t\x20-\x7e\x80-\xff]/;
const notOfPaths = /[^\x21-\xff]/;

/**
 * Why a request cannot be sent as it is: a character that no header and no path can hold; null: it can. To be asked
 * before: a pool of undici 8.12 loses a connection with every such request, and hangs when none is left.
 */
export function unsendable({ path, headers }: Pick<Sending, 'path' | 'headers'>): string | null {
  const name = Object.keys(headers).find((header) => notOfHeaders.test(headers[header] ?? ''));
  if (name !== undefined)
    return `the header ${name} holds a character that no header can: look for a line break or a foreign letter in the key`;
  return notOfPaths.test(path) ? 'the address holds a character that no address can' : null;
}

function poolOf(origin: string, limits: ExchangeLimits): Dispatcher {
  return new Pool(origin, {
    connections: limits.connections,
    pipelining: 1,
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.bodyTimeoutMs,
    connect: { timeout: limits.connectTimeoutMs },
  });
}

/** Collects one answer. What breaks before the first byte could leave is `notSent`; later it is `lost`. */
function listener(
  resolve: (outcome: Outcome) => void,
  signal: AbortSignal | null,
  { mostBodyBytes, answerTimeoutMs }: ExchangeLimits,
  parse: ((bytes: Uint8Array) => Body) | null,
): Dispatcher.DispatchHandler {
  let sent = false;
  let status = 0;
  let headers: Dispatcher.ResponseData['headers'] = {};
  let size = 0;
  let begunMs = 0;
  const hash = parse === null ? createHash('sha256') : null;
  const chunks: Buffer[] = [];
  let breakOff: (() => void) | null = null;
  const finish = (outcome: Outcome) => {
    if (breakOff !== null) signal?.removeEventListener('abort', breakOff);
    resolve(outcome);
  };
  return {
    onRequestStart(controller) {
      sent = true;
      if (signal === null) return;
      breakOff = () => controller.abort(new Error('stopped by the operator'));
      if (signal.aborted) breakOff();
      else signal.addEventListener('abort', breakOff, { once: true });
    },
    onResponseStart(_controller, statusCode, responseHeaders) {
      status = statusCode;
      headers = responseHeaders;
      begunMs = performance.now();
    },
    onResponseData(controller, chunk) {
      size += chunk.length;
      if (size > mostBodyBytes)
        controller.abort(new Error(`the answer is larger than ${mostBodyBytes} bytes`));
      else if (performance.now() - begunMs > answerTimeoutMs)
        controller.abort(new Error(`the answer was not whole after ${answerTimeoutMs / 1_000} seconds`));
      else if (hash !== null && status === 200) hash.update(chunk);
      else chunks.push(chunk);
    },
    onResponseEnd() {
      if (hash !== null && status === 200) {
        const digest = { sizeBytes: size, sha256: hash.digest('hex') };
        finish({ kind: 'answer', status, headers, body: { kind: 'empty' }, digest });
        return;
      }
      const [first] = chunks;
      const bytes = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
      finish({ kind: 'answer', status, headers, body: (parse ?? parseBody)(bytes) });
    },
    onResponseError(_controller, error) {
      finish({ kind: sent ? 'lost' : 'notSent', because: wordsFor(error) });
    },
  };
}

function wordsFor(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `${error.message === '' ? error.name : error.message}${code}`;
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Hono } from 'hono';
import { canonicalJson } from './canonical-json.ts';
import type { EmulatedClock } from './clock.ts';
import { answerControl, type Control, controlText, createControl } from './control.ts';
import { type Answer, type Call, createCall } from './exchange.ts';
import { type Fault, FaultPlan } from './faults.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { ALREADY_SENT, readBody, sendAnswer, sendHalf } from './socket.ts';
import type { Vendor } from './vendor.ts';

/** Where the control plane lies below an emulator's address. */
export const CONTROL_PATH = '/__control';

/** An emulated service called in process: connection faults reject, as the built-in fetch does. */
export interface EmulatedApp {
  fetch(request: Request): Promise<Response>;
  /** The same by its parts, without the making of requests and responses: for simulations that send millions. */
  carry(call: Call): Promise<Answer>;
}

/** An emulated service that can be called in process, or handed to `listen`. */
export interface Emulation {
  readonly app: EmulatedApp;
  readonly hono: Hono<{ Bindings: SocketBindings }>;
  readonly control: Control;
  /** Ends what hangs and closes the vendor. */
  close(): void;
}

/** What the HTTP server passes along with each request; absent in process. */
export interface SocketBindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
}

/** How one request ended: with an answer, half of one, or a dead connection. */
type Ending =
  | { readonly kind: 'answer' | 'half'; readonly answer: Answer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

/** Waits real time; `signal` ends the wait early. */
export type Sleep = (delayMs: number, signal: AbortSignal) => Promise<void>;

/** Puts a vendor behind the fault plan, the log, the clock and the control plane. */
export function createEmulation(vendor: Vendor, clock: EmulatedClock, sleep: Sleep = realSleep): Emulation {
  const log = new RequestLog();
  const faults = new FaultPlan();
  const closing = new AbortController();
  const control = createControl(vendor, clock, log, faults);
  const engine = { vendor, clock, sleep, closing: closing.signal };

  const run = async (call: Call): Promise<Ending> => {
    clock.settle();
    const fault = faults.next(call.method, call.path);
    const entry = log.open(call.method, call.target, clock.nowMs(), fault?.kind ?? null);
    const ending = await (fault ? endingWithFault(engine, call, fault, entry) : plainEnding(vendor, call));
    if (ending.kind === 'answer' || ending.kind === 'half') {
      entry.status = ending.answer.status;
      entry.tokens += ending.answer.costTokens;
    }
    return ending;
  };

  const hono = new Hono<{ Bindings: SocketBindings }>();
  hono.all(`${CONTROL_PATH}/:name`, async (c) => {
    const { status, value } = await answerControl(
      control,
      c.req.method,
      c.req.param('name'),
      await controlText(c.req.raw),
    );
    return new Response(canonicalJson(value), { status, headers: { 'content-type': 'application/json' } });
  });
  // Hono would turn what is thrown into a 500; here a thrown error is a dead connection, or a bug that must be seen.
  hono.onError((error) => {
    throw error;
  });
  hono.all('*', async (c) => {
    const { incoming, outgoing } = c.env ?? {};
    return incoming && outgoing
      ? overSocket(run, incoming, outgoing)
      : inProcess(run, c.req.raw, closing.signal);
  });

  return {
    app: {
      fetch: async (request) => hono.fetch(request, {}),
      carry: async (call) => {
        const ending = await run(call);
        if (ending.kind === 'answer') return ending.answer;
        throw connectionError('read ECONNRESET', 'ECONNRESET');
      },
    },
    hono,
    control,
    close() {
      closing.abort();
      clock.clear();
      vendor.close();
    },
  };
}

interface Engine {
  readonly vendor: Vendor;
  readonly clock: EmulatedClock;
  readonly sleep: Sleep;
  readonly closing: AbortSignal;
}

async function plainEnding(vendor: Vendor, call: Call): Promise<Ending> {
  return { kind: 'answer', answer: await vendor.answer(call) };
}

async function endingWithFault(
  engine: Engine,
  call: Call,
  fault: Fault,
  entry: LoggedRequest,
): Promise<Ending> {
  const { vendor, clock } = engine;
  switch (fault.kind) {
    case 'lost-answer':
      entry.tokens += (await vendor.answer(call)).costTokens;
      return { kind: 'reset' };
    case 'never-answer':
      if (fault.commits) entry.tokens += (await vendor.answer(call)).costTokens;
      return { kind: 'hang' };
    case 'late-commit': {
      const admitted = vendor.admit?.(call) ?? (() => vendor.answer(call));
      if (typeof admitted !== 'function') return { kind: 'answer', answer: admitted };
      clock.later(fault.delayMs, () => void commitLate(admitted, entry));
      return fault.status === 0 ? { kind: 'reset' } : { kind: 'answer', answer: gatewayError(fault.status) };
    }
    case 'reset-mid-body':
      return { kind: 'half', answer: await vendor.answer(call) };
    case 'malformed-json':
      return { kind: 'answer', answer: cutShort(await vendor.answer(call)) };
    case 'slow': {
      const answer = await vendor.answer(call);
      await engine.sleep(fault.delayMs, engine.closing);
      return { kind: 'answer', answer };
    }
    default: {
      const refusal = vendor.refusal(fault.kind, call);
      return { kind: 'answer', answer: refusal ?? (await vendor.answer(call)) };
    }
  }
}

async function commitLate(admitted: () => Answer | Promise<Answer>, entry: LoggedRequest): Promise<void> {
  entry.tokens += (await admitted()).costTokens;
}

function gatewayError(status: number): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ success: false, error: 'Upstream did not answer in time' }),
    costTokens: 0,
  };
}

function cutShort(answer: Answer): Answer {
  const body = typeof answer.body === 'string' ? answer.body : Buffer.from(answer.body).toString('utf8');
  return { ...answer, body: body.slice(0, Math.max(1, Math.floor(body.length * 0.6))) };
}

async function overSocket(
  run: (call: Call) => Promise<Ending>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<Response> {
  const bytes = await readBody(incoming);
  if (bytes === null) return ALREADY_SENT;
  const ending = await run(
    createCall(incoming.method ?? 'GET', incoming.url ?? '/', bytes, headerOf(incoming)),
  );
  if (ending.kind === 'answer') sendAnswer(outgoing, ending.answer);
  else if (ending.kind === 'half') sendHalf(outgoing, ending.answer);
  else if (ending.kind === 'reset') incoming.socket.resetAndDestroy();
  return ALREADY_SENT;
}

function headerOf(incoming: IncomingMessage): (name: string) => string | null {
  return (name) => {
    const value = incoming.headers[name];
    return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
  };
}

async function inProcess(
  run: (call: Call) => Promise<Ending>,
  request: Request,
  closing: AbortSignal,
): Promise<Response> {
  const url = new URL(request.url);
  const bytes = new Uint8Array(await request.arrayBuffer());
  const call = createCall(request.method, url.pathname + url.search, bytes, (name) =>
    request.headers.get(name),
  );
  const ending = await run(call);
  if (ending.kind === 'answer') return response(ending.answer, ending.answer.body);
  if (ending.kind === 'half') return response(ending.answer, brokenStream(ending.answer.body));
  if (ending.kind === 'reset') throw connectionError('read ECONNRESET', 'ECONNRESET');
  return hang(AbortSignal.any([request.signal, closing]));
}

function response(answer: Answer, body: string | Uint8Array | ReadableStream): Response {
  const bare = answer.status === 204 || answer.status === 304;
  return new Response(bare ? null : (body as ConstructorParameters<typeof Response>[0]), {
    status: answer.status,
    headers: { ...answer.headers },
  });
}

function brokenStream(body: string | Uint8Array): ReadableStream {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  return new ReadableStream({
    start(stream) {
      stream.enqueue(bytes.subarray(0, Math.ceil(bytes.length / 2)));
    },
    pull(stream) {
      stream.error(connectionError('other side closed', 'UND_ERR_SOCKET'));
    },
  });
}

// The same shape as the built-in fetch throws, so that a caller meets one kind of error in process and over HTTP.
function connectionError(message: string, code: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

function hang(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    const end = () =>
      reject(signal.reason instanceof Error ? signal.reason : connectionError('aborted', 'ABORT_ERR'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** Waits by the machine's own clock. */
export function realSleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

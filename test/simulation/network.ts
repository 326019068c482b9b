import { Readable } from 'node:stream';
import { type SeededRandom, seededRandom } from 'landfall-emulators/kit/random.ts';
import { Dispatcher } from 'undici';
import type { Account, Answer, Request } from './account.ts';
import { gatewayError, mangle, tooFast } from './answers.ts';
import type { Life } from './life.ts';
import type { NetworkFault, NetworkTrouble } from './network-faults.ts';
import type { Timeline } from './timeline.ts';

/** One request of the migration as it left the process. */
export interface Sent {
  readonly number: number;
  readonly life: number;
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
  readonly atMs: number;
  /** The last audit entry that was safe on the disk when it left; 0 for reads, where nobody asks. */
  readonly auditHead: number;
  /** A write on a lease that another process had by then (F16). */
  readonly isStale: boolean;
  fault: NetworkFault | null;
  /** Its place in the account's log when it arrived there; null: it never did. */
  arrival: number | null;
  /** Status of the account's own answer; 0 while it has not answered. */
  status: number;
}

/** What lies on a process's disk when it sends something. */
export interface DiskLook {
  readonly auditHead: number;
  /** The epoch of the lease; null: not looked at. */
  readonly epoch: number | null;
  /** Whether the load has begun: from then on what was approved holds. */
  readonly hasLoadBegun: boolean;
}

const nothingLooked: DiskLook = { auditHead: 0, epoch: null, hasLoadBegun: false };

/** Ways of a request there and back, in milliseconds. */
interface Delays {
  readonly there: number;
  readonly back: number;
}

const clientTimeoutMs = 60_000;
const swapWaitMs = 2_000;

/** The wire between simulated processes and the account: it delays, loses, repeats, spoils and mixes up. */
export class Network {
  readonly #timeline: Timeline;
  readonly #account: Account;
  readonly #random: SeededRandom;
  readonly #swaps = new Map<string, Exchange>();
  readonly sent: Sent[] = [];
  /** What goes wrong now; null: nothing. */
  trouble: NetworkTrouble | null;
  /** Told before each request arrives, with how many came before it. */
  beforeArrival: (arrivals: number) => Promise<void> = async () => undefined;
  /** Faults that really hit, by kind. */
  readonly hits = new Map<NetworkFault, number>();

  constructor(timeline: Timeline, account: Account, seed: number, trouble: NetworkTrouble | null) {
    this.#timeline = timeline;
    this.#account = account;
    this.#random = seededRandom(seed);
    this.trouble = trouble;
  }

  /** The connections of one process. `look` reads what is safe on its disk now. */
  connect(life: Life, number: number, look: () => DiskLook): Dispatcher {
    return new Connections((options, handler) => {
      if (!life.step('network: send')) return;
      const fault = this.#draw(options.method, options.path);
      const disk = options.method === 'GET' ? nothingLooked : look();
      const sent: Sent = {
        number: this.sent.length,
        life: number,
        method: options.method,
        path: options.path,
        body: typeof options.body === 'string' ? options.body : null,
        atMs: this.#timeline.nowMs,
        auditHead: disk.auditHead,
        isStale: disk.epoch !== null && life.epoch !== null && disk.epoch !== life.epoch,
        fault,
        arrival: null,
        status: 0,
      };
      this.sent.push(sent);
      this.#go(sent, options, new Exchange(life, handler));
    });
  }

  #draw(method: string, path: string): NetworkFault | null {
    if (this.trouble === null) return null;
    for (const { kind, rate, method: only, lists } of this.trouble.rules) {
      if (only === 'write' ? method === 'GET' : only !== null && only !== method) continue;
      if (lists && !(method === 'GET' && /[?&]limit=/.test(path))) continue;
      if (this.#random.next() >= rate) continue;
      this.hits.set(kind, (this.hits.get(kind) ?? 0) + 1);
      return kind;
    }
    return null;
  }

  #delays(fault: NetworkFault | null): Delays {
    const base = this.trouble?.latencyMs ?? 40;
    const one = () => 1 + this.#random.next() * base;
    if (fault === 'slow') return { there: one(), back: this.#random.between(3_000, 55_000) };
    if (fault === 'late') return { there: this.#random.next() * (this.trouble?.lateMs ?? 0), back: one() };
    return { there: one(), back: one() };
  }

  #go(sent: Sent, options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    const { fault } = sent;
    const delays = this.#delays(fault);
    const timeline = this.#timeline;
    timeline.after(0, () => exchange.start(fault === 'not-sent'));
    const end = this.#endBefore(fault, exchange);
    if (end !== null) {
      timeline.after(delays.there + delays.back, end);
      return;
    }
    if (fault === 'silence') timeline.after(clientTimeoutMs, () => exchange.fail('UND_ERR_HEADERS_TIMEOUT'));
    if (fault === 'late') this.#lose(exchange);
    timeline.after(delays.there, async () => {
      const request = await requestOf(options);
      // what breaks off half-way is carried out by nobody
      if (request === null) {
        sent.fault = 'torn';
        return exchange.fail('ECONNRESET');
      }
      const answer = await this.#arrive(sent, request);
      this.#return(sent, answer, exchange, delays.back);
    });
  }

  /** How a request ends that never arrives; null for those that do. */
  #endBefore(fault: NetworkFault | null, exchange: Exchange): (() => void) | null {
    switch (fault) {
      case 'not-sent':
        return () => undefined;
      case 'gone-before':
        return () => exchange.fail('ECONNRESET');
      case 'gateway-before':
        return () => exchange.answer(gatewayError(this.#random));
      case 'too-fast':
        return () => exchange.answer(tooFast(this.#random, this.#timeline.nowMs));
      default:
        return null;
    }
  }

  /** The client hears at once, or after a while, that something broke; the request is still on its way. */
  #lose(exchange: Exchange): void {
    const coin = this.#random.next();
    const afterMs = this.#random.between(5, 5_000);
    if (coin < 0.4) this.#timeline.after(afterMs, () => exchange.fail('ECONNRESET'));
    else if (coin < 0.8) this.#timeline.after(afterMs, () => exchange.answer(gatewayError(this.#random)));
    else this.#timeline.after(clientTimeoutMs, () => exchange.fail('UND_ERR_HEADERS_TIMEOUT'));
  }

  async #arrive(sent: Sent, request: Request): Promise<Answer> {
    await this.beforeArrival(this.#account.arrivals);
    sent.arrival = this.#account.arrivals;
    const path = sent.fault === 'page-small' ? request.path.replace(/limit=\d+/, 'limit=3') : request.path;
    const reset = sent.fault === 'page-again' ? path.replace(/&cursor=[^&]*/, '') : path;
    const answer = await this.#account.carry('migration', { ...request, path: reset });
    sent.status = answer.status;
    return answer;
  }

  #return(sent: Sent, answer: Answer, exchange: Exchange, backMs: number): void {
    // a refusal names no record: nobody could tell whose it is
    if (sent.fault === 'swapped' && answer.status < 300) this.#swap(sent, answer, exchange, backMs);
    else this.#timeline.after(backMs, this.#endAfter(sent, answer, exchange));
  }

  /** How a request ends that has arrived. */
  #endAfter(sent: Sent, answer: Answer, exchange: Exchange): () => void {
    switch (sent.fault) {
      case 'silence':
      case 'late':
        return () => undefined;
      case 'gone-after':
        return () => exchange.fail('ECONNRESET');
      case 'gateway-after':
        return () => exchange.answer(gatewayError(this.#random));
      case 'cut':
        return () => exchange.half(answer, this.#random.next());
      case 'mangled': {
        const other = mangle(answer, sent.method === 'GET', this.#random);
        return () => exchange.answer(other);
      }
      default:
        return () => exchange.answer(answer);
    }
  }

  /** Two answers of one kind of request change places; one that stays alone comes as it is. */
  #swap(sent: Sent, answer: Answer, exchange: Exchange, backMs: number): void {
    const kind = `${sent.method} ${sent.path}`;
    const other = this.#swaps.get(kind);
    exchange.own = answer;
    if (other?.own === undefined) {
      this.#swaps.set(kind, exchange);
      this.#timeline.after(swapWaitMs, () => {
        if (this.#swaps.get(kind) === exchange) this.#swaps.delete(kind);
        exchange.answer(answer);
      });
      return;
    }
    this.#swaps.delete(kind);
    const theirs = other.own;
    this.#timeline.after(backMs, () => exchange.answer(theirs));
    this.#timeline.after(backMs, () => other.answer(answer));
  }
}

/** The request with the whole of its body; null when that breaks off. */
async function requestOf(options: Dispatcher.DispatchOptions): Promise<Request | null> {
  const { method, path } = options;
  const headers = { ...(options.headers as Record<string, string>), host: 'simulated' };
  if (!(options.body instanceof Readable))
    return { method, path, headers, body: typeof options.body === 'string' ? options.body : null };
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of options.body) pieces.push(piece as Uint8Array);
  } catch {
    return null;
  }
  return { method, path, headers, body: Buffer.concat(pieces) };
}

/** The client's side of one request: it hears one end, once, and only while its process lives. */
class Exchange {
  readonly #life: Life;
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #controller: Dispatcher.DispatchController;
  #isOver = false;
  own: Answer | undefined;

  constructor(life: Life, handler: Dispatcher.DispatchHandler) {
    this.#life = life;
    this.#handler = handler;
    this.#controller = {
      aborted: false,
      paused: false,
      reason: null,
      abort: (reason: Error) => this.#end(() => this.#handler.onResponseError?.(this.#controller, reason)),
      pause: () => undefined,
      resume: () => undefined,
    } as unknown as Dispatcher.DispatchController;
  }

  /** The request leaves; or there was no connection to leave by. */
  start(isRefused: boolean): void {
    if (isRefused) this.fail('ECONNREFUSED');
    else this.#life.deliver(() => this.#handler.onRequestStart?.(this.#controller, {}));
  }

  answer(answer: Answer): void {
    this.#end(() => {
      this.#head(answer);
      this.#handler.onResponseData?.(this.#controller, Buffer.from(answer.body));
      this.#handler.onResponseEnd?.(this.#controller, {});
    });
  }

  /** The answer breaks off after a part of its body. */
  half(answer: Answer, share: number): void {
    this.#end(() => {
      this.#head(answer);
      const bytes = Buffer.from(answer.body.subarray(0, Math.floor(answer.body.length * share)));
      this.#handler.onResponseData?.(this.#controller, bytes);
      this.#handler.onResponseError?.(this.#controller, broken('UND_ERR_SOCKET'));
    });
  }

  fail(code: string): void {
    this.#end(() => this.#handler.onResponseError?.(this.#controller, broken(code)));
  }

  #head({ status, headers }: Answer): void {
    this.#handler.onResponseStart?.(this.#controller, status, { ...headers }, '');
  }

  #end(tell: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#life.deliver(tell);
  }
}

const breaks = new Map<string, Error>();

/** One error for each code: where it was made tells nothing, and finding that out takes long. */
function broken(code: string): Error {
  const error =
    breaks.get(code) ?? Object.freeze(Object.assign(new Error('the simulated connection broke'), { code }));
  breaks.set(code, error);
  return error;
}

class Connections extends Dispatcher {
  readonly #send: (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) => void;

  constructor(send: (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) => void) {
    super();
    this.#send = send;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.#send(options, handler);
    return true;
  }

  override destroy(): Promise<void> {
    return Promise.resolve();
  }
}

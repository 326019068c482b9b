import { type Answer, jsonAnswer } from '../../kit/exchange.ts';
import { IdSpace } from '../guid.ts';
import type { Organization } from '../records/organization.ts';

const WINDOW_SEC = 300;
/** The affinity cookie's name is not published; this is what is commonly seen. */
export const AFFINITY_COOKIE = 'ARRAffinity';

type Facet = 'requests' | 'execution' | 'concurrency';

/** What one user did on one web server within the last 300 seconds. */
class Window {
  readonly #requests = new Float64Array(WINDOW_SEC);
  readonly #ms = new Float64Array(WINDOW_SEC);
  #second = 0;
  requests = 0;
  ms = 0;
  inFlight = 0;
  refusals = 0;

  /** Forgets what is older than the window. */
  roll(nowMs: number): void {
    const second = Math.floor(nowMs / 1_000);
    const steps = Math.min(WINDOW_SEC, second - this.#second);
    for (let step = 1; step <= steps; step += 1) this.#clear((second - steps + step) % WINDOW_SEC);
    if (second > this.#second) this.#second = second;
  }

  #clear(slot: number): void {
    this.requests -= this.#requests[slot] ?? 0;
    this.ms -= this.#ms[slot] ?? 0;
    this.#requests[slot] = 0;
    this.#ms[slot] = 0;
  }

  count(requests: number, ms: number): void {
    const slot = this.#second % WINDOW_SEC;
    this.#requests[slot] = (this.#requests[slot] ?? 0) + requests;
    this.#ms[slot] = (this.#ms[slot] ?? 0) + ms;
    this.requests += requests;
    this.ms += ms;
  }

  /** Seconds until so much has left the window that there is room again. */
  secondsUntil(facet: Facet, max: number): number {
    let left = facet === 'requests' ? this.requests : this.ms;
    const slots = facet === 'requests' ? this.#requests : this.#ms;
    for (let step = 1; step <= WINDOW_SEC; step += 1) {
      left -= slots[(this.#second + step) % WINDOW_SEC] ?? 0;
      if (left < max) return step;
    }
    return WINDOW_SEC;
  }
}

/** Whether a request was let in; if not, why and for how long. */
export type Admission =
  | { readonly admitted: true; readonly window: Window; readonly server: number }
  | { readonly admitted: false; readonly answer: Answer };

/** Service protection: three limits for each user on each web server. On-premises there is none. */
export class Protection {
  readonly #organization: Organization;
  readonly #windows = new Map<string, Window>();
  readonly #isOn: boolean;
  #turn = 0;
  #answered = 0;

  constructor(organization: Organization, isOn: boolean) {
    this.#organization = organization;
    this.#isOn = isOn;
  }

  /** Which server a request comes to: the one its cookie names, else each in turn. */
  serverFor(cookie: string | null): number {
    const { servers } = this.#organization.switches;
    const [, named] = new RegExp(`${AFFINITY_COOKIE}=server-(\\d+)`).exec(cookie ?? '') ?? [];
    if (named !== undefined) return Number(named) % servers;
    this.#turn += 1;
    return this.#turn % servers;
  }

  /** Lets a request in, or says why not. Whoever was let in must leave. */
  enter(userId: string, server: number): Admission {
    const { switches, clock } = this.#organization;
    const window = this.#window(userId, server);
    window.roll(clock.nowMs());
    const facet = this.#isOn && !switches.onPremises ? this.#exceeded(window) : null;
    if (facet !== null) return { admitted: false, answer: this.#refusal(window, facet) };
    window.refusals = 0;
    window.inFlight += 1;
    window.count(1, 0);
    return { admitted: true, window, server };
  }

  /** Charges a request that is done for the time it took the server. */
  leave({ window }: Extract<Admission, { admitted: true }>, ms: number): void {
    window.roll(this.#organization.clock.nowMs());
    window.inFlight -= 1;
    window.count(0, ms);
  }

  /** The ids of an answer, and what remains on this server (nothing where there are no limits). */
  headers(window: Window | null, server: number, hadCookie: boolean): Record<string, string> {
    const { switches } = this.#organization;
    const { requestsMax, executionMsMax, onPremises, dopHint } = switches;
    this.#answered += 1;
    const request = new IdSpace(9, 1_000_000, 'text').idOf(this.#answered % 1_000_000);
    const ids = { 'x-ms-service-request-id': request, req_id: request };
    if (onPremises) return ids;
    const affinity = `${AFFINITY_COOKIE}=server-${server}; Path=/; HttpOnly`;
    const cookie: Record<string, string> = hadCookie ? {} : { 'set-cookie': affinity };
    if (window === null) return { ...ids, ...cookie };
    return {
      ...ids,
      'x-ms-dop-hint': String(dopHint),
      'x-ms-ratelimit-burst-remaining-xrm-requests': String(Math.max(0, requestsMax - window.requests)),
      'x-ms-ratelimit-time-remaining-xrm-requests': seconds(Math.max(0, executionMsMax - window.ms)),
      ...cookie,
    };
  }

  /** What each user has used on each server, for the control plane. */
  usage(): readonly object[] {
    return [...this.#windows].map(([name, window]) => {
      window.roll(this.#organization.clock.nowMs());
      const [userId, server] = name.split('|');
      return {
        userId,
        server: Number(server),
        requests: window.requests,
        executionMs: Math.round(window.ms),
        inFlight: window.inFlight,
      };
    });
  }

  #window(userId: string, server: number): Window {
    const name = `${userId}|${server}`;
    const window = this.#windows.get(name) ?? new Window();
    this.#windows.set(name, window);
    return window;
  }

  #exceeded(window: Window): Facet | null {
    const { requestsMax, executionMsMax, concurrentMax } = this.#organization.switches;
    if (window.inFlight >= concurrentMax) return 'concurrency';
    if (window.requests >= requestsMax) return 'requests';
    return window.ms >= executionMsMax ? 'execution' : null;
  }

  /** Who goes on asking waits longer. */
  #refusal(window: Window, facet: Facet): Answer {
    const { requestsMax, executionMsMax, pressureMs } = this.#organization.switches;
    window.refusals += 1;
    const free =
      facet === 'concurrency'
        ? 1
        : window.secondsUntil(facet, facet === 'requests' ? requestsMax : executionMsMax);
    const pressure = Math.floor(((window.refusals - 1) * pressureMs) / 1_000);
    return this.throttled(facet, Math.min(WINDOW_SEC, free + pressure));
  }

  /** The words of a limit, as published. */
  throttled(facet: Facet, retryAfterSec: number): Answer {
    const { requestsMax, executionMsMax, concurrentMax } = this.#organization.switches;
    const words = {
      requests: [
        '0x80072322',
        `Number of requests exceeded the limit of ${requestsMax} over time window of 300 seconds.`,
      ],
      execution: [
        '0x80072321',
        `Combined execution time of incoming requests exceeded limit of ${grouped(executionMsMax)}  milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.`,
      ],
      concurrency: ['0x80072326', `Number of concurrent requests exceeded the limit of ${concurrentMax}.`],
    } as const;
    const [code, message] = words[facet];
    return jsonAnswer(
      429,
      { error: { code, message } },
      { 'retry-after': String(retryAfterSec), 'odata-version': '4.0' },
    );
  }
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

function seconds(ms: number): string {
  const [whole = '0', fraction = '00'] = (ms / 1_000).toFixed(2).split('.');
  return `${grouped(Number(whole))}.${fraction}`;
}

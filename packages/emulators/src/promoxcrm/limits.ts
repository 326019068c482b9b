import type { Switches } from './switches.ts';

/** What a request is told of the limit. */
export interface Admission {
  readonly admitted: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts the requests of a window that begins with the first of them. */
export class RequestWindow {
  #beganMs = Number.NEGATIVE_INFINITY;
  #used = 0;

  /** Lets a request in, or not; either way it is told what the switches allow. */
  enter(switches: Switches, nowMs: number): Admission {
    const { requestsMax, windowSec, limitHeaders, retryAfter } = switches;
    if (requestsMax === 0) return { admitted: true, headers: {} };
    if (nowMs >= this.#beganMs + windowSec * 1_000) {
      this.#beganMs = nowMs;
      this.#used = 0;
    }
    const admitted = this.#used < requestsMax;
    if (admitted) this.#used += 1;
    const resetSec = Math.max(1, Math.ceil((this.#beganMs + windowSec * 1_000 - nowMs) / 1_000));
    const headers = {
      ...(limitHeaders ? limitsTold(requestsMax, requestsMax - this.#used, resetSec) : {}),
      ...(!admitted && retryAfter ? { 'retry-after': String(resetSec) } : {}),
    };
    return { admitted, headers };
  }
}

function limitsTold(limit: number, remaining: number, resetSec: number): Record<string, string> {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(resetSec),
  };
}

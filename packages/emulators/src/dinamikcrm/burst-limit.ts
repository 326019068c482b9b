import { type Answer, jsonAnswer } from '../kit/exchange.ts';
import type { Switches } from './switches.ts';

/** The limit that nobody announces: so many requests within a window, whoever asks. */
export class BurstLimit {
  readonly #isOn: boolean;
  #sentMs: number[] = [];
  /** How many requests it refused. */
  refused = 0;

  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** Lets a request in (null), or refuses it. A refused one does not count. */
  enter(switches: Switches, nowMs: number): Answer | null {
    if (!this.#isOn) return null;
    const { burstRequests, burstWindowMs } = switches;
    this.#sentMs = this.#sentMs.filter((atMs) => atMs > nowMs - burstWindowMs);
    if (this.#sentMs.length < burstRequests) {
      this.#sentMs.push(nowMs);
      return null;
    }
    this.refused += 1;
    const oldestMs = this.#sentMs[this.#sentMs.length - burstRequests] ?? nowMs;
    return throttled(switches, nowMs, Math.max(1, oldestMs + burstWindowMs - nowMs));
  }
}

/** A 429, with or without a word about waiting. */
export function throttled({ retryAfter }: Switches, nowMs: number, waitMs: number): Answer {
  const seconds = Math.ceil(waitMs / 1_000);
  const headers: Record<string, string> =
    retryAfter === 'none'
      ? {}
      : {
          'retry-after':
            retryAfter === 'seconds' ? String(seconds) : new Date(nowMs + seconds * 1_000).toUTCString(),
        };
  return jsonAnswer(429, { error: { code: 'TOO_MANY_REQUESTS', message: 'Çok fazla istek.' } }, headers);
}

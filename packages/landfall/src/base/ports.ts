import type { Dispatcher } from 'undici';
import { createRandom, type Random } from './random.ts';

/** Time as the engine sees it. `nowMs` is civil time (may jump), `monotonicMs` only ever grows. */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
  /** Resolves after `ms`, or as soon as `signal` is aborted (it never rejects). */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Everything the engine may not take from the world by itself: handed in, so that a seed replays a run. */
export interface Ports {
  readonly clock: Clock;
  readonly random: Random;
  /** Called at every named crash point; production does nothing here, a test kills the process. */
  crashPoint(name: string): void;
  /** Carries requests to an origin in the place of kept connections; a simulation hands it in. */
  readonly dispatcher?: (origin: string) => Dispatcher;
}

const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.max(0, ms));
      signal?.addEventListener('abort', finish, { once: true });
    }),
};

/** The ports of a real process: system clock, a seed from the system's clock, no crashes. */
export function systemPorts(overrides: Partial<Ports> = {}): Ports {
  return {
    clock: systemClock,
    random: createRandom(Date.now() >>> 0),
    crashPoint: () => undefined,
    ...overrides,
  };
}

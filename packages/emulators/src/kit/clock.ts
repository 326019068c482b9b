/** The emulator's time: the real time (or an injected one) plus what was advanced by hand. */
export interface EmulatedClock {
  /** Now, in milliseconds since 1970. */
  nowMs(): number;
  /** How far the clock was moved by hand, in milliseconds. */
  readonly offsetMs: number;
  /** Moves the clock forward and runs the jobs that fell due, oldest first. Throws on a negative step. */
  advance(stepMs: number): void;
  /** Runs `job` once the clock has reached now + `delayMs`: by time passing, or by `advance`. */
  later(delayMs: number, job: () => void): void;
  /** Runs the jobs that are due. Called before every request, so an injected clock needs no timers. */
  settle(): void;
  /** Forgets every waiting job. */
  clear(): void;
}

interface Job {
  readonly dueMs: number;
  readonly order: number;
  readonly run: () => void;
}

/**
 * Makes a clock. Without `baseMs` it follows the machine's time and wakes by itself for waiting jobs; with it,
 * time is what `baseMs` says and jobs run at the next request or `advance`.
 */
export function createClock(baseMs?: () => number, startOffsetMs = 0): EmulatedClock {
  let offsetMs = startOffsetMs;
  let jobs: Job[] = [];
  let count = 0;
  const timers = new Set<NodeJS.Timeout>();
  const nowMs = (): number => (baseMs ? baseMs() : Date.now()) + offsetMs;

  const settle = (): void => {
    if (jobs.length === 0) return;
    const now = nowMs();
    const due = jobs.filter((job) => job.dueMs <= now);
    if (due.length === 0) return;
    jobs = jobs.filter((job) => job.dueMs > now);
    due.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
    for (const job of due) job.run();
  };

  const wakeAfter = (delayMs: number): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      settle();
      // a timer may wake a fraction of a millisecond early: what is still not due is waited for again
      const nextMs = Math.min(...jobs.map((job) => job.dueMs));
      if (timers.size === 0 && Number.isFinite(nextMs)) wakeAfter(Math.max(1, Math.ceil(nextMs - nowMs())));
    }, delayMs);
    timer.unref();
    timers.add(timer);
  };

  return {
    nowMs,
    settle,
    get offsetMs() {
      return offsetMs;
    },
    advance(stepMs) {
      if (!(stepMs >= 0)) throw new Error(`the clock only moves forward; got ${stepMs} ms`);
      offsetMs += stepMs;
      settle();
    },
    later(delayMs, run) {
      jobs.push({ dueMs: nowMs() + delayMs, order: count++, run });
      if (!baseMs) wakeAfter(delayMs);
    },
    clear() {
      jobs = [];
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

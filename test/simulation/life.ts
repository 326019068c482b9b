import { seededRandom } from 'landfall-emulators/kit/random.ts';
import type { Dispatcher } from 'undici';
import type { Ports } from '../../packages/landfall/src/base/ports.ts';
import type { Timeline } from './timeline.ts';

/** When a process dies, counted in steps of one kind. */
export interface Death {
  /** The name of a crash point, or null: any step counts. */
  readonly point: string | null;
  readonly pass: number;
}

/** When a process is held up (SIGSTOP), and for how long. */
export interface Freeze {
  readonly step: number;
  readonly forMs: number;
}

/** The machine a process runs on: its civil clock may jump, its monotonic one does not. */
export interface Machine {
  readonly timeline: Timeline;
  clockOffMs: number;
}

/** How a process will end, other than by coming to its end. */
export interface Fate {
  readonly death: Death | null;
  readonly freeze: Freeze | null;
  /** Steps after which the operator presses Ctrl-C; null: never. */
  readonly stopAtStep: number | null;
}

/** Nothing happens to it. */
export const peaceful: Fate = { death: null, freeze: null, stopAtStep: null };

/**
 * One simulated process. Whatever it asks of the world passes `step`, where it may die or be held up. Nothing is thrown
 * then, for no code of a killed process runs on: what it asks for never comes, and its files are left behind.
 */
export class Life {
  readonly #machine: Machine;
  readonly #fate: Fate;
  readonly #stop = new AbortController();
  readonly #passes = new Map<string, number>();
  readonly #whenDead: (() => void)[] = [];
  readonly #held: (() => void)[] = [];
  /** When it began, in simulated time. */
  readonly startMs: number;
  readonly ports: Ports;
  /** Where it died, for people. */
  diedAt: string | null = null;
  steps = 0;
  /** The epoch of the lease it took; null before. */
  epoch: number | null = null;
  #frozenUntilMs = 0;

  constructor(machine: Machine, fate: Fate, seed: number, connect: (life: Life) => Dispatcher) {
    this.#machine = machine;
    this.#fate = fate;
    this.startMs = machine.timeline.nowMs;
    const random = seededRandom(seed);
    const dispatcher = connect(this);
    this.ports = {
      clock: {
        nowMs: () => machine.timeline.nowMs + machine.clockOffMs,
        monotonicMs: () => machine.timeline.nowMs - this.startMs,
        sleep: (ms, signal) => this.#sleep(ms, signal),
      },
      random: () => random.next(),
      crashPoint: (name) => void this.step(name),
      dispatcher: () => dispatcher,
    };
  }

  get isDead(): boolean {
    return this.diedAt !== null;
  }

  /** Ends when the operator presses Ctrl-C. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Passes a place where a process can die. Answers whether it lives on. */
  step(name: string): boolean {
    if (this.isDead) return false;
    this.steps += 1;
    const pass = (this.#passes.get(name) ?? 0) + 1;
    this.#passes.set(name, pass);
    const { death, freeze, stopAtStep } = this.#fate;
    if (stopAtStep === this.steps) this.#stop.abort(new Error('stopped by the operator'));
    if (freeze?.step === this.steps) this.#frozenUntilMs = this.#machine.timeline.nowMs + freeze.forMs;
    const isDue =
      death?.point === null ? this.steps === death.pass : death?.point === name && death.pass === pass;
    if (isDue) this.die(`${name}, pass ${pass}`);
    return !isDue;
  }

  /** Kills it here. */
  die(where: string): void {
    if (this.isDead) return;
    this.diedAt = where;
    for (const tell of this.#whenDead) tell();
  }

  /** Calls back at once when it dies. */
  onDeath(tell: () => void): void {
    this.#whenDead.push(tell);
  }

  /** Hands the process something from the world, once it can take it: never when it is dead, later when it is held up. */
  deliver(what: () => void): void {
    if (this.isDead) return;
    const isFree = this.#heldMs <= 0 && this.#held.length === 0;
    if (isFree) what();
    else this.#held.push(what);
    if (!isFree && this.#held.length === 1) this.#machine.timeline.after(this.#heldMs, () => this.#thaw());
  }

  /** What came while it was held up comes in the order it came. */
  #thaw(): void {
    while (!this.isDead && this.#held.length > 0) {
      if (this.#heldMs > 0) {
        this.#machine.timeline.after(this.#heldMs, () => this.#thaw());
        return;
      }
      this.#held.shift()?.();
    }
  }

  get #heldMs(): number {
    return this.#frozenUntilMs - this.#machine.timeline.nowMs;
  }

  /** Comes to its end when the process may go on: never when it is dead, later when it is held up. */
  turn(): Promise<void> | null {
    if (this.isDead) return new Promise(() => undefined);
    return this.#heldMs > 0 ? new Promise((resolve) => this.deliver(resolve)) : null;
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (this.isDead) return;
      if (signal?.aborted) return resolve();
      let isOver = false;
      const wake = () => {
        if (isOver) return;
        isOver = true;
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      signal?.addEventListener('abort', wake, { once: true });
      this.#machine.timeline.after(ms, () => this.deliver(wake));
    });
  }
}

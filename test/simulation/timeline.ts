import { type SeededRandom, seededRandom } from 'landfall-emulators/kit/random.ts';

interface Event {
  readonly atMs: number;
  /** Decides between events of one moment: the seed's interleaving. */
  readonly rank: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
}

/** The simulated time of one run: nothing happens but by its events, one after the other, and none of them waits. */
export class Timeline {
  readonly #random: SeededRandom;
  readonly #heap: Event[] = [];
  #nowMs: number;
  #count = 0;
  /** Events that ran. */
  events = 0;

  constructor(seed: number, startMs: number) {
    this.#random = seededRandom(seed);
    this.#nowMs = startMs;
  }

  /** The simulated time in milliseconds since 1970. It only grows. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Runs `run` after `delayMs` (0 or more), rounded up to a whole millisecond as timers do. */
  after(delayMs: number, run: Event['run']): void {
    const atMs = this.#nowMs + Math.max(0, Math.ceil(delayMs));
    this.#count += 1;
    this.#push({ atMs, rank: this.#random.next(), order: this.#count, run });
  }

  /** Ends after `delayMs`. */
  wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /**
   * Lets time pass until `work` has ended and gives its result. Throws when nothing is left to happen, or when more
   * than `mostEvents` have happened: then `work` would never end.
   */
  async through<T>(work: Promise<T>, mostEvents = 300_000): Promise<T> {
    let hasEnded = false;
    const end = () => {
      hasEnded = true;
    };
    work.then(end, end);
    const from = this.events;
    for (;;) {
      // what the last event set going comes to rest: all of it is promises, and a tick comes when none is left
      await new Promise<void>((resolve) => process.nextTick(resolve));
      if (hasEnded) return work;
      const event = this.#pop();
      if (event === undefined) throw new Error('nothing is left to happen, and the work has not ended');
      if (this.events - from > mostEvents)
        throw new Error(`the work has not ended after ${mostEvents} events`);
      this.#nowMs = Math.max(this.#nowMs, event.atMs);
      this.events += 1;
      await event.run();
    }
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(event, heap[parent] as Event)) break;
      heap[at] = heap[parent] as Event;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Event, heap[child] as Event)) child += 1;
      if (!before(heap[child] as Event, last)) break;
      heap[at] = heap[child] as Event;
      at = child;
    }
    heap[at] = last;
    return first;
  }
}

function before(left: Event, right: Event): boolean {
  return (
    left.atMs - right.atMs < 0 ||
    (left.atMs === right.atMs && (left.rank - right.rank || left.order - right.order) < 0)
  );
}

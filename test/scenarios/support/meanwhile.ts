import { Dispatcher, Pool } from 'undici';
import { type Ports, systemPorts } from '../../../packages/landfall/src/base/ports.ts';

/** Which request waits: the n-th of a method to a path (without the query). */
export interface Moment {
  readonly method: string;
  readonly path: string;
  readonly n: number;
}

/** Ports whose real connections stand still before one request, and all after it, until something else has happened. */
export function meanwhile(moment: Moment, happens: () => Promise<unknown>): Ports {
  return systemPorts({ dispatcher: (origin) => new Halting(new Pool(origin), moment, happens) });
}

class Halting extends Dispatcher {
  readonly #pool: Pool;
  readonly #moment: Moment;
  readonly #happens: () => Promise<unknown>;
  #seen = 0;
  #halt: Promise<unknown> | null = null;

  constructor(pool: Pool, moment: Moment, happens: () => Promise<unknown>) {
    super();
    this.#pool = pool;
    this.#moment = moment;
    this.#happens = happens;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { method, path, n } = this.#moment;
    if (options.method === method && options.path.split('?')[0] === path) this.#seen += 1;
    if (this.#seen === n) this.#halt ??= this.#happens();
    if (this.#halt === null) return this.#pool.dispatch(options, handler);
    void this.#halt.then(() => this.#pool.dispatch(options, handler));
    return true;
  }

  override close(): Promise<void> {
    return this.#pool.close();
  }

  override destroy(): Promise<void> {
    return this.#pool.destroy();
  }
}

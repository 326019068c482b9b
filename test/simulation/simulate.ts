import { cpus } from 'node:os';
import { type FaultClass, faultTable } from './fault-table.ts';
import { type Result, simulate } from './simulation.ts';

/**
 * `npm run simulate -- --seed N --runs M [--classes F1,F5] [--scale 1] [--verbose]`: runs M worlds from seed N on, prints
 * a line for each violation with the seed that replays it, and what happened in all. Exit code 1 when there was one.
 */
async function main(): Promise<number> {
  const first = numberOf('seed', 1);
  const runs = numberOf('runs', 100);
  const named = textOf('classes');
  const classes = named?.split(',').filter((name): name is FaultClass => name in faultTable);
  const options = { scale: numberOf('scale', 1), ...(classes === undefined ? {} : { classes }) };
  const sums = new Sums();
  for (let seed = first; seed < first + runs; seed += 1) {
    const result = await simulate(seed, options);
    sums.add(result);
    if (process.argv.includes('--verbose')) process.stdout.write(`${JSON.stringify(result)}\n`);
    for (const violation of result.violations) say(`seed ${seed} [${result.classes.join(' ')}] ${violation}`);
  }
  sums.tell(first, runs);
  return sums.violated === 0 ? 0 : 1;
}

/** What happened in all runs together. */
class Sums {
  readonly #startMs = performance.now();
  readonly #processorUs = process.cpuUsage();
  readonly #ends = new Map<string, number>();
  readonly #hits = new Map<string, number>();
  readonly #classes = new Map<string, number>();
  #records = 0;
  #requests = 0;
  violated = 0;

  add({ violations, lives, hits, classes, records, requests }: Result): void {
    if (violations.length > 0) this.violated += 1;
    this.#records += records;
    this.#requests += requests;
    for (const life of lives) count(this.#ends, life.split(/[:, ]/).slice(0, 2).join(' '), 1);
    for (const [kind, times] of Object.entries(hits)) count(this.#hits, kind, times);
    for (const name of classes) count(this.#classes, name, 1);
  }

  tell(first: number, runs: number): void {
    const processor = process.cpuUsage(this.#processorUs);
    const wallMs = (performance.now() - this.#startMs) / runs;
    const processorMs = (processor.user + processor.system) / 1_000 / runs;
    say(`${runs} runs from seed ${first}, ${this.violated} with violations`);
    say(
      `${this.#records} source records, ${this.#requests} requests; a run took ${wallMs.toFixed(0)} ms, ${processorMs.toFixed(0)} ms of a processor (${cpus().length} here)`,
    );
    say(`classes drawn: ${told(this.#classes)}`);
    say(`faults of the wire that hit: ${told(this.#hits)}`);
    say(`processes ended: ${told(this.#ends)}`);
  }
}

function count(map: Map<string, number>, name: string, times: number): void {
  map.set(name, (map.get(name) ?? 0) + times);
}

function told(map: ReadonlyMap<string, number>): string {
  const order = [...map].toSorted(([, left], [, right]) => right - left);
  return order.map(([name, times]) => `${name.trim()} ${times}`).join(', ');
}

function textOf(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

function numberOf(name: string, fallback: number): number {
  return Number(textOf(name) ?? fallback);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();

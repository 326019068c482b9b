import type { ChildProcess } from 'node:child_process';
import { createRandom } from '../../../packages/landfall/src/base/random.ts';
import { type Scene, troubles } from './crashes.ts';
import { type EmulatedAccount, writesIn } from './emulator.ts';
import { beginsWork } from './one-file-program.ts';
import { advanceAll, advanceHere, must } from './workspace.ts';

/** Where a kill fell, told by how many of the run's writes had reached the account. */
export type KillPlace =
  | 'before the writing'
  | 'in the first half of the writing'
  | 'in the second half of the writing'
  | 'after the last write';

/** When a process is killed: so long after it began its work, or after that many more requests reached the account. */
interface KillMoment {
  readonly requests: number;
  readonly of: 'all' | 'writes';
  readonly ms: number;
}

/** What the kills of one scene are drawn from. */
export interface ManyKills {
  readonly seed: number;
  /** Writes that a run without a fault sends; the kills are spread over what is left of them. */
  readonly writes: number;
  /** The fewest and the most that are tried; a run that ends before has fewer. */
  readonly kills: readonly [least: number, most: number];
  /** The command line as one file. */
  readonly program: string;
}

/** A request, the transactions around it and its answer last about so long on a busy machine. */
const aroundRequestMs = 60;
/** Opening, gates, reading, proposing, mapping and planning of the small company. */
const withoutRequestsMs = 2_500;
/** Refused writes are sent again, so that a run sends more of them than one without faults: the end must come all the same. */
const leastWrites = 6;
/** Opening the account and the proof of everything ask for about so much. */
const mostReads = 60;
const watchEveryMs = 4;

/**
 * One migration under faults, killed many times at moments drawn from the seed, each time by SIGKILL in a process of
 * its own, and each time gone on with where it was; then run to its end in this process. Tells where the kills fell.
 * The machine's speed has its part in that: the seed alone does not replay it.
 */
export async function manyKills(scene: Scene, options: ManyKills): Promise<readonly KillPlace[]> {
  const random = createRandom(options.seed);
  const { account } = scene;
  account.faults(troubles, options.seed);
  const [least, most] = options.kills;
  const wanted = least + Math.floor(random() * (most + 1 - least));
  const writesAtKill: number[] = [];
  for (let left = wanted; left > 0; left -= 1) {
    const writesLeft = options.writes - writesIn(account.log()).length;
    const ran = await killedRun(scene, momentOf(random, writesLeft, left), options.program);
    if (ran.signal === 'SIGKILL') writesAtKill.push(writesIn(account.log()).length);
    else if (must(ran, [0, 4, 5]).code !== 4) break;
  }
  await advanceHere(scene.workspace);
  const all = writesIn(account.log()).length;
  return writesAtKill.map((writes) => placeOf(writes, all));
}

/** Some fall by the clock and some after any request, so that what writes nothing is hit too. */
function momentOf(random: () => number, writesLeft: number, killsLeft: number): KillMoment {
  const kind = random();
  if (kind < 0.2) return { requests: 0, of: 'all', ms: random() ** 2 * withoutRequestsMs };
  const ms = random() * aroundRequestMs;
  if (kind < 0.4) return { requests: 1 + Math.floor(random() * mostReads), of: 'all', ms };
  const share = Math.max(leastWrites, (2 * writesLeft) / (killsLeft + 1));
  return { requests: 1 + Math.floor(random() * share), of: 'writes', ms };
}

function killedRun({ account, workspace }: Scene, moment: KillMoment, program: string) {
  let watch: NodeJS.Timeout | undefined;
  let kill: NodeJS.Timeout | undefined;
  const onStderr = (text: string, child: ChildProcess) => {
    if (watch !== undefined || !text.includes(beginsWork)) return;
    watch = whenAsked(account, moment, () => {
      kill = setTimeout(() => child.kill('SIGKILL'), moment.ms);
    });
  };
  return workspace.run([...advanceAll], { program, onStderr }).finally(() => {
    clearInterval(watch);
    clearTimeout(kill);
  });
}

/** Calls once, when so many more requests have reached the account. */
function whenAsked(account: EmulatedAccount, { requests, of }: KillMoment, call: () => void): NodeJS.Timeout {
  const asked = () => (of === 'all' ? account.log() : writesIn(account.log())).length;
  const wanted = asked() + requests;
  const watch = setInterval(() => {
    if (asked() < wanted) return;
    clearInterval(watch);
    call();
  }, watchEveryMs);
  return watch;
}

function placeOf(writes: number, all: number): KillPlace {
  if (writes === 0) return 'before the writing';
  if (writes === all) return 'after the last write';
  return writes < all / 2 ? 'in the first half of the writing' : 'in the second half of the writing';
}

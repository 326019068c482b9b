import { type SeededRandom, seededRandom } from 'landfall-emulators/kit/random.ts';
import type { DiskTrouble } from './disk.ts';
import type { FaultClass } from './fault-table.ts';
import type { Fate } from './life.ts';
import type { NetworkRule, NetworkTrouble } from './network-faults.ts';
import type { SourceChange } from './source.ts';
import { type Damage, damages } from './state-damage.ts';
import type { World } from './world.ts';

/** Something that happens in the account when so many requests have reached it. */
export interface AccountEvent {
  readonly afterArrivals: number;
  readonly what:
    | { readonly kind: 'rules'; readonly rule: Readonly<Record<string, unknown>> }
    | { readonly kind: 'deals-cap'; readonly room: number }
    | { readonly kind: 'drift'; readonly drift: 'option' | 'field' | 'rename' | 'stage' };
}

/** Everything that will go wrong in one run, decided beforehand. */
export interface FaultPlan {
  readonly classes: readonly FaultClass[];
  readonly network: NetworkTrouble | null;
  /** When all trouble ends, in milliseconds after the start. */
  readonly healsAfterMs: number;
  /** What becomes of the first processes; the ones after them live in peace. */
  readonly fates: readonly Fate[];
  /** Pages that were on their way when the power went, for each kill; null: a kill, not a power cut. */
  readonly torn: boolean;
  readonly disk: readonly (DiskTrouble | null)[];
  /** Jumps of the civil clock, one for each process. */
  readonly clockJumpsMs: readonly number[];
  readonly source: SourceChange | null;
  readonly account: readonly AccountEvent[];
  /** So long after the first process a second one starts on the same disk; null: none does. */
  readonly rivalAfterMs: number | null;
  /** What befalls the state before the process of that number, and what an operator then does about it; null: nothing. */
  readonly damage: { readonly beforeLife: number; readonly kind: Damage } | null;
  /** Whether the first process makes the state itself, and which step of that is its last; null: it is there. */
  readonly upgradeEndsAt: number | null;
  /** Requests after which people change answers and policies, once the load has begun; null: they keep to them. */
  readonly mindsAfterArrivals: number | null;
  /** Words the account changes without saying so. */
  readonly silentChanges: readonly string[];
}

/** Named crash points with how often a run of 60 records passes them. */
const crashPoints: readonly (readonly [string, number])[] = [
  ['extract:after-page', 5],
  ['transform:after-batch', 5],
  ['configure:after-intent', 19],
  ['configure:after-send', 19],
  ['load:before-intent', 6],
  ['load:after-intent', 6],
  ['load:before-send', 60],
  ['load:after-send', 60],
  ['load:before-settle', 6],
  ['load:after-settle', 6],
  ['gate:before-walk', 6],
  ['reconcile:before-settle', 3],
  ['rollback:after-intent', 6],
  ['rollback:after-send', 6],
  ['store: before commit', 120],
  ['store: after commit', 120],
];
/** Steps of any kind that a run of 60 records takes. */
const usualSteps = 1_400;

function rule(kind: NetworkRule['kind'], rate: number, method: NetworkRule['method'] = null): NetworkRule {
  return { kind, rate, method, lists: false };
}

/** The rules of the wire that belong to a class, at a rate drawn once for the run. */
const wireRules: Readonly<Partial<Record<FaultClass, (rate: number) => readonly NetworkRule[]>>> = {
  F3: (rate) => [rule('too-fast', rate)],
  F4: (rate) => [rule('gateway-before', rate), rule('gateway-after', rate / 2)],
  F5: (rate) => [rule('silence', rate / 3), rule('late', rate, 'write'), rule('gone-after', rate)],
  F6: (rate) => [
    rule('cut', rate),
    rule('gone-before', rate / 2),
    rule('gone-after', rate / 2),
    rule('not-sent', rate / 2),
  ],
  F7: (rate) => [rule('mangled', rate)],
  F17: (rate) => [
    { kind: 'page-small', rate: rate * 4, method: 'GET', lists: true },
    { kind: 'page-again', rate: rate * 2, method: 'GET', lists: true },
  ],
  F19: (rate) => [rule('swapped', rate * 2, 'POST')],
  F22: (rate) => [rule('slow', rate * 2)],
};

/** Classes a seed can draw, and how often each is drawn. */
const drawn: readonly (readonly [FaultClass, number])[] = [
  ['F1', 0.45],
  ['F2', 0.1],
  ['F3', 0.15],
  ['F4', 0.2],
  ['F5', 0.3],
  ['F6', 0.2],
  ['F7', 0.12],
  ['F8', 0.06],
  ['F9', 0.08],
  ['F10', 0.1],
  ['F11', 0.15],
  ['F12', 0.15],
  ['F13', 0.12],
  ['F14', 0.2],
  ['F15', 0.08],
  ['F16', 0.1],
  ['F17', 0.12],
  ['F19', 0.1],
  ['F20', 0.05],
  ['F21', 0.06],
  ['F22', 0.1],
  ['F26', 0.15],
  ['F29', 0.08],
];

/** Classes that came later: drawn from numbers of their own, so that a seed goes on meaning what it did. New ones go last. */
const drawnLater: readonly (readonly [FaultClass, number])[] = [
  ['F24', 0.08],
  ['F25', 0.1],
  ['F27', 0.12],
  ['F18', 0.1],
];

function drawLater(seed: number, classes: readonly FaultClass[]): readonly FaultClass[] {
  if (classes.length === 0) return classes;
  const random = seededRandom(seed * 16_807 + 29);
  return [...classes, ...drawnLater.filter(([, share]) => random.next() < share).map(([name]) => name)];
}

function drawClasses(random: SeededRandom): readonly FaultClass[] {
  if (random.next() < 0.08) return [];
  return drawn.filter(([, share]) => random.next() < share).map(([name]) => name);
}

function drawFate(random: SeededRandom, has: (name: FaultClass) => boolean): Fate {
  const kills = has('F1') || has('F2');
  const anywhere = { point: null, pass: random.between(20, usualSteps) };
  const [point, passes] = random.pick(crashPoints);
  const named = { point, pass: random.between(1, passes) };
  return {
    death: kills && random.next() < 0.8 ? (random.next() < 0.5 ? anywhere : named) : null,
    freeze: has('F16')
      ? { step: random.between(50, usualSteps), forMs: random.between(1_000, 300_000) }
      : null,
    stopAtStep: has('F26') && random.next() < 0.7 ? random.between(10, usualSteps) : null,
  };
}

function drawDisk(random: SeededRandom, has: (name: FaultClass) => boolean): DiskTrouble | null {
  if (!(has('F12') || has('F29')) || random.next() < 0.4) return null;
  const table = has('F29') ? 'audit' : null;
  const code = random.pick(['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_READONLY'] as const);
  const at = 1 + Math.floor((table === null ? 400 : 40) * random.next() ** 2);
  return { at, count: random.pick([1, 1_000_000]), code, table };
}

function drawJump(random: SeededRandom): number {
  const size = random.pick([1_000, 3_600_000, 86_400_000, 10 * 365 * 86_400_000]);
  return random.pick([-1, 1]) * size;
}

function drawEvents(random: SeededRandom, has: (name: FaultClass) => boolean): readonly AccountEvent[] {
  const at = () => random.between(5, 220);
  const events: AccountEvent[] = [];
  const rules = (rule: Readonly<Record<string, unknown>>) =>
    events.push({ afterArrivals: at(), what: { kind: 'rules', rule } });
  if (has('F9')) rules({ kind: 'token-expired', count: random.between(1, 6) });
  if (has('F10')) rules({ kind: 'daily-exhausted', count: 1 });
  if (has('F3')) rules({ kind: 'status-429', count: random.between(1, 8) });
  if (has('F4') && random.next() < 0.3) rules({ kind: 'cloudflare-403', count: random.between(1, 4) });
  if (has('F21'))
    events.push({ afterArrivals: at(), what: { kind: 'deals-cap', room: random.between(0, 4) } });
  if (has('F8')) {
    const drift = random.pick(['option', 'field', 'rename', 'stage'] as const);
    events.push({ afterArrivals: random.between(60, 180), what: { kind: 'drift', drift } });
  }
  return events;
}

/** Statements of the one upgrade there is: a table or an index each. */
const upgradeSteps = 25;

function drawState(seed: number, has: boolean): Pick<FaultPlan, 'damage' | 'upgradeEndsAt'> {
  const random = seededRandom(seed * 48_271 + 3);
  const kind = random.pick([...damages, 'unmade'] as const);
  if (!has) return { damage: null, upgradeEndsAt: null };
  if (kind === 'unmade') return { damage: null, upgradeEndsAt: random.between(1, upgradeSteps) };
  return { damage: { beforeLife: random.between(0, 1), kind }, upgradeEndsAt: null };
}

function planRandom(seed: number): SeededRandom {
  return seededRandom(seed * 40_503 + 7);
}

/** The classes a seed draws. */
export function classesOf(seed: number): readonly FaultClass[] {
  return drawLater(seed, drawClasses(planRandom(seed)));
}

/** Draws what goes wrong in a world. `only`: these classes and no others. */
export function planFaults(world: World, only: readonly FaultClass[] | null): FaultPlan {
  const random = planRandom(world.seed);
  const classes = only ?? drawLater(world.seed, drawClasses(random));
  const has = (name: FaultClass) => classes.includes(name);
  const rate = random.pick([0.01, 0.03, 0.08, 0.2]);
  const rules = classes.flatMap((name) => wireRules[name]?.(rate) ?? []);
  const lives = random.between(1, 5);
  const each = <T>(draw: () => T) => Array.from({ length: lives }, draw);
  const hasRival = has('F15') || has('F16');
  const lateMs = world.policies.inDoubtQuietSeconds * 950;
  return {
    classes,
    network: rules.length === 0 ? null : { rules, latencyMs: random.pick([20, 80, 400]), lateMs },
    healsAfterMs: random.between(5, 120) * 60_000,
    fates: each(() => drawFate(random, has)).map((fate, at) =>
      hasRival && at === 0 ? { ...fate, death: null } : fate,
    ),
    torn: has('F2'),
    disk: each(() => drawDisk(random, has)),
    clockJumpsMs: each(() => (has('F11') && random.next() < 0.7 ? drawJump(random) : 0)),
    source: has('F13') ? { afterPages: random.between(1, 20) } : null,
    account: drawEvents(random, has),
    ...drawState(world.seed, has('F24')),
    mindsAfterArrivals: has('F25') ? 20 + (world.seed % 180) : null,
    rivalAfterMs: hasRival ? random.between(100, 150_000) : null,
    silentChanges: has('F20') ? [random.pick(['trim', 'truncate-255', 'strip-phone', 'drop-emoji'])] : [],
  };
}

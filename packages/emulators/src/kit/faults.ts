import { z } from 'zod';
import { seededRandom } from './random.ts';

/** What can be made to go wrong. */
export const FAULT_KINDS = [
  'status-429',
  'status-500',
  'status-502-html',
  'status-503',
  'lost-answer',
  'late-commit',
  'never-answer',
  'reset-mid-body',
  'malformed-json',
  'cloudflare-403',
  'slow',
  'daily-exhausted',
  'token-expired',
] as const;
/** What can go wrong with one request; each kind is described in the README of this package. */
export type FaultKind = (typeof FAULT_KINDS)[number];

const rule = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  /** HTTP method; absent: every method. */
  method: z.string().optional(),
  /** Exact path, or with `*` for one segment and `**` for any number; absent: every path. */
  path: z.string().optional(),
  /** Share of the matching requests that are hit, 0 to 1; absent: every one. */
  rate: z.number().min(0).max(1).optional(),
  /** How many matching requests pass unharmed first. */
  after: z.int().min(0).optional(),
  /** How many requests are hit at most. */
  count: z.int().min(0).optional(),
  /** `slow` and `late-commit`: the delay in emulated milliseconds. */
  delayMs: z.number().min(0).optional(),
  /** `late-commit`: the status that is answered at once; 0: a reset connection; absent: the seed decides. */
  status: z.int().optional(),
  /** `never-answer`: whether the request is carried out; absent: the seed decides. */
  commits: z.boolean().optional(),
});

const plan = z.strictObject({ seed: z.int().optional(), rules: z.array(rule) });
/** Which requests are hit, how often, and by which kind of fault: one entry of `rules` in a fault plan. */
export type FaultRule = z.infer<typeof rule>;

/** One fault that hits one request, every choice made. */
export interface Fault {
  readonly kind: FaultKind;
  readonly delayMs: number;
  readonly status: number;
  readonly commits: boolean;
}

interface ArmedRule {
  readonly rule: FaultRule;
  readonly pattern: RegExp | null;
  seen: number;
  hits: number;
}

const DEFAULT_DELAY_MS: Partial<Record<FaultKind, number>> = { slow: 1_500, 'late-commit': 5_000 };

/** Decides which request is hit by which fault. The same seed and the same requests give the same faults. */
export class FaultPlan {
  #armed: ArmedRule[] = [];
  #random = seededRandom(1);

  /** Takes the place of all rules. Throws, naming the part that is wrong, when the body is no fault plan. */
  set(body: unknown): void {
    const parsed = plan.safeParse(body);
    if (!parsed.success) throw new Error(`not a fault plan: ${z.prettifyError(parsed.error)}`);
    this.#random = seededRandom(parsed.data.seed ?? 1);
    this.#armed = parsed.data.rules.map((each) => ({
      rule: each,
      pattern: each.path === undefined ? null : pathPattern(each.path),
      seen: 0,
      hits: 0,
    }));
  }

  /** Removes every rule. */
  clear(): void {
    this.#armed = [];
  }

  /** The fault for this request, or null. The first rule that hits wins. */
  next(method: string, path: string): Fault | null {
    for (const armed of this.#armed) if (this.#hits(armed, method, path)) return this.#decided(armed.rule);
    return null;
  }

  #hits(armed: ArmedRule, method: string, path: string): boolean {
    const { rule: each, pattern } = armed;
    if (each.method !== undefined && each.method.toUpperCase() !== method) return false;
    if (pattern && !pattern.test(path)) return false;
    armed.seen += 1;
    if (armed.seen <= (each.after ?? 0)) return false;
    if (each.count !== undefined && armed.hits >= each.count) return false;
    if (each.rate !== undefined && this.#random.next() >= each.rate) return false;
    armed.hits += 1;
    return true;
  }

  #decided(each: FaultRule): Fault {
    const coin =
      each.kind === 'late-commit' || each.kind === 'never-answer' ? this.#random.next() < 0.5 : false;
    return {
      kind: each.kind,
      delayMs: each.delayMs ?? DEFAULT_DELAY_MS[each.kind] ?? 0,
      status: each.status ?? (coin ? 504 : 0),
      commits: each.commits ?? coin,
    };
  }
}

/** Turns a path with `*` and `**` into a pattern. */
export function pathPattern(path: string): RegExp {
  const source = path
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
  return new RegExp(`^${source}$`);
}

import type { Forecast } from '../../model/plan.ts';
import type { Policies } from '../../model/policy.ts';

/** The budget the days are cut by. */
export interface DayBudget {
  /** Tokens the account has each day. */
  readonly dailyTokens: number;
  /** What it has left today; null: not known, a whole day. */
  readonly tokensLeft: number | null;
  readonly policies: Pick<Policies, 'budgetShare' | 'offPeak' | 'offPeakShare'>;
  readonly nowMs: number;
}

/** One phase with what it takes. */
interface PhaseBill {
  readonly phase: string;
  readonly requests: number;
  readonly tokens: number;
}

type Span = Forecast['calendar'][number];

const dayMs = 86_400_000;

/** Our tokens of a whole day: the share, or the larger one that holds in the off-peak hours, for it counts what the day has seen. */
export function ownTokensOf({ dailyTokens, policies }: DayBudget): number {
  const { budgetShare, offPeak, offPeakShare } = policies;
  const share = offPeak === null ? budgetShare : Math.max(budgetShare, offPeakShare);
  return Math.max(1, Math.floor(dailyTokens * share));
}

/** Puts phases on days one after the other. Budget days begin at midnight UTC, as the budget of the wire assumes. */
export function calendarOf(phases: readonly PhaseBill[], budget: DayBudget): readonly Span[] {
  const ownTokens = ownTokensOf(budget);
  let day = 0;
  let left = firstDay(budget, ownTokens);
  return phases.map(({ phase, requests, tokens }) => {
    if (tokens > 0 && left === 0) {
      day += 1;
      left = ownTokens;
    }
    const first = day;
    let due = tokens;
    while (due > left) {
      due -= left;
      day += 1;
      left = ownTokens;
    }
    left -= due;
    const days = tokens === 0 ? 0 : day - first + 1;
    return { phase, requests, tokens, days, start: isoDate(budget, first), end: isoDate(budget, day) };
  });
}

/** Others may have used today's tokens already: what is not ours stays in the account. */
function firstDay({ dailyTokens, tokensLeft }: DayBudget, ownTokens: number): number {
  if (tokensLeft === null) return ownTokens;
  return Math.max(0, Math.min(ownTokens, tokensLeft - (dailyTokens - ownTokens)));
}

function isoDate({ nowMs }: DayBudget, day: number): string {
  return new Date(nowMs + day * dayMs).toISOString().slice(0, 10);
}

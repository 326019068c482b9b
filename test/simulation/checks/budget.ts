import type { Sent } from '../network.ts';
import type { Evidence } from './evidence.ts';

/** What is taken for the price of a request that never reached the account, in tokens. */
const highestPriceTokens = 50;
/** Requests in flight together when a process has just begun and knows nothing yet. */
const firstRequestsTokens = 250;
const dailyBaseTokens = 30_000;
const multipliers = { lite: 1, growth: 2, premium: 5, ultimate: 7 } as const;

/** Faults after which the two sides cannot know the same: the answer with the meter, or the request, was lost. */
const unclear: ReadonlySet<string> = new Set([
  'gone-before',
  'gateway-after',
  'late',
  'mangled',
  'cut',
  'swapped',
  'silence',
  'torn',
]);

/** Our count of tokens is the account's, and our share of a day is never passed (I8). */
export function checkBudget(evidence: Evidence): readonly string[] {
  return [...checkCount(evidence), ...checkShare(evidence)];
}

function checkCount({ log, sent, ends }: Evidence): readonly string[] {
  const charged = log
    .filter(({ sender }) => sender === 'migration')
    .reduce((sum, line) => sum + line.tokens, 0);
  const counted = ends.reduce((sum, { budget }) => sum + budget.spentHere, 0);
  const cut = new Map(
    ends.filter(({ end }) => end !== 'done').map(({ number, untilMs }) => [number, untilMs]),
  );
  // a refusal costs nothing, but whose refusal was lost takes it for an answer
  const isPriced = (one: Sent) => one.arrival !== null && (one.fault === null || one.status < 400);
  const price = (one: Sent) => (isPriced(one) ? (log[one.arrival ?? 0]?.tokens ?? 0) : highestPriceTokens);
  const doubt = sent
    .filter(
      (one) =>
        unclear.has(one.fault ?? '') ||
        (one.fault !== null && one.status >= 400) ||
        (cut.get(one.life) ?? Number.POSITIVE_INFINITY) - one.atMs < 120_000,
    )
    .reduce((sum, one) => sum + price(one), 0);
  const off = counted - charged;
  if (Math.abs(off) <= doubt) return [];
  return [`I8 we count ${counted} tokens, the account charged ${charged}; ${doubt} can be in doubt`];
}

function checkShare({ world, log, ends }: Evidence): readonly string[] {
  if (world.pace === 'off') return [];
  const dailyTokens = dailyBaseTokens * multipliers[world.plan] * world.seats;
  const mostTokens = Math.floor(dailyTokens * world.policies.budgetShare) + firstRequestsTokens * ends.length;
  const days = new Map<string, number>();
  for (const { sender, at, tokens } of log) {
    if (sender === 'migration') days.set(at.slice(0, 10), (days.get(at.slice(0, 10)) ?? 0) + tokens);
  }
  return [...days]
    .filter(([, tokens]) => tokens > mostTokens)
    .map(([day, tokens]) => `I8 ${tokens} tokens on ${day}, our share is ${mostTokens}`);
}

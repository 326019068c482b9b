import type { StoreReader } from '../model/store.ts';

/** What was spent on one day, by published prices. */
export interface Spending {
  readonly tokens: number;
  readonly requests: number;
  readonly throttled: number;
}

/** Before the first request. */
export const nothingSpent: Spending = { tokens: 0, requests: 0, throttled: 0 };

/** The first and so many times the second. */
export function sumOf(one: Spending, other: Spending, times: 1 | -1): Spending {
  return {
    tokens: one.tokens + times * other.tokens,
    requests: one.requests + times * other.requests,
    throttled: one.throttled + times * other.throttled,
  };
}

/** Under which name the spending of a day (UTC) is kept. */
export function spendingName(nowMs: number): string {
  return `spent:${new Date(nowMs).toISOString().slice(0, 10)}`;
}

/** A kept spending, read. */
export function spendingOf(text: string | null): Spending {
  return text === null ? nothingSpent : { ...nothingSpent, ...(JSON.parse(text) as Partial<Spending>) };
}

/** What all processes of the workspace spent today. */
export async function spentToday(reader: StoreReader, nowMs: number): Promise<Spending> {
  return spendingOf(await reader.getValue(spendingName(nowMs)));
}

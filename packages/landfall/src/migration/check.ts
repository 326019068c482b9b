import type { AccountFacts } from '../model/destination.ts';
import type { Session } from './session.ts';

/** What `check` proved. */
export interface CheckResult {
  readonly source: { readonly system: string; readonly account: string; readonly lines: readonly string[] };
  readonly destination: AccountFacts;
}

/** Proves that both sides let us in. Throws what they throw: each says what to do. */
export async function checkBoth(session: Session): Promise<CheckResult> {
  const source = await session.source.check(session.signal);
  const destination = await session.destination.check(session.signal);
  await session.keepSpending();
  return { source: { system: session.source.system, ...source }, destination };
}

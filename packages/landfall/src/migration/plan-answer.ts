import { must } from '../base/assert.ts';
import { MigrationError } from '../model/error.ts';
import type { Forecast } from '../model/plan.ts';
import { readValue } from '../phases/values.ts';
import type { Session } from './session.ts';

/** The answer of `plan --json` (cli.md). */
export interface PlanAnswer {
  readonly hash: string;
  readonly operations: Readonly<
    Record<string, { create: number; update: number; link: number; skip: number }>
  >;
  readonly tokens: number;
  readonly requests: number;
  readonly days: number;
  readonly start: string;
  readonly end: string;
  readonly caps: Forecast['caps'];
  readonly rollbackTokens: number;
}

/** What the plan holds, in numbers. Throws `phase-order` before there is one. */
export async function planAnswer(session: Session): Promise<PlanAnswer> {
  const hash = await readValue(session.store, 'planHash');
  if (hash === null) throw new MigrationError('phase-order', 'There is no plan yet.');
  const forecast = must(await readValue(session.store, 'forecast'), 'a plan has its forecast');
  const operations: Record<string, { create: number; update: number; link: number; skip: number }> = {};
  for (const { entity, action, count } of await session.store.operationTotals()) {
    const row = operations[entity] ?? { create: 0, update: 0, link: 0, skip: 0 };
    row[action as keyof typeof row] += count;
    operations[entity] = row;
  }
  const { tokens, requests, days, start, end, caps, rollbackTokens } = forecast;
  return { hash, operations, tokens, requests, days, start, end, caps, rollbackTokens };
}

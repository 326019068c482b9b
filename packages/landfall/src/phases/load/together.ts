import type { Together } from '../../model/destination.ts';
import { MigrationError } from '../../model/error.ts';
import type { Operation } from '../../model/plan.ts';
import { refName } from '../../model/store.ts';
import type { ResolvedLink, TargetRecord } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import type { Outcome } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import { send } from './send.ts';

/** What goes out as one request: one operation, or several below one parent. */
export type Unit = readonly Prepared[];

/** Operations read at once where several may go together: enough for a whole request and the beginning of the next. */
export const togetherBatch = 200;

/** Cuts a page where a parent's operations end, so that they are sent together; the rest comes with the next page. */
export function wholeGroups(
  operations: readonly Operation[],
  { link }: Together,
  isLastPage: boolean,
): readonly Operation[] {
  const last = operations.at(-1);
  if (isLastPage || last === undefined) return operations;
  const parent = parentName(last, link);
  const start = operations.findLastIndex((operation) => parentName(operation, link) !== parent) + 1;
  return start === 0 ? operations : operations.slice(0, start);
}

/** The requests of a batch: new records that follow each other below one parent go together from so many on. */
export function unitsOf(batch: readonly Prepared[], together: Together | null): readonly Unit[] {
  if (together === null) return batch.map((prepared) => [prepared]);
  const units: Unit[] = [];
  let group: Prepared[] = [];
  for (const prepared of batch) {
    if (!canGo(prepared)) {
      units.push([prepared]);
      continue;
    }
    const [first] = group;
    if (first !== undefined && parentOf(first, together) !== parentOf(prepared, together)) {
      units.push(...cutGroup(group, together));
      group = [];
    }
    group.push(prepared);
  }
  return [...units, ...cutGroup(group, together)];
}

/** The groups of so many that one request takes, and what is left over. A few are cheaper one by one. */
function cutGroup(group: readonly Prepared[], { from, most }: Together): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = 0; at < group.length; at += most) {
    const chunk = group.slice(at, at + most);
    if (chunk.length >= from) units.push(chunk);
    else units.push(...chunk.map((prepared) => [prepared]));
  }
  return units;
}

function canGo({ operation, impossible }: Prepared): boolean {
  return operation.action === 'create' && impossible === null;
}

function parentOf({ request }: Prepared, { link }: Together): unknown {
  return request.values[link];
}

function parentName({ links }: Operation, link: string): string | null {
  const to: ResolvedLink['to'] | undefined = links.find((one) => one.field === link)?.to;
  if (to === undefined) return null;
  return 'key' in to ? refName(to) : to.targetId;
}

/** What became of each of a unit, and the trouble of the world that stopped it. */
export interface Sent {
  readonly outcomes: readonly Outcome[];
  readonly trouble: unknown;
}

/**
 * Sends a unit. Several at once are all made or none; when they are refused together each is sent alone, so that one
 * bad record stops no other. A trouble of the world stops what is left; what was made before it stays made.
 */
export async function sendUnit(context: PhaseContext, unit: Unit): Promise<Sent> {
  const outcomes: Outcome[] = [];
  try {
    if (unit.length > 1 && (await sendTogether(context, unit, outcomes))) return { outcomes, trouble: null };
    for (const prepared of unit) {
      await holdLease(context);
      outcomes.push(await send(context, prepared));
    }
    return { outcomes, trouble: null };
  } catch (trouble) {
    const wasSent = !wasNotSent(trouble, context.signal);
    const left = unit
      .slice(outcomes.length)
      .map(
        (prepared): Outcome =>
          wasSent ? { kind: 'unknown', prepared, why: 'the run was stopped' } : { kind: 'again', prepared },
      );
    return { outcomes: [...outcomes, ...left], trouble };
  }
}

/** Whether that says what became of them; else they were refused together, and none was made. */
async function sendTogether(context: PhaseContext, unit: Unit, outcomes: Outcome[]): Promise<boolean> {
  await holdLease(context);
  try {
    const requests = unit.map(({ request }) => request);
    const records = await context.destination.writeTogether(requests, context.signal);
    outcomes.push(...unit.map((prepared, at) => madeOrUnknown(prepared, records[at])));
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    if (error.recovery === 'reject') return false;
    if (error.code !== 'outcome-unknown') throw error;
    outcomes.push(...unit.map((prepared): Outcome => ({ kind: 'unknown', prepared, why: error.message })));
  }
  return true;
}

function madeOrUnknown(prepared: Prepared, record: TargetRecord | undefined): Outcome {
  if (record === undefined) return { kind: 'unknown', prepared, why: 'the answer does not name it' };
  return { kind: 'created', prepared, record };
}

/** A process that was held up may have been taken for dead: nothing is sent on a lease another may have (reliability.md 3.1). */
async function holdLease({ lease }: PhaseContext): Promise<void> {
  if (!lease.isCurrent()) await lease.renew();
}

/**
 * A named trouble of the world means nothing was executed, and so does the signal's own reason: a write on its way is
 * never broken off. Anything else may have been sent.
 */
function wasNotSent(trouble: unknown, signal: AbortSignal): boolean {
  if (trouble instanceof MigrationError) return trouble.code !== 'outcome-unknown';
  return signal.aborted && trouble === signal.reason;
}

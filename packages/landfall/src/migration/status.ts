import { fateCounters, type LedgerRow, sourceCounters } from '../model/ledger.ts';
import type { Gate, Question } from '../model/question.ts';
import { readValue } from '../phases/values.ts';
import { duePhase } from './due-phase.ts';
import { type GateStatus, gateStatuses, openQuestions } from './gates.ts';
import { loadMapping } from './mapping-step.ts';
import type { Session } from './session.ts';
import { spentToday } from './spending.ts';

/** One entity's line of the ledger, as `status --json` tells it. */
export type StatusRow = Readonly<Record<(typeof shownCounters)[number], number>>;

/** The answer of `status --json` (cli.md). */
export interface Status {
  readonly workspace: string;
  readonly source: string;
  readonly destination: string;
  /** The phase that is due; `done` at the end. */
  readonly phase: string;
  readonly gates: readonly GateStatus[];
  readonly waiting: readonly {
    readonly id: string;
    readonly kind: string;
    readonly question: string;
    readonly choices: Question['choices'];
    readonly blocks: Gate | null;
  }[];
  readonly ledger: Readonly<Record<string, StatusRow>>;
  readonly budget: {
    readonly dailyTokens: number | null;
    readonly spentToday: number;
    readonly planned: number | null;
    readonly forecastEnd: string | null;
  };
}

const shownCounters = [...sourceCounters, ...fateCounters] as const;

/** Where the migration stands. Reads only. */
export async function statusOf(session: Session): Promise<Status> {
  const { store, config } = session;
  const account = await readValue(store, 'account');
  const forecast = await readValue(store, 'forecast');
  const questions = await openQuestions(session);
  return {
    workspace: session.directory,
    source: config.source.system,
    destination: config.destination.system,
    phase: (await duePhase(session)) ?? 'done',
    gates: await gateStatuses(session),
    waiting: questions.map(({ id, kind, question, choices, blocks }) => ({
      id,
      kind,
      question,
      choices,
      blocks,
    })),
    ledger: await ledgerRows(session),
    budget: {
      dailyTokens: account?.dailyTokens ?? null,
      spentToday: (await spentToday(store, session.ports.clock.nowMs())).tokens,
      planned: forecast?.tokens ?? null,
      forecastEnd: forecast?.end ?? null,
    },
  };
}

/** The source's columns stand in the row of the entity its records mainly become. */
async function ledgerRows(session: Session): Promise<Readonly<Record<string, StatusRow>>> {
  const ledger = await session.store.ledger();
  const targets = mainTargets(session);
  const rows = new Map<string, Record<string, number>>();
  const add = (name: string, row: LedgerRow) => {
    const sums = rows.get(name) ?? Object.fromEntries(shownCounters.map((counter) => [counter, 0]));
    for (const counter of shownCounters) sums[counter] = (sums[counter] ?? 0) + (row[counter] ?? 0);
    rows.set(name, sums);
  };
  for (const [entity, row] of Object.entries(ledger.source)) add(targets.get(entity) ?? entity, row);
  for (const [entity, row] of Object.entries(ledger.target)) {
    // a rollback leaves zeros behind for what was never planned
    if (Object.values(row).some((count) => count !== 0)) add(entity, row);
  }
  return Object.fromEntries(rows) as Readonly<Record<string, StatusRow>>;
}

function mainTargets(session: Session): ReadonlyMap<string, string> {
  const { mapping } = loadMapping(session);
  const main = (mapping?.entities ?? []).filter((entity) => (entity.part ?? '') === '');
  return new Map(main.toReversed().map((entity) => [entity.from, entity.to]));
}

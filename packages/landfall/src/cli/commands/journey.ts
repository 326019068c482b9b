import type { Command } from 'commander';
import { type PhaseName, phases } from '../../migration/due-phase.ts';
import { advance, planTakingBack, runPhase, takeBack } from '../../migration/journey.ts';
import type { MapResult } from '../../migration/mapping-step.ts';
import { type PlanAnswer, planAnswer } from '../../migration/plan-answer.ts';
import type { Session } from '../../migration/session.ts';
import { statusOf } from '../../migration/status.ts';
import { verifyAnswer } from '../../migration/verify-answer.ts';
import { MigrationError } from '../../model/error.ts';
import type { Forecast } from '../../model/plan.ts';
import { readValue } from '../../phases/values.ts';
import { type Runtime, runCommand, withSession } from '../runtime.ts';
import {
  mapText,
  planText,
  rollbackPlanText,
  rollbackText,
  scopeText,
  statusText,
  verifyText,
} from '../texts.ts';

const done = 0;
const waits = 3;
const withDifferences = 5;

/** Adds the commands that run phases. */
export function addJourneyCommands(program: Command): void {
  phaseCommand(
    program,
    'discover',
    'catalog, exact counts, custom fields, owners, stages; writes the scope document',
  );
  phaseCommand(program, 'map', 'proposes mapping.yaml from the template, the catalog and the values');
  phaseCommand(program, 'audit', 'maps every record and writes the quality report');
  phaseCommand(
    program,
    'plan',
    'every operation counted, with tokens, days, dates, caps and the rollback reserve',
  );
  phaseCommand(program, 'configure', 'creates what the plan needs in Pipedrive; a second time nothing');
  program
    .command('run')
    .description('the load, entity by entity, with a row-count reconciliation after each; is its own resume')
    .option('--phase <name>', 'only this phase')
    .action((options: { phase?: string }, command: Command) =>
      runCommand(command, (runtime) => doPhase(runtime, phaseNamed(options.phase ?? 'run'))),
    );
  phaseCommand(program, 'verify', 'reads everything back and compares field by field');
  program
    .command('advance')
    .description('runs every phase that is due, in order, until a person is needed')
    .option('--to <phase>', `stop after this phase (${phases.join(', ')})`)
    .option('--approve-as <name>', 'approve, in this name, every gate that has no open question')
    .action((options: { to?: string; approveAs?: string }, command: Command) =>
      runCommand(command, (runtime) => doAdvance(runtime, options)),
    );
  program
    .command('rollback')
    .description('takes the migration back; what people changed since is kept and listed')
    .option('--plan', 'only say what would be reversed, kept and impossible, with tokens and days')
    .action((options: { plan?: boolean }, command: Command) =>
      runCommand(command, (runtime) => doRollback(runtime, options.plan === true)),
    );
}

function phaseCommand(program: Command, phase: PhaseName, description: string): void {
  program
    .command(phase)
    .description(description)
    .action((_options: unknown, command: Command) =>
      runCommand(command, (runtime) => doPhase(runtime, phase)),
    );
}

function phaseNamed(name: string): PhaseName {
  const phase = phases.find((one) => one === name);
  if (phase !== undefined) return phase;
  throw new MigrationError('usage', `There is no phase “${name}”; there are ${phases.join(', ')}.`);
}

function doPhase(runtime: Runtime, phase: PhaseName): Promise<number> {
  return withSession(runtime, async (session) => {
    const result = await runPhase(session, phase);
    return tell[phase](runtime, session, result);
  });
}

type Teller = (runtime: Runtime, session: Session, result: unknown) => Promise<number>;

const tell: Readonly<Record<PhaseName, Teller>> = {
  discover: async (runtime, session) => {
    const catalog = await readValue(session.store, 'catalog');
    runtime.output.result(catalog, () => scopeText(catalog));
    return done;
  },
  map: async (runtime, _session, result) => {
    const { fields, file } = result as MapResult;
    runtime.output.result({ file, fields }, () => mapText(fields, file));
    return done;
  },
  audit: async (runtime, session) => {
    const quality = await readValue(session.store, 'quality');
    const status = await statusOf(session);
    runtime.output.result({ quality, ledger: status.ledger }, () => statusText(status));
    return done;
  },
  plan: tellPlan,
  configure: async (runtime, _session, result) => {
    const { made, found } = result as { made: number; found: number };
    runtime.output.result({ made, found }, () => `made ${made}, found ${found}`);
    return done;
  },
  run: async (runtime, session) => {
    const status = await statusOf(session);
    runtime.output.result(status, () => statusText(status));
    return hasRejects(status.ledger) ? withDifferences : done;
  },
  verify: async (runtime, session) => {
    const answer = await verifyAnswer(session);
    runtime.output.result(answer, () => verifyText(answer));
    return answer.missing + answer.different > 0 ? withDifferences : done;
  },
};

async function tellPlan(runtime: Runtime, session: Session): Promise<number> {
  const answer: PlanAnswer = await planAnswer(session);
  const forecast = (await readValue(session.store, 'forecast')) as Forecast;
  runtime.output.result(answer, () => planText(answer, forecast));
  return done;
}

function hasRejects(
  ledger: Readonly<Record<string, { readonly rejected: number; readonly failed: number }>>,
): boolean {
  return Object.values(ledger).some((row) => row.rejected + row.failed > 0);
}

function doAdvance(runtime: Runtime, options: { to?: string; approveAs?: string }): Promise<number> {
  const to = options.to === undefined ? null : phaseNamed(options.to);
  return withSession(runtime, async (session) => {
    const result = await advance(session, { to, approveAs: options.approveAs ?? null });
    const status = await statusOf(session);
    runtime.output.result({ ...result, status }, () => statusText(status));
    if (result.waiting.length > 0) return waits;
    const verified = await readValue(session.store, 'verify');
    const differs = verified !== null && verified.missing + verified.different > 0;
    return differs || hasRejects(status.ledger) ? withDifferences : done;
  });
}

function doRollback(runtime: Runtime, onlyPlan: boolean): Promise<number> {
  return withSession(runtime, async (session) => {
    if (onlyPlan) {
      const plan = await planTakingBack(session);
      runtime.output.result(plan, () => rollbackPlanText(plan));
      return done;
    }
    const summary = await takeBack(session);
    runtime.output.result(summary, () => rollbackText(summary));
    return summary.kept.length + summary.errored > 0 ? withDifferences : done;
  });
}

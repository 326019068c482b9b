import type { Forecast } from '../model/plan.ts';
import type { DocumentContext } from './context.ts';
import { footerOf } from './reconciliation.ts';
import { type Block, cell, type Report, table, text } from './report.ts';
import { counted, integer } from './wording.ts';

/** `plan.md`: what will be done, what it costs, when it ends, and what cannot be undone. null before there is a plan. */
export async function planReport(context: DocumentContext): Promise<Report | null> {
  const { forecast } = context;
  if (forecast === null) return null;
  return {
    title: `Plan: ${context.name}`,
    subtitle: `${context.sourceSystem} to ${context.destinationSystem}. Nothing is written before this plan is approved.`,
    facts: [
      {
        label: 'Tokens',
        value: integer(forecast.tokens),
        note: `${counted(forecast.requests, 'request')}`,
        tone: 'plain',
      },
      {
        label: 'Days',
        value: integer(forecast.days),
        note: `${forecast.start} to ${forecast.end}`,
        tone: 'plain',
      },
      {
        label: 'Rollback reserve',
        value: integer(forecast.rollbackTokens),
        note: 'tokens to take everything back',
        tone: 'plain',
      },
    ],
    sections: [
      { title: 'Operations', blocks: [await operations(context)] },
      { title: 'The bill', blocks: [bill(forecast), text(budgetText(context, forecast))] },
      { title: 'Configuration', blocks: [configuration(context)] },
      { title: 'Limits of the account', blocks: [caps(forecast)] },
      { title: 'What cannot be undone', blocks: [{ kind: 'list', items: irreversible(context) }] },
    ],
    footer: footerOf(context),
  };
}

async function operations({ reader }: DocumentContext): Promise<Block> {
  const totals = await reader.operationTotals();
  const rows = totals.map(({ entity, action, state, count, costTokens }) => [
    entity,
    action,
    state,
    count,
    costTokens,
  ]);
  return table(['Target', 'Action', 'State', 'Records', 'Tokens'], rows, 'There is nothing to do.');
}

/** The bill by phase and entity. */
function bill({ phases }: Forecast): Block {
  const rows = phases.map((row) => [row.phase, row.entity, row.operations, row.requests, row.tokens]);
  return table(['Phase', 'Target', 'Operations', 'Requests', 'Tokens'], rows, 'Nothing is to be paid.');
}

function budgetText({ account, policies }: DocumentContext, forecast: Forecast): string {
  const share = Math.round(policies.budgetShare * 100);
  const daily =
    account === null
      ? ''
      : ` of ${integer(account.dailyTokens)} tokens a day (plan ${account.plan}, ${counted(account.seats, 'seat')})`;
  const offPeak =
    policies.offPeak === null
      ? ''
      : ` Between ${policies.offPeak} up to ${Math.round(policies.offPeakShare * 100)} % may be used.`;
  return `The migration uses at most ${share} %${daily}, so it needs ${counted(forecast.days, 'day')}.${offPeak}`;
}

function configuration({ steps }: DocumentContext): Block {
  const rows = steps.map(({ step, because, costTokens, state }) => {
    const name = step.kind === 'option' ? `${step.field}: ${step.labels.join(', ')}` : step.name;
    const on = 'entity' in step ? step.entity : step.kind === 'stage' ? step.pipeline : '';
    return [step.kind, on, name, because, costTokens, state];
  });
  return table(
    ['What', 'On', 'Name', 'Because', 'Tokens', 'State'],
    rows,
    'Nothing has to be made beforehand.',
  );
}

/** The limits with what the migration needs of them. */
export function caps({ caps: limits }: Forecast): Block {
  const rows = limits.map(({ name, limit, wanted, fits }) => [
    name,
    limit,
    wanted,
    fits ? cell('fits', 'good') : cell('does not fit', 'bad'),
  ]);
  return table(['Limit', 'Allowed', 'Wanted', ''], rows, 'The account tells no limits.');
}

function irreversible({ destinationSystem, steps }: DocumentContext): string[] {
  const items = [
    'Records that people change after the load are kept by a rollback, and listed.',
    `What ${destinationSystem} sends by itself when a record is made (notifications, webhooks, automations of the account) cannot be called back: switch them off before the run.`,
    'A removed record can be restored by an administrator for a limited time; after that it is gone.',
    'Tokens that are spent stay spent.',
  ];
  if (steps.some(({ step }) => step.kind === 'field' || step.kind === 'option')) {
    items.push('A field or option that somebody uses by then is kept by a rollback.');
  }
  return items;
}

import { counted, integer } from '../base/counted.ts';
import type { Forecast } from '../model/plan.ts';
import type { DocumentContext } from './context.ts';
import { irreversible } from './irreversible.ts';
import { footerOf } from './reconciliation.ts';
import { type Block, cell, type Report, table, text } from './report.ts';

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
      {
        title: 'The bill',
        blocks: [
          bill(forecast),
          text(budgetText(context, forecast)),
          text(lowerBoundText(forecast)),
          ...fileProof(context, forecast),
        ],
      },
      { title: 'When', blocks: [calendar(forecast)] },
      { title: 'Configuration', blocks: [configuration(context)] },
      { title: 'Limits of the account', blocks: [caps(forecast)] },
      { title: 'What cannot be undone', blocks: [{ kind: 'list', items: lasting(context) }] },
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

/** Days phase by phase; the phases follow each other at once, if nobody is waited for. */
function calendar({ calendar: spans }: Forecast): Block {
  const rows = spans.map((span) => [span.phase, span.requests, span.tokens, span.days, span.start, span.end]);
  return table(['Phase', 'Requests', 'Tokens', 'Days', 'From', 'To'], rows, 'Nothing is to be done.');
}

/** What no other way through the API could undercut (facts.md 10.1). */
function lowerBoundText({ tokens, lowerBound }: Forecast): string {
  const over = lowerBound.tokens === 0 ? 0 : Math.round((tokens / lowerBound.tokens - 1) * 1000) / 10;
  return `Writing every record once and reading it back once by lists takes at least ${counted(lowerBound.tokens, 'token')} and ${counted(lowerBound.days, 'whole daily budget')}. This plan is ${over} % above that: configuration, marks that find lost answers, and one more walk of each list before the next begins.`;
}

/** What it costs to believe no file, where there are any. */
function fileProof({ policies }: DocumentContext, { byteProofTokens }: Forecast): Block[] {
  if (!(byteProofTokens > 0)) return [];
  const cost = counted(byteProofTokens, 'token');
  return policies.fileProof === 'bytes'
    ? [text(`The bytes of every file are read back and hashed, which takes ${cost} of this plan.`)]
    : [
        text(
          `Files are proven by name and size. With \`fileProof: bytes\` in landfall.yaml their bytes are read back and hashed too, for ${cost} more.`,
        ),
      ];
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

function lasting({ destinationSystem, steps, policies }: DocumentContext): readonly string[] {
  return irreversible({
    destination: destinationSystem,
    makesFields: steps.some(({ step }) => step.kind === 'field' || step.kind === 'option'),
    asksRelationships: policies.rollbackRelationships === 'ask',
  });
}

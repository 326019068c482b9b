import { type Account, isLive, nowSec } from './account.ts';
import { chosenDeals } from './deal-statistics.ts';
import { done, type Exchange, type Handler, pathId } from './exchange-context.ts';
import { optionalWhole } from './offset.ts';
import type { DealRecord, StageRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { isDate } from './times.ts';
import { formattedMoney } from './v1-views.ts';

const DAY_SEC = 24 * 3_600;

/** The period that is asked for, in seconds since 1970; its last day belongs to it. */
interface Period {
  readonly fromSec: number;
  readonly untilSec: number;
}

function periodOf({ call }: Exchange): Period {
  const sec = (name: string) => {
    const day = call.query.get(name) ?? '';
    if (!isDate(day)) throw new Refusal(400, `${name} must be given in format YYYY-MM-DD`);
    return Date.parse(`${day}T00:00:00Z`) / 1_000;
  };
  const period = { fromSec: sec('start_date'), untilSec: sec('end_date') + DAY_SEC };
  if (period.untilSec <= period.fromSec) throw new Refusal(400, 'end_date must not be before start_date');
  return period;
}

function within({ fromSec, untilSec }: Period, sec: number | null): boolean {
  return sec !== null && sec >= fromSec && sec < untilSec;
}

/** A deal's way from one stage to another. */
interface Move {
  readonly dealId: number;
  readonly from: number;
  readonly to: number;
}

function movesIn({ state }: Account, period: Period, dealIds: ReadonlySet<number>): readonly Move[] {
  const moves: Move[] = [];
  for (const change of state.history.newestFirst()) {
    if (change.table !== 'deals' || !within(period, change.atSec) || !dealIds.has(change.recordId)) continue;
    const stage = change.keys.find(({ key }) => key === 'stage_id');
    if (stage)
      moves.push({ dealId: change.recordId, from: stage.before as number, to: stage.after as number });
  }
  return moves;
}

interface Scene {
  readonly account: Account;
  readonly period: Period;
  readonly stages: readonly StageRecord[];
  readonly deals: readonly DealRecord[];
  readonly moves: readonly Move[];
}

/** Published: without `user_id` it is about the deals of the token's user. */
function sceneOf(exchange: Exchange): Scene {
  const { account, call, user } = exchange;
  const { state } = account;
  const pipelineId = pathId(exchange);
  if (!isLive(state.pipelines.get(pipelineId))) throw new Refusal(404, 'Pipeline not found');
  const period = periodOf(exchange);
  const deals = chosenDeals(exchange, {
    archived: false,
    statuses: ['open', 'won', 'lost'],
    userId: optionalWhole(call, 'user_id') ?? user.id,
    pipelineId,
  });
  const stages = [...state.stages.all()]
    .filter((stage) => isLive(stage) && stage.pipeline_id === pipelineId)
    .sort((a, b) => a.order_nr - b.order_nr || a.id - b.id);
  return {
    account,
    period,
    stages,
    deals,
    moves: movesIn(account, period, new Set(deals.map(({ id }) => id))),
  };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}

/** INF: of the deals that stood in a stage during the period, the share that stood in the next one or behind it. */
export const conversionStatistics: Handler = (exchange) => {
  const { period, stages, deals, moves } = sceneOf(exchange);
  const order = new Map(stages.map((stage, index) => [stage.id, index]));
  const furthest = new Map<number, number>();
  const nearest = new Map<number, number>();
  const stood = (dealId: number, stageId: number) => {
    const at = order.get(stageId);
    if (at === undefined) return;
    furthest.set(dealId, Math.max(furthest.get(dealId) ?? at, at));
    nearest.set(dealId, Math.min(nearest.get(dealId) ?? at, at));
  };
  for (const deal of deals) stood(deal.id, deal.stage_id);
  for (const move of moves) for (const stage of [move.from, move.to]) stood(move.dealId, stage);
  const stage_conversions = stages.slice(1).map((stage, index) => {
    const reached = (at: number) =>
      deals.filter(({ id }) => (nearest.get(id) ?? 0) <= index && (furthest.get(id) ?? 0) >= at).length;
    return {
      from_stage_id: stages[index]?.id,
      to_stage_id: stage.id,
      conversion_rate: percent(reached(index + 1), reached(index)),
    };
  });
  const ended = (sec: (deal: DealRecord) => number | null) =>
    deals.filter((deal) => within(period, sec(deal))).length;
  return done({
    stage_conversions,
    won_conversion: percent(
      ended((deal) => deal.wonSec),
      deals.length,
    ),
    lost_conversion: percent(
      ended((deal) => deal.lostSec),
      deals.length,
    ),
  });
};

function counted(account: Account, deals: readonly DealRecord[]): Record<string, unknown> {
  const values: Record<string, number> = {};
  for (const { currency, value } of deals) values[currency] = (values[currency] ?? 0) + value;
  const formatted = Object.entries(values).map(([currency, value]) => [
    currency,
    formattedMoney(account, value, currency),
  ]);
  return {
    count: deals.length,
    deals_ids: deals.map(({ id }) => id),
    values,
    formatted_values: Object.fromEntries(formatted),
  };
}

function averageDays(
  deals: readonly DealRecord[],
  since: (deal: DealRecord) => number,
  nowSeconds: number,
): number {
  if (deals.length === 0) return 0;
  const sum = deals.reduce((days, deal) => days + (nowSeconds - since(deal)) / DAY_SEC, 0);
  return Math.round(sum / deals.length);
}

/** GET /v1/pipelines/{id}/movement_statistics. */
export const movementStatistics: Handler = (exchange) => {
  const { account, period, stages, deals, moves } = sceneOf(exchange);
  const open = deals.filter(({ status }) => status === 'open');
  const now = nowSec(account);
  return done({
    movements_between_stages: { count: moves.length },
    new_deals: counted(
      account,
      deals.filter((deal) => within(period, deal.addedSec)),
    ),
    deals_left_open: counted(
      account,
      open.filter(({ addedSec }) => addedSec < period.untilSec),
    ),
    won_deals: counted(
      account,
      deals.filter((deal) => within(period, deal.wonSec)),
    ),
    lost_deals: counted(
      account,
      deals.filter((deal) => within(period, deal.lostSec)),
    ),
    average_age_in_days: {
      across_all_stages: averageDays(open, (deal) => deal.addedSec, now),
      by_stages: stages.map((stage) => ({
        stage_id: stage.id,
        value: averageDays(
          open.filter((deal) => deal.stage_id === stage.id),
          (deal) => deal.stageChangedSec ?? deal.addedSec,
          now,
        ),
      })),
    },
  });
};

import { type Account, isLive } from './account.ts';
import { findCurrency } from './currencies.ts';
import { done, type Exchange, type Handler } from './exchange-context.ts';
import { filterMatcher } from './filters/matching.ts';
import { dealViews } from './legacy-v1/views.ts';
import { offsetPage, offsetReply, optionalWhole, whole } from './offset.ts';
import type { DealRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { dayOf, isDate } from './times.ts';
import { formattedMoney, probabilityOf, v1Deals } from './v1-views.ts';
import { sight } from './visibility.ts';

/** Which deals an operation is about. */
interface Choice {
  readonly archived: boolean;
  readonly statuses: readonly string[];
  readonly userId?: number | undefined;
  readonly pipelineId?: number | undefined;
  readonly stageId?: number | undefined;
}

/** The live deals that the token's user may see and the choice covers. Published: a filter goes before the owner. */
export function chosenDeals({ account, call, user }: Exchange, choice: Choice): readonly DealRecord[] {
  const { state } = account;
  const seen = sight(account, user, 'deal');
  const filterId = optionalWhole(call, 'filter_id');
  const wanted = filterId === undefined ? null : filterMatcher(account, filterId, 'deals');
  const { archived, statuses, userId, pipelineId, stageId } = choice;
  return [...state.deals.all()].filter(
    (deal) =>
      isLive(deal) &&
      (deal.archivedSec !== null) === archived &&
      statuses.includes(deal.status) &&
      (wanted === null ? userId === undefined || deal.owner_id === userId : wanted(deal)) &&
      (pipelineId === undefined || state.stages.get(deal.stage_id)?.pipeline_id === pipelineId) &&
      (stageId === undefined || deal.stage_id === stageId) &&
      (seen === null || seen(deal)),
  );
}

const ANY_STATUS = ['open', 'won', 'lost'];

function weighted(account: Account, deal: DealRecord): number {
  return (deal.value * probabilityOf(account, deal)) / 100;
}

/** Amounts by currency. */
function sums(deals: readonly DealRecord[], amount: (deal: DealRecord) => number): Record<string, number> {
  const found: Record<string, number> = {};
  for (const deal of deals) found[deal.currency] = (found[deal.currency] ?? 0) + amount(deal);
  return found;
}

function total(amounts: Readonly<Record<string, number>>): number {
  return Object.values(amounts).reduce((sum, amount) => sum + amount, 0);
}

/** INF: there are no rates here; one unit of any currency is one of every other. */
function summary(account: Account, deals: readonly DealRecord[], base: string): Record<string, unknown> {
  const values = sums(deals, (deal) => deal.value);
  const weightedValues = sums(deals, (deal) => weighted(account, deal));
  const counts = sums(deals, () => 1);
  const byCurrency = (amounts: Readonly<Record<string, number>>, converted: boolean) =>
    Object.fromEntries(
      Object.entries(amounts).map(([currency, value]) => [
        currency,
        {
          value,
          count: counts[currency] ?? 0,
          ...(converted ? { value_converted: value } : {}),
          value_formatted: formattedMoney(account, value, currency),
          ...(converted ? { value_converted_formatted: formattedMoney(account, value, base) } : {}),
        },
      ]),
    );
  return {
    values_total: byCurrency(values, true),
    weighted_values_total: byCurrency(weightedValues, false),
    total_count: deals.length,
    total_currency_converted_value: total(values),
    total_weighted_currency_converted_value: total(weightedValues),
    total_currency_converted_value_formatted: formattedMoney(account, total(values), base),
    total_weighted_currency_converted_value_formatted: formattedMoney(account, total(weightedValues), base),
  };
}

/** GET /v1/deals/summary and .../summary/archived. */
export function summaryHandler(archived: boolean): Handler {
  return (exchange) => {
    const { account, call, user } = exchange;
    const status = call.query.get('status');
    if (status !== null && !ANY_STATUS.includes(status)) throw new Refusal(400, `Unknown status ${status}`);
    const deals = chosenDeals(exchange, {
      archived,
      statuses: status === null ? ANY_STATUS : [status],
      userId: optionalWhole(call, 'user_id'),
      pipelineId: optionalWhole(call, 'pipeline_id'),
      stageId: optionalWhole(call, 'stage_id'),
    });
    return done(summary(account, deals, user.currency));
  };
}

const INTERVALS = ['day', 'week', 'month', 'quarter'] as const;
type Interval = (typeof INTERVALS)[number];

/** So many periods are answered at most. INF. */
const MOST_PERIODS = 1_000;

/** The first day of the period `nr` periods after `start`, `YYYY-MM-DD`. */
function shifted(start: string, interval: Interval, nr: number): string {
  const date = new Date(`${start}T00:00:00Z`);
  if (interval === 'day' || interval === 'week')
    date.setUTCDate(date.getUTCDate() + nr * (interval === 'week' ? 7 : 1));
  else date.setUTCMonth(date.getUTCMonth() + nr * (interval === 'quarter' ? 3 : 1));
  return date.toISOString().slice(0, 10);
}

function dayBefore(day: string): string {
  return shifted(day, 'day', -1);
}

const DAYS: Readonly<Record<string, (deal: DealRecord) => number | null>> = {
  add_time: (deal) => deal.addedSec,
  update_time: (deal) => deal.updatedSec,
  stage_change_time: (deal) => deal.stageChangedSec,
  close_time: (deal) => deal.closedSec,
  won_time: (deal) => deal.wonSec,
  lost_time: (deal) => deal.lostSec,
};

/** How the day of a deal is read by `field_key`. Throws 400 for a field that holds no date. */
function dayReader(account: Account, fieldKey: string): (deal: DealRecord) => string | null {
  if (fieldKey === 'expected_close_date') return (deal) => deal.expected_close_date;
  const time = DAYS[fieldKey];
  if (time)
    return (deal) => {
      const sec = time(deal);
      return sec === null ? null : dayOf(sec);
    };
  const field = account.state.fieldsByCode.get('deal')?.get(fieldKey);
  if (field?.type !== 'date') throw new Refusal(400, `Field ${fieldKey} is not a date field of deals`);
  return (deal) => (deal.custom?.[fieldKey] as string | undefined) ?? null;
}

function totals(account: Account, deals: readonly DealRecord[]): Record<string, unknown> {
  const open = deals.filter(({ status }) => status === 'open');
  const won = deals.filter(({ status }) => status === 'won');
  const value = (deal: DealRecord) => deal.value;
  const weight = (deal: DealRecord) => weighted(account, deal);
  return {
    count: deals.length,
    values: sums(deals, value),
    weighted_values: sums(deals, weight),
    open_count: open.length,
    open_values: sums(open, value),
    weighted_open_values: sums(open, weight),
    won_count: won.length,
    won_values: sums(won, value),
  };
}

interface Timeline {
  readonly start: string;
  readonly interval: Interval;
  readonly amount: number;
  readonly fieldKey: string;
}

function timelineOf(call: Exchange['call']): Timeline {
  const start = call.query.get('start_date') ?? '';
  if (!isDate(start)) throw new Refusal(400, 'start_date must be given in format YYYY-MM-DD');
  const interval = INTERVALS.find((each) => each === call.query.get('interval'));
  if (!interval) throw new Refusal(400, `interval must be one of ${INTERVALS.join(', ')}`);
  const amount = whole(call, 'amount', 0);
  if (amount < 1 || amount > MOST_PERIODS) throw new Refusal(400, 'amount must be a positive number');
  const fieldKey = call.query.get('field_key');
  if (!fieldKey) throw new Refusal(400, 'field_key must be given');
  return { start, interval, amount, fieldKey };
}

/** GET /v1/deals/timeline and .../timeline/archived: open and won deals by periods, one item each. */
export function timelineHandler(archived: boolean): Handler {
  return (exchange) => {
    const { account, call } = exchange;
    const { start, interval, amount, fieldKey } = timelineOf(call);
    const convert = call.query.get('totals_convert_currency');
    if (convert !== null && convert !== 'default_currency' && !findCurrency(convert, account))
      throw new Refusal(400, `Currency ${convert} does not exist`);
    const dayIn = dayReader(account, fieldKey);
    const deals = chosenDeals(exchange, {
      archived,
      statuses: ['open', 'won'],
      userId: optionalWhole(call, 'user_id'),
      pipelineId: optionalWhole(call, 'pipeline_id'),
    });
    const withDeals = call.query.get('exclude_deals') !== '1';
    const periods = Array.from({ length: amount }, (_, nr) => {
      const from = shifted(start, interval, nr);
      const next = shifted(start, interval, nr + 1);
      const within = deals.filter((deal) => {
        const day = dayIn(deal);
        return day !== null && day >= from && day < next;
      });
      return {
        period_start: `${from} 00:00:00`,
        period_end: `${dayBefore(next)} 23:59:59`,
        deals: withDeals ? v1Deals(account, within) : [],
        totals: totals(account, within),
      };
    });
    return done(periods);
  };
}

/** GET /v1/pipelines/{id}/deals and /v1/stages/{id}/deals (deprecated): open deals, those of the token's user unless said. */
export function dealsWithin(place: 'pipeline' | 'stage'): Handler {
  return (exchange) => {
    const { account, call, user, params } = exchange;
    const placeId = Number(params.id);
    const table = place === 'pipeline' ? account.state.pipelines : account.state.stages;
    if (!isLive(table.get(placeId))) throw new Refusal(404, `${place} not found`);
    const everyone = call.query.get('everyone') === '1';
    const stageId = place === 'stage' ? placeId : optionalWhole(call, 'stage_id');
    const deals = chosenDeals(exchange, {
      archived: false,
      statuses: ['open'],
      userId: everyone ? undefined : (optionalWhole(call, 'user_id') ?? user.id),
      pipelineId: place === 'pipeline' ? placeId : undefined,
      stageId,
    });
    const found = offsetPage(account, call, deals);
    return offsetReply(v1Deals(account, found.items), found);
  };
}

/** GET /v1/deals/archived (deprecated). */
export const listArchivedV1: Handler = (exchange) => {
  const { account, call, user } = exchange;
  const status = call.query.get('status');
  const mine = call.query.get('owned_by_you') === '1';
  const found = offsetPage(
    account,
    call,
    chosenDeals(exchange, {
      archived: true,
      statuses: status === null || status === 'all_not_deleted' ? ANY_STATUS : [status],
      userId: mine ? user.id : optionalWhole(call, 'user_id'),
      pipelineId: optionalWhole(call, 'pipeline_id'),
      stageId: optionalWhole(call, 'stage_id'),
    }),
  );
  return offsetReply(dealViews(account, found.items), found);
};

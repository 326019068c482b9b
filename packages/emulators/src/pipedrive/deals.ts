import { z } from 'zod';
import {
  type Account,
  assertLink,
  assertOwner,
  assertRoomForOpen,
  assertVisibility,
  isLive,
  liveLink,
  nowSec,
} from './account.ts';
import { CORE_LIST_QUERY, type CoreEntity, CUSTOM_QUERY, listCore, type View } from './core-entity.ts';
import { countersOf, DEAL_COUNTERS } from './counters.ts';
import { findCurrency } from './currencies.ts';
import type { Handler } from './exchange-context.ts';
import { customView, mergedCustom } from './field-values.ts';
import { assertLabels, labelViews, liveLabels } from './labels.ts';
import { patchedValue, revenueOf } from './products/deal-value.ts';
import { type Query, readQuery } from './query.ts';
import type { DealRecord, DealStatus, StageRecord, UserRecord } from './records.ts';
import { badRequest } from './refusal.ts';
import { customFields, day, id, labelIds, moment, parsed, requiredText } from './schemas.ts';
import { dayOf, rfc3339 } from './times.ts';
import { defaultVisibility } from './visibility.ts';

/** Deleted deals stay listed (`status=deleted`) for so long. */
const DELETED_LISTED_SEC = 30 * 24 * 3_600;

const shared = {
  owner_id: id.optional(),
  pipeline_id: id.optional(),
  stage_id: id.optional(),
  value: z.number().optional(),
  currency: z.string().optional(),
  is_deleted: z.boolean().optional(),
  is_archived: z.boolean().optional(),
  archive_time: moment.optional(),
  status: z.enum(['open', 'won', 'lost']).optional(),
  probability: z.number().min(0).max(100).nullish(),
  lost_reason: z.string().max(255).nullish(),
  visible_to: z.int().optional(),
  close_time: moment.nullish(),
  won_time: moment.optional(),
  lost_time: moment.optional(),
  custom_fields: customFields.optional(),
};
const creation = z.strictObject({
  title: requiredText,
  person_id: id.optional(),
  org_id: id.optional(),
  expected_close_date: day.optional(),
  label_ids: labelIds.optional(),
  ...shared,
});
// INF: that PATCH takes null to clear links, the expected date, the times and the labels.
const change = z.strictObject({
  title: requiredText.optional(),
  person_id: id.nullish(),
  org_id: id.nullish(),
  expected_close_date: day.nullish(),
  label_ids: labelIds.nullish(),
  ...shared,
  won_time: moment.nullish(),
  lost_time: moment.nullish(),
});

type Given = z.infer<typeof change>;

function assertGiven(account: Account, given: Given): void {
  const { state } = account;
  if (given.is_deleted === true) throw badRequest('A deal cannot be created or updated as deleted');
  if (given.owner_id !== undefined) assertOwner(account, given.owner_id);
  if (given.visible_to !== undefined) assertVisibility(account, given.visible_to);
  if (given.label_ids) assertLabels(account, 'deal', given.label_ids);
  if (given.person_id != null)
    assertLink(account, 'Person', state.persons.get(given.person_id), given.person_id);
  if (given.org_id != null)
    assertLink(account, 'Organization', state.organizations.get(given.org_id), given.org_id);
  if (given.currency !== undefined && !findCurrency(given.currency, account))
    throw badRequest(`Currency ${given.currency} does not exist`);
}

/** Published: which times and reasons go with which status. INF: the texts. */
function assertOutcome(given: Given, status: DealStatus): void {
  if (given.won_time != null && status !== 'won')
    throw badRequest('won_time can be set only if deal status is won');
  if (given.lost_time != null && status !== 'lost')
    throw badRequest('lost_time can be set only if deal status is lost');
  if (given.lost_reason != null && status !== 'lost')
    throw badRequest('lost_reason can be set only if deal status is lost');
  if (given.close_time != null && status === 'open')
    throw badRequest('close_time can be set only if deal status is won or lost');
}

/**
 * The stage of a new deal. A stage decides the pipeline; a pipeline alone means its first stage; neither, the default
 * pipeline's first. Throws when what is named does not exist, or has no stages.
 */
export function stageFor(account: Account, given: Pick<Given, 'stage_id' | 'pipeline_id'>): StageRecord {
  if (given.stage_id !== undefined) {
    const stage = account.state.stages.get(given.stage_id);
    assertLink(account, 'Stage', stage, given.stage_id);
    assertSamePipeline(account, stage as StageRecord, given.pipeline_id);
    return stage as StageRecord;
  }
  if (given.pipeline_id !== undefined)
    assertLink(account, 'Pipeline', account.state.pipelines.get(given.pipeline_id), given.pipeline_id);
  const pipeline = given.pipeline_id ?? defaultPipeline(account);
  const [first] = [...account.state.stages.all()]
    .filter((stage) => isLive(stage) && stage.pipeline_id === pipeline)
    .sort((a, b) => a.order_nr - b.order_nr || a.id - b.id);
  if (!first) throw badRequest(`Pipeline ${pipeline} has no stages`);
  return first;
}

function assertSamePipeline({ switches }: Account, stage: StageRecord, pipelineId: number | undefined): void {
  if (switches.stageMismatch === 'stage' || pipelineId === undefined || stage.pipeline_id === pipelineId)
    return;
  throw badRequest(`Stage ${stage.id} does not belong to pipeline ${pipelineId}`);
}

function defaultPipeline(account: Account): number {
  const [first] = [...account.state.pipelines.all()]
    .filter(isLive)
    .sort((a, b) => a.order_nr - b.order_nr || a.id - b.id);
  if (!first) throw badRequest('There is no pipeline');
  return first.id;
}

type Outcome = Pick<DealRecord, 'status' | 'lost_reason' | 'closedSec' | 'wonSec' | 'lostSec'>;

/** Status, reason and times after a request; times that are not given are now, once. */
function outcomeOf(given: Given, before: Outcome | null, sec: number): Outcome {
  const status = given.status ?? before?.status ?? 'open';
  assertOutcome(given, status);
  if (status === 'open') return { status, lost_reason: null, closedSec: null, wonSec: null, lostSec: null };
  const same = before?.status === status ? before : null;
  const own = status === 'won' ? given.won_time : given.lost_time;
  const ownBefore = status === 'won' ? same?.wonSec : same?.lostSec;
  const endSec = own ?? ownBefore ?? given.close_time ?? sec;
  const lost = status === 'lost';
  return {
    status,
    lost_reason: lost
      ? given.lost_reason === undefined
        ? (same?.lost_reason ?? null)
        : given.lost_reason
      : null,
    closedSec: given.close_time ?? (own == null ? same?.closedSec : null) ?? endSec,
    wonSec: lost ? null : endSec,
    lostSec: lost ? endSec : null,
  };
}

function archivedAt(given: Given, before: number | null, sec: number): number | null {
  const archived = given.is_archived ?? before !== null;
  if (given.archive_time !== undefined && !archived)
    throw badRequest('archive_time can be set only if is_archived is true');
  return archived ? (given.archive_time ?? before ?? sec) : null;
}

function create(account: Account, body: unknown, user: UserRecord, origin: string): DealRecord {
  const given = parsed(creation, body);
  const custom = mergedCustom(account, 'deal', null, given.custom_fields);
  assertGiven(account, given);
  const stage = stageFor(account, given);
  const sec = nowSec(account);
  const outcome = outcomeOf(given, null, sec);
  const archivedSec = archivedAt(given, null, sec);
  if (archivedSec === null) assertRoomForOpen(account, 'deal');
  const table = account.state.deals;
  return account.state.keep(
    table,
    {
      id: table.nextId,
      title: given.title,
      owner_id: given.owner_id ?? user.id,
      creator_user_id: user.id,
      addedSec: sec,
      updatedSec: sec,
      deletedSec: null,
      person_id: given.person_id ?? null,
      org_id: given.org_id ?? null,
      stage_id: stage.id,
      value: given.value ?? 0,
      currency: given.currency ?? user.currency,
      ...outcome,
      probability: given.probability ?? null,
      visible_to: given.visible_to ?? defaultVisibility(account, user, 'deal'),
      stageChangedSec: null,
      archivedSec,
      expected_close_date: given.expected_close_date ?? null,
      label_ids: given.label_ids ?? [],
      origin,
      custom,
    },
    account.clock.nowMs(),
  );
}

function update(account: Account, record: DealRecord, body: unknown): DealRecord {
  const given = parsed(change, body);
  if (record.archivedSec !== null && given.is_archived !== false)
    throw badRequest('Archived deals cannot be updated');
  const custom = mergedCustom(account, 'deal', record.custom, given.custom_fields);
  assertGiven(account, given);
  const sec = nowSec(account);
  const moved = given.stage_id !== undefined || movesPipeline(account, record, given);
  const stage_id = moved ? stageFor(account, given).id : record.stage_id;
  const archivedSec = archivedAt(given, record.archivedSec, sec);
  if (record.archivedSec !== null && archivedSec === null) assertRoomForOpen(account, 'deal');
  return account.state.keep(account.state.deals, {
    ...record,
    title: given.title ?? record.title,
    owner_id: given.owner_id ?? record.owner_id,
    person_id: given.person_id === undefined ? record.person_id : given.person_id,
    org_id: given.org_id === undefined ? record.org_id : given.org_id,
    stage_id,
    stageChangedSec: stage_id === record.stage_id ? record.stageChangedSec : sec,
    value: patchedValue(account, record, given.value),
    currency: given.currency ?? record.currency,
    ...outcomeOf(given, record, sec),
    probability: given.probability === undefined ? record.probability : given.probability,
    visible_to: given.visible_to ?? record.visible_to,
    archivedSec,
    expected_close_date:
      given.expected_close_date === undefined ? record.expected_close_date : given.expected_close_date,
    label_ids: given.label_ids === undefined ? record.label_ids : (given.label_ids ?? []),
    custom,
    updatedSec: sec,
  });
}

function movesPipeline(account: Account, record: DealRecord, given: Given): boolean {
  return (
    given.pipeline_id !== undefined &&
    account.state.stages.get(record.stage_id)?.pipeline_id !== given.pipeline_id
  );
}

function time(sec: number | null): string | null {
  return sec === null ? null : rfc3339(sec);
}

function date(sec: number | null): string | null {
  return sec === null ? null : dayOf(sec);
}

function render(account: Account, record: DealRecord, view: View): Record<string, unknown> {
  const { state } = account;
  const rendered: Record<string, unknown> = {
    id: record.id,
    title: record.title,
    creator_user_id: record.creator_user_id,
    owner_id: record.owner_id,
    value: record.value,
    person_id: liveLink(state.persons, record.person_id),
    org_id: liveLink(state.organizations, record.org_id),
    stage_id: record.stage_id,
    pipeline_id: state.stages.get(record.stage_id)?.pipeline_id ?? null,
    currency: record.currency,
    archive_time: time(record.archivedSec),
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
    stage_change_time: time(record.stageChangedSec),
    status: record.status,
    is_archived: record.archivedSec !== null,
    is_deleted: record.deletedSec !== null,
    probability: record.probability,
    lost_reason: record.lost_reason,
    visible_to: record.visible_to,
    close_time: time(record.closedSec),
    won_time: time(record.wonSec),
    lost_time: time(record.lostSec),
    local_won_date: date(record.wonSec),
    local_lost_date: date(record.lostSec),
    local_close_date: date(record.closedSec),
    expected_close_date: record.expected_close_date,
    label_ids: liveLabels(account, 'deal', record.label_ids),
    origin: record.origin,
    origin_id: null,
    channel: null,
    channel_id: null,
    ...revenueOf(account, record),
    custom_fields: customView(account, 'deal', record.custom, view.customKeys, view.optionLabels),
  };
  if (view.labels) rendered.labels = labelViews(account, 'deal', record.label_ids);
  return rendered;
}

function filter(account: Account, query: Query): (record: DealRecord) => boolean {
  const { state } = account;
  const person = query.id('person_id');
  const org = query.id('org_id');
  const stage = query.id('stage_id');
  const pipeline = query.id('pipeline_id');
  const statuses = query.list('status');
  const earliest = nowSec(account) - DELETED_LISTED_SEC;
  return (record) =>
    (statuses === undefined
      ? record.deletedSec === null
      : record.deletedSec === null
        ? statuses.includes(record.status)
        : statuses.includes('deleted') && record.deletedSec >= earliest) &&
    (person === undefined || liveLink(state.persons, record.person_id) === person) &&
    (org === undefined || liveLink(state.organizations, record.org_id) === org) &&
    (stage === undefined || record.stage_id === stage) &&
    (pipeline === undefined || state.stages.get(record.stage_id)?.pipeline_id === pipeline);
}

const include_fields = { words: DEAL_COUNTERS, list: true } as const;
const listQuery = {
  ...CORE_LIST_QUERY,
  ...CUSTOM_QUERY,
  person_id: 'id',
  org_id: 'id',
  stage_id: 'id',
  pipeline_id: 'id',
  status: { words: ['open', 'won', 'lost', 'deleted'], list: true },
  include_fields,
  sort_by: { words: ['id', 'update_time', 'add_time'] },
} as const;

/** Deals: what v2 takes and gives. */
export const DEALS: CoreEntity<DealRecord> = {
  name: 'deal',
  title: 'Deal',
  table: (state) => state.deals,
  listQuery,
  oneQuery: { ...CUSTOM_QUERY, include_fields },
  filter,
  extras: (account, records, include) => countersOf(account, 'deal', records, include),
  render,
  create,
  update,
  assertRemovable(account, record) {
    if (record.archivedSec !== null && account.switches.archivedDelete === 'refuse')
      throw badRequest('Archived deals cannot be deleted');
  },
};

/** GET /v2/deals: every deal that is not archived; deleted ones only where `status` asks for them. */
export const listDeals: Handler = (exchange) =>
  listCore(DEALS, exchange, readQuery(exchange.call, listQuery), (deal) => deal.archivedSec === null);

/** GET /v2/deals/archived. */
export const listArchivedDeals: Handler = (exchange) =>
  listCore(DEALS, exchange, readQuery(exchange.call, listQuery), (deal) => deal.archivedSec !== null);

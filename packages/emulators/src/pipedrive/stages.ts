import { z } from 'zod';
import { type Account, assertLink, isLive, nowSec } from './account.ts';
import { coreSortKey } from './core-entity.ts';
import { done, type Exchange, type Handler, jsonBody, page, pathId } from './exchange-context.ts';
import { readQuery } from './query.ts';
import type { StageRecord } from './records.ts';
import { notFound } from './refusal.ts';
import { id, parsed, requiredText } from './schemas.ts';
import { rfc3339 } from './times.ts';
import { walk } from './walk.ts';

const creation = z.strictObject({
  name: requiredText,
  pipeline_id: id,
  deal_probability: z.int().min(0).max(100).optional(),
  is_deal_rot_enabled: z.boolean().optional(),
  days_to_rotten: z.int().min(1).nullish(),
});
const change = creation.partial();

const LIST_QUERY = {
  pipeline_id: 'id',
  sort_by: { words: ['id', 'update_time', 'add_time', 'order_nr'] },
  sort_direction: { words: ['asc', 'desc'] },
  limit: 'id',
  cursor: 'text',
} as const;

/** Creates a stage at the end of its pipeline. */
export function createStage(account: Account, body: unknown): StageRecord {
  const given = parsed(creation, body);
  const { stages, pipelines } = account.state;
  assertLink(account, 'Pipeline', pipelines.get(given.pipeline_id), given.pipeline_id);
  const sec = nowSec(account);
  return account.state.keep(stages, {
    id: stages.nextId,
    name: given.name,
    pipeline_id: given.pipeline_id,
    order_nr: nextOrder(account, given.pipeline_id),
    deal_probability: given.deal_probability ?? 100,
    is_deal_rot_enabled: given.is_deal_rot_enabled ?? false,
    days_to_rotten: given.days_to_rotten ?? null,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

function nextOrder(account: Account, pipelineId: number): number {
  let last = 0;
  for (const stage of account.state.stages.all())
    if (isLive(stage) && stage.pipeline_id === pipelineId) last = Math.max(last, stage.order_nr);
  return last + 1;
}

function update(account: Account, record: StageRecord, body: unknown): StageRecord {
  const given = parsed(change, body);
  const pipeline_id = given.pipeline_id ?? record.pipeline_id;
  assertLink(account, 'Pipeline', account.state.pipelines.get(pipeline_id), pipeline_id);
  return account.state.keep(account.state.stages, {
    ...record,
    name: given.name ?? record.name,
    pipeline_id,
    order_nr: pipeline_id === record.pipeline_id ? record.order_nr : nextOrder(account, pipeline_id),
    deal_probability: given.deal_probability ?? record.deal_probability,
    is_deal_rot_enabled: given.is_deal_rot_enabled ?? record.is_deal_rot_enabled,
    days_to_rotten: given.days_to_rotten === undefined ? record.days_to_rotten : given.days_to_rotten,
    updatedSec: nowSec(account),
  });
}

function view(record: StageRecord): Record<string, unknown> {
  return {
    id: record.id,
    order_nr: record.order_nr,
    name: record.name,
    is_deleted: record.deletedSec !== null,
    deal_probability: record.deal_probability,
    pipeline_id: record.pipeline_id,
    is_deal_rot_enabled: record.is_deal_rot_enabled,
    days_to_rotten: record.days_to_rotten,
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
  };
}

function live(exchange: Exchange): StageRecord {
  const record = exchange.account.state.stages.get(pathId(exchange));
  if (!record || record.deletedSec !== null) throw notFound('Stage');
  return record;
}

/** The operations on stages. */
export const STAGE_HANDLERS: Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>> = {
  list({ account, call }) {
    const query = readQuery(call, LIST_QUERY);
    const pipeline = query.id('pipeline_id');
    const keep = (record: StageRecord) =>
      record.deletedSec === null && (pipeline === undefined || record.pipeline_id === pipeline);
    const key = (record: StageRecord, field: string) =>
      field === 'order_nr' ? record.order_nr : coreSortKey(record, field);
    const found = walk(account, account.state.stages, query, keep, key);
    return page(found.items.map(view), found.nextCursor);
  },
  get(exchange) {
    readQuery(exchange.call, {});
    return done(view(live(exchange)));
  },
  add: (exchange) => done(view(createStage(exchange.account, jsonBody(exchange)))),
  update: (exchange) => done(view(update(exchange.account, live(exchange), jsonBody(exchange)))),
  remove(exchange) {
    const record = live(exchange);
    const sec = nowSec(exchange.account);
    const { state } = exchange.account;
    state.keep(state.stages, { ...record, deletedSec: sec, updatedSec: sec });
    return done({ id: record.id });
  },
};

import { z } from 'zod';
import { type Account, nowSec } from './account.ts';
import { coreSortKey } from './core-entity.ts';
import { done, type Handler, jsonBody, page, pathId } from './exchange-context.ts';
import { readQuery } from './query.ts';
import type { PipelineRecord } from './records.ts';
import { notFound } from './refusal.ts';
import { parsed, requiredText } from './schemas.ts';
import { rfc3339 } from './times.ts';
import { walk } from './walk.ts';

const creation = z.strictObject({ name: requiredText, is_deal_probability_enabled: z.boolean().optional() });
const change = creation.partial();

const LIST_QUERY = {
  sort_by: { words: ['id', 'update_time', 'add_time'] },
  sort_direction: { words: ['asc', 'desc'] },
  limit: 'id',
  cursor: 'text',
} as const;

/** Creates a pipeline, without stages. */
export function createPipeline(account: Account, body: unknown): PipelineRecord {
  const given = parsed(creation, body);
  const { pipelines } = account.state;
  const sec = nowSec(account);
  return account.state.keep(pipelines, {
    id: pipelines.nextId,
    name: given.name,
    order_nr: pipelines.nextId,
    is_deal_probability_enabled: given.is_deal_probability_enabled ?? false,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

function view(record: PipelineRecord): Record<string, unknown> {
  return {
    id: record.id,
    name: record.name,
    order_nr: record.order_nr,
    is_deleted: record.deletedSec !== null,
    is_deal_probability_enabled: record.is_deal_probability_enabled,
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
  };
}

const live: (exchange: Parameters<Handler>[0]) => PipelineRecord = (exchange) => {
  const record = exchange.account.state.pipelines.get(pathId(exchange));
  if (!record || record.deletedSec !== null) throw notFound('Pipeline');
  return record;
};

/** The operations on pipelines. */
export const PIPELINE_HANDLERS: Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>> = {
  list({ account, call }) {
    const query = readQuery(call, LIST_QUERY);
    const alive = (record: PipelineRecord) => record.deletedSec === null;
    const found = walk(account, account.state.pipelines, query, alive, coreSortKey);
    return page(found.items.map(view), found.nextCursor);
  },
  get(exchange) {
    readQuery(exchange.call, {});
    return done(view(live(exchange)));
  },
  add: (exchange) => done(view(createPipeline(exchange.account, jsonBody(exchange)))),
  update(exchange) {
    const given = parsed(change, jsonBody(exchange));
    const record = live(exchange);
    const { state } = exchange.account;
    return done(
      view(
        state.keep(state.pipelines, {
          ...record,
          name: given.name ?? record.name,
          is_deal_probability_enabled:
            given.is_deal_probability_enabled ?? record.is_deal_probability_enabled,
          updatedSec: nowSec(exchange.account),
        }),
      ),
    );
  },
  remove(exchange) {
    const record = live(exchange);
    const sec = nowSec(exchange.account);
    const { state } = exchange.account;
    state.keep(state.pipelines, { ...record, deletedSec: sec, updatedSec: sec });
    // INF: a pipeline takes its stages with it.
    for (const stage of state.stages.all())
      if (stage.pipeline_id === record.id && stage.deletedSec === null)
        state.keep(state.stages, { ...stage, deletedSec: sec, updatedSec: sec });
    return done({ id: record.id });
  },
};

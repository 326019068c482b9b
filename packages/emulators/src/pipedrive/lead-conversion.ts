import { z } from 'zod';
import { type Account, isLive, nowSec } from './account.ts';
import type { ConversionRecord, ConversionStatus } from './conversion-record.ts';
import { convertedDeal, convertedLead } from './converted-records.ts';
import { stageFor } from './deals.ts';
import { type Exchange, type Handler, jsonBody, pathId, type Reply } from './exchange-context.ts';
import type { DealRecord, LeadRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { id, parsed } from './schemas.ts';
import type { State } from './state.ts';

/** Published: the result of a conversion "is removed after a few days". INF: how many. */
const KEPT_MS = 3 * 24 * 3_600_000;

const deal = z.strictObject({ stage_id: id.optional(), pipeline_id: id.optional() });

const NOT_FOUND: Reply = {
  status: 404,
  value: {
    success: false,
    error: 'Entity was not found',
    error_info: 'Object was not found.',
    data: null,
    additional_data: null,
  },
};

function answered(data: Readonly<Record<string, unknown>>): Reply {
  return { status: 200, value: { success: true, data, additional_data: null } };
}

/** Begins a job; it is carried out on the account's clock (the switch `conversionMs`). */
function begin(
  exchange: Exchange,
  kind: ConversionRecord['kind'],
  sourceId: number,
  stageId: number | null,
): Reply {
  const { account, user } = exchange;
  const { conversions } = account.state;
  const startedMs = account.clock.nowMs();
  const conversion = account.state.keep(conversions, {
    id: conversions.nextId,
    uuid: account.random.uuid(),
    kind,
    sourceId,
    stageId,
    userId: user.id,
    startedMs,
    dueMs: startedMs + account.switches.conversionMs,
    targetId: null,
    outcome: null,
  });
  schedule(account, conversion);
  return answered({ conversion_id: conversion.uuid });
}

/** Takes the jobs up again that a state file brought back unfinished. */
export function resumeConversions(account: Account): void {
  for (const conversion of account.state.conversions.all())
    if (conversion.outcome === null) schedule(account, conversion);
}

function schedule(account: Account, conversion: ConversionRecord): void {
  const { state, clock } = account;
  clock.later(Math.max(0, conversion.dueMs - clock.nowMs()), () => {
    // A reset in between has put another state in its place.
    if (account.state === state) carryOut(account, conversion);
  });
}

function carryOut(account: Account, conversion: ConversionRecord): void {
  const { state } = account;
  const result = converted(account, conversion);
  state.keep(state.conversions, { ...conversion, ...result });
  state.flush();
}

/**
 * Makes the target, moves what hangs on the source over, and deletes the source. INF: what is gone by then, or does
 * not fit, fails; what is archived is rejected.
 */
function converted(
  account: Account,
  { kind, sourceId, stageId, userId }: ConversionRecord,
): Pick<ConversionRecord, 'outcome' | 'targetId'> {
  const { state } = account;
  try {
    if (kind === 'lead-to-deal') {
      const lead = state.leads.get(sourceId);
      if (!lead || !isLive(lead)) return { outcome: 'failed', targetId: null };
      if (lead.is_archived) return { outcome: 'rejected', targetId: null };
      return { outcome: 'completed', targetId: leadToDeal(account, lead, stageId ?? 0, userId) };
    }
    const source = state.deals.get(sourceId);
    if (!source || !isLive(source)) return { outcome: 'failed', targetId: null };
    if (source.archivedSec !== null) return { outcome: 'rejected', targetId: null };
    return { outcome: 'completed', targetId: dealToLead(account, source, userId) };
  } catch (error) {
    if (error instanceof Refusal) return { outcome: 'failed', targetId: null };
    throw error;
  }
}

function leadToDeal(account: Account, lead: LeadRecord, stageId: number, userId: number): number {
  const { state, clock } = account;
  const record = convertedDeal(account, lead, stageId, userId);
  state.keep(state.leads, { ...lead, deletedSec: nowSec(account) });
  state.keep(state.deals, record, clock.nowMs());
  moveItems(state, { lead_id: lead.uuid }, { deal_id: record.id, lead_id: null });
  return record.id;
}

function dealToLead(account: Account, source: DealRecord, userId: number): number {
  const { state, clock } = account;
  const lead = convertedLead(account, source, userId);
  const sec = nowSec(account);
  state.keep(state.deals, { ...source, deletedSec: sec, updatedSec: sec });
  state.keep(state.leads, lead, clock.nowMs());
  moveItems(state, { deal_id: source.id }, { deal_id: null, lead_id: lead.uuid });
  return lead.id;
}

type Parent = { readonly lead_id: string } | { readonly deal_id: number };
type Parents = { readonly lead_id: string | null; readonly deal_id: number | null };

/** Published: notes, files, emails, activities are transferred. */
function moveItems(state: State, from: Parent, to: Parents): void {
  const hangs = (item: Parents) =>
    'lead_id' in from ? item.lead_id === from.lead_id : item.deal_id === from.deal_id;
  for (const note of state.notes.all())
    if (isLive(note) && hangs(note)) state.keep(state.notes, { ...note, ...to });
  for (const activity of state.activities.all())
    if (isLive(activity) && hangs(activity)) state.keep(state.activities, { ...activity, ...to });
  for (const file of state.files.all())
    if (isLive(file) && hangs(file)) state.keep(state.files, { ...file, ...to });
}

function statusOf(account: Account, { outcome, startedMs, dueMs }: ConversionRecord): ConversionStatus {
  if (outcome !== null) return outcome;
  // INF: it waits for half of its time and runs for the other.
  return account.clock.nowMs() < startedMs + (dueMs - startedMs) / 2 ? 'not_started' : 'running';
}

function status(
  exchange: Exchange,
  kind: ConversionRecord['kind'],
  sourceId: number,
  target: (conversion: ConversionRecord) => Readonly<Record<string, unknown>>,
): Reply {
  const { account, params } = exchange;
  const oldestMs = account.clock.nowMs() - KEPT_MS;
  for (const conversion of account.state.conversions.all())
    if (
      conversion.uuid === params.conversion_id &&
      conversion.kind === kind &&
      conversion.sourceId === sourceId &&
      conversion.startedMs >= oldestMs
    )
      return answered({
        ...(conversion.targetId === null ? {} : target(conversion)),
        conversion_id: conversion.uuid,
        status: statusOf(account, conversion),
      });
  return NOT_FOUND;
}

function leadIdOf({ account, params }: Exchange): number {
  return account.state.leadIds.get(params.id ?? '') ?? 0;
}

/** Published: `pipeline_id` is ignored beside `stage_id`; alone it means its first stage. */
function stageIdOf(exchange: Exchange): number {
  // INF: both parameters are optional, so a request without a body is taken too.
  const given = parsed(deal, exchange.call.bytes.length === 0 ? {} : jsonBody(exchange));
  return stageFor(exchange.account, given).id;
}

/** The operations that make deals of leads and leads of deals, by their routes. */
export const CONVERSION_ROUTES: readonly (readonly [route: string, handler: Handler])[] = [
  [
    'v2 POST /leads/{id}/convert/deal',
    (exchange) => {
      const lead = exchange.account.state.leads.get(leadIdOf(exchange));
      if (!lead || !isLive(lead)) return NOT_FOUND;
      return begin(exchange, 'lead-to-deal', lead.id, stageIdOf(exchange));
    },
  ],
  [
    'v2 GET /leads/{id}/convert/status/{conversion_id}',
    (exchange) =>
      status(exchange, 'lead-to-deal', leadIdOf(exchange), ({ targetId }) => ({ deal_id: targetId })),
  ],
  [
    'v2 POST /deals/{id}/convert/lead',
    (exchange) => {
      const source = exchange.account.state.deals.get(pathId(exchange));
      if (!source || !isLive(source)) return NOT_FOUND;
      return begin(exchange, 'deal-to-lead', source.id, null);
    },
  ],
  [
    'v2 GET /deals/{id}/convert/status/{conversion_id}',
    (exchange) => {
      const { leads } = exchange.account.state;
      return status(exchange, 'deal-to-lead', pathId(exchange), ({ targetId }) => ({
        lead_id: leads.get(targetId ?? 0)?.uuid,
      }));
    },
  ],
];

import { z } from 'zod';
import { type Account, isLive } from './account.ts';
import { done, type Exchange, type Handler, looseBody } from './exchange-context.ts';
import type { LeadLabelRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { requiredText } from './schemas.ts';
import { parsedV1 } from './v1-body.ts';

const COLORS = [
  'blue',
  'brown',
  'dark-gray',
  'gray',
  'green',
  'orange',
  'pink',
  'purple',
  'red',
  'yellow',
] as const;
const creation = z.strictObject({ name: requiredText, color: z.enum(COLORS) });
const change = creation.partial();

/** Creates a lead label. */
export function createLeadLabel(account: Account, body: unknown): LeadLabelRecord {
  const given = parsedV1(creation, body);
  const { leadLabels } = account.state;
  const ms = account.clock.nowMs();
  return account.state.keep(leadLabels, {
    id: leadLabels.nextId,
    uuid: account.random.uuid(),
    ...given,
    addedMs: ms,
    updatedMs: ms,
    deletedSec: null,
  });
}

/** The live lead label with this UUID. */
export function findLeadLabel(account: Account, uuid: string): LeadLabelRecord | undefined {
  for (const label of account.state.leadLabels.all()) if (label.uuid === uuid && isLive(label)) return label;
  return undefined;
}

function view(label: LeadLabelRecord): Record<string, unknown> {
  return {
    id: label.uuid,
    name: label.name,
    color: label.color,
    add_time: new Date(label.addedMs).toISOString(),
    update_time: new Date(label.updatedMs).toISOString(),
  };
}

function live(exchange: Exchange): LeadLabelRecord {
  const label = findLeadLabel(exchange.account, exchange.params.id ?? '');
  if (!label) throw new Refusal(404, 'Lead label not found');
  return label;
}

/** The operations on lead labels. */
export const LEAD_LABEL_HANDLERS: Readonly<Record<'list' | 'add' | 'update' | 'remove', Handler>> = {
  list: ({ account }) => done([...account.state.leadLabels.all()].filter(isLive).map(view)),
  add: (exchange) => done(view(createLeadLabel(exchange.account, looseBody(exchange)))),
  update(exchange) {
    const { name, color } = parsedV1(change, looseBody(exchange));
    const label = live(exchange);
    const { state, clock } = exchange.account;
    const changed = {
      ...label,
      name: name ?? label.name,
      color: color ?? label.color,
      updatedMs: clock.nowMs(),
    };
    return done(view(state.keep(state.leadLabels, changed)));
  },
  remove(exchange) {
    const label = live(exchange);
    const { state, clock } = exchange.account;
    state.keep(state.leadLabels, { ...label, deletedSec: Math.floor(clock.nowMs() / 1_000) });
    return done({ id: label.uuid });
  },
};

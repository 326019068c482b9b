import { type Account, liveLink, nowSec } from './account.ts';
import type { DealRecord, LeadRecord } from './records.ts';
import { badRequest } from './refusal.ts';

/**
 * The deal that a lead becomes. Title, owner, links, value, expected date, visibility and custom fields come along;
 * lead labels are not labels of deals.
 */
export function convertedDeal(
  account: Account,
  lead: LeadRecord,
  stageId: number,
  userId: number,
): DealRecord {
  const { state } = account;
  const sec = nowSec(account);
  return {
    id: state.deals.nextId,
    title: lead.title,
    owner_id: lead.owner_id,
    creator_user_id: userId,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
    person_id: liveLink(state.persons, lead.person_id),
    org_id: liveLink(state.organizations, lead.organization_id),
    stage_id: stageId,
    value: lead.value?.amount ?? 0,
    currency: lead.value?.currency ?? state.users.get(userId)?.currency ?? 'EUR',
    status: 'open',
    probability: null,
    lost_reason: null,
    visible_to: Number(lead.visible_to),
    stageChangedSec: null,
    closedSec: null,
    wonSec: null,
    lostSec: null,
    archivedSec: null,
    expected_close_date: lead.expected_close_date,
    label_ids: [],
    origin: 'API',
    custom: lead.custom,
  };
}

/** The lead that a deal becomes. Throws when the deal has neither person nor organization, which a lead needs. */
export function convertedLead(account: Account, deal: DealRecord, userId: number): LeadRecord {
  const { state } = account;
  const ms = account.clock.nowMs();
  const person_id = liveLink(state.persons, deal.person_id);
  const organization_id = liveLink(state.organizations, deal.org_id);
  if (person_id === null && organization_id === null)
    throw badRequest('A lead must be linked to a person or an organization.');
  return {
    id: state.leads.nextId,
    uuid: account.random.uuid(),
    title: deal.title,
    owner_id: deal.owner_id,
    creator_id: userId,
    label_ids: [],
    person_id,
    organization_id,
    value: { amount: deal.value, currency: deal.currency },
    expected_close_date: deal.expected_close_date,
    visible_to: String(deal.visible_to),
    was_seen: true,
    is_archived: false,
    origin_id: null,
    channel: null,
    channel_id: null,
    custom: deal.custom,
    addedMs: ms,
    updatedMs: ms,
    deletedSec: null,
  };
}

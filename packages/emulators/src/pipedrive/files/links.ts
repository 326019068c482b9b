import { type Account, assertLink, isLive } from '../account.ts';
import type { FileLinks } from '../records.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';

interface Linked {
  readonly id: number;
  readonly deletedSec?: number | null;
  readonly title?: string;
  readonly name?: string;
}

/** Where each link leads: key, what it is called, its table, and (where the API shows one) the key of its name. */
const TARGETS = [
  ['deal_id', 'Deal', 'deals', 'deal_name'],
  ['person_id', 'Person', 'persons', 'person_name'],
  ['org_id', 'Organization', 'organizations', 'org_name'],
  ['product_id', 'Product', 'products', 'product_name'],
  ['activity_id', 'Activity', 'activities', null],
  ['project_id', 'Project', 'projects', 'project_name'],
] as const;

/** Links as a request gives them. */
export type GivenLinks = { readonly [key in keyof FileLinks]?: FileLinks[key] | undefined };

function target(state: State, table: string, id: number): { deletedSec: number | null } & Linked {
  const record = state.named(table)?.get(id) as Linked | undefined;
  return { id, ...record, deletedSec: record === undefined ? 0 : (record.deletedSec ?? null) };
}

function leadOf(state: State, uuid: string) {
  return state.leads.get(state.leadIds.get(uuid) ?? 0);
}

/** The links as they are kept. Throws when one leads nowhere, or (switch) to an archived deal. */
export function checkedLinks(account: Account, given: GivenLinks): FileLinks {
  const { state } = account;
  for (const [key, what, table] of TARGETS) {
    const id = given[key];
    if (id != null) assertLink(account, what, target(state, table, id), id);
  }
  if (given.lead_id != null) assertLink(account, 'Lead', leadOf(state, given.lead_id), given.lead_id);
  const deal = given.deal_id == null ? undefined : state.deals.get(given.deal_id);
  if (deal?.archivedSec != null && account.switches.archivedAttach === 'refuse')
    throw new Refusal(400, `Deal ${deal.id} is archived`);
  return {
    deal_id: given.deal_id ?? null,
    person_id: given.person_id ?? null,
    org_id: given.org_id ?? null,
    product_id: given.product_id ?? null,
    activity_id: given.activity_id ?? null,
    lead_id: given.lead_id ?? null,
    project_id: given.project_id ?? null,
  };
}

/** The same links, and where there is a deal its person and organization (see the switch `fileInheritsLinks`). */
export function inheritedLinks({ state, switches }: Account, links: FileLinks): FileLinks {
  const deal = links.deal_id === null ? undefined : state.deals.get(links.deal_id);
  if (!deal || !switches.fileInheritsLinks) return links;
  return { ...links, person_id: links.person_id ?? deal.person_id, org_id: links.org_id ?? deal.org_id };
}

/** The links as they read: null once the record is deleted. */
export function liveLinks({ state }: Account, links: FileLinks): FileLinks {
  const live: Record<string, number | string | null> = {};
  for (const [key, , table] of TARGETS) {
    const id = links[key];
    live[key] = id !== null && target(state, table, id).deletedSec === null ? id : null;
  }
  live.lead_id = links.lead_id !== null && isLive(leadOf(state, links.lead_id)) ? links.lead_id : null;
  return live as unknown as FileLinks;
}

/** The names of what the links lead to, `''` where there is none. */
export function linkNames({ state }: Account, links: FileLinks): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [key, , table, nameKey] of TARGETS) {
    const id = links[key];
    if (nameKey === null) continue;
    const record = id === null ? undefined : target(state, table, id);
    names[nameKey] = record?.title ?? record?.name ?? '';
  }
  names.lead_name = links.lead_id === null ? '' : (leadOf(state, links.lead_id)?.title ?? '');
  return names;
}

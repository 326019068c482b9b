import { type Account, isLive, liveLink } from '../account.ts';
import type {
  ActivityRecord,
  DealRecord,
  OrganizationRecord,
  PersonRecord,
  PipelineRecord,
  ProductRecord,
  StageRecord,
} from '../records.ts';
import { v1Time } from '../times.ts';
import { flatCustom, organizationPart, personPart, userPart } from '../v1-parts.ts';
import { v1Activity, v1Deals, v1Organizations, v1Persons } from '../v1-views.ts';

/** A record as the removed v1 operations showed it. */
export type View = Record<string, unknown>;

/** Deals: links and users are objects there, with the id as `value`. */
export function dealViews(account: Account, deals: readonly DealRecord[]): readonly View[] {
  return v1Deals(account, deals).map((view, index) => {
    const deal = deals[index] as DealRecord;
    return {
      ...view,
      creator_user_id: userLink(account, deal.creator_user_id),
      user_id: userLink(account, deal.owner_id),
      person_id: personLink(account, deal.person_id),
      org_id: organizationLink(account, deal.org_id),
    };
  });
}

/** Persons. */
export function personViews(account: Account, persons: readonly PersonRecord[]): readonly View[] {
  return v1Persons(account, persons).map((view, index) => {
    const person = persons[index] as PersonRecord;
    return {
      ...view,
      owner_id: userLink(account, person.owner_id),
      org_id: organizationLink(account, person.org_id),
      primary_email: person.emails.find(({ primary }) => primary)?.value ?? null,
      delete_time: person.deletedSec === null ? null : v1Time(person.deletedSec),
    };
  });
}

/** Organizations. */
export function organizationViews(
  account: Account,
  organizations: readonly OrganizationRecord[],
): readonly View[] {
  return v1Organizations(account, organizations).map((view, index) => {
    const organization = organizations[index] as OrganizationRecord;
    return {
      ...view,
      owner_id: userLink(account, organization.owner_id),
      delete_time: organization.deletedSec === null ? null : v1Time(organization.deletedSec),
    };
  });
}

/** Activities. */
export function activityViews(account: Account, activities: readonly ActivityRecord[]): readonly View[] {
  return activities.map((activity) => v1Activity(account, activity));
}

/** Products; `overhead_cost` of a price is what v2 calls `direct_cost`. */
export function productViews(account: Account, products: readonly ProductRecord[]): readonly View[] {
  return products.map((product) => ({
    id: product.id,
    name: product.name,
    code: product.code,
    description: product.description,
    unit: product.unit,
    tax: product.tax,
    category: product.category,
    active_flag: isLive(product),
    selectable: product.is_linkable,
    first_char: product.name.slice(0, 1).toLowerCase(),
    visible_to: String(product.visible_to),
    owner_id: userLink(account, product.owner_id),
    files_count: null,
    add_time: v1Time(product.addedSec),
    update_time: v1Time(product.updatedSec),
    billing_frequency: product.billing_frequency,
    billing_frequency_cycles: product.billing_frequency_cycles,
    prices: product.prices.map(({ direct_cost, ...price }, index) => ({
      id: product.id * 100 + index,
      product_id: product.id,
      ...price,
      overhead_cost: direct_cost,
    })),
    ...flatCustom(account, 'product', product.custom),
  }));
}

/** Pipelines; `selected` is the one that a user looks at. */
export function pipelineViews(_account: Account, pipelines: readonly PipelineRecord[]): readonly View[] {
  return pipelines.map((pipeline) => ({
    id: pipeline.id,
    name: pipeline.name,
    url_title: pipeline.name.replaceAll(' ', '-'),
    order_nr: pipeline.order_nr,
    active: isLive(pipeline),
    deal_probability: pipeline.is_deal_probability_enabled,
    add_time: v1Time(pipeline.addedSec),
    update_time: v1Time(pipeline.updatedSec),
  }));
}

/** Stages. */
export function stageViews(_account: Account, stages: readonly StageRecord[]): readonly View[] {
  return stages.map((stage) => ({
    id: stage.id,
    order_nr: stage.order_nr,
    name: stage.name,
    active_flag: isLive(stage),
    deal_probability: stage.deal_probability,
    pipeline_id: stage.pipeline_id,
    rotten_flag: stage.is_deal_rot_enabled,
    rotten_days: stage.days_to_rotten,
    add_time: v1Time(stage.addedSec),
    update_time: v1Time(stage.updatedSec),
  }));
}

function userLink(account: Account, userId: number): View {
  return { ...userPart(account, userId), value: userId };
}

function personLink(account: Account, personId: number | null): View | null {
  const person = account.state.persons.get(liveLink(account.state.persons, personId) ?? 0);
  if (!person) return null;
  const { id, ...part } = personPart(person);
  return { ...part, value: id };
}

function organizationLink(account: Account, organizationId: number | null): View | null {
  const { organizations } = account.state;
  const organization = organizations.get(liveLink(organizations, organizationId) ?? 0);
  if (!organization) return null;
  const { id, ...part } = organizationPart(account, organization);
  return { ...part, value: id };
}

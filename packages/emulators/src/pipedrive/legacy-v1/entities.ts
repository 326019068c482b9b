import { type Account, nowSec } from '../account.ts';
import { ACTIVITIES } from '../activities.ts';
import { coreHandlers } from '../core-entity.ts';
import { DEALS } from '../deals.ts';
import type { Exchange, Handler } from '../exchange-context.ts';
import { optionalWhole, whole } from '../offset.ts';
import { ORGANIZATIONS } from '../organizations.ts';
import { PERSONS } from '../persons.ts';
import { PIPELINE_HANDLERS } from '../pipelines.ts';
import { PRODUCTS } from '../products/products.ts';
import type {
  ActivityRecord,
  DealRecord,
  FieldEntity,
  FilterType,
  OrganizationRecord,
  PersonRecord,
  PipelineRecord,
  ProductRecord,
  StageRecord,
} from '../records.ts';
import { STAGE_HANDLERS } from '../stages.ts';
import type { State } from '../state.ts';
import type { Table } from '../table.ts';
import { dayOf } from '../times.ts';
import type { Mentioned } from '../v1-parts.ts';
import type { BodyKeys } from './bodies.ts';
import * as keys from './body-keys.ts';
import * as views from './views.ts';

/** What every record of the removed twins has. */
export interface LegacyRecord {
  readonly id: number;
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: number | null;
}

/** What makes one of the removed twins different from the others. */
export interface LegacyEntity<T extends LegacyRecord> {
  readonly path: string;
  /** Begins sentences about a record. */
  readonly title: string;
  /** Whose custom fields its records carry; null: none. */
  readonly fields: Exclude<FieldEntity, 'activity'> | null;
  readonly keys: BodyKeys;
  /** What a creation cannot do without, and what is said then. */
  readonly required: readonly [key: string, words: string];
  readonly table: (state: State) => Table<T>;
  /** The v2 operations that carry a change out. */
  readonly v2: Readonly<Record<'add' | 'update' | 'remove', Handler>>;
  readonly views: (account: Account, records: readonly T[]) => readonly views.View[];
  readonly mentioned: (records: readonly T[]) => Mentioned;
  /** Which live records a list holds, by its query. */
  readonly listed: (exchange: Exchange) => (record: T) => boolean;
  readonly filterType: FilterType | null;
  readonly bulkRemove: boolean;
  readonly createdStatus: 200 | 201;
  /** What a creation holds that does not say otherwise. */
  readonly defaults?: (account: Account) => object;
  /** What answers to a creation carry beside the record (seen in live answers). */
  readonly additional?: Readonly<Record<string, unknown>>;
}

const ownedBy = (exchange: Exchange) => {
  const user = optionalWhole(exchange.call, 'user_id');
  const mine = exchange.call.query.get('owned_by_you') === '1' ? exchange.user.id : undefined;
  const owner = mine ?? user;
  return (record: { readonly owner_id: number }) => owner === undefined || record.owner_id === owner;
};

const startingWith = (exchange: Exchange) => {
  const first = exchange.call.query.get('first_char')?.toLowerCase() ?? '';
  return (name: string) => name.toLowerCase().startsWith(first);
};

const LEGACY_DEALS: LegacyEntity<DealRecord> = {
  path: '/deals',
  title: 'Deal',
  fields: 'deal',
  keys: keys.DEAL_KEYS,
  required: ['title', 'Deal title must be given.'],
  table: (state) => state.deals,
  v2: coreHandlers(DEALS),
  views: views.dealViews,
  mentioned: (deals) => ({
    users: deals.flatMap(({ owner_id, creator_user_id }) => [owner_id, creator_user_id]),
    persons: deals.map(({ person_id }) => person_id),
    organizations: deals.map(({ org_id }) => org_id),
  }),
  listed(exchange) {
    const owned = ownedBy(exchange);
    const stage = optionalWhole(exchange.call, 'stage_id');
    const status = exchange.call.query.get('status') ?? 'all_not_deleted';
    return (deal) =>
      deal.archivedSec === null &&
      owned(deal) &&
      (stage === undefined || deal.stage_id === stage) &&
      (status === 'all_not_deleted' || deal.status === status);
  },
  filterType: 'deals',
  bulkRemove: true,
  createdStatus: 201,
};

const LEGACY_PERSONS: LegacyEntity<PersonRecord> = {
  path: '/persons',
  title: 'Person',
  fields: 'person',
  keys: keys.PERSON_KEYS,
  required: ['name', 'Name must be given.'],
  table: (state) => state.persons,
  v2: coreHandlers(PERSONS),
  views: views.personViews,
  mentioned: (persons) => ({
    users: persons.map(({ owner_id }) => owner_id),
    organizations: persons.map(({ org_id }) => org_id),
  }),
  listed(exchange) {
    const owned = ownedBy(exchange);
    const named = startingWith(exchange);
    return (person) => owned(person) && named(person.name);
  },
  filterType: 'people',
  bulkRemove: true,
  createdStatus: 201,
  additional: { didMerge: false },
};

const LEGACY_ORGANIZATIONS: LegacyEntity<OrganizationRecord> = {
  path: '/organizations',
  title: 'Organization',
  fields: 'organization',
  keys: keys.ORGANIZATION_KEYS,
  required: ['name', 'Name must be given.'],
  table: (state) => state.organizations,
  v2: coreHandlers(ORGANIZATIONS),
  views: views.organizationViews,
  mentioned: (organizations) => ({ users: organizations.map(({ owner_id }) => owner_id) }),
  listed(exchange) {
    const owned = ownedBy(exchange);
    const named = startingWith(exchange);
    return (organization) => owned(organization) && named(organization.name);
  },
  filterType: 'org',
  bulkRemove: true,
  createdStatus: 201,
  additional: { didMerge: false },
};

const LEGACY_ACTIVITIES: LegacyEntity<ActivityRecord> = {
  path: '/activities',
  title: 'Activity',
  fields: null,
  keys: keys.ACTIVITY_KEYS,
  required: ['subject', 'Activity subject must be given.'],
  table: (state) => state.activities,
  v2: coreHandlers(ACTIVITIES),
  views: views.activityViews,
  mentioned: (activities) => ({
    users: activities.map(({ owner_id }) => owner_id),
    persons: activities.flatMap(({ participants }) => participants.map(({ person_id }) => person_id)),
    organizations: activities.map(({ org_id }) => org_id),
    deals: activities.map(({ deal_id }) => deal_id),
  }),
  // Published: only those of the caller, unless `user_id` names somebody else, or everybody (0).
  listed(exchange) {
    const { query } = exchange.call;
    const user = whole(exchange.call, 'user_id', exchange.user.id);
    const types = query.get('type')?.split(',');
    const done = query.get('done');
    const from = query.get('start_date') ?? '';
    const until = query.get('end_date') ?? '9999-12-31';
    return (activity) =>
      (user === 0 || activity.owner_id === user) &&
      (types === undefined || types.includes(activity.type)) &&
      (done === null || activity.done === (done === '1')) &&
      (activity.due_date ?? '') >= from &&
      (activity.due_date ?? '') <= until;
  },
  filterType: 'activity',
  bulkRemove: true,
  createdStatus: 201,
  // Recorded: without a date it was due on the day it was made.
  defaults: (account) => ({ due_date: dayOf(nowSec(account)) }),
  additional: { updates_story_id: null },
};

const LEGACY_PRODUCTS: LegacyEntity<ProductRecord> = {
  path: '/products',
  title: 'Product',
  fields: 'product',
  keys: keys.PRODUCT_KEYS,
  required: ['name', 'Name must be given.'],
  table: (state) => state.products,
  v2: coreHandlers(PRODUCTS),
  views: views.productViews,
  mentioned: (products) => ({ users: products.map(({ owner_id }) => owner_id) }),
  listed(exchange) {
    const owned = ownedBy(exchange);
    const named = startingWith(exchange);
    return (product) => owned(product) && named(product.name);
  },
  filterType: 'products',
  bulkRemove: false,
  createdStatus: 201,
};

const LEGACY_PIPELINES: LegacyEntity<PipelineRecord> = {
  path: '/pipelines',
  title: 'Pipeline',
  fields: null,
  keys: keys.PIPELINE_KEYS,
  required: ['name', 'Name must be given.'],
  table: (state) => state.pipelines,
  v2: PIPELINE_HANDLERS,
  views: views.pipelineViews,
  mentioned: () => ({}),
  listed: () => () => true,
  filterType: null,
  bulkRemove: false,
  createdStatus: 201,
};

const LEGACY_STAGES: LegacyEntity<StageRecord> = {
  path: '/stages',
  title: 'Stage',
  fields: null,
  keys: keys.STAGE_KEYS,
  required: ['name', 'Name must be given.'],
  table: (state) => state.stages,
  v2: STAGE_HANDLERS,
  views: views.stageViews,
  mentioned: () => ({}),
  listed(exchange) {
    const pipeline = optionalWhole(exchange.call, 'pipeline_id');
    return (stage) => pipeline === undefined || stage.pipeline_id === pipeline;
  },
  filterType: null,
  bulkRemove: true,
  createdStatus: 200,
};

/** The core entities as v1 had them, until their operations were removed. */
export const LEGACY_ENTITIES = [
  LEGACY_DEALS,
  LEGACY_PERSONS,
  LEGACY_ORGANIZATIONS,
  LEGACY_ACTIVITIES,
  LEGACY_PRODUCTS,
  LEGACY_PIPELINES,
  LEGACY_STAGES,
] as unknown as readonly LegacyEntity<LegacyRecord>[];

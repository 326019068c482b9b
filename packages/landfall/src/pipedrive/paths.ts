import type { TargetEntity } from '../model/target.ts';

/** What tells a newer record of an entity from an older one. */
export type Age = 'id' | 'add_time' | 'none';

/** Paths of an account: everything lies below `api/v2` or `api/v1`. */
export type ApiVersion = 'v1' | 'v2';

/** Where an entity lives and how it is changed. */
export interface EntityPath {
  readonly version: ApiVersion;
  readonly plural: string;
  readonly update: 'PATCH' | 'PUT';
  /** Members that a plain answer leaves out; those the account itself marks so come on top. */
  readonly include: readonly string[];
  readonly at: Place;
  readonly list: Listing;
  /** Where the list is, when not at `plural`. */
  readonly listPath: string | null;
  /** Records in one list answer (facts.md 1.3, 2.8). */
  readonly pageSize: number;
  /** Archived records, which the list leaves out: their own list and its price (facts.md 3.2). */
  readonly archived: { readonly list: string; readonly tokens: number } | null;
  /** What tells newer records from older ones: a higher id; the time of creation where ids say nothing (UUIDs); or nothing. */
  readonly age: Age;
  readonly form: WireForm;
  /** The path below the list that takes several new records at once (facts.md 2.9). */
  readonly bulk: {
    readonly path: string;
    readonly from: number;
    readonly most: number;
    readonly tokens: number;
  } | null;
}

/**
 * What a record is in the account: a record of its own; one below another one (`deals/{deal_id}/products/{id}`, known
 * to us as `<parent>/<id>`); or no more than a mark on the record that `link` names.
 */
export type Place =
  | { readonly kind: 'own' }
  | {
      readonly kind: 'below';
      readonly link: string;
      readonly parents: string;
      /** The member that tells it from others below the same parent. */
      readonly own: 'id' | 'user_id';
    }
  | { readonly kind: 'mark'; readonly link: string; readonly member: string };

/**
 * How a list is read: pages by cursor (v2) or by offset (v1); or by parent, below each, with the parent as a parameter,
 * or with many parents at once.
 */
export type Listing =
  | 'cursor'
  | 'offset'
  | { readonly by: 'below'; readonly pages: 'cursor' | 'offset' }
  | { readonly by: 'parameter'; readonly name: string }
  | { readonly by: 'many'; readonly list: string; readonly name: string; readonly most: number };

/** How the same value is written for different entities. */
export interface WireForm {
  readonly body: 'json' | 'multipart';
  readonly booleans: 'boolean' | 'number';
  /** `rfc3339`: `2024-05-01T12:00:00Z`; `v1`: `2024-05-01 12:00:00`. */
  readonly times: 'rfc3339' | 'v1';
  /** `apart`: `value` and `currency` side by side; `together`: `value: { amount, currency }`. */
  readonly money: 'apart' | 'together';
  /** Within `custom_fields`, or beside the built-in members. */
  readonly customFields: 'nested' | 'root';
  /** Fields of ours that have another name there. */
  readonly members: Readonly<Record<string, string>>;
  /** The link that is written as the primary participant (facts.md 2.6: `person_id` is read-only on activities). */
  readonly participant: string | null;
}

const plainForm: WireForm = {
  body: 'json',
  booleans: 'boolean',
  times: 'rfc3339',
  money: 'apart',
  customFields: 'nested',
  members: {},
  participant: null,
};

/** Records in one list answer, where nothing else is said: the maximum of the lists (facts.md 1.3). */
export const usualPageSize = 500;

const v2 = {
  version: 'v2',
  update: 'PATCH',
  include: [],
  at: { kind: 'own' },
  list: 'cursor',
  listPath: null,
  pageSize: usualPageSize,
  archived: null,
  age: 'id',
  form: plainForm,
  bulk: null,
} as const;

const v1 = { ...v2, version: 'v1', update: 'PUT', list: 'offset' } as const;

function follower(link: string, parents: string): EntityPath {
  return {
    ...v2,
    plural: 'followers',
    at: { kind: 'below', link, parents, own: 'user_id' },
    list: { by: 'below', pages: 'cursor' },
  };
}

/** v2 where there is one, v1 for what only v1 serves (facts.md 1.1). */
export const entityPaths: Readonly<Record<TargetEntity, EntityPath>> = {
  organization: { ...v2, plural: 'organizations' },
  organizationRelationship: {
    ...v1,
    plural: 'organizationRelationships',
    list: { by: 'parameter', name: 'org_id' },
  },
  person: { ...v2, plural: 'persons' },
  product: { ...v2, plural: 'products' },
  lead: {
    ...v1,
    plural: 'leads',
    update: 'PATCH',
    archived: { list: 'leads/archived', tokens: 40 },
    age: 'add_time',
    form: {
      ...plainForm,
      money: 'together',
      customFields: 'root',
      members: { org_id: 'organization_id' },
    },
  },
  deal: { ...v2, plural: 'deals', archived: { list: 'deals/archived', tokens: 20 } },
  dealProduct: {
    ...v2,
    plural: 'products',
    at: { kind: 'below', link: 'deal_id', parents: 'deals', own: 'id' },
    list: { by: 'many', list: 'deals/products', name: 'deal_ids', most: 100 },
    // 25 tokens a request against 5 a line: cheaper from six lines on
    bulk: { path: 'bulk', from: 6, most: 100, tokens: 25 },
  },
  participant: {
    ...v1,
    plural: 'participants',
    at: { kind: 'below', link: 'deal_id', parents: 'deals', own: 'id' },
    list: { by: 'below', pages: 'offset' },
  },
  activity: {
    ...v2,
    plural: 'activities',
    include: ['attendees'],
    form: { ...plainForm, participant: 'person_id' },
  },
  // 50 in a list answer, in no order that could be asked for (OpenAPI v1)
  callLog: { ...v1, plural: 'callLogs', pageSize: 50, age: 'none', form: { ...plainForm, times: 'v1' } },
  note: { ...v1, plural: 'notes', form: { ...plainForm, booleans: 'number', times: 'v1' } },
  file: { ...v1, plural: 'files', pageSize: 100, form: { ...plainForm, body: 'multipart', times: 'v1' } },
  organizationFollower: follower('org_id', 'organizations'),
  personFollower: follower('person_id', 'persons'),
  productFollower: follower('product_id', 'products'),
  dealFollower: follower('deal_id', 'deals'),
  archivedDeal: {
    ...v2,
    plural: 'deals',
    at: { kind: 'mark', link: 'deal_id', member: 'is_archived' },
    listPath: 'deals/archived',
  },
};

/** How an entity is called in a sentence. */
export const entityWords: Readonly<Record<TargetEntity, string>> = {
  organization: 'an organization',
  person: 'a person',
  product: 'a product',
  lead: 'a lead',
  deal: 'a deal',
  dealProduct: 'a line of a deal',
  participant: 'a participant of a deal',
  activity: 'an activity',
  callLog: 'a call log',
  note: 'a note',
  file: 'a file',
  organizationRelationship: 'an organization relationship',
  organizationFollower: 'a follower of an organization',
  personFollower: 'a follower of a person',
  productFollower: 'a follower of a product',
  dealFollower: 'a follower of a deal',
  archivedDeal: 'the archive mark of a deal',
};

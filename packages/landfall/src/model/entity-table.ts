import { type TargetEntity, targetEntities } from './target.ts';

/** The entities custom fields are made on. */
export const customFieldEntities = ['organization', 'person', 'product', 'deal'] as const;

/** One of `customFieldEntities`. */
export type CustomFieldEntity = (typeof customFieldEntities)[number];

/** Links a record cannot do without: all of them, or one of them at least. */
export interface NeededLinks {
  readonly fields: readonly string[];
  readonly all: boolean;
}

/** Fields that are set last, by a record of an entity of its own that leads back by `link`. */
export interface LastFields {
  readonly as: TargetEntity;
  readonly link: string;
  /** The field that says whether there is anything to set. */
  readonly when: string;
  /** What goes with it. */
  readonly with: readonly string[];
}

/** What phases must know of an entity beyond its fields. */
export interface EntityTraits {
  /** The entity whose custom fields it has, the marker field among them; null: it has none. */
  readonly fieldsOf: CustomFieldEntity | null;
  readonly needs: NeededLinks | null;
  /** The link whose other ends it is listed by: no list goes across them; null: it has a list of its own. */
  readonly listedBy: string | null;
  /** Links and fields that may be the same only once: a second record that says so says nothing new. */
  readonly once: readonly string[];
  /** A link that says nothing new when the record of the other link leads there too: a deal's own contact takes part anyway. */
  readonly saidBy: { readonly link: string; readonly parent: string; readonly field: string } | null;
  /** Fields the destination changes itself when records of these entities are made or removed: field -> entity. */
  readonly changedBy: Readonly<Record<string, TargetEntity>>;
  /** Fields that may be set only when nothing is made below the record any more: a record of `as` sets them, at the end. */
  readonly last: LastFields | null;
  /** The field whose value has bytes of its own, which are sent with the record; null: none has. */
  readonly bytesIn: string | null;
  /** What such a record is moved as once it has advanced, and the field that leads there. */
  readonly advancesTo: { readonly entity: TargetEntity; readonly field: string } | null;
  /** Whether it takes a place under the plan's limit of deals and leads that are not archived. */
  readonly underDealCap: boolean;
}

const plain: EntityTraits = {
  fieldsOf: null,
  needs: null,
  listedBy: null,
  once: [],
  saidBy: null,
  changedBy: {},
  last: null,
  bytesIn: null,
  advancesTo: null,
  underDealCap: false,
};

function followerOf(link: string): EntityTraits {
  return { ...plain, needs: { fields: [link], all: true }, listedBy: link, once: [link, 'user_id'] };
}

/** The traits of every entity (facts.md 2.2 to 2.9, 3.6). Leads have the custom fields of deals, and no others. */
export const entityTraits: Readonly<Record<TargetEntity, EntityTraits>> = {
  organization: { ...plain, fieldsOf: 'organization' },
  organizationRelationship: {
    ...plain,
    needs: { fields: ['rel_owner_org_id', 'rel_linked_org_id'], all: true },
    listedBy: 'rel_owner_org_id',
  },
  person: { ...plain, fieldsOf: 'person' },
  lead: {
    ...plain,
    fieldsOf: 'deal',
    needs: { fields: ['person_id', 'org_id'], all: false },
    advancesTo: { entity: 'deal', field: 'deal_id' },
    underDealCap: true,
  },
  product: { ...plain, fieldsOf: 'product' },
  deal: {
    ...plain,
    fieldsOf: 'deal',
    changedBy: { value: 'dealProduct', is_archived: 'archivedDeal', archive_time: 'archivedDeal' },
    last: { as: 'archivedDeal', link: 'deal_id', when: 'is_archived', with: ['archive_time'] },
    underDealCap: true,
  },
  dealProduct: {
    ...plain,
    needs: { fields: ['deal_id', 'product_id'], all: true },
    listedBy: 'deal_id',
  },
  participant: {
    ...plain,
    needs: { fields: ['deal_id', 'person_id'], all: true },
    listedBy: 'deal_id',
    once: ['deal_id', 'person_id'],
    saidBy: { link: 'person_id', parent: 'deal_id', field: 'person_id' },
  },
  activity: plain,
  callLog: { ...plain, needs: { fields: ['activity_id'], all: true }, once: ['activity_id'] },
  note: { ...plain, needs: { fields: ['deal_id', 'lead_id', 'person_id', 'org_id'], all: false } },
  file: {
    ...plain,
    bytesIn: 'content',
    needs: {
      fields: ['deal_id', 'lead_id', 'person_id', 'org_id', 'product_id', 'activity_id'],
      all: false,
    },
  },
  organizationFollower: followerOf('org_id'),
  personFollower: followerOf('person_id'),
  productFollower: followerOf('product_id'),
  dealFollower: followerOf('deal_id'),
  archivedDeal: { ...plain, needs: { fields: ['deal_id'], all: true }, once: ['deal_id'] },
};

/** One thing for every entity. */
export function ofEveryEntity<Thing>(make: (entity: TargetEntity) => Thing): Record<TargetEntity, Thing> {
  return Object.fromEntries(targetEntities.map((entity) => [entity, make(entity)])) as Record<
    TargetEntity,
    Thing
  >;
}

/** The entities that have the custom fields of `owner`, itself among them. */
export function entitiesWithFieldsOf(owner: CustomFieldEntity): readonly TargetEntity[] {
  return targetEntities.filter((entity) => entityTraits[entity].fieldsOf === owner);
}

/** Whether a row's `to` fills this custom field: `lead.custom.Region` fills the deal's Region. */
export function fillsCustomField(
  to: string,
  { entity, name }: { readonly entity: CustomFieldEntity; readonly name: string },
): boolean {
  return entitiesWithFieldsOf(entity).some((each) => to === `${each}.custom.${name}`);
}

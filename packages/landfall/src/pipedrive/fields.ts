import { z } from 'zod';
import { entityTraits, ofEveryEntity } from '../model/entity-table.ts';
import type {
  CustomFieldType,
  TargetCatalog,
  TargetEntity,
  TargetField,
  TargetPipeline,
  TargetType,
} from '../model/target.ts';
import { builtInFields } from './catalog.ts';

/** Ids come as numbers, above 2^53 as text (see wire/body.ts); inside they are text. */
const idText = z.union([z.number(), z.string()]).transform(String);

const option = z.object({ id: idText, label: z.string() });

/** A field as the v2 fields API lists it; unknown members are left aside, new types are let in. */
export const wireField = z.object({
  field_name: z.string(),
  field_code: z.string(),
  field_type: z.string(),
  is_custom_field: z.boolean().default(false),
  is_optional_response_field: z.boolean().default(false),
  options: z.array(option).nullish(),
});
/** See `wireField`. */
export type WireField = z.infer<typeof wireField>;

/** A pipeline as the v2 list gives it. */
export const wirePipeline = z.object({
  id: idText,
  name: z.string(),
  is_deleted: z.boolean().default(false),
});
/** See `wirePipeline`. */
export type WirePipeline = z.infer<typeof wirePipeline>;

/** A stage as the v2 list gives it; sort by `order_nr`, never compute with it. */
export const wireStage = z.object({
  id: idText,
  name: z.string(),
  pipeline_id: idText,
  order_nr: z.number().default(0),
  deal_probability: z.number().nullish(),
  is_deleted: z.boolean().default(false),
});
/** See `wireStage`. */
export type WireStage = z.infer<typeof wireStage>;

/** An activity type as v1 lists it; activities name it by `key_string`. */
export const wireActivityType = z.object({
  id: idText,
  name: z.string(),
  key_string: z.string(),
  active_flag: z.boolean().default(true),
});
/** See `wireActivityType`. */
export type WireActivityType = z.infer<typeof wireActivityType>;

/** A label of leads as v1 lists it; its id is a UUID. */
export const wireLeadLabel = z.object({ id: idText, name: z.string() });
/** See `wireLeadLabel`. */
export type WireLeadLabel = z.infer<typeof wireLeadLabel>;

/** A user as v1 lists it. */
export const wireUser = z.object({
  id: idText,
  name: z.string(),
  email: z.string().default(''),
  active_flag: z.boolean().default(true),
});
/** See `wireUser`. */
export type WireUser = z.infer<typeof wireUser>;

/** A currency as v1 lists it. */
export const wireCurrency = z.object({ code: z.string(), active_flag: z.boolean().default(true) });
/** See `wireCurrency`. */
export type WireCurrency = z.infer<typeof wireCurrency>;

/** Whose token it is, and which company. */
export const wireMe = z.object({
  id: idText,
  name: z.string().default(''),
  email: z.string().default(''),
  company_name: z.string().default(''),
  company_domain: z.string().default(''),
  default_currency: z.string().nullish(),
  access: z.array(z.object({ app: z.string(), admin: z.boolean().default(false) })).default([]),
});
/** See `wireMe`. */
export type WireMe = z.infer<typeof wireMe>;

/** What an account answered about itself, before it becomes a catalog. */
export interface WireAccount {
  readonly me: WireMe;
  readonly fields: Readonly<Partial<Record<TargetEntity, readonly WireField[]>>>;
  readonly pipelines: readonly WirePipeline[];
  readonly stages: readonly WireStage[];
  readonly activityTypes: readonly WireActivityType[];
  readonly leadLabels: readonly WireLeadLabel[];
  readonly users: readonly WireUser[];
  readonly currencies: readonly WireCurrency[];
}

/** Custom field types to ours, with the longest text they hold (facts.md 2.11). */
const customTypes: Readonly<
  Record<CustomFieldType | 'varchar_auto' | 'time', readonly [TargetType, number | null]>
> = {
  varchar: ['text', 255],
  varchar_auto: ['text', 255],
  text: ['longText', 65_000],
  double: ['number', null],
  monetary: ['money', null],
  date: ['date', null],
  time: ['time', null],
  enum: ['option', null],
  set: ['options', null],
  phone: ['phone', 255],
  address: ['address', null],
  user: ['user', null],
  org: ['reference', null],
  people: ['reference', null],
};

/** Custom fields that hold two values (`daterange`, `timerange`) or came after this was written: shown, never set. */
const unknownType = ['text', null] as const;

/** What a custom field is in the catalog; `name` must be free in its entity. */
function customField(wire: WireField, name: string): TargetField {
  const known = wire.field_type in customTypes;
  const [type, maxLength] = known ? customTypes[wire.field_type as CustomFieldType] : unknownType;
  return {
    name,
    label: wire.field_name,
    type,
    custom: true,
    required: false,
    settable: known ? 'always' : 'never',
    maxLength,
    references: wire.field_type === 'org' ? 'organization' : wire.field_type === 'people' ? 'person' : null,
    key: wire.field_code,
    options: wire.options ?? [],
  };
}

/** The name of the next custom field of that label: a label that stands twice gets a number. */
function customName(label: string, taken: ReadonlySet<string>): string {
  const name = `custom.${label}`;
  for (let count = 2, next = name; ; count += 1) {
    if (!taken.has(next)) return next;
    next = `${name} (${count})`;
  }
}

/** An account's answers and the catalog that was made of them. */
export interface ReadAccount {
  readonly wire: WireAccount;
  readonly catalog: TargetCatalog;
}

/**
 * The catalog of an account: what is built in, with this account's options, and its own fields. Of what was made
 * `before` the fields are kept where they were made of the very same lists: a change of one list leaves the rest alone.
 */
export function catalogOf(account: WireAccount, before: ReadAccount | null = null): TargetCatalog {
  const entities = ofEveryEntity((entity) =>
    before !== null && isMadeOfSame(entity, before.wire, account)
      ? before.catalog.entities[entity]
      : fieldsOf(entity, account),
  );
  return {
    account: account.me.company_name,
    ...(account.me.company_domain === '' ? {} : { domain: account.me.company_domain }),
    entities,
    pipelines: pipelinesOf(account),
    activityTypes: account.activityTypes
      .filter((type) => type.active_flag)
      .map((type) => ({ id: type.id, name: type.name, key: type.key_string })),
    users: account.users.map((user) => ({
      id: user.id,
      name: user.name,
      email: user.email,
      active: user.active_flag,
    })),
    currencies: account.currencies
      .filter((currency) => currency.active_flag)
      .map((currency) => currency.code),
    selfUserId: account.me.id,
  };
}

/** Whether all that `fieldsOf` looks at is the same. */
function isMadeOfSame(entity: TargetEntity, one: WireAccount, other: WireAccount): boolean {
  const { fieldsOf: owner } = entityTraits[entity];
  return (
    one.fields[entity] === other.fields[entity] &&
    (owner === null || one.fields[owner] === other.fields[owner]) &&
    one.activityTypes === other.activityTypes &&
    one.leadLabels === other.leadLabels
  );
}

function fieldsOf(entity: TargetEntity, account: WireAccount): readonly TargetField[] {
  const { fieldsOf: owner } = entityTraits[entity];
  const own = account.fields[entity] ?? [];
  const fields = builtInFields[entity].map((field) => withOptions(entity, field, own, account));
  if (owner === null) return fields;
  const wires = account.fields[owner] ?? [];
  const taken = new Set(fields.map((field) => field.name));
  for (const wire of wires.filter((each) => each.is_custom_field)) {
    const name = customName(wire.field_name, taken);
    taken.add(name);
    fields.push(customField(wire, name));
  }
  return fields;
}

/** The v2 code of the label field is not documented (UNC): both names are known. */
const otherCodes: Readonly<Record<string, string>> = { label_ids: 'label' };

/** Options that are things of the account with a list of their own. */
const listedOptions: Readonly<Record<string, (account: WireAccount) => TargetField['options']>> = {
  'activity.type': ({ activityTypes }) =>
    activityTypes
      .filter((type) => type.active_flag)
      .map((type) => ({ id: type.key_string, label: type.name })),
  'lead.label_ids': ({ leadLabels }) => leadLabels.map(({ id, name }) => ({ id, label: name })),
};

function withOptions(
  entity: TargetEntity,
  field: TargetField,
  wires: readonly WireField[],
  account: WireAccount,
): TargetField {
  const listed = listedOptions[`${entity}.${field.name}`];
  if (listed !== undefined) return { ...field, options: listed(account) };
  if (field.type !== 'option' && field.type !== 'options') return field;
  const wire = wires.find(({ field_code: code }) => code === field.name || code === otherCodes[field.name]);
  if (wire === undefined || field.options.length > 0) return field;
  return { ...field, key: wire.field_code, options: wire.options ?? [] };
}

function pipelinesOf(account: WireAccount): readonly TargetPipeline[] {
  return account.pipelines
    .filter((pipeline) => !pipeline.is_deleted)
    .map(({ id, name }) => ({
      id,
      name,
      stages: account.stages
        .filter((stage) => stage.pipeline_id === id && !stage.is_deleted)
        .sort((left, right) => left.order_nr - right.order_nr)
        .map((stage) => ({ id: stage.id, name: stage.name, probability: stage.deal_probability ?? null })),
    }));
}

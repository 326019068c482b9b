import { z } from 'zod';
import { type Account, nowSec } from './account.ts';
import { CREATABLE_TYPES, SUBFIELDS } from './builtin-fields.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { done, type Exchange, type Handler, jsonBody, page } from './exchange-context.ts';
import { OPTIONS_PER_FIELD } from './plans.ts';
import { pageSize, type Query, readQuery } from './query.ts';
import type { FieldEntity, FieldOption, FieldRecord } from './records.ts';
import { badRequest, capReached, notAllowed, notFound, schemaRefusal } from './refusal.ts';
import { parsed } from './schemas.ts';
import { rfc3339 } from './times.ts';

const NAMESPACES = ['ui_visibility', 'important_fields', 'required_fields'] as const;
const include = { words: NAMESPACES, list: true } as const;
const LIST_QUERY = { include_fields: include, limit: 'id', cursor: 'text' } as const;
const ONE_QUERY = { include_fields: include } as const;

const name = z.string().min(1).max(255);
const flag = z.boolean().optional();
const dialog = z.strictObject({ show: flag, order: z.int().nullish() }).optional();
const stageIds = z.array(z.int()).optional();
const settings = {
  ui_visibility: z
    .strictObject({
      add_visible_flag: flag,
      details_visible_flag: flag,
      projects_detail_visible_flag: flag,
      show_in_pipelines: z
        .strictObject({ show_in_all: flag, pipeline_ids: z.array(z.int()).optional() })
        .optional(),
      show_in_add_deal_dialog: dialog,
      show_in_add_person_dialog: dialog,
    })
    .optional(),
  important_fields: z.strictObject({ enabled: flag, stage_ids: stageIds }).optional(),
  required_fields: z
    .strictObject({
      enabled: flag,
      stage_ids: stageIds,
      statuses: z.record(z.string(), z.array(z.enum(['won', 'lost']))).optional(),
    })
    .optional(),
  description: z.string().nullish(),
};
/** What the namespaces hold while nobody has set them. */
const DEFAULTS = {
  ui_visibility: { add_visible_flag: false, details_visible_flag: true },
  important_fields: { enabled: false, stage_ids: [] },
  required_fields: { enabled: false },
} as const;
const creation = z.strictObject({
  field_name: name,
  field_type: z.enum(CREATABLE_TYPES),
  options: z.array(z.strictObject({ label: name })).optional(),
  ...settings,
});
const change = z.strictObject({ field_name: name.optional(), ...settings });

/** The body of a field to be created. */
export type FieldCreation = z.infer<typeof creation>;

/** Checks the body of a field to be created. */
export function parseFieldCreation(body: unknown): FieldCreation {
  return parsed(creation, body);
}

/** Creates a custom field with its options. Throws when the plan's cap is reached or the options do not fit. */
export function createField(account: Account, entity: FieldEntity, given: FieldCreation): FieldRecord {
  const { state } = account;
  const needsOptions = given.field_type === 'enum' || given.field_type === 'set';
  // INF: the texts of both refusals.
  if (needsOptions && !given.options?.length)
    throw badRequest(`Fields of type ${given.field_type} need options`);
  if (!needsOptions && given.options?.length)
    throw badRequest(`Fields of type ${given.field_type} have no options`);
  assertRoomForField(account);
  const { field_name, field_type, options, description, ...rest } = given;
  return state.keep(state.fields, {
    id: state.fields.nextId,
    entity,
    code: account.random.hex(40),
    name: field_name,
    type: field_type,
    description: description ?? null,
    options: options ? options.map(({ label }) => newOption(account, label)) : null,
    custom: true,
    optional: false,
    settings: rest,
    deletedSec: null,
  });
}

function assertRoomForField(account: Account): void {
  if (account.seeding) return;
  let count = 0;
  for (const codes of account.state.customCodes.values()) count += codes.length;
  const cap = account.switches.customFieldsCap ?? account.plan.customFields;
  if (count < cap) return;
  throw capReached(
    "Couldn't add the field. Custom fields limit reached.",
    'feature_capping_custom_fields_limit',
  );
}

/** A new option under the next number of the company's counter. */
export function newOption(account: Account, label: string, color: string | null = null): FieldOption {
  const sec = nowSec(account);
  return { id: account.state.takeOptionId(), label, color, addedSec: sec, updatedSec: sec };
}

/** The live field with this code. Throws 404 when there is none. */
export function fieldOf(account: Account, entity: FieldEntity, code: string): FieldRecord {
  const field = account.state.fieldsByCode.get(entity)?.get(code);
  if (!field) throw notFound('Field');
  return field;
}

/** A field as v2 shows it; the three namespaces only where `namespaces` names them. */
export function fieldView(field: FieldRecord, namespaces: readonly string[] = []): Record<string, unknown> {
  const view: Record<string, unknown> = {
    field_name: field.name,
    field_code: field.code,
    ...(field.description === null ? {} : { description: field.description }),
    field_type: field.type,
    options: field.options?.map(optionView) ?? null,
    subfields:
      SUBFIELDS[field.type]?.map((part) => ({
        field_code: part.code,
        field_name: `${part.name} of ${field.name}`,
        field_type: part.type,
      })) ?? null,
    is_custom_field: field.custom,
    is_optional_response_field: field.optional,
  };
  // Published: fields of products and activities have no more than the first.
  const few = field.entity === 'product' || field.entity === 'activity';
  for (const space of few ? namespaces.filter((one) => one === 'ui_visibility') : namespaces)
    view[space] = field.settings[space] ?? DEFAULTS[space as (typeof NAMESPACES)[number]];
  return view;
}

function optionView(option: FieldOption): Record<string, unknown> {
  return {
    id: option.id,
    label: option.label,
    color: option.color,
    add_time: option.addedSec === null ? null : rfc3339(option.addedSec),
    update_time: option.updatedSec === null ? null : rfc3339(option.updatedSec),
  };
}

/** The handlers of one entity's field operations, by what they do. */
export function fieldHandlers(
  entity: FieldEntity,
): Readonly<
  Record<
    'list' | 'get' | 'add' | 'update' | 'remove' | 'addOptions' | 'updateOptions' | 'removeOptions',
    Handler
  >
> {
  const target = (exchange: Exchange) => fieldOf(exchange.account, entity, exchange.params.field_code ?? '');
  return {
    list: (exchange) => listFields(exchange, entity, readQuery(exchange.call, LIST_QUERY)),
    get(exchange) {
      const query = readQuery(exchange.call, ONE_QUERY);
      return done(cutShort(exchange.account, fieldView(target(exchange), query.list('include_fields'))));
    },
    add(exchange) {
      const given = parseFieldCreation(jsonBody(exchange));
      assertDescribable(entity, given.description);
      return done(fieldView(createField(exchange.account, entity, given), NAMESPACES));
    },
    update(exchange) {
      const { field_name, description, ...rest } = parsed(change, jsonBody(exchange));
      assertDescribable(entity, description);
      const field = customOnly(target(exchange));
      const changed: FieldRecord = {
        ...field,
        name: field_name ?? field.name,
        description: description === undefined ? field.description : description,
        settings: { ...field.settings, ...rest },
      };
      return done(fieldView(exchange.account.state.keep(exchange.account.state.fields, changed), NAMESPACES));
    },
    remove(exchange) {
      const field = customOnly(target(exchange));
      removeField(exchange.account, field);
      return done(fieldView(field));
    },
    addOptions: (exchange) => done(addOptions(exchange, target(exchange)).map(briefOption)),
    updateOptions: (exchange) => done(updateOptions(exchange, target(exchange)).map(briefOption)),
    removeOptions: (exchange) => done(removeOptions(exchange, target(exchange)).map(briefOption)),
  };
}

/** A field with no more options than answers show. */
function cutShort({ switches }: Account, view: Record<string, unknown>): Record<string, unknown> {
  const options = view.options as readonly unknown[] | null;
  if (switches.optionsShown === null || options === null) return view;
  return { ...view, options: options.slice(0, switches.optionsShown) };
}

/** Published: only fields of deals have a description. */
function assertDescribable(entity: FieldEntity, description: string | null | undefined): void {
  if (description !== undefined && entity !== 'deal') throw schemaRefusal([notAllowed('description')]);
}

/** Deletes a custom field; its values are gone with it. */
export function removeField(account: Account, field: FieldRecord): void {
  account.state.keep(account.state.fields, { ...field, deletedSec: nowSec(account) });
}

function listFields({ account }: Exchange, entity: FieldEntity, query: Query) {
  const size = pageSize(account, query.id('limit'), 500);
  const from = query.text('cursor');
  const start = from ? decodeCursor(from, 'id', 'asc').id : 0;
  const fields = [...(account.state.fieldsByCode.get(entity)?.values() ?? [])]
    .filter((field) => field.id >= start)
    .sort((a, b) => a.id - b.id);
  const next = fields[size];
  const cursor = next
    ? encodeCursor({ field: 'id', fieldValue: next.id, sortDirection: 'asc', id: next.id })
    : null;
  const spaces = query.list('include_fields');
  return page(
    fields.slice(0, size).map((field) => cutShort(account, fieldView(field, spaces))),
    cursor,
  );
}

function customOnly(field: FieldRecord): FieldRecord {
  // INF: built-in fields cannot be changed; the text is not described.
  if (!field.custom) throw badRequest(`Field ${field.code} is not a custom field`);
  return field;
}

function briefOption(option: FieldOption): { id: number | string; label: string } {
  return { id: option.id, label: option.label };
}

const additions = z.array(z.strictObject({ label: name })).min(1);
const optionChanges = z.array(z.strictObject({ id: z.int(), label: name })).min(1);
const optionRemovals = z.array(z.strictObject({ id: z.int() })).min(1);

/** Adds options to a field, all or none; answers the new ones. */
export function appendOptions(
  account: Account,
  field: FieldRecord,
  labels: readonly { readonly label: string; readonly color?: string | null }[],
): readonly FieldOption[] {
  if (!field.options || typeof field.options[0]?.id === 'string')
    throw badRequest(`Options of field ${field.code} cannot be changed`);
  if (field.options.length + labels.length > OPTIONS_PER_FIELD)
    throw badRequest(`A field can have at most ${OPTIONS_PER_FIELD} options`);
  const fresh = labels.map(({ label, color }) => newOption(account, label, color ?? null));
  account.state.keep(account.state.fields, { ...field, options: [...field.options, ...fresh] });
  return fresh;
}

function addOptions(exchange: Exchange, field: FieldRecord): readonly FieldOption[] {
  return appendOptions(exchange.account, field, parsed(additions, jsonBody(exchange)));
}

function updateOptions(exchange: Exchange, field: FieldRecord): readonly FieldOption[] {
  const { account } = exchange;
  const wanted = new Map(parsed(optionChanges, jsonBody(exchange)).map(({ id, label }) => [id, label]));
  assertOptions(field, [...wanted.keys()]);
  const sec = nowSec(account);
  const options = (field.options ?? []).map((option) => {
    const label = wanted.get(option.id as number);
    return label === undefined ? option : { ...option, label, updatedSec: sec };
  });
  account.state.keep(account.state.fields, { ...field, options });
  return options.filter((option) => wanted.has(option.id as number));
}

function removeOptions(exchange: Exchange, field: FieldRecord): readonly FieldOption[] {
  const gone = new Set(parsed(optionRemovals, jsonBody(exchange)).map(({ id }) => id));
  assertOptions(field, [...gone]);
  const { state } = exchange.account;
  state.keep(state.fields, {
    ...field,
    options: (field.options ?? []).filter((option) => !gone.has(option.id as number)),
  });
  return (field.options ?? []).filter((option) => gone.has(option.id as number));
}

function assertOptions(field: FieldRecord, ids: readonly number[]): void {
  const known = new Set((field.options ?? []).map((option) => option.id));
  const missing = ids.filter((each) => !known.has(each));
  if (missing.length > 0)
    throw badRequest(`Options ${missing.join(', ')} do not exist in field ${field.code}`);
}

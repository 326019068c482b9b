import { z } from 'zod';
import { type Account, isLive, nowSec } from './account.ts';
import { CREATABLE_TYPES } from './builtin-fields.ts';
import { done, type Exchange, type Handler, looseBody, pathId } from './exchange-context.ts';
import { createField, newOption, removeField } from './fields.ts';
import { offsetPage } from './offset.ts';
import { OPTIONS_PER_FIELD } from './plans.ts';
import type { FieldEntity, FieldOption, FieldRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { requiredText } from './schemas.ts';
import { looseId, parsedV1 } from './v1-body.ts';
import { fieldsOf, listedFields, v1FieldView } from './v1-fields.ts';

const fresh = z.strictObject({ label: requiredText });
const either = z.strictObject({ id: looseId.optional(), label: requiredText });
const creation = z.strictObject({
  name: requiredText,
  field_type: z.enum(CREATABLE_TYPES),
  options: z.array(fresh).optional(),
  add_visible_flag: z.boolean().optional(),
});
const change = z.strictObject({
  name: requiredText.optional(),
  options: z.array(either).optional(),
  add_visible_flag: z.boolean().optional(),
});

/** The body; options may come as JSON text within it (published: "a JSON-encoded sequential array of objects"). */
function bodyOf(exchange: Exchange): unknown {
  const body = looseBody(exchange);
  const { options } = (body ?? {}) as { options?: unknown };
  if (typeof options !== 'string') return body;
  try {
    return { ...(body as object), options: JSON.parse(options) };
  } catch {
    throw new Refusal(400, 'options is not valid JSON');
  }
}

function live(exchange: Exchange, entity: FieldEntity): FieldRecord {
  const field = exchange.account.state.fields.get(pathId(exchange));
  if (!field || field.entity !== entity || !isLive(field)) throw new Refusal(404, 'Field not found');
  return field;
}

function customOnly(field: FieldRecord): FieldRecord {
  // INF: as in v2.
  if (!field.custom) throw new Refusal(400, `Field ${field.code} is not a custom field`);
  return field;
}

/** Published: every option that is to stay is given, the old ones with their id; what is missing is gone. */
function optionsAfter(account: Account, field: FieldRecord, given: z.infer<typeof either>[]): FieldOption[] {
  if (!field.options) throw new Refusal(400, `Fields of type ${field.type} have no options`);
  if (given.length === 0) throw new Refusal(400, `Fields of type ${field.type} need options`);
  if (given.length > OPTIONS_PER_FIELD)
    throw new Refusal(400, `A field can have at most ${OPTIONS_PER_FIELD} options`);
  const known = new Map(field.options.map((option) => [option.id, option]));
  const missing = given.find(({ id }) => id !== undefined && !known.has(id));
  if (missing) throw new Refusal(400, `Option ${missing.id} does not exist in field ${field.code}`);
  return given.map(({ id, label }) => {
    const before = id === undefined ? undefined : known.get(id);
    if (!before) return newOption(account, label);
    return before.label === label ? before : { ...before, label, updatedSec: nowSec(account) };
  });
}

function update(exchange: Exchange, entity: FieldEntity): FieldRecord {
  const field = customOnly(live(exchange, entity));
  const given = parsedV1(change, bodyOf(exchange));
  const { account } = exchange;
  return account.state.keep(account.state.fields, {
    ...field,
    name: given.name ?? field.name,
    options: given.options ? optionsAfter(account, field, given.options) : field.options,
  });
}

/** The handlers of one entity's fields in v1. */
function v1FieldHandlers(
  entity: FieldEntity,
): Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove' | 'removeMany', Handler>> {
  const shown = ({ account }: Exchange, field: FieldRecord, status = 200) =>
    done(v1FieldView(account, field, fieldsOf(account, entity).indexOf(field) + 1), status);
  return {
    list: (exchange) =>
      listedFields(exchange, offsetPage(exchange.account, exchange.call, fieldsOf(exchange.account, entity))),
    get: (exchange) => shown(exchange, live(exchange, entity)),
    add(exchange) {
      const { name, field_type, options } = parsedV1(creation, bodyOf(exchange));
      const given = { field_name: name, field_type, ...(options ? { options } : {}) };
      // Published so: 201 for products alone.
      return shown(exchange, createField(exchange.account, entity, given), entity === 'product' ? 201 : 200);
    },
    update: (exchange) => shown(exchange, update(exchange, entity)),
    remove(exchange) {
      const field = customOnly(live(exchange, entity));
      removeField(exchange.account, field);
      return done({ id: field.id });
    },
    /** INF: what is no live custom field of the entity is left out. */
    removeMany({ account, call }) {
      const ids = (call.query.get('ids') ?? '').split(',').map((part) => part.trim());
      if (!ids.every((each) => /^\d{1,15}$/.test(each)))
        throw new Refusal(400, 'ids must be integers separated by commas');
      const wanted = new Set(ids.map(Number));
      const gone = fieldsOf(account, entity).filter(({ id, custom }) => custom && wanted.has(id));
      for (const field of gone) removeField(account, field);
      return done({ id: gone.map(({ id }) => id) });
    },
  };
}

/** Where the fields of one entity lie in v1. */
function routesOf(
  entity: 'deal' | 'person' | 'organization' | 'product',
): readonly (readonly [string, Handler])[] {
  const { list, get, add, update: put, remove, removeMany } = v1FieldHandlers(entity);
  const path = `/${entity}Fields`;
  return [
    [`v1 GET ${path}`, list],
    [`v1 POST ${path}`, add],
    [`v1 DELETE ${path}`, removeMany],
    [`v1 GET ${path}/{id}`, get],
    [`v1 PUT ${path}/{id}`, put],
    [`v1 DELETE ${path}/{id}`, remove],
  ];
}

/** Operations on the fields of the four entities that have custom ones. */
export const V1_FIELD_ROUTES: readonly (readonly [string, Handler])[] = [
  ...routesOf('deal'),
  ...routesOf('person'),
  ...routesOf('organization'),
  ...routesOf('product'),
];

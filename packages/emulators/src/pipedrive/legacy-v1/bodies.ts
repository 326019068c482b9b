import type { Account } from '../account.ts';
import type { FieldEntity, FieldRecord } from '../records.ts';
import { Refusal } from '../refusal.ts';

/** How a value of a v1 body becomes one of a v2 body. v1 took numbers and flags as texts, too. */
export type Reading =
  | 'same'
  | 'number'
  | 'flag'
  | 'numbers'
  | 'reaches'
  | 'address'
  | 'prices'
  | 'participants'
  | 'attendees';

/** What v1 calls a value: where it goes in a v2 body (null: it is taken and forgotten), and how it reads. */
export type BodyKeys = Readonly<Record<string, readonly [to: string | null, reading: Reading]>>;

type Body = Readonly<Record<string, unknown>>;

/**
 * The v2 body that says what a v1 body says; custom fields are gathered from the root. Throws 400 in the words of v1
 * for keys that nobody knows (seen in live answers).
 */
export function v2Body(
  account: Account,
  entity: FieldEntity | null,
  keys: BodyKeys,
  body: unknown,
): Record<string, unknown> {
  const given = (body ?? {}) as Body;
  if ('id' in given)
    throw new Refusal(400, 'Inserting ID with POST request is not allowed. Please use PUT request.');
  const out: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const key = keys[name];
    const field = entity ? customField(account, entity, name) : undefined;
    if (key) put(out, key, value);
    else if (field) custom[field.code] = customValue(field, given);
    else unknown.push(name);
  }
  if (unknown.length > 0) throw new Refusal(400, `Invalid field(s) in the payload: ${unknown.join(', ')}`);
  return Object.keys(custom).length > 0 ? { ...out, custom_fields: custom } : out;
}

function put(out: Record<string, unknown>, [to, reading]: BodyKeys[string], value: unknown): void {
  if (to === null || to in out) return;
  out[to] = value === null || (value === '' && reading !== 'same') ? null : read(reading, value);
}

function read(reading: Reading, value: unknown): unknown {
  switch (reading) {
    case 'number':
      return asNumber(value);
    case 'flag':
      return [1, '1', true, 'true'].includes(value as never);
    case 'numbers':
      return listOf(value).map(asNumber);
    case 'reaches':
      return reaches(value);
    case 'address':
      return { value: String(value) };
    case 'prices':
      return objects(value).map(({ overhead_cost, notes, ...price }) => ({
        ...price,
        ...(overhead_cost === undefined ? {} : { direct_cost: overhead_cost }),
      }));
    case 'participants':
      return objects(value).map(({ person_id, primary_flag, primary }) => ({
        person_id: asNumber(person_id),
        primary: primary_flag === true || primary === true,
      }));
    case 'attendees':
      return objects(value).map(({ email_address, ...attendee }) => ({ ...attendee, email: email_address }));
    case 'same':
      return value;
  }
}

// What is no number stays what it is: the rules of the entity refuse it.
function asNumber(value: unknown): unknown {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
    ? Number(value)
    : value;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? value.split(',').filter((part) => part !== '') : [value];
}

function objects(value: unknown): readonly Record<string, unknown>[] {
  return (Array.isArray(value) ? value : [value]) as Record<string, unknown>[];
}

/** E-mails and phones: a text, texts, or objects; empty ones are none. */
function reaches(value: unknown): readonly object[] {
  return (Array.isArray(value) ? value : [value])
    .map((one) =>
      typeof one === 'object' && one !== null ? (one as Record<string, unknown>) : { value: one },
    )
    .filter((one) => one.value !== '' && one.value != null);
}

/** The members of a body that are no custom fields, and the custom values, gathered from their parts where they have some. */
export function splitCustom(
  account: Account,
  entity: FieldEntity,
  body: Body,
): { readonly plain: Body; readonly custom: Record<string, unknown> } {
  const plain: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    const field = customField(account, entity, name);
    if (field === undefined) plain[name] = value;
    else {
      const whole = body[field.code];
      const isWhole = typeof whole === 'object' && whole !== null && !Array.isArray(whole);
      custom[field.code] = isWhole ? whole : customValue(field, body);
    }
  }
  return { plain, custom };
}

/** The custom field that a key at the root is about: its code, or a part of its value. */
function customField(account: Account, entity: FieldEntity, name: string): FieldRecord | undefined {
  const field = account.state.fieldsByCode.get(entity)?.get(name.slice(0, 40));
  return field?.custom ? field : undefined;
}

function customValue(field: FieldRecord, given: Body): unknown {
  const value = given[field.code];
  const part = (name: string) => given[`${field.code}_${name}`];
  if (value === null || value === undefined || value === '') return null;
  switch (field.type) {
    case 'set':
      return listOf(value).map(asNumber);
    case 'enum':
    case 'double':
    case 'user':
    case 'org':
    case 'people':
      return asNumber(value);
    case 'monetary':
      return { value: asNumber(value), currency: part('currency') ?? null };
    case 'daterange':
      return { value, until: part('until') };
    case 'time':
      return { value, timezone_id: asNumber(part('timezone_id') ?? null) };
    case 'timerange':
      return { value, until: part('until'), timezone_id: asNumber(part('timezone_id') ?? null) };
    case 'address':
      return { value };
    default:
      return value;
  }
}

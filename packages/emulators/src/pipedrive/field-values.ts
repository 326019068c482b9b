import { z } from 'zod';
import { type Account, isLive, tokenHolder } from './account.ts';
import { findCurrency } from './currencies.ts';
import type { CustomValues, FieldEntity, FieldRecord } from './records.ts';
import { type Complaint, notAllowed, schemaRefusal } from './refusal.ts';
import { address, clock, day, id, shortText } from './schemas.ts';
import { withSeconds } from './times.ts';

/** The most characters of a long text field. */
const LONG_TEXT = 65_535;

const zone = { timezone_id: z.int().nullish(), timezone_name: z.string().nullish() };

/** The form of a value in v2, by field type. Limits of length are published; the texts of refusals are inferred. */
const FORMS: Readonly<Record<string, z.ZodType>> = {
  varchar: shortText,
  varchar_auto: shortText,
  phone: shortText,
  text: z.string().max(LONG_TEXT),
  double: z.number(),
  monetary: z.strictObject({ value: z.number(), currency: z.string().nullish() }),
  enum: id,
  set: z.array(id).min(1, 'must not be empty; send null to clear the field'),
  user: id,
  org: id,
  people: id,
  date: day,
  daterange: z.strictObject({ value: day, until: day }),
  time: z.strictObject({ value: clock, ...zone }),
  timerange: z.strictObject({ value: clock, until: clock, ...zone }),
  address,
};

/**
 * The custom values of a record after a request: `before` with what `given` sets or (null) clears. Throws when one
 * of the keys is no live custom field of the entity, or a value has not the form of its field: nothing is kept then.
 */
export function mergedCustom(
  account: Account,
  entity: FieldEntity,
  before: CustomValues | null,
  given: Readonly<Record<string, unknown>> | null | undefined,
  keyPrefix = 'custom_fields.',
): CustomValues | null {
  if (!given) return before;
  const fields = account.state.fieldsByCode.get(entity);
  const merged: Record<string, unknown> = { ...before };
  const complaints: Complaint[] = [];
  for (const [code, value] of Object.entries(given)) {
    const field = fields?.get(code);
    if (!field?.custom) complaints.push(notAllowed(keyPrefix + code));
    else if (value === null) delete merged[code];
    else {
      const result = storedValue(account, field, value);
      if ('wrong' in result) complaints.push({ key: keyPrefix + code, text: result.wrong });
      else merged[code] = result.value;
    }
  }
  if (complaints.length > 0) throw schemaRefusal(complaints);
  return Object.keys(merged).length === 0 ? null : merged;
}

type Stored = { readonly value: unknown } | { readonly wrong: string };

function storedValue(account: Account, field: FieldRecord, value: unknown): Stored {
  const form = FORMS[field.type];
  if (!form) return { wrong: `fields of type ${field.type} cannot be written` };
  const result = form.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const inside = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    return { wrong: `${inside}${issue?.message ?? 'invalid value'}` };
  }
  return checked(account, field, result.data);
}

function checked(account: Account, field: FieldRecord, value: unknown): Stored {
  const { state } = account;
  switch (field.type) {
    case 'enum':
      return hasOption(field, value) ? { value } : { wrong: `option ${value} does not exist` };
    case 'set': {
      const ids = [...new Set(value as number[])];
      const missing = ids.find((each) => !hasOption(field, each));
      return missing === undefined ? { value: ids } : { wrong: `option ${missing} does not exist` };
    }
    case 'user':
      return state.users.get(value as number) ? { value } : { wrong: `user ${value} does not exist` };
    // INF: that a reference must point to a record that exists.
    case 'org':
      return isLive(state.organizations.get(value as number))
        ? { value }
        : { wrong: `organization ${value} does not exist` };
    case 'people':
      return isLive(state.persons.get(value as number))
        ? { value }
        : { wrong: `person ${value} does not exist` };
    case 'monetary':
      return money(account, value as { value: number; currency?: string | null });
    case 'time':
    case 'timerange':
      return {
        value: timed(
          value as { value: string; until?: string; timezone_id?: number; timezone_name?: string },
        ),
      };
    default:
      return { value };
  }
}

function money(account: Account, given: { value: number; currency?: string | null }): Stored {
  const currency = given.currency ?? tokenHolder(account).currency;
  if (!findCurrency(currency, account)) return { wrong: `currency ${currency} does not exist` };
  return { value: { value: given.value, currency } };
}

function timed(given: {
  value: string;
  until?: string;
  timezone_id?: number | null;
  timezone_name?: string | null;
}): unknown {
  return {
    value: withSeconds(given.value),
    ...(given.until === undefined ? {} : { until: withSeconds(given.until) }),
    timezone_id: given.timezone_id ?? null,
    timezone_name: given.timezone_name ?? null,
  };
}

/** Whether the field has an option with this id. */
export function hasOption(field: FieldRecord, optionId: unknown): boolean {
  return optionSet(field).has(optionId);
}

const optionSets = new WeakMap<FieldRecord, ReadonlySet<unknown>>();

function optionSet(field: FieldRecord): ReadonlySet<unknown> {
  const known = optionSets.get(field);
  if (known) return known;
  const fresh = new Set<unknown>((field.options ?? []).map((option) => option.id));
  optionSets.set(field, fresh);
  return fresh;
}

const ADDRESS_PARTS = [
  'country',
  'admin_area_level_1',
  'admin_area_level_2',
  'locality',
  'sublocality',
  'route',
  'street_number',
  'subpremise',
  'postal_code',
] as const;

/** An address as it reads: every part, those not given as null; null when nothing is known. */
export function addressView(stored: unknown): Readonly<Record<string, unknown>> | null {
  if (stored === null || stored === undefined) return null;
  const given = stored as Record<string, unknown>;
  const view: Record<string, unknown> = { value: given.value ?? null };
  for (const part of ADDRESS_PARTS) view[part] = given[part] ?? null;
  return view;
}

/**
 * The custom fields of a record as they read: every live one, empty ones as null; null on an account that has none.
 * `only` narrows them; `withLabels` turns options into `{ id, label }`.
 */
export function customView(
  account: Account,
  entity: FieldEntity,
  custom: CustomValues | null,
  only: readonly string[] | undefined,
  withLabels: boolean,
): Readonly<Record<string, unknown>> | null {
  const codes = account.state.customCodes.get(entity);
  if (!codes || codes.length === 0) return null;
  const fields = account.state.fieldsByCode.get(entity);
  const view: Record<string, unknown> = {};
  for (const code of codes) {
    if (only && !only.includes(code)) continue;
    const field = fields?.get(code);
    view[code] = field ? valueView(account, field, custom?.[code], withLabels) : null;
  }
  return view;
}

function valueView(account: Account, field: FieldRecord, value: unknown, withLabels: boolean): unknown {
  if (value === undefined || value === null) return null;
  const { state } = account;
  switch (field.type) {
    case 'enum':
      return hasOption(field, value) ? optionView(field, value, withLabels) : null;
    case 'set': {
      const left = (value as number[]).filter((each) => hasOption(field, each));
      return left.length === 0 ? null : left.map((each) => optionView(field, each, withLabels));
    }
    case 'org':
      return isLive(state.organizations.get(value as number)) ? value : null;
    case 'people':
      return isLive(state.persons.get(value as number)) ? value : null;
    case 'address':
      return addressView(value);
    default:
      return value;
  }
}

function optionView(field: FieldRecord, optionId: unknown, withLabel: boolean): unknown {
  if (!withLabel) return optionId;
  return { id: optionId, label: field.options?.find((option) => option.id === optionId)?.label ?? null };
}

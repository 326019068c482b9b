import { type TargetId, targetId } from '../model/key.ts';
import type {
  Address,
  Attendee,
  ContactPoint,
  TargetEntity,
  TargetField,
  TargetRecord,
  TargetValue,
} from '../model/target.ts';
import type { AccountIndex } from './account-index.ts';
import { decimalText } from './decimal.ts';
import { entityPaths } from './paths.ts';
import { idBelow, idParts } from './routes.ts';

/** A JSON object as it came. */
export type WireRecord = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isWireRecord(value: unknown): value is WireRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A record of the account in neutral form: ids of options, stages and types as names, links and users as ids.
 * Members that the answer leaves out (attendees in a plain list) are left out here too; empty ones are null.
 * `parent`: the id of the record it was listed below. Null when it is no record, or one that is marked as deleted.
 */
export function decodeRecord(
  index: AccountIndex,
  entity: TargetEntity,
  wire: unknown,
  parent?: string,
): TargetRecord | null {
  if (!isWireRecord(wire)) return null;
  const id = recordId(entity, wire, parent);
  if (id === null || wire.is_deleted === true || wire.active_flag === false) return null;
  const { builtIn, custom, markerKey } = index.entities[entity];
  const values: Record<string, TargetValue | null> = {};
  for (const field of builtIn) {
    const value = decodeBuiltIn(index, entity, field, wire);
    if (value !== undefined) values[field.name] = value;
  }
  Object.assign(values, linkToParent(entity, id));
  const customFields = entityPaths[entity].form.customFields === 'nested' ? wire.custom_fields : wire;
  const customValues = isWireRecord(customFields) ? customFields : {};
  for (const field of custom) {
    if (customFields !== undefined)
      values[field.name] = decodeValue(index, entity, field, customValue(field, customValues));
  }
  // everybody at an activity: no field of the catalog, but what a person adds must show
  const people = participantsOf(wire.participants);
  if (people !== null) values.participants = people;
  const marker = markerKey === null ? null : customValues[markerKey];
  return {
    entity,
    id,
    values,
    marker: typeof marker === 'string' && marker !== '' ? marker : null,
    updatedAt: timeText(wire.update_time),
  };
}

function partsBeside(key: string, values: WireRecord): (readonly [part: string, value: unknown])[] {
  const start = `${key}_`;
  const beside = Object.keys(values).filter((name) => name.startsWith(start));
  return beside.map((name) => [name.slice(start.length), values[name]]);
}

/** A custom value as v2 lays it out; at the root (leads) its parts may lie beside it, as v1 does (UNC). */
function customValue({ key, type }: TargetField, values: WireRecord): unknown {
  const raw = values[key];
  if (type === 'money' && (typeof raw === 'number' || typeof raw === 'string'))
    return { value: raw, currency: values[`${key}_currency`] };
  if (type === 'address' && typeof raw === 'string' && raw !== '')
    return Object.fromEntries([['value', raw], ...partsBeside(key, values)]);
  if (type === 'options' && typeof raw === 'string' && raw !== '') return raw.split(',').map(Number);
  return raw;
}

/** The id of a record; null when the answer holds none, or the mark is not set. */
function recordId(entity: TargetEntity, wire: WireRecord, parent: string | undefined): TargetId | null {
  const { at } = entityPaths[entity];
  if (at.kind === 'mark' && wire[at.member] !== true) return null;
  const own = idText(wire[at.kind === 'below' ? at.own : 'id']);
  if (own === null || at.kind !== 'below') return own === null ? null : targetId(own);
  const above = parent ?? idText(wire[at.link]);
  return above === null ? null : idBelow(above, own);
}

/** The link that is not in the record because its place says it. */
function linkToParent(entity: TargetEntity, id: TargetId): Readonly<Record<string, string>> {
  const { at } = entityPaths[entity];
  if (at.kind === 'own') return {};
  return { [at.link]: at.kind === 'mark' ? id : idParts(id).parent };
}

/** The person ids of an activity's participants, in order of number. */
function participantsOf(raw: unknown): readonly string[] | null {
  if (!Array.isArray(raw)) return null;
  const ids = raw.map((one) => idText(isWireRecord(one) ? one.person_id : null)).filter((id) => id !== null);
  return ids.sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
}

function decodeBuiltIn(
  index: AccountIndex,
  entity: TargetEntity,
  field: TargetField,
  wire: WireRecord,
): TargetValue | null | undefined {
  const { members, money } = entityPaths[entity].form;
  const raw = wire[members[field.name] ?? field.name];
  if (field.type === 'content') return decodeContent(wire);
  if (raw === undefined) return undefined;
  if (field.type === 'money' && money === 'apart') {
    const amount = numberText(raw);
    return amount === null ? null : { amount, currency: String(wire.currency ?? '') };
  }
  return decodeValue(index, entity, field, raw);
}

function decodeValue(
  index: AccountIndex,
  entity: TargetEntity,
  field: TargetField,
  raw: unknown,
): TargetValue | null {
  if (raw === null || raw === undefined || raw === '') return null;
  switch (field.type) {
    case 'number':
    case 'integer':
      return numberText(raw);
    case 'boolean':
      return raw === true || raw === 1;
    case 'dateTime':
      return timeText(raw);
    case 'time':
    case 'duration':
      return clockText(isWireRecord(raw) ? raw.value : raw);
    case 'user':
    case 'reference':
      return idText(raw);
    case 'option':
      return labelText(index, entity, field, raw);
    case 'options':
      return Array.isArray(raw) ? raw.map((id) => labelText(index, entity, field, id) ?? '') : null;
    case 'stage':
      return index.stageRefs.get(String(raw)) ?? null;
    case 'money':
      return decodeMoney(raw);
    case 'prices':
      return decodePrices(raw);
    case 'address':
      return decodeAddress(raw);
    case 'emails':
    case 'phones':
      return decodePoints(raw);
    case 'attendees':
      return decodeAttendees(raw);
    default:
      return typeof raw === 'string' ? raw : JSON.stringify(raw);
  }
}

/** An id as text: a number, a text, or an object with the id as `value` or `id` (v1 relationships). */
export function idText(raw: unknown): string | null {
  if (typeof raw === 'number') return String(raw);
  if (typeof raw === 'string') return raw === '' ? null : raw;
  return isWireRecord(raw) ? idText(raw.value ?? raw.id) : null;
}

function numberText(raw: unknown): string | null {
  if (typeof raw === 'number') return decimalText(raw);
  return typeof raw === 'string' && raw !== '' ? raw : null;
}

/** RFC 3339 or v1's `2024-05-01 12:00:00` (UTC), to whole seconds. */
export function timeText(raw: unknown): string | null {
  if (typeof raw !== 'string' || raw === '') return null;
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z|\+00:00)?$/.exec(raw);
  return match === null ? raw : `${match[1]}T${match[2]}Z`;
}

/** `15:00:00` is `15:00`; seconds that say something stay. */
function clockText(raw: unknown): string | null {
  if (typeof raw !== 'string' || raw === '') return null;
  return raw.replace(/^(\d{2}:\d{2}):00$/, '$1');
}

/** An option that is not in the catalog (made since it was read) keeps its id. */
function labelText(
  index: AccountIndex,
  entity: TargetEntity,
  field: TargetField,
  raw: unknown,
): string | null {
  const id = idText(raw);
  if (id === null) return null;
  return index.entities[entity].options.get(field.name)?.labelOf.get(id) ?? id;
}

function decodeMoney(raw: unknown): TargetValue | null {
  if (!isWireRecord(raw)) return null;
  const amount = numberText(raw.value ?? raw.amount);
  return amount === null ? null : { amount, currency: String(raw.currency ?? '') };
}

/** One price, or one in each currency. */
function decodePrices(raw: unknown): TargetValue | null {
  const prices = (Array.isArray(raw) ? raw : []).flatMap((one) => {
    const amount = isWireRecord(one) ? numberText(one.price) : null;
    return amount === null ? [] : [{ amount, currency: String((one as WireRecord).currency ?? '') }];
  });
  return prices.length > 1 ? prices : (prices[0] ?? null);
}

function decodeContent(wire: WireRecord): TargetValue | null {
  const sizeBytes = Number(wire.file_size);
  if (typeof wire.name !== 'string' || !Number.isFinite(sizeBytes)) return null;
  return { name: wire.name, sizeBytes, sha256: '', path: '' };
}

function decodeAddress(raw: unknown): Address | null {
  if (typeof raw === 'string') return { value: raw };
  if (!isWireRecord(raw)) return null;
  const part = (name: string) => (typeof raw[name] === 'string' && raw[name] !== '' ? raw[name] : undefined);
  const value = part('value');
  const street = [part('route'), part('street_number')].filter((each) => each !== undefined).join(' ');
  const parts = {
    street: street === '' ? undefined : street,
    city: part('locality'),
    state: part('admin_area_level_1'),
    postalCode: part('postal_code'),
    country: part('country'),
  };
  const filled = Object.entries(parts).filter(([, text]) => text !== undefined);
  if (value === undefined && filled.length === 0) return null;
  return { value: value ?? '', ...Object.fromEntries(filled) };
}

function decodePoints(raw: unknown): readonly ContactPoint[] | null {
  if (!Array.isArray(raw)) return null;
  return raw
    .filter(isWireRecord)
    .filter((point) => typeof point.value === 'string' && point.value !== '')
    .map((point) => ({
      value: String(point.value),
      label: typeof point.label === 'string' ? point.label : '',
      primary: point.primary === true,
    }));
}

function decodeAttendees(raw: unknown): readonly Attendee[] | null {
  if (!Array.isArray(raw)) return null;
  return raw.filter(isWireRecord).map((attendee) => {
    const email = typeof attendee.email === 'string' ? attendee.email : '';
    const { name } = attendee;
    return typeof name === 'string' && name !== '' ? { email, name } : { email };
  });
}

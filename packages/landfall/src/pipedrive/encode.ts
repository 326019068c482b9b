import type { WriteRequest } from '../model/destination.ts';
import { entityTraits } from '../model/entity-table.ts';
import { MigrationError } from '../model/error.ts';
import { markerFieldName } from '../model/key.ts';
import type {
  Address,
  Attendee,
  ContactPoint,
  Money,
  StageRef,
  TargetField,
  TargetValue,
} from '../model/target.ts';
import { type AccountIndex, type EntityIndex, nameKey, stageKey } from './account-index.ts';
import { decimalOf, idNumber } from './decimal.ts';
import { pricesOf } from './normalise.ts';
import { entityPaths, type WireForm } from './paths.ts';

/** A request body: what JSON can hold. */
export type WireBody = Record<string, unknown>;

interface Place {
  readonly request: WriteRequest;
  readonly field: TargetField;
  readonly index: AccountIndex;
}

/**
 * The body of a create or update (v2, or v1 where only that serves the entity), with this account's ids and keys.
 * Throws `refused`, naming field and value's kind, when the account has no such field, option, stage or user id form;
 * `phase-order` when the marker field has not been made yet.
 */
export function encodeBody(index: AccountIndex, request: WriteRequest): WireBody {
  const body: WireBody = {};
  const custom: WireBody = {};
  const entity = index.entities[request.entity];
  for (const [name, value] of Object.entries(request.values)) {
    if (value === null && request.id === undefined) continue;
    const field = entity.byName.get(name);
    if (field === undefined) throw refused(request, `Pipedrive has no field "${name}" there`);
    if (field.settable === 'never') throw refused(request, `"${field.label}" cannot be set through the API`);
    if (field.settable === 'create' && request.id !== undefined) continue; // read-only from then on
    const place = { request, field, index };
    if (field.custom) custom[field.key] = value === null ? null : encodeCustom(place, value);
    else putBuiltIn(body, place, value);
  }
  putMarker(custom, entity, request);
  if (Object.keys(custom).length === 0) return body;
  const nested = entityPaths[request.entity].form.customFields === 'nested';
  return nested ? { ...body, custom_fields: custom } : { ...body, ...custom };
}

/** Updates leave the marker alone: a record that was there before is not ours. */
function putMarker(custom: WireBody, entity: EntityIndex, request: WriteRequest): void {
  const { fieldsOf } = entityTraits[request.entity];
  if (fieldsOf === null || request.id !== undefined || request.marker === '') return;
  if (entity.markerKey === null) {
    throw new MigrationError(
      'phase-order',
      `Pipedrive has no ${fieldsOf} field "${markerFieldName}" yet; without it a lost answer could not be looked up.`,
      { hint: 'Run `landfall configure` first.' },
    );
  }
  custom[entity.markerKey] = request.marker;
}

function putBuiltIn(body: WireBody, place: Place, value: TargetValue | null): void {
  const { request, field } = place;
  const { participant, money, members } = entityPaths[request.entity].form;
  const member = members[field.name] ?? field.name;
  const { at } = entityPaths[request.entity];
  if (at.kind !== 'own' && field.name === at.link) return; // the path says it
  if (field.name === participant) {
    body.participants = value === null ? [] : [{ person_id: encodeId(place, value), primary: true }];
  } else if (field.type === 'money' && money === 'together') {
    body[member] = value === null ? null : encodeAmount(place, value as Money);
  } else if (field.type === 'money') {
    body.value = value === null ? null : encodeNumber(place, (value as Money).amount);
    if (value !== null) body.currency = (value as Money).currency;
  } else if (field.name === 'currency' && 'currency' in body) {
    return; // the amount has named it
  } else {
    body[member] = value === null ? null : encodeValue(place, value);
  }
}

function encodeAmount(place: Place, { amount, currency }: Money): WireBody {
  return { amount: encodeNumber(place, amount), currency };
}

function encodeCustom(place: Place, value: TargetValue): unknown {
  switch (place.field.type) {
    case 'money':
      return { value: encodeNumber(place, (value as Money).amount), currency: (value as Money).currency };
    case 'time':
      return { value: withSeconds(textOf(place, value)) };
    case 'options': {
      const ids = encodeLabels(place, value);
      return ids.length === 0 ? null : ids; // an empty list is an error (facts.md 2.11)
    }
    default:
      return encodeValue(place, value);
  }
}

function encodeValue(place: Place, value: TargetValue): unknown {
  switch (place.field.type) {
    case 'number':
    case 'integer':
      return encodeNumber(place, value);
    case 'boolean':
      if (typeof value !== 'boolean') throw wrongShape(place, 'yes or no');
      return formOf(place).booleans === 'number' ? Number(value) : value;
    case 'dateTime':
      return formOf(place).times === 'v1' ? v1Time(textOf(place, value)) : textOf(place, value);
    case 'user':
    case 'reference':
      return encodeId(place, value);
    case 'option':
      return optionId(place, textOf(place, value));
    case 'options':
      return encodeLabels(place, value);
    case 'stage':
      return encodeStage(place, value as StageRef);
    case 'content':
      return value; // sent as a stream of its bytes
    case 'prices':
      return pricesOf(value).map(({ amount, currency }) => ({
        price: encodeNumber(place, amount),
        currency,
      }));
    case 'address':
      return encodeAddress(value as Address);
    case 'emails':
    case 'phones':
      return (value as readonly ContactPoint[]).map(({ value: point, label, primary }) => ({
        value: point,
        label,
        primary,
      }));
    case 'attendees':
      return (value as readonly Attendee[]).map(({ email, name }) =>
        name === undefined ? { email } : { email, name },
      );
    default:
      return textOf(place, value);
  }
}

function formOf({ request }: Place): WireForm {
  return entityPaths[request.entity].form;
}

function encodeNumber(place: Place, value: TargetValue): number {
  const number = typeof value === 'string' ? decimalOf(value) : null;
  if (number === null) throw wrongShape(place, 'a number');
  if (place.field.type === 'integer' && !Number.isInteger(number)) throw wrongShape(place, 'a whole number');
  return number;
}

function encodeId(place: Place, value: TargetValue): unknown {
  const { references } = place.field;
  // ids without an order are texts (UUIDs)
  if (references !== null && entityPaths[references].age !== 'id') return textOf(place, value);
  const id = typeof value === 'string' ? idNumber(value) : null;
  if (id === null) throw wrongShape(place, 'the id of a record in Pipedrive');
  return id;
}

function encodeLabels(place: Place, value: TargetValue): readonly unknown[] {
  if (!Array.isArray(value)) throw wrongShape(place, 'a list of labels');
  return (value as readonly string[]).map((label) => optionId(place, label));
}

/** Ids of options are whole numbers, those of some built-in fields are words (`open`, `call`). */
function optionId({ request, field, index }: Place, label: string): unknown {
  const table = index.entities[request.entity].options.get(field.name);
  const id = table?.idOf.get(nameKey(label)) ?? (table?.labelOf.has(label) === true ? label : undefined);
  if (id === undefined) {
    throw refused(request, `"${label}" is not an option of "${field.label}" in this account`);
  }
  return idNumber(id) ?? id;
}

function encodeStage({ request, index }: Place, stage: StageRef): unknown {
  const id = index.stageIds.get(stageKey(stage));
  if (id === undefined)
    throw refused(request, `there is no stage "${stage.stage}" in a pipeline "${stage.pipeline}"`);
  return idNumber(id);
}

/** Parts that are unknown are left out: the account gives them as null. */
function encodeAddress(address: Address): WireBody {
  const body: WireBody = { value: address.value };
  if (address.street !== undefined) body.route = address.street;
  if (address.city !== undefined) body.locality = address.city;
  if (address.state !== undefined) body.admin_area_level_1 = address.state;
  if (address.postalCode !== undefined) body.postal_code = address.postalCode;
  if (address.country !== undefined) body.country = address.country;
  return body;
}

function textOf(place: Place, value: TargetValue): string {
  if (typeof value !== 'string') throw wrongShape(place, 'a text');
  return value;
}

function withSeconds(time: string): string {
  return /^\d{2}:\d{2}$/.test(time) ? `${time}:00` : time;
}

/** v1 writes UTC without a zone: `2024-05-01 12:00:00`. */
function v1Time(iso: string): string {
  return iso.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
}

function wrongShape(place: Place, wanted: string): MigrationError {
  return refused(place.request, `"${place.field.label}" takes ${wanted}`);
}

function refused(request: WriteRequest, because: string): MigrationError {
  const record = request.marker === '' ? request.entity : `${request.entity} ${request.marker}`;
  return new MigrationError('refused', `${record}: ${because}.`, { at: record });
}

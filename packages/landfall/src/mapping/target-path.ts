import { type TargetEntity, targetEntities } from '../model/target.ts';
import { type AddressPart, isAddressPart } from './address-text.ts';

/** Where in a field a value goes. */
export type Place =
  | { readonly kind: 'whole' }
  | { readonly kind: 'contact'; readonly label: string }
  | { readonly kind: 'addressPart'; readonly part: AddressPart | 'value' }
  | { readonly kind: 'block'; readonly label: string };

/** A row's `to`, taken apart. */
export interface TargetPath {
  readonly entity: TargetEntity;
  /** `name`, or `custom.<name>`; for a block the html field it stands in. */
  readonly field: string;
  readonly place: Place;
}

/** The field of an entity that bodies lie in, where blocks are put. */
const bodyFields: Readonly<Partial<Record<TargetEntity, string>>> = { activity: 'note', note: 'content' };

/** The field that names a record. */
export const namingFields: Readonly<Partial<Record<TargetEntity, string>>> = {
  organization: 'name',
  person: 'name',
  product: 'name',
  lead: 'title',
  deal: 'title',
  activity: 'subject',
};

/** Fields without which Pipedrive refuses the record. */
export const requiredFields: Readonly<Partial<Record<TargetEntity, string>>> = {
  organization: 'name',
  person: 'name',
  product: 'name',
  lead: 'title',
  deal: 'title',
  note: 'content',
  file: 'content',
};

/** What the reference fields of Pipedrive point to. */
export const referenceFields: Readonly<Record<string, TargetEntity>> = {
  org_id: 'organization',
  person_id: 'person',
  product_id: 'product',
  lead_id: 'lead',
  deal_id: 'deal',
  activity_id: 'activity',
  rel_owner_org_id: 'organization',
  rel_linked_org_id: 'organization',
};

const whole: Place = { kind: 'whole' };
const contactFields = new Set(['emails', 'phones']);
const fieldName = /^[a-z][a-z0-9_]{0,60}$/;

/** Takes `<entity>.<field>[.<part>]` apart; a text says what is wrong with it. */
export function parseTargetPath(to: string): TargetPath | string {
  const dot = to.indexOf('.');
  const entity = to.slice(0, Math.max(0, dot));
  if (!isTargetEntity(entity)) {
    return `"${to}" does not start with an entity: use <entity>.<field>, with one of ${targetEntities.join(', ')}`;
  }
  const rest = to.slice(dot + 1);
  const [field = ''] = rest.split('.', 1);
  const part = rest.length > field.length ? rest.slice(field.length + 1) : null;
  if (!fieldName.test(field) || part === '') return `"${to}" names no field: use <entity>.<field>[.<part>]`;
  return withPart(to, entity, field, part);
}

function withPart(to: string, entity: TargetEntity, field: string, part: string | null): TargetPath | string {
  if (field === 'custom') {
    if (part === null) return `"${to}" names no custom field: use ${entity}.custom.<name>`;
    return { entity, field: `custom.${part}`, place: whole };
  }
  if (field === 'block') return blockPath(to, entity, part);
  if (entity === 'person' && contactFields.has(field)) {
    return { entity, field, place: { kind: 'contact', label: part ?? 'work' } };
  }
  if (part === null) return { entity, field, place: whole };
  if (isAddressPart(part) || part === 'value') return { entity, field, place: { kind: 'addressPart', part } };
  return `"${to}" has a part that ${entity}.${field} does not have: "${part}"`;
}

function blockPath(to: string, entity: TargetEntity, part: string | null): TargetPath | string {
  const body = bodyFields[entity];
  if (body === undefined) {
    return `"${to}": ${entity} has no body for a block; make a note of it (a further entity mapping with a part)`;
  }
  if (part === null) return `"${to}" needs a label: ${entity}.block.<Label>`;
  return { entity, field: body, place: { kind: 'block', label: part } };
}

function isTargetEntity(name: string): name is TargetEntity {
  return (targetEntities as readonly string[]).includes(name);
}

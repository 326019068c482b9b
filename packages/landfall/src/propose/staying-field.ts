import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import { shownTexts } from './date-reading.ts';
import { besideReferences } from './field-beside.ts';
import type { ProposalInput } from './proposal.ts';
import type { ProposalTemplate } from './proposal-template.ts';

const guid = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
const plainId = /^\d{1,20}$/;

/** The field that holds the ids of the entity's own records; null when none does. */
export function ownId(entity: SourceEntity): SourceField | null {
  const ids = entity.fields.filter(({ type, filled }) => type === 'id' && filled > 0);
  const telling = ids.filter(({ filled, distinct }) => distinct >= Math.min(filled, 1_000) * 0.9);
  return telling.find(({ standard }) => standard !== null) ?? telling[0] ?? ids[0] ?? null;
}

/** Whether a field is the id of its records and others name them by it: relations that stay as ids need it. */
export function isNamedElsewhere(entity: SourceEntity, catalog: SourceCatalog, field: SourceField): boolean {
  if (field !== ownId(entity)) return false;
  return catalog.entities.some(
    (other) =>
      other !== entity &&
      other.fields.some(({ references, filled }) => filled > 0 && references?.includes(entity.name)),
  );
}

/** Whether the values of a field are ids that no two tables share. */
export function holdsUniqueIds(field: SourceField): boolean {
  return everyShown(field, (text) => guid.test(text));
}

function holdsBareIds(field: SourceField): boolean {
  return everyShown(field, (text) => guid.test(text) || plainId.test(text));
}

function everyShown(field: SourceField, is: (text: string) => boolean): boolean {
  const texts = shownTexts(field).slice(0, 20);
  return texts.length > 0 && texts.every((text) => is(text.trim()));
}

/** What the template says about leaving a field; `*` stands for every entity. null: nothing. */
function saidToStay(template: ProposalTemplate, entity: SourceEntity, field: SourceField): string | null {
  const said = template.leave?.find(
    (left) =>
      left.when === undefined &&
      (left.entity === entity.name || left.entity === '*') &&
      (left.field === field.standard || left.field === field.name),
  );
  return said?.why ?? null;
}

/** Why a field that no rule reads stays behind without a question; null when only a person can say. */
export function whyItStays(
  { template, catalog }: ProposalInput,
  entity: SourceEntity,
  field: SourceField,
): string | null {
  if (field.filled === 0) return `empty in all ${entity.count.value} records`;
  const said = saidToStay(template, entity, field);
  if (said !== null) return said;
  if (field.type === 'id') return 'an id of the source that no rule uses';
  const labels = labelsBeside(entity, field);
  if (labels !== null) return `"${labels.name}" says in words what the code means`;
  if (field.type === 'file') return 'a file: only a rule for files can move it';
  const owner = ownerBehind(entity, field);
  if (owner !== null) return `it is the id of the owner that "${owner.name}" names`;
  const beside = besideReferences(entity, catalog);
  if ([...beside.types.values()].includes(field)) return 'it says only which table a reference leads to';
  return field.type === 'reference' ? whyReferenceStays(field, beside.names.get(field) ?? null) : null;
}

/** The choice whose codes a field holds: it goes by the choice's name and `Code`. */
function labelsBeside(entity: SourceEntity, { name }: SourceField): SourceField | null {
  const choice = name.endsWith(' Code') ? name.slice(0, -' Code'.length) : null;
  const found = entity.fields.find((field) => field.name === choice && field.filled > 0);
  return found?.type === 'choice' || found?.type === 'choices' ? found : null;
}

/** The owner field whose id a reader keeps beside it: `Owner` of `Owner ID`. */
function ownerBehind(entity: SourceEntity, field: SourceField): SourceField | null {
  const name = /^(.+?)[ _]?id$/i.exec(field.name)?.[1];
  if (name === undefined || field.type === 'owner') return null;
  return entity.fields.find((other) => other.type === 'owner' && other.name === name) ?? null;
}

function whyReferenceStays(field: SourceField, name: SourceField | null): string | null {
  if (name !== null && name.filled > 0) return `"${name.name}" says in words whom it names`;
  const known = (field.references ?? []).length > 0;
  return known && holdsBareIds(field)
    ? `it names records of ${field.references?.join(', ')} by ids that say nothing outside the source`
    : null;
}

import { entityTraits } from '../model/entity-table.ts';
import type { EntityMapping, Gather, MappingRow, NewField, TransformCall } from '../model/mapping.ts';
import type { SourceField } from '../model/source.ts';
import { currencyBeside } from './currency-beside.ts';
import { customTypeOf } from './custom-type.ts';
import { labelOf } from './field-label.ts';
import { nameAbove } from './field-names.ts';
import { whyBookkeeping } from './flat-bookkeeping.ts';
import {
  type AddedAbove,
  type FlatEntity,
  type FlatField,
  type Flattened,
  flatProposal,
  type RowAbove,
  stays,
  whyFlat,
  whyNotFlat,
} from './flat-entity.ts';
import { noteLinks, type Tie } from './nearest-parent.ts';
import { isNamedElsewhere, ownId } from './staying-field.ts';
import { completeCall } from './transform-call.ts';

/** Between the values of several records in one field (O-26(b): pipe-delimited). */
export const listSeparator = ' | ';

/** What one field of the table becomes above. */
interface Made extends FlatField {
  readonly row: RowAbove | null;
  readonly newFields: readonly NewField[];
  readonly line: MappingRow | null;
}

/**
 * Brings records up to their nearest record: one for one as typed fields, with long texts and several options in a
 * note (D-27(d), D-27(e), O-26(a)); several for one as fields that hold all their values (O-05).
 */
export function asFields(flat: FlatEntity): Flattened {
  const made = flat.entity.fields.map((field) => madeOf(flat, field));
  const rows = made.flatMap(({ row }) => row ?? []);
  const newFields = made.flatMap((one) => one.newFields);
  const lines = made.flatMap(({ line }) => line ?? []);
  const own = flatProposal(flat, made, { entities: [], newFields });
  if (rows.length > 0 || lines.length > 0) return { own, above: addedAbove(flat, rows, lines) };
  const why = `none of its fields says anything of a ${flat.holder}`;
  return { own: { ...own, left: [{ entity: flat.entity.name, field: '*', why }] }, above: [] };
}

/** What each entity needs that the nearest reference leads to: its rows, and a note where there are lines for one. */
export function addedAbove(
  flat: FlatEntity,
  rows: readonly RowAbove[],
  lines: readonly MappingRow[],
): readonly AddedAbove[] {
  return tiesOfNearest(flat).map((tie) => {
    const { parent, holders, onlyIf, field } = tie;
    const when = onlyIf === null ? {} : { when: onlyIf };
    const gather: Gather = { from: flat.entity.name, by: field.name, as: nameOfGather(flat), ...when };
    const note = lines.length === 0 ? null : noteAbove(flat, tie, gather, lines);
    return { parent: parent.name, holders, gather, rows, note };
  });
}

/** A reference may lead to several entities: all of them take values. */
function tiesOfNearest({ ties, nearest }: FlatEntity): readonly Tie[] {
  return ties.filter(({ field }) => field === nearest.field);
}

/** The name that the fields of these records go by above. */
export function nameOfGather({ entity }: FlatEntity): string {
  return entity.name.replace(/[.\s]+/g, '_');
}

/** The entities whose custom fields take the values. */
export function fieldOwners(flat: FlatEntity): readonly NewField['entity'][] {
  const holders = tiesOfNearest(flat).flatMap((tie) => tie.holders);
  const owners = holders.map((holder) => entityTraits[holder].fieldsOf);
  return [...new Set(owners)].filter((owner) => owner !== null);
}

function madeOf(flat: FlatEntity, field: SourceField): Made {
  const nothing = { row: null, newFields: [], line: null };
  if (field === flat.nearest.field) {
    const evidence = `leads to the ${flat.holder} that takes the values`;
    return { ...nothing, field, target: null, left: false, evidence };
  }
  if (isNamedElsewhere(flat.entity, flat.input.catalog, field))
    return inField(flat, field, flat.nearest.field.mostForOne === 1);
  const why =
    whyNotFlat(flat, field) ?? whyUnreadable(field) ?? whyBookkeeping(flat.entity, flat.input.catalog, field);
  if (why !== null) return { ...nothing, ...stays(field, why) };
  const isOne = flat.nearest.field.mostForOne === 1;
  if (isOne && isFreeform(flat, field) && canNote(flat)) return inNote(flat, field);
  return inField(flat, field, isOne);
}

/** The number of gathered records has this name. */
function whyUnreadable({ name }: SourceField): string | null {
  return name === 'count'
    ? 'its name stands for the number of records: rename it in the source to move it'
    : null;
}

/** Several options and long texts (D-27(e)). */
function isFreeform({ entity, input }: FlatEntity, field: SourceField): boolean {
  if (field.type === 'choices' || field.type === 'tags') return true;
  return customTypeOf(entity, field, [], input.limits ?? null).type === 'text';
}

/** A note of the record above names that record by its own id. */
function canNote(flat: FlatEntity): boolean {
  return tiesOfNearest(flat).every(
    ({ parent, holders }) =>
      holders.some((holder) => noteLinks[holder] !== undefined) && ownId(parent) !== null,
  );
}

function inNote(flat: FlatEntity, field: SourceField): Made {
  const to = `note.block.${nameAbove(flat.entity.label, labelOf(field))}`;
  const via: TransformCall[] = field.type === 'html' ? ['first', { html: { mode: 'text' } }] : ['first'];
  const line: MappingRow = { to, from: `${nameOfGather(flat)}.${field.name}`, via, why: whyFlat(flat) };
  const evidence = `long texts and several options stand in a note of the ${flat.holder}`;
  return { field, target: to, left: false, evidence, row: null, newFields: [], line };
}

function inField(flat: FlatEntity, field: SourceField, isOne: boolean): Made {
  const { entity, input, names, readings } = flat;
  const one = customTypeOf(entity, field, [], input.limits ?? null);
  const type = isOne ? one.type : 'text';
  const because = isOne ? one.because : 'a text with the values of all its records';
  const via: readonly TransformCall[] = isOne
    ? ['first', ...one.via.map((call) => completeCall(call, readings.formOf(field)))]
    : ['distinct', { join: { with: listSeparator } }];
  const owners = fieldOwners(flat);
  const label = field === ownId(entity) ? 'ID' : labelOf(field);
  const name = names.give(nameAbove(entity.label, label), owners, type, entity.name);
  return {
    field,
    target: `custom:${type}`,
    left: false,
    evidence: `${because}; a field "${name}" of the ${flat.holder}`,
    row: { name, from: readAbove(flat, field, isOne), via, why: whyFlat(flat) },
    newFields: owners.map((owner) => ({ entity: owner, name, type, why: one.upgrade ?? because })),
    line: null,
  };
}

/** The names that a field goes by above; an amount is read with its currency. */
function readAbove(flat: FlatEntity, field: SourceField, isOne: boolean): string | readonly string[] {
  const currency = isOne ? currencyBeside(flat.entity, field) : null;
  const names = [field, ...(currency === null ? [] : [currency])].map(
    ({ name }) => `${nameOfGather(flat)}.${name}`,
  );
  return names.length === 1 ? (names[0] ?? '') : names;
}

/** A further draft of the record above: it is made only where one of the lines says something. */
function noteAbove(
  flat: FlatEntity,
  { parent, holders }: Tie,
  gather: Gather,
  lines: readonly MappingRow[],
): EntityMapping {
  const id = ownId(parent);
  const by = id?.standard ?? id?.name ?? '';
  const reference = { source: parent.name, by: { [by]: ['id'] }, whenMissing: 'leave' };
  const links = holders.flatMap((holder): MappingRow[] => {
    const link = noteLinks[holder];
    const why = `a note of the ${holder}`;
    return link === undefined ? [] : [{ to: `note.${link}`, via: [{ reference }], why }];
  });
  return {
    from: parent.name,
    to: 'note',
    part: gather.as,
    gather: [gather],
    rows: [...lines, ...links],
    why: `what no field takes of the table ${flat.entity.label}`,
  };
}

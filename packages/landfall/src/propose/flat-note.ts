import type { EntityMapping, MappingRow, TransformCall } from '../model/mapping.ts';
import type { SourceField } from '../model/source.ts';
import { labelOf } from './field-label.ts';
import {
  type FlatEntity,
  type FlatField,
  type Flattened,
  flatProposal,
  isTime,
  stays,
  whyFlat,
  whyNotFlat,
} from './flat-entity.ts';
import { type Holder, noteLinks, type Tie } from './nearest-parent.ts';
import { isNamedElsewhere } from './staying-field.ts';
import { completeCall } from './transform-call.ts';

/** A structured note for each record, a labelled line for each field, on all it leads to (D-27(e), D-04). */
export function asNotes(flat: FlatEntity): Flattened {
  const { entity } = flat;
  const created =
    entity.fields.find((field) => whyNotFlat(flat, field) === null && isTime(field, 'created')) ?? null;
  const linked = linkedTies(flat.ties);
  const fields = entity.fields.map((field) => fieldOf(flat, field, created, linked));
  const lines = fields.flatMap(({ field, target }): MappingRow[] =>
    target?.startsWith('note.block.') ? [lineRow(flat, field, target)] : [],
  );
  const mapping: EntityMapping = {
    from: entity.name,
    to: 'note',
    rows: [
      { to: 'note.block.Record', value: entity.label, why: 'tells what the note is about' },
      ...lines,
      ...(created === null ? [] : [timeRow(flat, created)]),
      ...linked.map(({ tie, holder }) => linkRow(tie, holder)),
    ],
    why: whyFlat(flat),
  };
  return { own: flatProposal(flat, fields, { entities: [mapping], newFields: [] }), above: [] };
}

interface Linked {
  readonly tie: Tie;
  readonly holder: Holder;
}

/** A note has one link of each kind: the nearest reference takes it. */
function linkedTies(ties: readonly Tie[]): readonly Linked[] {
  const taken = new Set<Holder>();
  return ties.flatMap((tie) =>
    tie.holders.flatMap((holder) => {
      if (noteLinks[holder] === undefined || taken.has(holder)) return [];
      taken.add(holder);
      return [{ tie, holder }];
    }),
  );
}

function fieldOf(
  flat: FlatEntity,
  field: SourceField,
  created: SourceField | null,
  linked: readonly Linked[],
): FlatField {
  const link = linked.find(({ tie }) => tie.field === field);
  if (link !== undefined) {
    const target = `note.${noteLinks[link.holder]}`;
    return { field, target, evidence: `links the note with its ${link.holder}`, left: false };
  }
  if (field === created)
    return { field, target: 'note.add_time', evidence: 'when the record was made', left: false };
  const isNamed = isNamedElsewhere(flat.entity, flat.input.catalog, field);
  const why = isNamed ? null : whyNotFlat(flat, field);
  if (why !== null) return stays(field, why);
  const target = `note.block.${isNamed ? 'ID' : labelOf(field)}`;
  return { field, target, evidence: 'a labelled line of the note', left: false };
}

function lineRow(flat: FlatEntity, field: SourceField, to: string): MappingRow {
  const via: readonly TransformCall[] = field.type === 'html' ? [{ html: { mode: 'text' } }] : [];
  return { to, from: field.name, ...(via.length === 0 ? {} : { via }), why: whyFlat(flat) };
}

function timeRow({ readings }: FlatEntity, field: SourceField): MappingRow {
  const via = [completeCall('dateTime', readings.formOf(field))];
  return { to: 'note.add_time', from: field.name, via, why: 'when the record was made' };
}

function linkRow({ field, parent, onlyIf }: Tie, holder: Holder): MappingRow {
  const reference = { source: parent.name, by: { [field.name]: ['id'] }, whenMissing: 'leave' };
  const condition = onlyIf === null ? {} : { onlyIf };
  return {
    to: `note.${noteLinks[holder]}`,
    via: [{ reference }],
    ...condition,
    why: `a note of the ${holder}`,
  };
}

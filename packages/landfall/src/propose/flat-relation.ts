import type { NewField } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import { besideReferences } from './field-beside.ts';
import { findEntity } from './field-index.ts';
import {
  type FlatEntity,
  type FlatField,
  type Flattened,
  flatProposal,
  type RowAbove,
  stays,
  whyFlat,
} from './flat-entity.ts';
import { addedAbove, fieldOwners, listSeparator, nameOfGather } from './flat-fields.ts';
import { ownId } from './staying-field.ts';

/** Between ids of one field (O-26(b)). */
const idSeparator = '|';

/** The two references of an entity that says only which records belong together; null when it says more. */
export function relationOf(
  entity: SourceEntity,
  catalog: SourceCatalog,
): readonly [SourceField, SourceField] | null {
  const references = entity.fields.filter(
    ({ type, references: to, filled }) => type === 'reference' && filled > 0 && (to ?? []).length > 0,
  );
  const [first, second, third] = references;
  if (first === undefined || second === undefined || third !== undefined) return null;
  const { names, types } = besideReferences(entity, catalog);
  const beside = [...names.values(), ...types.values()];
  const own = ownId(entity);
  const isBare = entity.fields.every(
    (field) =>
      field.filled === 0 ||
      references.includes(field) ||
      field === own ||
      field.type === 'id' ||
      beside.includes(field),
  );
  return isBare ? [first, second] : null;
}

/** N:N: the ids of the other records in one field of the nearest, their names in another (O-26(b)). */
export function asRelation(flat: FlatEntity, ends: readonly [SourceField, SourceField]): Flattened {
  const { input, entity, nearest, names, holder } = flat;
  const other = ends[0] === nearest.field ? ends[1] : ends[0];
  const name = besideReferences(entity, input.catalog).names.get(other);
  const owners = fieldOwners(flat);
  const label = otherLabel(flat, other);
  const rows: RowAbove[] = [];
  const newFields: NewField[] = [];
  const field = (from: SourceField, wanted: string, between: string, why: string): FlatField => {
    const given = names.give(wanted, owners, 'text', entity.label);
    const via = ['distinct', { join: { with: between } }];
    rows.push({ name: given, from: `${nameOfGather(flat)}.${from.name}`, via, why: whyFlat(flat) });
    newFields.push(...owners.map((owner) => ({ entity: owner, name: given, type: 'text' as const, why })));
    return {
      field: from,
      target: 'custom:text',
      evidence: `${why}; a field "${given}" of the ${holder}`,
      left: false,
    };
  };
  const fields = entity.fields.map((from): FlatField => {
    if (from === nearest.field) {
      return {
        field: from,
        target: null,
        evidence: `leads to the ${holder} that takes the values`,
        left: false,
      };
    }
    if (from === other) return field(from, `${label} IDs`, idSeparator, 'the ids of all it belongs with');
    if (from === name && from.filled > 0) {
      return field(from, `${label} names`, listSeparator, 'the names of all it belongs with');
    }
    return stays(
      from,
      from.filled === 0 ? `empty in all ${entity.count.value} records` : 'the relation says no more',
    );
  });
  const own = flatProposal(flat, fields, { entities: [], newFields });
  return { own, above: addedAbove(flat, rows, []) };
}

function otherLabel({ input, entity }: FlatEntity, other: SourceField): string {
  const [name = ''] = other.references ?? [];
  return findEntity(input.catalog, name)?.label ?? entity.label;
}

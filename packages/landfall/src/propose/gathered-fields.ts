import type { EntityMapping, Gather } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import { conditionsOf, findEntity, findField, settleConditions } from './field-index.ts';
import { type Readings, readingsOf } from './field-readings.ts';
import type { ProposalInput } from './proposal.ts';
import type { ValueForm } from './template-rows.ts';

/** An entity as the rows of a template see it: with the fields of the records they gather. */
export interface EntityWithGathered {
  readonly entity: SourceEntity;
  formOf(field: SourceField): ValueForm;
  /** The mapping with what this account leaves of the conditions of its gathers. */
  settled(mapping: EntityMapping): EntityMapping;
}

/** Adds the fields of gathered records as `<as>.<Field>`, and their number; those this account does not have are not there. */
export function withGathered(
  input: ProposalInput,
  entity: SourceEntity,
  readings: Readings,
): EntityWithGathered {
  const forms = new Map<SourceField, ValueForm>();
  const fields: SourceField[] = [...entity.fields];
  for (const gather of gathersOf(input, entity)) {
    const below = entityBelow(input.catalog, gather);
    if (below === null) continue;
    const own = readingsOf(input, below);
    for (const field of below.fields) {
      const seen = seenAs(gather, field);
      fields.push(seen);
      forms.set(seen, own.formOf(field));
    }
    fields.push(numberOf(gather, below));
  }
  return {
    entity: fields.length === entity.fields.length ? entity : { ...entity, fields },
    formOf: (field) => forms.get(field) ?? readings.formOf(field),
    settled: (mapping) => settled(input.catalog, mapping),
  };
}

function settled(catalog: SourceCatalog, mapping: EntityMapping): EntityMapping {
  if (mapping.gather === undefined) return mapping;
  const gather = mapping.gather.map(({ when, ...one }) => {
    const below = findEntity(catalog, one.from);
    const open = below === null ? [] : settleConditions(conditionsOf(when), below);
    return open === 'never' || open.length === 0 ? one : { ...one, when: open };
  });
  return { ...mapping, gather };
}

function gathersOf({ template }: ProposalInput, entity: SourceEntity): readonly Gather[] {
  const all = template.entities
    .filter(({ from }) => from === entity.name)
    .flatMap(({ gather }) => gather ?? []);
  return [...new Map(all.map((gather) => [gather.as, gather])).values()];
}

/** null: the account has no such records, nothing in them names the record above, or none can be wanted. */
function entityBelow(catalog: SourceCatalog, { from, by, when }: Gather): SourceEntity | null {
  const below = findEntity(catalog, from);
  if (below === null) return null;
  const link = findField(below, by);
  const isRead = link !== null && link.filled > 0 && settleConditions(conditionsOf(when), below) !== 'never';
  return isRead ? below : null;
}

function seenAs({ as }: Gather, field: SourceField): SourceField {
  const standard = field.standard === null ? null : `${as}.${field.standard}`;
  return { ...field, name: `${as}.${field.name}`, standard };
}

function numberOf({ as }: Gather, { count }: SourceEntity): SourceField {
  return {
    name: `${as}.count`,
    standard: null,
    type: 'number',
    evidence: '',
    filled: count.value,
    distinct: 0,
    samples: [],
    values: [],
    format: null,
    formats: [],
    sensitive: false,
  };
}

import type { SourceEntity, SourceField } from '../model/source.ts';
import { type DateFormats, dateFormatsOf } from './date-question.ts';
import type { ProposalInput } from './proposal.ts';
import { sensitivityOf } from './sensitive-values.ts';
import { routeTags, type TagRoute } from './tags.ts';
import type { ValueForm } from './template-rows.ts';
import { decimalSignOf } from './value-form.ts';

/** What is known of the values of one entity's fields, each asked for once. */
export interface Readings {
  readonly dates: ReadonlyMap<SourceField, DateFormats>;
  readonly tags: ReadonlyMap<SourceField, TagRoute>;
  formOf(field: SourceField): ValueForm;
}

/** Reads how the values of an entity's fields are written, and what its tags are. */
export function readingsOf(input: ProposalInput, entity: SourceEntity): Readings {
  const dates = new Map(
    entity.fields
      .filter(({ type, filled }) => (type === 'date' || type === 'dateTime') && filled > 0)
      .map((field) => [field, dateFormatsOf(entity, field, input.policies, input.decisions)]),
  );
  const tags = new Map(
    entity.fields
      .filter(({ type, filled, standard }) => type === 'tags' && filled > 0 && standard !== null)
      .map((field) => [field, routeTags(entity, field, input.policies, input.decisions)]),
  );
  const formOf = (field: SourceField) => ({
    dateFormats: dates.get(field)?.formats ?? [],
    decimal: decimalSignOf(field, input.policies.country)?.sign ?? null,
  });
  return { dates, tags, formOf };
}

/** What discovery or the values say; standard fields hold what their name says. */
export function isSensitive(field: SourceField): boolean {
  return field.sensitive || (field.standard === null && sensitivityOf(field) !== null);
}

import type { SourceEntity, SourceField } from '../model/source.ts';
import type { Proposal } from './proposal.ts';
import { custom, entity, field } from './proposal-fixture.ts';

const deals = entity('deals', [field('Deal ID', { type: 'id' }), field('Deal Name')]);
const contacts = entity('contacts', [field('Contact ID', { type: 'id' }), field('Full Name')]);
const companies = entity('companies', [field('Company ID', { type: 'id' }), field('Company Name')]);
/** Tables that the template moves. */
export const standard = [companies, contacts, deals];

/** A reference as a reader of an API gives it. */
export function reference(
  name: string,
  to: string | readonly string[],
  mostForOne: number,
  more: Partial<SourceField> = {},
) {
  const samples = ['7d9f2d1e-0c1b-4b52-9a3e-2f6f0a1b2c3d'];
  return custom(name, { type: 'reference', references: [to].flat(), mostForOne, samples, ...more });
}

/** A table of the account's own, called Contract unless said otherwise. */
export function table(
  name: string,
  fields: readonly SourceField[],
  more: Partial<SourceEntity> = {},
): SourceEntity {
  return {
    ...entity(name, [custom('Row ID', { type: 'id' }), ...fields]),
    label: 'Contract',
    custom: true,
    ...more,
  };
}

/** The mappings of a source entity. */
export function mappingFrom(proposal: Proposal, from: string, to?: string) {
  return proposal.mapping.entities.filter((one) => one.from === from && (to === undefined || one.to === to));
}

/** The answers to the first question about such a table, the default with a star. */
export function choices(proposal: Proposal) {
  const [question] = proposal.questions.filter(({ kind }) => kind === 'custom-entity');
  return question?.choices.map(({ id, default: usual }) => `${id}${usual ? '*' : ''}`);
}

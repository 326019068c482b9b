import { describe, expect, it } from 'vitest';
import { choices, mappingFrom, reference, standard, table } from './flat-fixture.ts';
import { custom, propose } from './proposal-fixture.ts';

describe('relations of two records (O-26(b))', () => {
  const relation = table('deal_contact', [
    reference('Contact ID', 'contacts', 3),
    custom('Contact', { samples: ['Ada'] }),
    reference('Deal ID', 'deals', 4),
    custom('Deal Name', { samples: ['Acme'] }),
  ]);

  it('ids stand pipe-delimited in a field of the nearest, readable names in another', () => {
    const proposal = propose([...standard, relation]);
    expect(choices(proposal)).toEqual(['fields*', 'leave', 'own-rules']);
    const [mapping] = proposal.mapping.entities.filter(({ gather }) => gather !== undefined);
    expect(mapping?.to).toBe('deal');
    expect(mapping?.rows.slice(-2).map(({ to, from, via }) => [to, from, via])).toEqual([
      ['deal.custom.contacts IDs', 'deal_contact.Contact ID', ['distinct', { join: { with: '|' } }]],
      ['deal.custom.contacts names', 'deal_contact.Contact', ['distinct', { join: { with: ' | ' } }]],
    ]);
    expect(proposal.mapping.leave).toMatchObject([{ field: 'Row ID' }, { field: 'Deal Name' }]);
  });

  it('with a field of its own it is a table like others', () => {
    const more = { ...relation, fields: [...relation.fields, custom('Role')] };
    expect(choices(propose([...standard, more]))).toEqual(['fields', 'notes*', 'leave', 'own-rules']);
  });

  it('two relations with the same table have fields of their own', () => {
    const second = { ...relation, name: 'deal_guest', label: 'Guests' };
    const { fields } = propose([...standard, relation, second]).mapping;
    expect(fields.map(({ name }) => name)).toEqual([
      'contacts IDs',
      'contacts names',
      'contacts IDs (Guests)',
      'contacts names (Guests)',
    ]);
  });
});

describe('the plan has no room for the fields of a table (DOC-20, DEC-18)', () => {
  // room for one, beside the fields that name the source records of organizations, persons and deals
  const limits = { plan: 'lite', basicFieldsOnly: true, customFields: 4, customFieldsUsed: 0 };
  const one = table('t', [
    reference('Deal', 'deals', 1),
    custom('Plan', { filled: 9 }),
    custom('Seats', { filled: 3, type: 'number' }),
  ]);

  it('notes are an answer', () => {
    const asked = propose([...standard, one], { limits });
    expect(asked.questions.at(-1)?.choices.map(({ id }) => id)).toEqual(['upgrade', 'least-filled', 'notes']);
    const proposal = propose([...standard, one], { limits, decide: { 'cap:custom-fields': 'notes' } });
    expect(proposal.mapping.fields).toEqual([]);
    expect(mappingFrom(proposal, 't').map(({ to }) => to)).toEqual(['note']);
    expect(proposal.questions.map(({ id }) => id)).toEqual(['custom-entity:t', 'cap:custom-fields']);
  });

  it('the least filled of its fields give way, on the record', () => {
    const proposal = propose([...standard, one], { limits, decide: { 'cap:custom-fields': 'least-filled' } });
    expect(proposal.mapping.fields.map(({ name }) => name)).toEqual(['Contract Plan']);
    expect(proposal.mapping.leave).toContainEqual({
      entity: 't',
      field: 'Seats',
      why: 'the plan has no room for it; decided by Ada',
    });
  });

  it('without any field left its records are not gathered', () => {
    const none = { ...limits, customFields: 3 };
    const proposal = propose([...standard, one], {
      limits: none,
      decide: { 'cap:custom-fields': 'least-filled' },
    });
    expect(mappingFrom(proposal, 'deals')[0]).not.toHaveProperty('gather');
  });
});

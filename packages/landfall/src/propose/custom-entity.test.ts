import { describe, expect, it } from 'vitest';
import { choices, mappingFrom, reference, standard, table } from './flat-fixture.ts';
import { custom, propose, rowsOf } from './proposal-fixture.ts';

const oneForOne = table('new_contract', [
  reference('Deal', 'deals', 1),
  custom('Plan', { filled: 40, distinct: 2, samples: ['Gold', 'Silver'] }),
  custom('Seats', { type: 'number', samples: ['5'] }),
  custom('Start', { type: 'date', format: 'yyyy-MM-dd', samples: ['2026-01-31'] }),
  custom('Renewal', { type: 'boolean', samples: ['true'] }),
  custom('Contract Number', { samples: ['C-1'] }),
  custom('Terms', { type: 'longText', samples: ['many words'] }),
  custom('Modules', { type: 'choices', samples: ['A; B'] }),
]);

describe('records of a table without rules, one for one with what moves (D-27, O-26(a), P-27(c))', () => {
  it('single values become typed custom fields of the nearest record through gather (D-27(c), D-27(d), O-26(a))', () => {
    const proposal = propose([...standard, oneForOne]);
    expect(mappingFrom(proposal, 'deals', 'deal')[0]?.gather).toEqual([
      { from: 'new_contract', by: 'Deal', as: 'new_contract' },
    ]);
    const rows = mappingFrom(proposal, 'deals', 'deal')[0]?.rows.filter(({ to }) => to.includes('custom'));
    expect(rows?.map(({ to, from, via }) => [to, from, via])).toEqual([
      ['deal.custom.Contract Plan', 'new_contract.Plan', ['first', 'choice']],
      ['deal.custom.Contract Seats', 'new_contract.Seats', ['first', 'number']],
      ['deal.custom.Contract Start', 'new_contract.Start', ['first', { date: { format: 'yyyy-MM-dd' } }]],
      ['deal.custom.Contract Renewal', 'new_contract.Renewal', ['first', 'yesNo']],
      ['deal.custom.Contract Number', 'new_contract.Contract Number', ['first', 'trim']],
    ]);
    expect(proposal.mapping.fields.map(({ entity: on, name, type }) => `${on} ${name}: ${type}`)).toEqual([
      'deal Contract Plan: enum',
      'deal Contract Seats: double',
      'deal Contract Start: date',
      'deal Contract Renewal: enum',
      'deal Contract Number: varchar',
    ]);
  });

  it('long texts and several options stand in a note of that record (D-27(e))', () => {
    const proposal = propose([...standard, oneForOne]);
    expect(mappingFrom(proposal, 'deals', 'note')).toEqual([
      {
        from: 'deals',
        to: 'note',
        part: 'new_contract',
        gather: [{ from: 'new_contract', by: 'Deal', as: 'new_contract' }],
        rows: [
          {
            to: 'note.block.Contract Terms',
            from: 'new_contract.Terms',
            via: ['first'],
            why: 'of the table Contract',
          },
          {
            to: 'note.block.Contract Modules',
            from: 'new_contract.Modules',
            via: ['first'],
            why: 'of the table Contract',
          },
          {
            to: 'note.deal_id',
            via: [{ reference: { source: 'deals', by: { 'Deal ID': ['id'] }, whenMissing: 'leave' } }],
            why: 'a note of the deal',
          },
        ],
        why: 'what no field takes of the table Contract',
      },
    ]);
    expect(mappingFrom(proposal, 'new_contract')).toEqual([]);
  });

  it('one question is asked for the whole table, with the evidence (DISC-06, D-04)', () => {
    const proposal = propose([...standard, oneForOne]);
    expect(proposal.questions).toMatchObject([
      {
        id: 'custom-entity:new-contract-f7b66c',
        kind: 'custom-entity',
        subject: 'new_contract',
        blocks: 'mapping',
      },
    ]);
    expect(choices(proposal)).toEqual(['fields*', 'notes', 'leave', 'own-rules']);
    expect(proposal.questions[0]?.question).toBe(
      'What becomes of the 10 records of Contract? "Deal" leads to the deal (deals): 10 of 10 records name one, no two name the same one.',
    );
  });

  it('every field is in the proposal once, with where it goes or why it stays (P-27(d))', () => {
    const extra = table('new_contract', [
      ...oneForOne.fields.slice(1),
      custom('Deal Name', { samples: ['Acme'] }),
      custom('Empty', { filled: 0 }),
      custom('Modified On', { type: 'dateTime' }),
      custom('IBAN', { samples: ['x'] }),
    ]);
    const lines = propose([...standard, extra]).fields.filter((line) => line.entity === 'new_contract');
    expect(lines.map(({ source, target, band }) => `${source}: ${target ?? '-'} ${band}`)).toEqual([
      'Row ID: - leave',
      'Deal: - auto',
      'Plan: custom:enum review',
      'Seats: custom:double review',
      'Start: custom:date review',
      'Renewal: custom:enum review',
      'Contract Number: custom:varchar review',
      'Terms: note.block.Contract Terms review',
      'Modules: note.block.Contract Modules review',
      'Deal Name: - leave',
      'Empty: - leave',
      'Modified On: - leave',
      'IBAN: - leave',
    ]);
  });
});

const manyForOne = table(
  'new_visit',
  [
    reference('Company', 'companies', 12),
    custom('Company Name', { samples: ['Acme'] }),
    reference('Contact', 'contacts', 3, { filled: 4 }),
    custom('Result', { samples: ['ok'] }),
    custom('Report', { type: 'html', samples: ['<p>x</p>'] }),
    custom('Created On', { type: 'dateTime', format: 'iso', samples: ['2026-01-31T10:00:00Z'] }),
  ],
  { label: 'Visit' },
);

describe('records of a table without rules, several for one', () => {
  it('each becomes a structured note, whatever notes become elsewhere (D-27(e), D-04)', () => {
    const proposal = propose([...standard, manyForOne], { policies: { notesAs: 'activity' } });
    expect(choices(proposal)).toEqual(['fields', 'notes*', 'leave', 'own-rules']);
    expect(proposal.mapping.entities.at(-1)).toMatchObject({ from: 'new_visit', to: 'note' });
    const rows = mappingFrom(proposal, 'new_visit')[0]?.rows;
    expect(rows?.map(({ why: _why, ...row }) => row)).toEqual([
      { to: 'note.block.Record', value: 'Visit' },
      { to: 'note.block.Result', from: 'Result' },
      { to: 'note.block.Report', from: 'Report', via: [{ html: { mode: 'text' } }] },
      { to: 'note.add_time', from: 'Created On', via: [{ dateTime: { format: 'iso' } }] },
      {
        to: 'note.org_id',
        via: [{ reference: { source: 'companies', by: { Company: ['id'] }, whenMissing: 'leave' } }],
      },
      {
        to: 'note.person_id',
        via: [{ reference: { source: 'contacts', by: { Contact: ['id'] }, whenMissing: 'leave' } }],
      },
    ]);
    expect(proposal.mapping.fields).toEqual([]);
  });

  it('a reference that may lead to several tables links by what the field beside it says', () => {
    const both = table('new_visit', [
      reference('Regarding ID', ['companies', 'contacts', 'tickets'], 4),
      custom('Regarding Type', { values: [{ value: 'Contacts', count: 3 }] }),
      custom('Result'),
    ]);
    const links = mappingFrom(propose([...standard, both]), 'new_visit')[0]?.rows.filter(
      ({ via }) => via !== undefined,
    );
    expect(links?.map(({ to, onlyIf }) => [to, onlyIf])).toEqual([
      ['note.person_id', { source: 'Regarding Type', in: ['Contacts'] }],
      ['note.org_id', { source: 'Regarding Type', in: ['companies'] }],
    ]);
  });

  it('one for one, as fields, all that the reference may lead to take the values, each those that are its own', () => {
    const both = table('t', [
      reference('Regarding ID', ['companies', 'contacts', 'tickets'], 1, { samples: ['17'] }),
      custom('Regarding Type', { values: [{ value: 'contacts', count: 3 }] }),
      custom('Result'),
      custom('Remarks', { type: 'longText' }),
    ]);
    const proposal = propose([...standard, both], { decide: { 'custom-entity:t': 'fields' } });
    const shared = { from: 't', by: 'Regarding ID', as: 't' };
    const taking = proposal.mapping.entities.filter(({ gather }) => gather !== undefined);
    expect(taking.map(({ from, to, gather }) => [from, to, gather])).toEqual([
      ['companies', 'organization', [{ ...shared, when: { source: 'Regarding Type', in: ['companies'] } }]],
      ['companies', 'note', [{ ...shared, when: { source: 'Regarding Type', in: ['companies'] } }]],
      ['contacts', 'person', [{ ...shared, when: { source: 'Regarding Type', in: ['contacts'] } }]],
      ['contacts', 'note', [{ ...shared, when: { source: 'Regarding Type', in: ['contacts'] } }]],
    ]);
    expect(proposal.mapping.fields.map(({ entity: on, name }) => `${on} ${name}`)).toEqual([
      'person Contract Result',
      'organization Contract Result',
    ]);
  });

  it('numbers that several tables give cannot be gathered: fields are no choice', () => {
    const numbers = table('new_visit', [
      reference('Regarding ID', ['companies', 'contacts'], 1, { samples: ['17'] }),
      custom('Result'),
    ]);
    expect(choices(propose([...standard, numbers]))).toEqual(['notes*', 'leave', 'own-rules']);
  });
});

describe('the nearest record (O-26(a))', () => {
  const person = { field: reference('Person Ref', 'contacts', 1), to: 'person' };
  const company = { field: reference('Company Ref', 'companies', 1), to: 'organization' };
  const deal = { field: reference('Deal Ref', 'deals', 1), to: 'deal' };
  const rare = { field: reference('Deal Ref', 'deals', 1, { filled: 2 }), to: 'deal' };
  const fuller = { field: reference('Second Person', 'contacts', 1), to: 'person' };
  const emptier = { field: reference('Person Ref', 'contacts', 1, { filled: 8 }), to: 'person' };
  it.each([
    { of: [company, person, deal], is: deal },
    { of: [company, person], is: person },
    { of: [company], is: company },
    { of: [rare, company], is: company },
    { of: [emptier, fuller], is: fuller },
  ])('of $of.length references it is $is.to', ({ of, is }) => {
    const proposal = propose([...standard, table('t', [...of.map((one) => one.field), custom('Plan')])]);
    const taking = proposal.mapping.entities.filter(({ gather }) => gather !== undefined);
    expect(taking.map(({ to, gather }) => [to, gather?.[0]?.by])).toEqual([[is.to, is.field.name]]);
    expect(proposal.questions[0]?.question).toContain(`"${is.field.name}" leads to the ${is.to}`);
  });

  it('a table that leads to nothing that moves is asked about as before (Q-12)', () => {
    const loose = table('t', [reference('Parent', 't', 3), reference('Other', 'tickets', 3), custom('Plan')]);
    const proposal = propose([...standard, loose]);
    expect(proposal.questions).toMatchObject([{ id: 'unmapped-entity:t', kind: 'unmapped-entity' }]);
    // P-27: why it cannot hang on anything is said, with the fields by which it leads where
    expect(proposal.questions[0]?.question).toContain(
      'They lead only to t (by “Parent”) and tickets (by “Other”), and nothing there is a company, person or deal that moves',
    );
    const alone = propose([...standard, table('u', [custom('Plan')])]).questions[0];
    expect(alone?.question).toContain('They lead to no other records.');
    expect(proposal.mapping.leave).toContainEqual({
      entity: 't',
      field: '*',
      why: 'there is no rule for these records',
    });
  });

  it('a table that says nothing but what it leads to stays behind, on the record', () => {
    const proposal = propose([...standard, table('t', [deal.field])]);
    expect(mappingFrom(proposal, 'deals')[0]).not.toHaveProperty('gather');
    expect(proposal.mapping.leave).toEqual([
      { entity: 't', field: '*', why: 'none of its fields says anything of a deal' },
    ]);
  });

  it('a table that the template leaves on purpose is not asked about', () => {
    const proposal = propose([...standard, table('t', [deal.field])], {
      leave: [{ entity: 't', field: '*', why: 'only the source needs it' }],
    });
    expect(proposal.questions).toEqual([]);
    expect(proposal.mapping.leave).toContainEqual({
      entity: 't',
      field: '*',
      why: 'only the source needs it',
    });
  });
});

describe('the answer counts (O-26, DISC-06)', () => {
  const id = 'custom-entity:t';
  const one = table('t', [reference('Deal', 'deals', 1), custom('Plan')]);
  const many = table('t', [
    reference('Deal', 'deals', 9),
    custom('Plan'),
    custom('Seats', { type: 'number' }),
  ]);

  it.each([
    { of: one, choice: 'notes', gathers: 0, notes: 1, left: false },
    { of: many, choice: 'fields', gathers: 1, notes: 0, left: false },
    { of: one, choice: 'leave', gathers: 0, notes: 0, left: true },
    { of: one, choice: 'own-rules', gathers: 0, notes: 0, left: true },
    { of: one, choice: 'nonsense', gathers: 1, notes: 0, left: false },
  ])('$choice', ({ of, choice, gathers, notes, left }) => {
    const { mapping, fields } = propose([...standard, of], { decide: { [id]: choice } });
    expect(mapping.entities.filter(({ gather }) => gather !== undefined)).toHaveLength(gathers);
    expect(mapping.entities.filter(({ to }) => to === 'note')).toHaveLength(notes);
    expect(mapping.leave.some(({ entity: of, field: name }) => of === 't' && name === '*')).toBe(left);
    const plan = fields.find(({ source }) => source === 'Plan');
    expect(plan?.band).toBe(left ? 'leave' : choice === 'nonsense' ? 'review' : 'auto');
  });

  it('several for one as fields hold all their values in a text (O-05)', () => {
    const proposal = propose([...standard, many], { decide: { [id]: 'fields' } });
    expect(rowsOf(proposal, 'deal.custom.Contract Seats')[0]?.via).toEqual([
      'distinct',
      { join: { with: ' | ' } },
    ]);
    expect(proposal.mapping.fields.map(({ type }) => type)).toEqual(['text', 'text']);
  });
});

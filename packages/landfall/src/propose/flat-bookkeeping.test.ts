import { describe, expect, it } from 'vitest';
import type { SourceField } from '../model/source.ts';
import { mappingFrom, reference, standard, table } from './flat-fixture.ts';
import { custom, field, propose, rowsOf } from './proposal-fixture.ts';

describe('what every table of an account has', () => {
  const standardOf = (name: string, more: Partial<SourceField>) => field(name, more);
  const owner = [
    custom('ownerid', { type: 'reference', samples: ['17'] }),
    custom('ownerid Type', { type: 'choice', distinct: 1, values: [{ value: 'systemuser', count: 10 }] }),
    standardOf('Owner', { name: 'ownerid Name', type: 'owner', samples: ['Ada <ada@acme.com>'] }),
  ];
  const made = standardOf('Created By', {
    name: 'createdby Name',
    type: 'owner',
    samples: ['Ada <ada@acme.com>'],
  });
  const state = standardOf('Status', { type: 'choice', distinct: 1 });
  const amounts = [
    custom('budget', { type: 'money', samples: ['12.50'], label: 'Budget' }),
    custom('currencyid', { type: 'reference', samples: ['1'] }),
    standardOf('Currency', { name: 'currencyid Code', type: 'currency', samples: ['EUR'] }),
    custom('currencyid Name', { type: 'name', samples: ['Euro'] }),
  ];
  const all = [...owner, made, state, ...amounts];

  it('is no field of the record above, beside its owner; an amount is read with its currency (O-26(a), O-20(d))', () => {
    const proposal = propose([...standard, table('t', [reference('Deal', 'deals', 1), ...all])]);
    const rows = mappingFrom(proposal, 'deals')[0]?.rows.slice(-2);
    expect(rows?.map(({ to, from, via }) => [to, from, via])).toEqual([
      ['deal.custom.Contract ownerid Name', 't.ownerid Name', ['first', 'trim']],
      [
        'deal.custom.Contract Budget',
        ['t.budget', 't.currencyid Code'],
        ['first', { money: { decimal: '.' } }],
      ],
    ]);
    expect(proposal.mapping.leave.map(({ field: left }) => left)).toEqual([
      'Row ID',
      'ownerid',
      'ownerid Type',
      'createdby Name',
      'Status',
      'currencyid',
      'currencyid Code',
      'currencyid Name',
    ]);
  });

  it('stands in a note', () => {
    const proposal = propose([...standard, table('t', [reference('Deal', 'deals', 7), ...all])]);
    const lines = mappingFrom(proposal, 't')[0]?.rows.flatMap(({ from }) => from ?? []);
    expect(lines).toEqual([
      'ownerid Name',
      'createdby Name',
      'Status',
      'budget',
      'currencyid Code',
      'currencyid Name',
    ]);
  });

  it.each([
    { most: 1, to: 'deal.custom.Contract ID', from: 't.Row ID' },
    { most: 2, to: 'note.block.ID', from: 'Row ID' },
  ])('its own id comes along where other tables name it: $to (O-26(b))', ({ most, to, from }) => {
    const child = table('child', [reference('Contract', 't', 3)]);
    const proposal = propose([...standard, table('t', [reference('Deal', 'deals', most)]), child]);
    expect(rowsOf(proposal, to)[0]?.from).toBe(from);
  });
});

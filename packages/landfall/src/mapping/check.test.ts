import { describe, expect, it } from 'vitest';
import type { Mapping } from '../model/mapping.ts';
import { checkMapping } from './check.ts';
import { readMapping, renderMapping } from './document.ts';
import {
  byCompany,
  company,
  deal,
  dealTitle,
  mapping,
  person,
  personName,
  sales,
  source,
  target,
} from './sample-catalogs.ts';

describe('a mapping that is right', () => {
  it('has no fault', () => {
    const right = mapping(
      [
        company,
        {
          from: 'contact',
          to: 'person',
          when: { source: 'Name', filled: true },
          rows: [
            personName,
            { to: 'person.emails.work', from: 'Email', via: ['email'] },
            { to: 'person.org_id', via: [byCompany()], whenEmpty: 'review' },
            { to: 'person.label_ids', from: 'Fax', via: ['tags'] },
            { to: 'person.custom.Birthday', from: 'Fax', via: [{ date: { format: 'iso' } }] },
            { to: 'person.custom.Fax', from: 'Fax', onlyIf: { target: 'person.name', filled: true } },
          ],
        },
        {
          from: 'deal',
          to: 'deal',
          rows: [
            dealTitle,
            { to: 'deal.value', from: 'Amount', via: ['money'], whenEmpty: 'skip' },
            { to: 'deal.stage_id', from: 'Stage', via: ['stage'] },
            { to: 'deal.status', from: ['Stage', 'Stage'], via: ['dealStatus'] },
          ],
        },
        {
          from: 'contact',
          to: 'note',
          part: 'fax',
          rows: [
            { to: 'note.content', from: 'Fax', via: ['html'] },
            { to: 'note.block.Fax', from: 'Fax' },
          ],
        },
      ],
      { fields: [{ entity: 'person', name: 'Fax', type: 'varchar' }], pipelines: [sales] },
    );
    expect(checkMapping(right, source, target)).toEqual([]);
    expect(checkMapping(right, source, null)).toMatchObject([
      { message: 'person has no field "custom.Birthday"' },
    ]);
  });
});

describe('faults, each with its place and fix', () => {
  it.each<[string, Mapping, string, string]>([
    [
      'unknown source entity',
      mapping([{ ...company, from: 'compny' }]),
      'entities[0].from',
      'Did you mean "company"?',
    ],
    [
      'unknown source field',
      person({ to: 'person.emails', from: 'Emial', via: ['email'] }),
      'entities[1].rows[1].from',
      'Did you mean "Email"?',
    ],
    [
      'unknown target entity',
      person({ to: 'people.name', from: 'Name' }),
      'entities[1].rows[1].to',
      'Write <entity>.<field>',
    ],
    [
      'unknown target field',
      person({ to: 'person.emials', from: 'Name' }),
      'entities[1].rows[1].to',
      'Did you mean "emails"?',
    ],
    [
      'a field of another entity',
      person({ to: 'deal.title', from: 'Name' }),
      'entities[1].rows[1].to',
      'move the row',
    ],
    [
      'undeclared custom field',
      person({ to: 'person.custom.New', from: 'Fax' }),
      'entities[1].rows[1].to',
      'Declare it under `fields`',
    ],
    ['unknown part', person({ to: 'person.name.first', from: 'Fax' }), 'entities[1].rows[1].to', ''],
    [
      'not settable',
      mapping([
        {
          ...company,
          rows: [...company.rows, { to: 'organization.update_time', from: 'Name', via: ['dateTime'] }],
        },
      ]),
      'entities[0].rows[1].to',
      'custom field',
    ],
    [
      'unknown transform',
      person({ to: 'person.emails', from: 'Email', via: ['emial'] }),
      'entities[1].rows[1].via[0]',
      'Did you mean "email"?',
    ],
    [
      'bad settings',
      person({ to: 'person.emails', from: 'Email', via: [{ truncate: { max: 'x' } }] }),
      'entities[1].rows[1].via[0]',
      'Mend the settings',
    ],
    [
      'bad date format',
      deal({ to: 'deal.expected_close_date', from: 'Title', via: [{ date: { format: 'dd.QQ.yyyy' } }] }),
      'entities[1].rows[1].via[0]',
      'Mend the settings',
    ],
    [
      'text for a date',
      deal({ to: 'deal.expected_close_date', from: 'Title' }),
      'entities[1].rows[1].to',
      'Add `date',
    ],
    [
      'text for money',
      deal({ to: 'deal.value', from: 'Amount', via: ['trim'] }),
      'entities[1].rows[1].via',
      'Add the transform `money`',
    ],
    [
      'decimal for an integer',
      mapping([
        {
          ...company,
          rows: [...company.rows, { to: 'organization.annual_revenue', from: 'Name', via: ['number'] }],
        },
      ]),
      'entities[0].rows[1].via',
      'integer: true',
    ],
    [
      'text for html',
      mapping([{ from: 'contact', to: 'note', rows: [{ to: 'note.content', from: 'Fax' }] }]),
      'entities[0].rows[0].to',
      'Add the transform `html`',
    ],
    [
      'text for several options',
      person({ to: 'person.label_ids', from: 'Fax' }),
      'entities[1].rows[1].to',
      '`choices`',
    ],
    [
      'several fields for one text',
      person({ to: 'person.name', from: ['Fax', 'Name'], onlyIf: { source: 'Fax', filled: true } }),
      'entities[1].rows[1].to',
      '`join`',
    ],
    [
      'a list into a body',
      mapping([
        { from: 'contact', to: 'note', rows: [{ to: 'note.content', from: ['Fax', 'Name'], via: ['html'] }] },
      ]),
      'entities[0].rows[0].via[0]',
      'earlier',
    ],
    [
      'money into a text transform',
      deal({
        to: 'deal.title',
        from: 'Amount',
        via: ['money', 'trim'],
        onlyIf: { source: 'Amount', filled: true },
      }),
      'entities[1].rows[1].via[1]',
      'earlier',
    ],
    [
      'a default of the wrong type',
      deal({ to: 'deal.value', from: 'Amount', via: ['money'], whenEmpty: { use: '0' } }),
      'entities[1].rows[1].whenEmpty',
      'default',
    ],
    [
      'unknown value table',
      person({ to: 'person.custom.Fax', from: 'Fax', via: [{ lookup: { table: 'heat' } }] }),
      'entities[1].rows[1].via[0]',
      'under `values`',
    ],
    ['no name', mapping([{ from: 'contact', to: 'person', rows: [] }]), 'entities[0].rows', 'person.name'],
    [
      'two rows for one field',
      person({ to: 'person.name', from: 'Fax' }),
      'entities[1].rows[1].to',
      'onlyIf',
    ],
    ['a row without a source', person({ to: 'person.emails' }), 'entities[1].rows[1]', 'constant'],
    [
      'a condition on an unknown field',
      person({
        to: 'person.emails',
        from: 'Email',
        via: ['email'],
        onlyIf: { source: 'Nmae', filled: true },
      }),
      'entities[1].rows[1].onlyIf',
      'Did you mean "Name"?',
    ],
    [
      'a condition on a later row',
      person({
        to: 'person.emails',
        from: 'Email',
        via: ['email'],
        onlyIf: { target: 'person.phones', filled: true },
      }),
      'entities[1].rows[1].onlyIf',
      'before',
    ],
    ['a mapping that is never reached', mapping([company, { ...company }]), 'entities[1]', '`when`'],
    [
      'a link to something that is not made',
      mapping([
        { from: 'contact', to: 'person', rows: [personName, { to: 'person.org_id', via: [byCompany()] }] },
      ]),
      'entities[0].rows[1].via[0]',
      'Map "company" to organization',
    ],
    [
      'a link from an unknown entity',
      person({ to: 'person.org_id', via: [byCompany({ source: 'compnay' })] }),
      'entities[1].rows[1].via[0]',
      'Did you mean "company"?',
    ],
    [
      'a link into a text field',
      person({ to: 'person.name', via: [byCompany()], onlyIf: { source: 'Fax', filled: true } }),
      'entities[1].rows[1].via',
      'take `reference` out',
    ],
    [
      'a link within an unknown link',
      deal({ to: 'deal.org_id', via: [byCompany({ within: 'person_id' })] }),
      'entities[1].rows[1].via[0]',
      'before',
    ],
    [
      'a stage in no pipeline',
      mapping(
        [
          {
            from: 'deal',
            to: 'deal',
            rows: [dealTitle, { to: 'deal.stage_id', from: 'Stage', via: ['stage'] }],
          },
        ],
        { pipelines: [{ ...sales, stages: [{ name: 'New', from: ['Yeni'] }] }] },
      ),
      'entities[0].rows[1].via[0]',
      '`closed`',
    ],
    [
      'a custom field twice',
      mapping([company], {
        fields: [
          { entity: 'deal', name: 'A', type: 'text' },
          { entity: 'deal', name: 'a', type: 'text' },
        ],
      }),
      'fields[1]',
      'Remove one',
    ],
    [
      'a custom field unused',
      mapping([company], { fields: [{ entity: 'deal', name: 'A', type: 'text' }] }),
      'fields[0]',
      'Add a row',
    ],
    [
      'a custom field of another type',
      mapping([company], { fields: [{ entity: 'person', name: 'Birthday', type: 'text' }] }),
      'fields[0].type',
      'another name',
    ],
    [
      'a source name of two pipelines',
      mapping([company], { pipelines: [sales, { ...sales, name: 'Other' }] }),
      'pipelines[1].from',
      'one of them',
    ],
    [
      'a source stage of two stages',
      mapping([company], {
        pipelines: [{ ...sales, stages: [...sales.stages, { name: 'B', from: ['YENİ'] }] }],
      }),
      'pipelines[0].stages[1].from',
      'one of them',
    ],
    [
      'a value that is no option',
      {
        ...deal({ to: 'deal.status', from: 'Stage', via: [{ lookup: { table: 's' } }] }),
        values: { s: { Yeni: 'opne' } },
      },
      'values.s.Yeni',
      'Did you mean "open"?',
    ],
    ['a table nobody uses', mapping([company], { values: { s: {} } }), 'values.s', 'remove it'],
    [
      'a decision about nothing',
      mapping([company], { leave: [{ entity: 'company', field: 'Nmae', why: '' }] }),
      'leave[0].field',
      'Did you mean "Name"?',
    ],
    [
      'a decision about records that chooses by nothing',
      mapping([company], {
        leave: [{ entity: 'company', field: '*', when: { source: 'Nmae', filled: false }, why: '' }],
      }),
      'leave[0].when',
      'Did you mean "Name"?',
    ],
    [
      'a decision about a field of some records',
      mapping([company], {
        leave: [{ entity: 'company', field: 'Name', when: { source: 'Name', filled: false }, why: '' }],
      }),
      'leave[0].when',
      'field: "*"',
    ],
    ['another source', mapping([company], { source: 'other' }), 'source', 'landfall map'],
    [
      'a block where there is no body',
      deal({ to: 'deal.block.X', from: 'Title' }),
      'entities[1].rows[1].to',
      '',
    ],
  ])('%s', (_what, wrong, path, fix) => {
    const faults = checkMapping(wrong, source, target);
    const fault = faults.find((candidate) => candidate.path === path);
    expect(faults.map((candidate) => candidate.path)).toContain(path);
    expect(fault?.fix).toContain(fix);
    expect(fault?.message).not.toBe('');
  });

  it('are all collected, each with its line in the file', () => {
    const wrong = person(
      { to: 'person.emials', from: 'Nmae' },
      { to: 'person.emails', from: 'Email', via: ['emial'] },
    );
    const text = renderMapping(wrong);
    const reading = readMapping(text);
    if (!reading.ok) throw new Error('unreadable');
    const faults = checkMapping(reading.mapping, source, target, reading.lineOf);
    const line = (part: string) => text.split('\n').findIndex((candidate) => candidate.includes(part)) + 1;
    expect(faults.map((fault) => [fault.path, fault.line])).toEqual([
      ['entities[1].rows[1].from', line('from: Nmae')],
      ['entities[1].rows[1].to', line('to: person.emials')],
      ['entities[1].rows[2].via[0]', line('via: [ emial ]')],
    ]);
  });
});

import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Mapping } from '../model/mapping.ts';
import { editMapping, mappingHash, mappingJsonSchema, readMapping, renderMapping } from './document.ts';

const mapping: Mapping = {
  version: 1,
  source: 'smart-crm-online',
  entities: [
    {
      from: 'contact',
      to: 'person',
      when: { source: 'Kind', notIn: ['company'] },
      rows: [
        { to: 'person.name', from: ['First Name', 'Last Name'], via: ['personName'] },
        {
          to: 'person.emails.work',
          from: 'Email',
          via: ['email'],
          whenRefused: 'list',
          why: 'one address a person',
        },
        {
          to: 'person.org_id',
          via: [
            { reference: { source: 'company', by: { 'Company ID': ['id'], Company: ['name', 'domain'] } } },
          ],
          whenEmpty: 'review',
        },
        { to: 'person.custom.Region', from: 'Region', via: ['trim', { lookup: { table: 'regions' } }] },
      ],
    },
  ],
  fields: [{ entity: 'person', name: 'Region', type: 'enum' }],
  pipelines: [
    {
      name: 'Sales',
      from: ['Satış', ''],
      stages: [{ name: 'New', probability: 10, from: ['Yeni'] }],
      closed: [{ from: 'Kazanıldı', status: 'won' }],
    },
  ],
  values: { regions: { ege: 'Aegean', '01': 'One', yes: 'Y', constructor: 'C' } },
  leave: [
    { entity: 'contact', field: 'Fax', why: 'nobody sends faxes' },
    {
      entity: 'contact',
      field: '*',
      when: { source: 'Kind', in: ['test'] },
      code: 'merged',
      why: 'made for tests',
    },
  ],
};

function read(text: string): Mapping {
  const reading = readMapping(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.mapping;
}

function faultsOf(text: string) {
  const reading = readMapping(text);
  return reading.ok ? [] : reading.faults;
}

describe('mapping.yaml', () => {
  it('comes back as it was rendered, with comments and a schema line', () => {
    const text = renderMapping(mapping, '../mapping.schema.json');
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../mapping.schema.json');
    expect(text).toContain('# What each source entity becomes');
    expect(text).toContain('from: [ First Name, Last Name ]');
    expect(read(text)).toEqual(mapping);
    expect(renderMapping(read(text), '../mapping.schema.json')).toBe(text);
  });

  it('knows the line of each place', () => {
    const text = renderMapping(mapping);
    const reading = readMapping(text);
    if (!reading.ok) throw new Error('unreadable');
    const line = (part: string) => text.split('\n').findIndex((candidate) => candidate.includes(part)) + 1;
    expect(reading.lineOf(['entities', 0, 'rows', 1, 'from'])).toBe(line('from: Email'));
    expect(reading.lineOf(['entities', 0, 'rows', 3])).toBe(line('to: person.custom.Region'));
    expect(reading.lineOf(['values', 'regions', 'ege'])).toBe(line('ege: Aegean'));
    expect(reading.lineOf(['entities', 0, 'rows', 1, 'absent'])).toBe(line('to: person.emails.work'));
  });

  it.each([
    ['version: 1\nversion: 1', 2, 'twice'],
    ['version: 1\nentities:\n\t- a: 1', 3, 'tab'],
    ['version: 1\nsource: &a x\nentities: *a', 2, 'anchors'],
    ['version: 1\n__proto__: { polluted: 1 }', 2, '__proto__'],
    ['version: 1\nvalues: { "\\u005f\\u005fproto\\u005f\\u005f": { a: b } }', 2, '__proto__'],
    ['version: 1\nsource: !!js/function "x"', 2, 'tag'],
    ['version: 1\n---\nversion: 1', 2, 'more than one'],
    ['- a', 1, 'no mapping'],
    ['', 1, 'no mapping'],
    ['version: 1\nsource: [', 2, ''],
    ['version: 2\nsource: x\nentities: []', 1, ''],
    ['version: 1\nsource: 5\nentities: []', 2, 'string'],
    ['version: 1\nsource: x\nentities: []\nextra: 1', 4, '"extra" is not a key'],
    [
      'version: 1\nsource: x\nentities:\n  - from: a\n    to: person\n    rows:\n      - to: person.name\n        form: x',
      8,
      '"form"',
    ],
    ['version: 1\nsource: x\nentities:\n  - from: a\n    to: persons\n    rows: []', 5, ''],
    [
      'version: 1\nsource: x\nentities:\n  - from: a\n    to: person\n    rows:\n      - to: a.b\n        from: x\n        value: y',
      7,
      'not both',
    ],
    [
      'version: 1\nsource: x\nentities:\n  - from: a\n    to: person\n    when: { in: [a] }\n    rows: []',
      6,
      'one of `source` and `target`',
    ],
    [
      'version: 1\nsource: x\nentities:\n  - from: a\n    to: person\n    rows:\n      - to: a.b\n        via:\n          - trim: {}\n            lower: {}',
      9,
      'one transform',
    ],
  ])('%j is refused at line %i', (text, line, message) => {
    const [fault] = faultsOf(text);
    expect(fault?.line).toBe(line);
    expect(fault?.message).toContain(message);
    expect(fault?.fix).not.toBe('');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('tells all that is wrong at once', () => {
    const text =
      'version: 1\nsource: 5\nentities:\n  - from: a\n    to: person\n    rows:\n      - from: b\n        whenEmpty: never\nleave: [{}]';
    expect(faultsOf(text).map(({ path }) => path)).toEqual([
      'source',
      'entities[0].rows[0].to',
      'entities[0].rows[0].whenEmpty',
      'leave[0].entity',
      'leave[0].field',
      'leave[0].why',
    ]);
  });

  it('a thousand brackets are a fault, not a crash', () => {
    expect(faultsOf(`version: ${'['.repeat(20_000)}`).length).toBeGreaterThan(0);
  });
});

describe('edits by program keep comments and order', () => {
  const text = `# mine
version: 1
source: x
entities:
  # people
  - from: contact
    to: person
    rows:
      - to: person.name # the name
        from: Name
      # the second row
      - to: person.emails.work
        from: Mail # work mail
fields: []
values:
  heat: # how hot
    a: A
`;

  it('a row is changed in place', () => {
    const edited = editMapping(text, {
      kind: 'setRow',
      entity: 0,
      row: { to: 'person.emails.work', from: 'E-Mail', via: ['email'] },
    });
    for (const comment of [
      '# mine',
      '# people',
      '# the name',
      '# the second row',
      '# work mail',
      '# how hot',
    ]) {
      expect(edited).toContain(comment);
    }
    expect(read(edited).entities[0]?.rows).toEqual([
      { to: 'person.name', from: 'Name' },
      { to: 'person.emails.work', from: 'E-Mail', via: ['email'] },
    ]);
  });

  it('rows, fields, decisions and table lines are added and taken away', () => {
    let edited = editMapping(text, { kind: 'setRow', entity: 0, row: { to: 'person.custom.A', from: 'A' } });
    edited = editMapping(edited, {
      kind: 'addField',
      field: { entity: 'person', name: 'A', type: 'varchar' },
    });
    edited = editMapping(edited, { kind: 'leave', left: { entity: 'contact', field: 'Fax', why: 'old' } });
    edited = editMapping(edited, {
      kind: 'leave',
      left: { entity: 'contact', field: 'Fax', why: 'very old' },
    });
    edited = editMapping(edited, {
      kind: 'leave',
      left: { entity: 'contact', field: 'Pager', why: 'older' },
    });
    edited = editMapping(edited, { kind: 'unleave', entity: 'contact', field: 'Pager' });
    edited = editMapping(edited, { kind: 'setValue', table: 'heat', from: '01', to: 'B' });
    edited = editMapping(edited, { kind: 'setValue', table: 'new', from: 'x', to: 'y' });
    edited = editMapping(edited, { kind: 'removeRow', entity: 0, to: 'person.emails.work' });
    const mapped = read(edited);
    expect(mapped.entities[0]?.rows.map(({ to }) => to)).toEqual(['person.name', 'person.custom.A']);
    expect(mapped.fields).toEqual([{ entity: 'person', name: 'A', type: 'varchar' }]);
    expect(mapped.leave).toEqual([{ entity: 'contact', field: 'Fax', why: 'very old' }]);
    expect(mapped.values).toEqual({ heat: { a: 'A', '01': 'B' }, new: { x: 'y' } });
    expect(edited).toContain('# how hot');
  });

  it('the same edit twice changes nothing more', () => {
    const edit = {
      kind: 'setRow',
      entity: 0,
      row: { to: 'person.custom.A', from: 'A', via: ['trim'] },
    } as const;
    const once = editMapping(text, edit);
    expect(editMapping(once, edit)).toBe(once);
    const rendered = renderMapping(mapping);
    expect(editMapping(rendered, { kind: 'unleave', entity: 'none', field: 'none' })).toBe(rendered);
  });

  it('a text that is no mapping, or an entity that is not there, is said with its line', () => {
    const edit = { kind: 'unleave', entity: 'a', field: 'b' } as const;
    expect(() => editMapping('a: 1\na: 2', edit)).toThrow('twice');
    expect(() => editMapping(text, { kind: 'removeRow', entity: 9, to: 'x' })).toThrow('entities.9.rows');
  });
});

describe('the hash of a mapping', () => {
  const hash = mappingHash(mapping);
  const row = mapping.entities[0]?.rows[0];

  it('is of the meaning: comments, reasons, formatting and ways of writing aside', () => {
    expect(mappingHash(read(`${renderMapping(mapping)}\n# more`))).toBe(hash);
    const entities = mapping.entities.map((entity) => ({
      ...entity,
      part: '',
      when: entity.when === undefined ? [] : [entity.when].flat(),
      why: 'x',
      rows: entity.rows.map((each) => ({ ...each, why: 'other', whenRefused: 'list' as const })),
    }));
    expect(mappingHash({ ...mapping, entities })).toBe(hash);
    expect(mappingHash({ ...mapping, leave: mapping.leave.map((left) => ({ ...left, why: 'other' })) })).toBe(
      hash,
    );
  });

  it.each<[string, Partial<Mapping>]>([
    ['a row', { entities: mapping.entities.map((entity) => ({ ...entity, rows: entity.rows.slice(1) })) }],
    [
      'the order of rows',
      { entities: mapping.entities.map((entity) => ({ ...entity, rows: entity.rows.toReversed() })) },
    ],
    ['a value', { values: { regions: { ege: 'Other' } } }],
    ['a decision to leave', { leave: [] }],
    ['a stage', { pipelines: [] }],
    ['a field', { fields: [] }],
  ])('changes with %s', (_what, change) => {
    expect(mappingHash({ ...mapping, ...change })).not.toBe(hash);
  });

  it('changes with the order in which a link is tried', () => {
    const link = (by: Record<string, string[]>): Mapping => ({
      ...mapping,
      entities: [
        {
          from: 'a',
          to: 'person',
          rows: [row ?? { to: '' }, { to: 'person.org_id', via: [{ reference: { source: 's', by } }] }],
        },
      ],
    });
    expect(mappingHash(link({ A: ['id'], B: ['name'] }))).not.toBe(
      mappingHash(link({ B: ['name'], A: ['id'] })),
    );
  });
});

describe('the JSON Schema for editors', () => {
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile(mappingJsonSchema());

  it('takes what we render and names transforms and their settings', () => {
    expect(validate(parse(renderMapping(mapping)))).toBe(true);
    const text = JSON.stringify(mappingJsonSchema());
    expect(text).toContain('personName');
    expect(text).toContain('otherwise');
    expect(text).toContain('draft-07');
  });

  it.each([
    { ...mapping, extra: 1 },
    { ...mapping, entities: [{ from: 'a', to: 'person', rows: [{ to: 'a.b', via: ['nonsense'] }] }] },
    {
      ...mapping,
      entities: [{ from: 'a', to: 'person', rows: [{ to: 'a.b', via: [{ truncate: { most: 1 } }] }] }],
    },
  ])('refuses what is wrong (%#)', (wrong) => {
    expect(validate(wrong)).toBe(false);
  });
});

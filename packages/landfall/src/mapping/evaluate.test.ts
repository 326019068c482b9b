import { describe, expect, it } from 'vitest';
import type { EntityMapping, MappingRow } from '../model/mapping.ts';
import type { SourceValue } from '../model/source.ts';
import { parseBlock } from './block.ts';
import { compileMapping, evaluate } from './evaluate.ts';
import { target } from './sample-catalogs.ts';
import { catalog, context, draftOf, mapping, named, nameRow, record, run } from './sample-records.ts';

describe('a record becomes a draft', () => {
  it('with standard names resolved to exact headers, and its title (S-20(a))', () => {
    const { draft, listed } = draftOf(run([], {}));
    expect(draft).toEqual({
      entity: 'person',
      key: 'contact:1',
      part: '',
      title: 'Ada Lovelace',
      links: [],
      fields: { name: { value: 'Ada Lovelace', effect: 'normalised', row: 0 } },
    });
    expect(listed).toEqual([]);
  });

  it('with addresses and numbers as contact points in row order, the first one primary, each once (DQ-03)', () => {
    const { draft } = draftOf(
      run(
        [
          { to: 'person.emails.work', from: 'Email', via: ['email'] },
          { to: 'person.emails.home', from: 'Other', via: ['emails'] },
          { to: 'person.phones.mobile', from: ['Mobile', 'Phone'], via: ['phone'] },
        ],
        { 'E-posta': 'Ada@ACME.com', Other: 'ada@acme.com; b@y.com', Mobile: '0532 123 45 67', Phone: '' },
      ),
    );
    expect(draft.fields.emails).toEqual({
      value: [
        { value: 'Ada@acme.com', label: 'work', primary: true },
        { value: 'b@y.com', label: 'home', primary: false },
      ],
      effect: 'normalised',
      row: 1,
    });
    expect(draft.fields.phones?.value).toEqual([{ value: '+905321234567', label: 'mobile', primary: true }]);
  });

  it('with a refused value left out and listed, the record kept (DQ-12)', () => {
    const { draft, listed } = draftOf(
      run([{ to: 'person.phones.work', from: ['Phone', 'Mobile'], via: ['phone'] }], {
        Phone: '9.05321E+11',
        Mobile: '0532 123 45 67',
      }),
    );
    expect(draft.fields.phones?.value).toEqual([{ value: '+905321234567', label: 'work', primary: true }]);
    expect(listed).toMatchObject([
      { code: 'value-refused', field: 'Phone + Mobile', position: 'contacts.csv:2' },
    ]);
    expect(listed[0]?.reason).toContain('damaged by a spreadsheet');
  });

  it('without a field whose every value was refused, and the refusal is listed (DQ-12, law 1)', () => {
    const { draft, listed } = draftOf(
      run([{ to: 'person.emails.work', from: 'Phone', via: ['email'] }], { Phone: 'nonsense' }),
    );
    expect(draft.fields.emails).toBeUndefined();
    expect(listed).toMatchObject([{ code: 'value-refused', field: 'Phone', position: 'contacts.csv:2' }]);
  });

  it('with values of APIs taken without loss: numbers as decimal text, lists as lists', () => {
    const { draft } = draftOf(
      run(
        [
          { to: 'person.custom.Score', from: 'Score', via: [{ number: { decimal: '.' } }] },
          { to: 'person.label_ids', from: 'Tags', via: ['tags'] },
          { to: 'person.custom.Active', from: 'Active', via: ['yesNo'] },
          { to: 'person.custom.Raw', from: 'Raw' },
        ],
        { Score: 1e-7, Tags: ['vip', 'export', 'VIP'], Active: true, Raw: { a: 1 } },
      ),
    );
    expect(draft.fields['custom.Score']?.value).toBe('0.0000001');
    expect(draft.fields.label_ids?.value).toEqual(['vip', 'export']);
    expect(draft.fields['custom.Active']?.value).toBe('Yes');
    expect(draft.fields['custom.Raw']?.value).toBe('{"a":1}');
    const list = draftOf(
      run([{ to: 'person.custom.Raw', from: 'Raw', via: ['trim'] }], { Raw: ['a ', 'b'] }),
    );
    expect(list.draft.fields['custom.Raw']).toEqual({ value: 'a; b', effect: 'normalised', row: 1 });
  });

  it('with the strongest effect of its chain; an unchanged text stays asIs', () => {
    const values = { heat: { Sıcak: 'Hot' } };
    const { draft } = draftOf(
      run(
        [
          { to: 'person.custom.A', from: 'A', via: ['trim', 'collapse'] },
          { to: 'person.custom.B', from: 'B', via: ['trim'] },
          { to: 'person.custom.C', from: 'C', via: ['trim', { lookup: { table: 'heat' } }] },
          {
            to: 'person.custom.D',
            from: 'D',
            via: [{ lookup: { table: 'heat' } }, { truncate: { max: 2 } }, 'trim'],
          },
          { to: 'person.custom.E', value: 'constant' },
        ],
        { A: 'as it is', B: ' b ', C: 'sıcak', D: 'SICAK' },
        { values },
      ),
    );
    const effects = Object.fromEntries(
      Object.entries(draft.fields).map(([name, { effect }]) => [name, effect]),
    );
    expect(effects).toMatchObject({
      'custom.A': 'asIs',
      'custom.B': 'normalised',
      'custom.C': 'byRule',
      'custom.D': 'lossy',
      'custom.E': 'byRule',
    });
  });

  it('with defaults, and with the first of two conditional rows that gives something', () => {
    const rows: MappingRow[] = [
      { to: 'person.custom.A', from: 'A', whenEmpty: { use: 'none' } },
      { to: 'person.custom.B', from: 'B1', onlyIf: { source: 'Kind', in: ['one'] } },
      { to: 'person.custom.B', from: 'B2' },
      { to: 'person.custom.C', from: 'A', via: [{ default: { value: 'x' } }, 'upper'] },
    ];
    const { draft } = draftOf(run(rows, { A: '  ', B1: 'first', B2: 'second', Kind: ' ONE ' }));
    expect(draft.fields['custom.A']).toEqual({ value: 'none', effect: 'byRule', row: 1 });
    expect(draft.fields['custom.B']?.value).toBe('first');
    expect(draft.fields['custom.C']?.value).toBe('X');
    expect(
      draftOf(run(rows, { B1: 'first', B2: 'second', Kind: 'two' })).draft.fields['custom.B']?.value,
    ).toBe('second');
  });

  it.each([
    [{ target: 'person.custom.A', in: ['hot'] }, { A: 'Hot' }, true],
    [{ target: 'custom.A', filled: false }, { A: 'Hot' }, false],
    [{ target: 'custom.A', filled: false }, {}, true],
    [{ source: 'Email', filled: true }, { 'E-posta': 'a@x.com' }, true],
    [{ source: 'A', notIn: ['cold', 'hot'] }, { A: 'HOT' }, false],
    [{ source: 'A', notIn: ['cold'] }, {}, true],
    [
      [
        { source: 'A', filled: true },
        { source: 'B', filled: true },
      ],
      { A: '1' },
      false,
    ],
    [{ source: 'A', in: ['İSTANBUL'] }, { A: 'istanbul' }, true],
    [{ source: 'A', in: ['b'] }, { A: ['a', 'b'] }, true],
  ] as const)('with condition %j on %j: %s', (onlyIf, fields, holds) => {
    const rows: MappingRow[] = [
      { to: 'person.custom.A', from: 'A' },
      { to: 'person.custom.Z', value: 'z', onlyIf },
    ];
    expect(draftOf(run(rows, fields)).draft.fields['custom.Z'] !== undefined).toBe(holds);
  });
});

describe('addresses and blocks', () => {
  const company = (rows: readonly MappingRow[], fields: Record<string, SourceValue>) => {
    const entities: EntityMapping[] = [
      { from: 'contact', to: 'organization', rows: [{ to: 'organization.name', from: 'Ad' }, ...rows] },
    ];
    return draftOf(run([], fields, { entities })).draft;
  };

  it('parts make the line people read; a line that is there stays (S-21(c))', () => {
    const rows: MappingRow[] = [
      { to: 'organization.address.street', from: 'Street' },
      { to: 'organization.address.city', from: 'City', via: ['collapse'] },
      { to: 'organization.address.country', value: 'Türkiye' },
    ];
    expect(company(rows, { Street: 'A 1', City: 'İzmir' }).fields.address).toEqual({
      value: { street: 'A 1', city: 'İzmir', country: 'Türkiye', value: 'A 1, İzmir, Türkiye' },
      effect: 'byRule',
      row: 1,
    });
    const whole: MappingRow = { to: 'organization.address', from: 'Line', via: ['address'] };
    expect(
      company([whole, rows[1] as MappingRow], { Line: 'A 1, İzmir', City: 'İzmir' }).fields.address?.value,
    ).toEqual({
      value: 'A 1, İzmir',
      city: 'İzmir',
    });
  });

  it('what activities have no field for stands on top of the note and comes back (S-24(a), S-27(b))', () => {
    const entities: EntityMapping[] = [
      {
        from: 'contact',
        to: 'activity',
        rows: [
          { to: 'activity.subject', value: 'Call' },
          { to: 'activity.block.Disposition', from: 'Result' },
          { to: 'activity.note', from: 'Body', via: ['html'] },
          { to: 'activity.block.Completed', from: 'Done', via: ['boolean'] },
        ],
      },
    ];
    const { draft } = draftOf(run([], { Result: 'Left <message>', Body: 'Hello', Done: '1' }, { entities }));
    expect(draft.fields.note?.value).toContain('<p>Hello</p>');
    expect(parseBlock(String(draft.fields.note?.value))).toEqual([
      { label: 'Disposition', value: 'Left <message>' },
      { label: 'Completed', value: 'Yes' },
    ]);
    const alone = draftOf(run([], { Result: 'Busy' }, { entities })).draft;
    expect(parseBlock(String(alone.fields.note?.value))).toHaveLength(1);
    expect(draftOf(run([], {}, { entities })).draft.fields.note).toBeUndefined();
  });
});

describe('links (MAP-09, S-22(a)(b))', () => {
  const link = (more: Partial<MappingRow> = {}): MappingRow => ({
    to: 'person.org_id',
    via: [
      {
        reference: {
          source: 'company',
          by: { 'Company ID': ['id'], Company: ['name'] },
          whenMissing: 'leave',
        },
      },
    ],
    ...more,
  });

  it('name what they can be found by, best first', () => {
    const { draft } = draftOf(run([link()], { 'Company ID': ' 007 ', Company: 'Acme A.Ş.' }));
    expect(draft.links).toEqual([
      {
        field: 'org_id',
        entity: 'organization',
        source: 'company',
        tries: [
          { kind: 'id', value: '007', from: 'Company ID' },
          { kind: 'name', value: 'acme as', from: 'Company' },
          { kind: 'name', value: 'acme', from: 'Company' },
        ],
        within: null,
        whenMissing: 'leave',
        text: ' 007  / Acme A.Ş.',
        row: 1,
      },
    ]);
    expect(draft.fields.org_id).toBeUndefined();
  });

  it('of nothing are left out, asked for, or reject the record, as the row says (S-20(c))', () => {
    expect(draftOf(run([link()], {})).draft.links).toEqual([]);
    expect(draftOf(run([link({ whenEmpty: 'review' })], {})).draft.links).toMatchObject([
      { tries: [], whenMissing: 'review', text: '' },
    ]);
    expect(run([link({ whenEmpty: 'reject' })], {})).toMatchObject({
      kind: 'rejected',
      reject: { code: 'required-empty' },
    });
  });
});

describe('records that do not go on', () => {
  it('have no name, and the destination needs one', () => {
    const compiled = compileMapping(mapping([]), catalog, context);
    expect(evaluate(compiled, record({ Ad: ' ', Soyad: '' }))).toMatchObject({
      kind: 'rejected',
      reject: { code: 'required-empty', field: 'Ad + Soyad', position: 'contacts.csv:2' },
    });
  });

  it('have no rule: an unknown entity, or no condition that holds', () => {
    const entities: EntityMapping[] = [
      { from: 'contact', to: 'person', when: { source: 'Kind', in: ['person'] }, rows: [nameRow] },
    ];
    expect(run([], { Kind: 'company' }, { entities })).toMatchObject({
      kind: 'excluded',
      reject: { code: 'no-rule' },
    });
    const compiled = compileMapping(mapping([]), catalog, context);
    expect(evaluate(compiled, record({}, 'toString'))).toMatchObject({ kind: 'excluded' });
  });

  it('are rejected by a row that says so', () => {
    const row: MappingRow = { to: 'person.emails', from: 'Email', via: ['email'], whenRefused: 'reject' };
    expect(run([row], { 'E-posta': 'nonsense' })).toMatchObject({
      kind: 'rejected',
      reject: { code: 'value-refused' },
    });
    expect(run([{ ...row, whenEmpty: 'reject' }], {})).toMatchObject({
      kind: 'rejected',
      reject: { code: 'required-empty' },
    });
    expect(draftOf(run([{ ...row, whenEmpty: 'review' }], {})).listed).toMatchObject([
      { code: 'required-empty' },
    ]);
  });
});

describe('texts longer than their field', () => {
  const short = {
    ...target,
    entities: {
      ...target.entities,
      person: target.entities.person.map((field) => ({
        ...field,
        maxLength: field.name === 'name' ? 10 : null,
      })),
    },
  };

  it('are found before anything is sent, and named with the length there is', () => {
    const compiled = compileMapping(mapping([]), catalog, context, short);
    expect(evaluate(compiled, record({ Ad: 'Ada', Soyad: 'Byron' })).kind).toBe('drafts');
    expect(evaluate(compiled, record(named))).toMatchObject({
      kind: 'rejected',
      reject: { code: 'too-long', reason: expect.stringContaining('takes 10 characters, this has 12') },
    });
  });
});

describe('one record, several drafts', () => {
  const entities: EntityMapping[] = [
    { from: 'contact', to: 'person', when: { source: 'Kind', in: ['p'] }, rows: [nameRow] },
    { from: 'contact', to: 'organization', rows: [{ to: 'organization.name', from: 'Ad' }] },
    {
      from: 'contact',
      to: 'deal',
      part: 'deal',
      when: { source: 'Title', filled: true },
      rows: [{ to: 'deal.title', from: 'Title', via: ['email'] }],
    },
    {
      from: 'contact',
      to: 'note',
      part: 'note',
      rows: [{ to: 'note.content', from: 'Note', via: ['html'] }],
    },
  ];

  it('the first mapping whose condition holds makes the main one, parts make the others', () => {
    const evaluation = run([], { Kind: 'p', Note: 'x' }, { entities });
    expect(
      evaluation.kind === 'drafts' && evaluation.drafts.map(({ entity, part }) => [entity, part]),
    ).toEqual([
      ['person', ''],
      ['note', 'note'],
    ]);
    expect(draftOf(run([], {}, { entities })).draft.entity).toBe('organization');
  });

  it('a part without any value is no draft and no trouble', () => {
    const evaluation = run([], { Kind: 'p' }, { entities });
    expect(evaluation.kind === 'drafts' && evaluation.drafts.map(({ entity }) => entity)).toEqual(['person']);
    expect(evaluation.kind === 'drafts' && evaluation.listed).toEqual([]);
  });

  it('a part that cannot be made is left out and listed once', () => {
    const evaluation = run([], { Kind: 'p', Title: 'no address', Note: 'x' }, { entities });
    expect(evaluation.kind === 'drafts' && evaluation.drafts.map(({ entity }) => entity)).toEqual([
      'person',
      'note',
    ]);
    expect(evaluation.kind === 'drafts' && evaluation.listed).toHaveLength(1);
  });
});

describe('columns may be called anything', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', ' ', 'a.b'])('%j', (name) => {
    const source = Object.create(null) as Record<string, SourceValue>;
    Object.assign(source, named);
    Object.defineProperty(source, name, { value: 'x', enumerable: true });
    const compiled = compileMapping(mapping([{ to: 'person.custom.X', from: name }]), catalog, context);
    const { draft } = draftOf(evaluate(compiled, { ...record({}), fields: source }));
    expect(draft.fields['custom.X']?.value).toBe('x');
    const absent = draftOf(evaluate(compiled, record(named))).draft;
    expect(absent.fields['custom.X']).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

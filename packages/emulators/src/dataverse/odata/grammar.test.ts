import { describe, expect, it } from 'vitest';
import { type Filter, type Operand, parseFilter } from './filter.ts';
import { parseApply, parseExpand, parseOptions, parseOrder } from './options.ts';

function side(operand: Operand): string {
  return operand.kind === 'path' ? operand.path.join('/') : `${operand.value.kind}:${operand.value.text}`;
}

/** A filter with all its brackets. */
function told(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${told(filter.left)} ${filter.kind} ${told(filter.right)})`;
    case 'not':
      return `not ${told(filter.of)}`;
    case 'compare':
      return `${side(filter.left)} ${filter.op} ${side(filter.right)}`;
    case 'text':
      return `${filter.name}(${side(filter.left)},${side(filter.right)})`;
    case 'any':
    case 'all':
      return `${filter.path.join('/')}/${filter.kind}(${filter.variable}:${filter.of === null ? '' : told(filter.of)})`;
    case 'function':
      return `${filter.name}(${filter.property.join('/')};${filter.values.map(({ text }) => text).join()})`;
  }
}

const GUID = 'a1b2c3d4-0000-ef11-8000-000000000001';

describe('the grammar of $filter', () => {
  it.each([
    ["name eq 'a'", 'name eq string:a'],
    ["name eq 'O''Neill'", "name eq string:O'Neill"],
    ["name eq ''", 'name eq string:'],
    ["name eq 'a and b or (c)'", 'name eq string:a and b or (c)'],
    ["name eq 'ıİşğ 日本 🚢'", 'name eq string:ıİşğ 日本 🚢'],
    ['a eq 1 and b eq 2 or c eq 3', '((a eq number:1 and b eq number:2) or c eq number:3)'],
    ['a eq 1 or b eq 2 and c eq 3', '(a eq number:1 or (b eq number:2 and c eq number:3))'],
    ['(a eq 1 or b eq 2) and c eq 3', '((a eq number:1 or b eq number:2) and c eq number:3)'],
    ['not (a eq 1)', 'not a eq number:1'],
    ["not contains(name,'x')", 'not contains(name,string:x)'],
    ['not a eq 1 and b eq 2', '(not a eq number:1 and b eq number:2)'],
    ['a ne null', 'a ne null:null'],
    ['a eq true', 'a eq boolean:true'],
    ['a gt -12.50', 'a gt number:-12.50'],
    ['a le 1e3', 'a le number:1e3'],
    [`_x_value eq ${GUID}`, `_x_value eq guid:${GUID}`],
    [`accountid gt ${GUID.toUpperCase()}`, `accountid gt guid:${GUID.toUpperCase()}`],
    ['createdon ge 2026-01-01T00:00:00Z', 'createdon ge time:2026-01-01T00:00:00Z'],
    ['createdon ge 2026-01-01T00:00:00.123+03:00', 'createdon ge time:2026-01-01T00:00:00.123+03:00'],
    ['birthdate eq 1980-02-29', 'birthdate eq time:1980-02-29'],
    ['1 eq a', 'number:1 eq a'],
    ['firstname eq lastname', 'firstname eq lastname'],
    ["primarycontactid/fullname eq 'x'", 'primarycontactid/fullname eq string:x'],
    ["startswith(name,'a') or endswith(name,'b')", '(startswith(name,string:a) or endswith(name,string:b))'],
    ["contains(name,'a') eq true", 'contains(name,string:a)'],
    ["contains(name,'a') eq false", 'not contains(name,string:a)'],
    ['name eq @p1', 'name eq alias:p1'],
    ["Account_Tasks/any(t:t/subject eq 'x')", 'Account_Tasks/any(t:t/subject eq string:x)'],
    ['Account_Tasks/any()', 'Account_Tasks/any(:)'],
    ['Account_Tasks/all(t:t/statecode eq 1)', 'Account_Tasks/all(t:t/statecode eq number:1)'],
    ["Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=['1','2'])", 'In(a;1,2)'],
    ["Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)", 'LastXDays(createdon;7)'],
    ["OwnershipType eq Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'", 'OwnershipType eq enum:UserOwned'],
    ['  a   eq\t1 ', 'a eq number:1'],
  ])('accepts %s', (text, meaning) => {
    expect(told(parseFilter(text))).toBe(meaning);
  });

  it.each([
    '',
    'name',
    'name eq',
    "eq 'a'",
    'name = 1',
    "name eq 'a",
    'name eq "a"',
    "name EQ 'a'",
    'name eq 1 2',
    'name eq 1 and',
    '(name eq 1',
    'name eq 1)',
    'name eq 1 xor b eq 2',
    'contains(name)',
    "contains(name,'a'",
    "contains(name,'a') eq 1",
    'name eq #',
    'not',
    'tasks/any(t)',
    'any(t:t/a eq 1)',
    "Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=['1'",
    'a eq 1 ; drop',
  ])('refuses %s', (text) => {
    expect(() => parseFilter(text)).toThrow(expect.objectContaining({ status: 400, code: '0x80060888' }));
  });
});

describe('the grammar of the other options', () => {
  it('reads $orderby', () => {
    expect(parseOrder('name desc, createdon asc,_x_value')).toEqual([
      { path: ['name'], descending: true },
      { path: ['createdon'], descending: false },
      { path: ['_x_value'], descending: false },
    ]);
    expect(() => parseOrder('name down')).toThrow();
    expect(() => parseOrder('name,')).toThrow();
  });

  it('reads nested $expand with options', () => {
    const [first, second] = parseExpand("a($select=x,y;$filter=n eq 'p;q(,)';$expand=b($select=z)),c/$ref");
    expect(first?.options.select).toEqual(['x', 'y']);
    expect(first?.options.filterText).toBe("n eq 'p;q(,)'");
    expect(first?.options.expand[0]?.options.select).toEqual(['z']);
    expect(second).toMatchObject({ nav: 'c', refOnly: true });
  });

  it.each([
    'a(',
    'a)',
    'a($count=true)',
    'a($levels=2)',
    'a($skip=1)',
    'a($filter=b eq @p1)',
    'a b',
    '1a',
    '',
  ])('refuses the $expand %s', (text) => {
    expect(() => parseExpand(text)).toThrow(expect.objectContaining({ code: '0x80060888' }));
  });

  it('lets 15 expands through and refuses the sixteenth, nested ones counted', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `n${at}`).join();
    expect(parseExpand(many(15))).toHaveLength(15);
    expect(() => parseExpand(many(16))).toThrow(/15/);
    expect(() => parseExpand(`${many(14)},a($expand=b)`)).toThrow(/15/);
  });

  it('reads $apply', () => {
    const apply = parseApply('filter(a eq 1)/groupby((b,c/d),aggregate($count as n,e with sum as total))');
    expect(apply.by).toEqual([['b'], ['c', 'd']]);
    expect(apply.aggregates).toEqual([
      { path: null, method: 'count', as: 'n' },
      { path: ['e'], method: 'sum', as: 'total' },
    ]);
    expect(apply.filter).not.toBeNull();
  });

  it.each([
    'aggregate(a with countdistinct as n)',
    'aggregate(a with median as n)',
    'aggregate(a as n)',
    'topcount(5,a)',
    'groupby(a)',
    'groupby((a),filter(a eq 1))',
    'aggregate($count)',
  ])('refuses the $apply %s', (text) => {
    expect(() => parseApply(text)).toThrow(expect.objectContaining({ code: '0x80060888' }));
  });

  it.each([
    ['$skip', '1'],
    ['$search', 'x'],
    ['$format', 'json'],
    ['$Select', 'a'],
    ['$select', 'a b'],
    ['$top', '-1'],
    ['$count', 'yes'],
  ])('refuses the option %s=%s', (name, value) => {
    expect(() => parseOptions([[name, value]])).toThrow(expect.objectContaining({ status: 400 }));
  });

  it('refuses an option that comes twice', () => {
    expect(() =>
      parseOptions([
        ['$top', '1'],
        ['$top', '2'],
      ]),
    ).toThrow(/more than once/);
  });
});

import { describe, expect, it } from 'vitest';
import { ColumnProfile } from './column-profile.ts';
import { inferType, valuesOf } from './infer-type.ts';

function profile(values: readonly string[]): ColumnProfile {
  const made = new ColumnProfile();
  for (const value of values) made.add(value);
  return made;
}

function times(count: number, ...values: string[]): string[] {
  return Array.from({ length: count }, (_, at) => values[at % values.length] as string);
}

describe('types of custom fields come from their values (S-31(c))', () => {
  it.each([
    ['NPS', times(30, '1', '2', '10'), 'number'],
    ['Budget', times(30, '1.234,50', '99,00'), 'money'],
    ['Limit (TRY)', times(30, '100', '250'), 'money'],
    ['Bonus', times(30, '1.234,50 ₺', '99,00 ₺'), 'money'],
    ['Discount', times(30, '%10', '12 %'), 'percent'],
    ['Renewal', times(30, '31.12.2026', '01.02.2027'), 'date'],
    ['Last seen', times(30, '2024-01-02 10:00', '2024-05-06 11:00'), 'dateTime'],
    ['Key account', times(30, 'Evet', 'Hayır'), 'boolean'],
    ['Newsletter', times(30, 'TRUE', 'FALSE'), 'boolean'],
    ['VIP', times(30, 'Yes', ''), 'boolean'],
    ['Active', times(30, '1', '0'), 'boolean'],
    ['Tier', times(30, 'Gold', 'Silver', 'Bronze'), 'choice'],
    ['Interests', times(30, 'CRM; ERP', 'CRM', 'ERP; Depo', 'Depo'), 'choices'],
    ['Second mail', times(30, 'a@x.example', 'b@x.example'), 'email'],
    ['Fax', times(30, '0212 555 66 77', '+90 212 555 66 78'), 'phone'],
    ['Cep 2', times(30, '5325556677', '5325556678'), 'phone'],
    ['Profile', times(30, 'https://a.example/x', 'www.b.example'), 'url'],
    ['Brief', times(30, '<p>one</p>', 'plain'), 'html'],
    ['Remarks', ['a\nb', ...Array.from({ length: 9 }, (_, at) => `free text ${at}`)], 'longText'],
    ['Vergi No', Array.from({ length: 30 }, (_, at) => `0${123_456_780 + at}`), 'text'],
    ['Motto', Array.from({ length: 30 }, (_, at) => `words number ${at}`), 'text'],
    ['Start date', times(30, '45292', '45300'), 'date'],
    ['Count', times(30, '45292', '45300'), 'number'],
    ['Nothing', [], 'text'],
  ])('%s', (header, values, type) => {
    expect(inferType(header, profile(values)).type).toBe(type);
  });

  it('the evidence says how many values fit', () => {
    const values = [...times(96, '1', '2', '3', '17'), ...times(4, 'n/a', 'many')];
    expect(inferType('Seats', profile(values))).toEqual({
      type: 'number',
      evidence: '96 of 98 values are numbers',
    });
  });

  it('below 95 % a column is no number', () => {
    expect(inferType('Seats', profile([...times(80, '1', '2'), ...times(20, 'many', 'few')])).type).toBe(
      'choice',
    );
  });
});

describe('what a column holds', () => {
  it('words of tags are counted one by one, each once a cell (S-29(a))', () => {
    const values = valuesOf('tags', profile(['a, b, a', 'b', '']));
    expect(values).toEqual([
      { value: 'b', count: 2 },
      { value: 'a', count: 1 },
    ]);
  });

  it('memory stays bounded: 1,000 distinct values, later ones by kind, long ones cut', () => {
    const made = new ColumnProfile();
    for (let at = 0; at < 5_000; at += 1) made.add(`value ${at}`);
    made.add('x'.repeat(100_000));
    made.close();
    expect(made).toMatchObject({ filled: 5_001, distinct: 1_000, overflow: true, longest: 100_000 });
    expect(made.top(500)).toHaveLength(500);
    expect(made.samples()).toHaveLength(5);
  });

  it('closing twice counts once', () => {
    const made = profile(['a@x.example']);
    made.close();
    made.close();
    expect(made.kinds.email).toBe(1);
  });
});

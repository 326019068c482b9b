import { describe, expect, it } from 'vitest';
import { NumberEvidence, numberForm } from './number-evidence.ts';

describe('forms of numbers', () => {
  it.each([
    ['1234', { decimal: null, mark: null }],
    ['1.234,56', { decimal: ',' }],
    ['1,234.56', { decimal: '.' }],
    ['1 234,56', { decimal: ',' }],
    ['1.234.567', { decimal: ',' }],
    ['1.234', { decimal: 'either' }],
    ['0.125', { decimal: '.' }],
    ['1.234,56 ₺', { decimal: ',', mark: 'money' }],
    ['€ 12.50', { decimal: '.', mark: 'money' }],
    ['TRY 100', { mark: 'money' }],
    ['12,5 %', { decimal: ',', mark: 'percent' }],
    ['%10', { mark: 'percent' }],
    ['(12.00)', { decimal: '.' }],
    ['12-', { decimal: null }],
    ['-5', { decimal: null }],
    ['9.05321E+11', { damaged: true }],
    ['0123', { leadingZero: true }],
  ])('%s', (text, form) => {
    expect(numberForm(text)).toMatchObject(form);
  });

  it.each(['', 'abc', '12 apples', '1.2.3a', '0x10', '12:30', `${'1'.repeat(50)}`, '€'])(
    '"%s" is none',
    (text) => {
      expect(numberForm(text)).toBeNull();
    },
  );
});

describe('the decimal sign of a column', () => {
  function evidence(...texts: string[]) {
    const found = new NumberEvidence();
    for (const text of texts) found.add(numberForm(text) as NonNullable<ReturnType<typeof numberForm>>, 1);
    return { decimal: found.decimal, mixed: found.mixed, ambiguous: found.ambiguous };
  }

  it.each([
    [['1.234', '1,5'], { decimal: ',', ambiguous: false }],
    [['1,234', '1.5'], { decimal: '.', ambiguous: false }],
    [['1.234', '2.345'], { decimal: null, ambiguous: true }],
    [['1,5', '1.5'], { decimal: null, mixed: true }],
    [['1', '2'], { decimal: null, ambiguous: false, mixed: false }],
  ])('%j', (texts, expected) => {
    expect(evidence(...texts)).toMatchObject(expected);
  });
});

import { describe, expect, it } from 'vitest';
import type { TargetField, TargetType, TargetValue } from '../model/target.ts';
import { normalForm } from './normalise.ts';

function form(type: TargetType, value: TargetValue | null): string {
  return normalForm({ type } as TargetField, value);
}

const point = (value: string, primary: boolean, label = 'work') => ({ value, label, primary });

const same: readonly (readonly [TargetType, string, TargetValue | null, TargetValue | null])[] = [
  ['text', 'spaces at the ends and carriage returns', ' a\r\nb ', 'a\nb'],
  ['text', 'nothing and an empty text', null, ''],
  ['number', 'a double written otherwise', '1.50', '1.5'],
  ['money', 'the same amount, the currency in small letters', money('10.0', 'eur'), money('10', 'EUR')],
  ['emails', 'the first without a primary one', [point('a@x.com', false)], [point('a@x.com', true)]],
  ['emails', 'no label and work', [point('a@x.com', true, '')], [point('a@x.com', true)]],
  ['options', 'labels in another order', ['One', 'Two'], ['two', 'one']],
  ['html', 'a tag that a sanitiser closes', '<p>a<br>b', '<p>a<br />b</p>'],
  ['time', 'seconds of nothing', '10:30:00', '10:30'],
];

const different: readonly (readonly [TargetType, string, TargetValue | null, TargetValue | null])[] = [
  ['text', 'case', 'Acme', 'ACME'],
  ['text', 'accents', 'Şişli', 'Sisli'],
  ['text', 'spaces inside', 'a  b', 'a b'],
  ['text', 'something and nothing', 'x', null],
  ['number', 'a cent', '1.51', '1.5'],
  ['money', 'the currency', money('10', 'EUR'), money('10', 'USD')],
  ['emails', 'case', [point('A@x.com', true)], [point('a@x.com', true)]],
  ['emails', 'the label', [point('a@x.com', true, 'home')], [point('a@x.com', true)]],
  ['emails', 'which one is primary', two(true), two(false)],
  ['phones', 'how a number is written', [point('+90 532', true)], [point('+90532', true)]],
  ['options', 'a label that is missing', ['One', 'Two'], ['One']],
  ['html', 'the words', '<p>a</p>', '<p>b</p>'],
  ['date', 'the day', '2026-01-02', '2026-02-01'],
  ['time', 'the minute', '10:30:00', '10:31:00'],
];

function money(amount: string, currency: string) {
  return { amount, currency };
}

function two(isFirst: boolean) {
  return [point('a@x.com', isFirst), point('b@x.com', !isFirst)];
}

describe('what is the same value to Pipedrive (VER-02, VER-04)', () => {
  it.each(same)('%s: %s', (type, _what, left, right) => {
    expect(form(type, left)).toBe(form(type, right));
  });
});

describe('what is not, and would be a finding of the proof', () => {
  it.each(different)('%s: %s', (type, _what, left, right) => {
    expect(form(type, left)).not.toBe(form(type, right));
  });
});

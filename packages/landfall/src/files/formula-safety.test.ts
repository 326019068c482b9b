import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bareCell, guardedCell } from './formula-safety.ts';
import { corpus } from './table-fixture.ts';

const own = corpus('own', process.env.LANDFALL_SHARED);
const payloads = corpus('csv-injection', process.env.LANDFALL_SHARED);

/** What a spreadsheet runs: a first sign that begins a formula, after white space and what cannot be seen. */
const runs = /^[\s\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u;

/** Payloads of the corpus that need no guard, and why. */
const harmlessHere: Readonly<Record<string, string>> = {
  '%0A=1+1': 'the line end is URL-encoded: a spreadsheet shows the text',
  ',=1+1': 'every cell is quoted, so the comma begins no new cell',
};

describe('cells of a generated CSV', () => {
  it.skipIf(own === undefined)(
    'every formula of the corpus gets a guard, and plain values stay as they are',
    () => {
      const { cases } = JSON.parse(
        readFileSync(join(own ?? '', 'spreadsheet-formula-injection.json'), 'utf8'),
      );
      expect(cases.length).toBeGreaterThan(25);
      for (const { value, kind } of cases as { value: string; kind: string }[]) {
        if (kind === 'formula' && !(value in harmlessHere))
          expect(guardedCell(value), value).toBe(`'${value}`);
        expect(bareCell(guardedCell(value)), value).toBe(value);
      }
    },
  );

  it.skipIf(payloads === undefined)(
    'every payload of the public list that begins a formula gets a guard',
    () => {
      const lines = readFileSync(join(payloads ?? '', 'csv-payload.txt'), 'utf8')
        .split(/\r?\n/)
        .filter((line) => runs.test(line));
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(guardedCell(line)).toBe(`'${line}`);
    },
  );

  it.each([
    '-12.50',
    '+5',
    '-',
    '+',
    '=',
    '-$5.00',
    '-3 %',
    '1e5',
    '-1.234,56',
    '+1 555 010 1234',
    '+90 (212) 555-0100',
    '+44 20 7946 0018 ext. 12',
    '(=)',
    '—',
    'Ada',
    '',
  ])('leaves %j as it is: a number, an amount, a phone number or a word', (value) => {
    expect(guardedCell(value)).toBe(value);
  });

  it.each([
    '=1+1',
    '@SUM(1)',
    '-1+1',
    '+1+cmd',
    '\t=1',
    '\r=1',
    ' =1',
    '\u200B=1',
    '\uFEFF=1',
    '＝1+1',
    '＠x',
    '-N/A-',
    '@acme.example',
    "'=1+1",
    '|calc',
    '+1*2',
    '-5-cmd',
  ])('guards %j, because a spreadsheet may run it', (value) => {
    expect(guardedCell(value)).toBe(`'${value}`);
  });

  it('the guard can be taken away exactly, for every text', () => {
    const text = fc.string({
      unit: fc.constantFrom("'", '=', '+', '-', '@', ' ', 'a', '1', '.', '\t', '＝'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (cell) => {
        expect(bareCell(guardedCell(cell))).toBe(cell);
      }),
      { numRuns: 2_000 },
    );
  });

  it('after guarding nothing is left that runs, numbers and phone numbers apart', () => {
    const text = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', ' ', 'a', '(', '\t', '\u200B'),
      minLength: 2,
      maxLength: 6,
    });
    fc.assert(
      fc.property(text, (cell) => !runs.test(guardedCell(`${cell}a`))),
      { numRuns: 1_000 },
    );
  });
});

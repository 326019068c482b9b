import { z } from 'zod';
import { addDecimals, compareDecimals, readDecimal } from '../decimal.ts';
import { labelledLine } from '../labelled-line.ts';
import { isBlank } from '../source-text.ts';
import { gives, type Line, linesTransform, type Outcome, quote, refuses } from '../transform.ts';
import { readAmount } from './money.ts';

const none = z.strictObject({});

const decimal = z
  .enum(['.', ','])
  .optional()
  .describe('The decimal sign of the source. Without it, texts that can be read in two ways are refused.');

const sum = linesTransform({
  name: 'sum',
  summary:
    'Adds up numbers digit by digit, nothing is rounded; empty ones count for nothing, one that is no number refuses the sum. A second field is the currency: it must be the same everywhere, and stays beside the sum for `money`.',
  gives: 'decimal',
  effect: 'byRule',
  settings: z.strictObject({ decimal }),
  examples: [
    { value: ['0.1', '0.2'], gives: '0.3' },
    { value: ['100', '', '-2.50'], gives: '97.5' },
    { value: ['1.234,50', '0,50'], settings: { decimal: ',' }, gives: '1235' },
    { value: ['99999999999999999999', '0.01'], gives: '99999999999999999999.01' },
    {
      value: [
        ['100', 'EUR'],
        ['', ''],
        ['20', ' EUR'],
      ],
      gives: ['120', 'EUR'],
    },
    {
      value: [
        ['100', ''],
        ['20', ''],
      ],
      gives: ['120', ''],
    },
    {
      value: [
        ['100', 'EUR'],
        ['20', 'USD'],
      ],
      refuses: 'EUR and USD cannot be added up',
    },
    {
      value: [
        ['100', 'EUR'],
        ['20', ''],
      ],
      refuses: 'EUR and no currency cannot be added up',
    },
    {
      value: [
        ['$1,100.50', 'USD'],
        ['$20', 'USD'],
      ],
      gives: ['1120.5', 'USD'],
    },
    {
      value: [
        ['$1', ''],
        ['$2', ''],
      ],
      gives: ['3', '$'],
    },
    { value: [['€1', 'USD']], refuses: 'the amount says EUR' },
    { value: '12', gives: '12', effect: 'asIs' },
    { value: ['12', 'many'], refuses: 'is no number' },
    { value: ['1.234', '1'], refuses: 'can be 1234 or 1.234' },
    { value: ['', ''], gives: null },
  ],
  prepare: (settings) => (lines) => {
    const filled = lines.filter(isFilled);
    const units = new Set<string>();
    let total = '0';
    for (const [text = '', ...rest] of filled) {
      const besides = rest.map((one) => one.trim()).join(' ');
      // alone there is no place for a currency: an amount that names one is refused as no number
      const alone = rest.length === 0;
      const reading = alone
        ? readDecimal(text, settings.decimal ?? null)
        : readAmount(text, besides, settings.decimal ?? null);
      if (!reading.ok) return refuses(alone ? `${quote(text)} ${reading.reason}` : reading.reason);
      total = addDecimals(total, reading.value);
      if ('unit' in reading && typeof reading.unit === 'string') units.add(reading.unit.trim());
    }
    const [first] = filled;
    if (first === undefined) return gives(null);
    if (first.length === 1) return gives(total);
    const [unit = '', ...others] = units;
    if (others.length > 0) {
      return refuses(`${[...units].map((one) => one || 'no currency').join(' and ')} cannot be added up`);
    }
    return gives([total, ...(first.length > 2 ? first.slice(1).map((text) => text.trim()) : [unit])]);
  },
});

const count = linesTransform({
  name: 'count',
  summary: 'How many of the items are filled; 0 when there are none.',
  gives: 'integer',
  effect: 'byRule',
  settings: none,
  onEmpty: true,
  examples: [
    { value: ['a', '', 'b'], gives: '2' },
    {
      value: [
        ['a', '1'],
        ['', '2'],
      ],
      gives: '1',
    },
    { value: 'a', gives: '1' },
    { value: null, gives: '0' },
  ],
  prepare: () => (lines) => gives(String(lines.filter(isFilled).length), 'byRule'),
});

const first = linesTransform({
  name: 'first',
  summary:
    'Takes the first filled item. Of several fields: the first record whose first field is filled, with all its fields. What differs is lost, and the proof says so.',
  gives: 'item',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: ['', 'b', 'c'], gives: 'b', effect: 'lossy' },
    { value: ['a', 'a'], gives: 'a', effect: 'normalised' },
    { value: 'a', gives: 'a', effect: 'asIs' },
    {
      value: [
        ['', 'USD'],
        ['5', 'EUR'],
      ],
      gives: ['5', 'EUR'],
    },
    { value: ['', ''], gives: null },
  ],
  prepare: () => (lines) => {
    const filled = lines.filter(isFilled);
    return taken(filled[0], filled);
  },
});

const last = linesTransform({
  name: 'last',
  summary:
    'Takes the last filled item. Of several fields: the last record whose first field is filled, with all its fields. What differs is lost, and the proof says so.',
  gives: 'item',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: ['a', 'b', ''], gives: 'b', effect: 'lossy' },
    { value: ['a'], gives: 'a', effect: 'asIs' },
    {
      value: [
        ['4', 'USD'],
        ['5', 'EUR'],
      ],
      gives: ['5', 'EUR'],
    },
    { value: ['', ''], gives: null },
  ],
  prepare: () => (lines) => {
    const filled = lines.filter(isFilled);
    return taken(filled.at(-1), filled);
  },
});

const order = z.strictObject({
  decimal,
  of: z
    .enum(['numbers', 'texts'])
    .optional()
    .describe(
      'numbers (default): by their size; texts: letter by letter, as ISO dates are in order (put `date` before).',
    ),
});

const max = linesTransform({
  name: 'max',
  summary:
    'Takes the greatest item; of several fields: the record whose first field is the greatest, with all its fields. The others are lost, and the proof says so.',
  gives: 'item',
  effect: 'normalised',
  settings: order,
  examples: [
    { value: ['9', '10', ''], gives: '10', effect: 'lossy' },
    { value: ['-1', '-0.5'], gives: '-0.5' },
    { value: ['1.500,00', '900,5'], settings: { decimal: ',' }, gives: '1.500,00' },
    { value: ['2026-01-09', '2026-01-10'], settings: { of: 'texts' }, gives: '2026-01-10' },
    {
      value: [
        ['9', 'EUR'],
        ['10', 'USD'],
      ],
      gives: ['10', 'USD'],
    },
    { value: ['9', 'many'], refuses: 'is no number' },
    { value: ['', ''], gives: null },
  ],
  prepare: (settings) => (lines) => extreme(lines, settings, 1),
});

const min = linesTransform({
  name: 'min',
  summary:
    'Takes the smallest item; of several fields: the record whose first field is the smallest, with all its fields. The others are lost, and the proof says so.',
  gives: 'item',
  effect: 'normalised',
  settings: order,
  examples: [
    { value: ['9', '10', ''], gives: '9', effect: 'lossy' },
    { value: ['-1', '-0.5'], gives: '-1' },
    { value: ['2026-01-09', '2026-01-10'], settings: { of: 'texts' }, gives: '2026-01-09' },
    { value: ['9', 'many'], refuses: 'is no number' },
    { value: ['', ''], gives: null },
  ],
  prepare: (settings) => (lines) => extreme(lines, settings, -1),
});

const distinct = linesTransform({
  name: 'distinct',
  summary: 'Keeps each filled item once, the first of those alike; of several fields: each line once.',
  gives: 'same',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: ['a', 'b', 'a', ''], gives: ['a', 'b'] },
    { value: [' a', 'a'], gives: ['a'] },
    { value: ['a', 'A'], gives: ['a', 'A'], effect: 'asIs' },
    {
      value: [
        ['a', '1'],
        ['a', '1'],
        ['a', '2'],
      ],
      gives: [
        ['a', '1'],
        ['a', '2'],
      ],
    },
    { value: ['', ''], gives: null },
  ],
  prepare: () => (lines) => {
    const found = new Map<string, Line>();
    for (const line of lines) {
      const tidy = line.map((text) => text.trim());
      const key = JSON.stringify(tidy);
      if (tidy.some((text) => text !== '') && !found.has(key)) found.set(key, tidy);
    }
    if (found.size === 0) return gives(null);
    const kept = [...found.values()];
    return gives(kept[0]?.length === 1 ? kept.map(([text = '']) => text) : kept);
  },
});

const rows = linesTransform({
  name: 'rows',
  summary:
    'Writes several fields of gathered records side by side, a line of text for each record: `Pens, 100, 2.50`. Empty fields are left out; records without any of them make no line.',
  gives: 'text',
  effect: 'normalised',
  settings: z.strictObject({
    with: z
      .string()
      .optional()
      .describe('What stands between the fields of a line. Default: a comma and a space.'),
    labels: z
      .array(z.string())
      .optional()
      .describe('A label before each field, in the order of the fields; an empty text for none.'),
    end: z.string().optional().describe('What stands between the lines. Default: a line end.'),
  }),
  examples: [
    {
      value: [
        ['Pens', '100', '2.50'],
        ['Paper', '5', ''],
      ],
      gives: 'Pens, 100, 2.50\nPaper, 5',
    },
    {
      value: [
        ['Pens', '100', '2.50'],
        ['', '', ''],
      ],
      settings: { with: ' | ', labels: ['', 'Quantity', 'Price'] },
      gives: 'Pens | Quantity: 100 | Price: 2.50',
    },
    { value: ['a\n b', 'c'], settings: { end: ' / ' }, gives: 'a b / c' },
    { value: 'a', gives: 'a', effect: 'asIs' },
    { value: [['', '']], gives: null },
  ],
  prepare: (settings) => (lines) => {
    const written = lines.map((line) => labelledLine(line, settings.labels ?? [], settings.with ?? ', '));
    const filled = written.filter((line) => line !== '');
    return filled.length === 0 ? gives(null) : gives(filled.join(settings.end ?? '\n'));
  },
});

function isFilled(line: Line): boolean {
  return !isBlank(line[0] ?? '');
}

/** One line of several: a list that differs from it in another line has lost something. */
function taken(line: Line | undefined, filled: readonly Line[]): Outcome {
  if (line === undefined) return gives(null);
  const isAlone = filled.every((other) => other.every((text, at) => text === line[at]));
  const value = line.length === 1 ? (line[0] ?? null) : line;
  return isAlone ? gives(value) : gives(value, 'lossy');
}

function extreme(
  lines: readonly Line[],
  settings: { decimal?: '.' | ',' | undefined; of?: 'numbers' | 'texts' | undefined },
  direction: 1 | -1,
): Outcome {
  const filled = lines.filter(isFilled);
  let best: { readonly line: Line; readonly key: string } | undefined;
  for (const line of filled) {
    const [text = ''] = line;
    const reading =
      settings.of === 'texts'
        ? ({ ok: true, value: text.trim() } as const)
        : readDecimal(text, settings.decimal ?? null);
    if (!reading.ok) return refuses(`${quote(text)} ${reading.reason}`);
    const key = reading.value;
    if (best === undefined || direction * compared(key, best.key, settings.of) > 0) best = { line, key };
  }
  return taken(best?.line, filled);
}

function compared(left: string, right: string, of: 'numbers' | 'texts' | undefined): number {
  if (of !== 'texts') return compareDecimals(left, right);
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Transforms of the values of gathered records. */
export const lineTransforms = [sum, count, first, last, max, min, distinct, rows];

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from './field-reader.ts';
import { RecordScanner, type ScannedRecord } from './record-scanner.ts';
import { defaultLimits, type TableLimits } from './table.ts';

const comma: Dialect = { delimiter: ',', quote: '"', escape: '"' };

function scan(
  pieces: readonly string[],
  width?: number,
  dialect = comma,
  limits: TableLimits = defaultLimits,
): ScannedRecord[] {
  const scanner = new RecordScanner(dialect, limits);
  const records: ScannedRecord[] = [];
  const drain = () => {
    for (let record = scanner.next(width); record !== undefined; record = scanner.next(width))
      records.push(record);
  };
  for (const piece of pieces) {
    scanner.push(piece);
    drain();
  }
  scanner.end();
  drain();
  return records;
}

const told = (records: readonly ScannedRecord[]) =>
  records.map(({ line, cells, trouble }) => ({ line, cells, trouble }));
const cellText = fc.string({
  unit: fc.constantFrom('a', 'b', 'ş', '😀', ' ', ',', ';', '"', "'", '\n', '\r\n', '\r', '\\', '=', '\t'),
  maxLength: 8,
});
const lineEnds = ['\r\n', '\n', '\r'] as const;
const quotedLine = (cells: readonly string[]) =>
  cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');

describe('the record scanner', () => {
  it('reads what was written, for every text and every mixture of line ends (S-02)', () => {
    const line = fc.tuple(fc.array(cellText, { minLength: 1, maxLength: 4 }), fc.constantFrom(...lineEnds));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        const text = lines.map(([cells, end]) => quotedLine(cells) + end).join('');
        expect(scan([text]).map(({ cells }) => cells)).toEqual(lines.map(([cells]) => cells));
      }),
      { numRuns: 500 },
    );
  });

  it('reads well-formed text as csv-parse does', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', 'b', 'ş', '-', '='), maxLength: 5 });
    const cell = fc.oneof(
      plain,
      cellText.map((text) => `"${text.replaceAll('"', '""')}"`),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 }),
        fc.constantFrom(...lineEnds),
        (rows, end) => {
          const text = rows.map((cells) => cells.join(',') + end).join('');
          const oracle: string[][] = parse(text, {
            relax_column_count: true,
            record_delimiter: ['\r\n', '\n', '\r'],
          });
          expect(scan([text]).map(({ cells }) => cells)).toEqual(oracle);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives the same records wherever the text is cut into pieces, also for garbage', () => {
    const garbage = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'b'), maxLength: 40 });
    const cuts = fc.array(fc.nat(40), { maxLength: 5 });
    fc.assert(
      fc.property(garbage, cuts, fc.constantFrom(undefined, 2, 3), (text, places, width) => {
        const at = [
          0,
          ...places.filter((place) => place < text.length).sort((one, other) => one - other),
          text.length,
        ];
        const pieces = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(told(scan(pieces, width))).toEqual(told(scan([text], width)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never loses a good line behind a bad one, whatever quote is added anywhere', () => {
    const good = Array.from({ length: 30 }, (_, index) => `${index},name ${index},"note, ${index}"`);
    fc.assert(
      fc.property(fc.nat(29), fc.nat(20), (line, place) => {
        const bad = good[line] ?? '';
        const at = Math.min(place, bad.length);
        const text = `${good.with(line, `${bad.slice(0, at)}"${bad.slice(at)}`).join('\n')}\n`;
        const firsts = scan([text], 3).map(({ cells }) => cells[0]);
        const lost = good.map((_, index) => String(index)).filter((id) => !firsts.includes(id));
        expect(lost.filter((id) => id !== String(line))).toEqual([]);
      }),
    );
  });

  it.each([
    ['counts physical lines over quoted line breaks', 'a,"x\ny\r\nz",b\nc,d,e\n', [1, 4]],
    ['counts each of CR, LF and CRLF as one line', 'a\rb\nc\r\n\r\nd', [1, 2, 3, 4, 5]],
  ])('%s', (_, text, lines) => {
    expect(scan([text]).map(({ line }) => line)).toEqual(lines);
  });

  it('reads a quote that is never closed as a character of its own line only', () => {
    const records = told(scan(['1,"a,x\n2,b,y\n3,c,z\n'], 3));
    expect(records[0]).toEqual({ line: 1, cells: ['1', '"a', 'x'], trouble: 'unclosed-quote' });
    expect(records.slice(1).map(({ cells }) => cells)).toEqual([
      ['2', 'b', 'y'],
      ['3', 'c', 'z'],
    ]);
  });

  it('gives up on an unclosed quote when the cell limit is passed, without holding the rest of the file', () => {
    const limits = { ...defaultLimits, cellChars: 1_000 };
    const rows = Array.from({ length: 2_000 }, (_, index) => `${index},name,x\n`);
    const records = scan(['0,"open,x\n', ...rows], 3, comma, limits);
    expect(records).toHaveLength(2_001);
    expect(records[0]?.trouble).toBe('unclosed-quote');
  });

  it('skips a quoted cell over the limit, line breaks and doubled quotes included, and goes on after it', () => {
    const limits = { ...defaultLimits, cellChars: 100 };
    const long = `${'x'.repeat(40)}\n""${'y'.repeat(90)}\n`.repeat(40);
    const pieces = `1,a,b\n2,"${long}",b\n3,c,d\n`.match(/[\s\S]{1,37}/g) ?? [];
    const records = scan(pieces, 3, comma, limits);
    expect(records.map(({ trouble }) => trouble)).toEqual(['none', 'cell-too-large', 'none']);
    expect(told(records)[2]).toEqual({ line: 83, cells: ['3', 'c', 'd'], trouble: 'none' });
  });

  it('reads quoted cells with blanks around them, and backslash escapes when told', () => {
    expect(scan(['"a" , "b,c" ,d\n'])[0]?.cells).toEqual(['a', 'b,c ', 'd'].map((cell) => cell.trim()));
    expect(scan(['"a \\"b\\"",c\n'], 2, { ...comma, escape: '\\' })[0]?.cells).toEqual(['a "b"', 'c']);
  });
});

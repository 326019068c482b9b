import { describe, expect, test } from 'vitest';
import { readCsv } from './csv.ts';

describe('a CSV file is read', () => {
  test.each([
    ['with commas', 'A,B\n1,2\n', [['1', '2']]],
    ['with semicolons', 'A;B\n1,5;2\n', [['1,5', '2']]],
    ['with tabs', 'A\tB\n1\t2', [['1', '2']]],
    ['with a byte order mark', '\uFEFFA,B\n1,2', [['1', '2']]],
    [
      'with line breaks of Windows',
      'A,B\r\n1,2\r\n3,4\r\n',
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['with quotes in quotes', 'A,B\n"say ""yes"", now",2', [['say "yes", now', '2']]],
    [
      'with a line break in a cell',
      'A,B\n"one\ntwo",2\n3,4',
      [
        ['one\ntwo', '2'],
        ['3', '4'],
      ],
    ],
    ['with empty cells at the end', 'A,B,C\n1,,\n', [['1', '', '']]],
    ['without its empty rows', 'A,B\n\n,\n1,2\n\n', [['1', '2']]],
    ['with spaces around', 'A,B\n 1 , 2 ', [['1', '2']]],
  ])('%s', (_, text, rows) => {
    expect(readCsv(text).rows.map(({ cells }) => cells)).toEqual(rows);
  });

  test('with the lines of its rows', () => {
    const { rows } = readCsv('A,B\n"one\ntwo",2\n\n3,4');
    expect(rows.map(({ line }) => line)).toEqual([2, 5]);
  });
});

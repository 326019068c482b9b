import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { plain, table, widthOf } from './table.ts';

describe('tables for people', () => {
  it('stand in columns: text left, numbers right, no spaces at the end', () => {
    const text = stripVTControlCharacters(
      table(
        ['entity', 'created'],
        [
          ['person', 1234],
          ['deal', 7],
        ],
      ),
    );
    expect(text.split('\n')).toEqual(['entity  created', 'person    1,234', 'deal          7']);
  });

  it.each([
    ['abc', 3],
    ['şğı', 3],
    ['日本', 4],
    ['e\u0301', 1],
    ['👍🏽', 2],
    ['', 0],
  ])('%j takes %i cells', (text, cells) => expect(widthOf(text)).toBe(cells));

  it.each([
    ['\u001b[31mred', '·[31mred'],
    ['one\ntwo\r\n', 'one two· '],
    ['a\u202Eb\u2066c', 'a·b·c'],
    ['\u0007\u009b', '··'],
    ['şğ 日本', 'şğ 日本'],
  ])('text of the source is shown, never obeyed: %j', (text, shown) => expect(plain(text)).toBe(shown));

  it('a table of nothing is its header', () => {
    expect(stripVTControlCharacters(table(['a', 'b'], []))).toBe('a  b');
  });
});

import { describe, expect, it } from 'vitest';
import { parseBody, parseBodyKeepingDigits } from './body.ts';

function parsed(text: string): unknown {
  const body = parseBodyKeepingDigits(Buffer.from(text));
  return body.kind === 'json' ? body.value : body.kind;
}

describe('numbers as they were written', () => {
  it.each([
    ['{"a":20000.0000}', { a: '20000.0000' }],
    [
      '{"a":922337203685477.5807,"b":-9007199254740993}',
      { a: '922337203685477.5807', b: '-9007199254740993' },
    ],
    ['{"a" : 1.5e-7 , "b":0}', { a: '1.5e-7', b: '0' }],
    ['{"a":{"b":7},"c":[{"d":8}]}', { a: { b: '7' }, c: [{ d: '8' }] }],
    ['{"a@x.y":3,"b":true,"c":null}', { 'a@x.y': '3', b: true, c: null }],
  ])('%s', (text, value) => {
    expect(parsed(text)).toEqual(value);
  });

  it.each([
    { a: '":12,' },
    { a: ':5,"b":6}' },
    { a: 'x":7}', b: 'ends with a backslash\\' },
    { a: '1":2,', b: ['3":4,', '"5":6}'] },
    { 'k"': 'x', b: '\\":1,' },
  ])('a text that looks like a member stays what it is: %j', (value) => {
    expect(parsed(JSON.stringify(value))).toEqual(value);
  });

  it('what breaks off is broken', () => {
    expect(parsed('{"a":1,"b":')).toBe('broken');
  });
});

describe('numbers that are numbers while a number can hold them', () => {
  it.each([
    ['{"id":9007199254740993,"b":[-9007199254740993]}', { id: '9007199254740993', b: ['-9007199254740993'] }],
    ['{"a":1e400,"b":-1.5E999,"c":[1e+309]}', { a: '1e400', b: '-1.5E999', c: ['1e+309'] }],
    ['{"a":1.10,"b":1e300,"c":0.30000000000000004}', { a: 1.1, b: 1e300, c: 0.30000000000000004 }],
  ])('%s', (text, value) => {
    expect(parseBody(Buffer.from(text))).toEqual({ kind: 'json', value });
  });

  it('a million brackets are no answer, or one; nothing falls over', () => {
    const deep = `${'['.repeat(1_000_000)}9007199254740993${']'.repeat(1_000_000)}`;
    expect(['json', 'broken']).toContain(parseBody(Buffer.from(deep)).kind);
  });
});

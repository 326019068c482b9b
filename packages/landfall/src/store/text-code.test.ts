import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, indexedText, maxIndexedBytes } from './text-code.ts';

// texts made of what is special, so that its every neighbourhood is met
const oddText = fc
  .array(fc.constantFrom('\0', '\u001a', '\ud800', '\udc00', '😀', 'a', '0000', 'd800'), { maxLength: 12 })
  .map((parts) => parts.join(''));

describe('text as both databases keep it', () => {
  it('comes back as it was, and is storable in between', () => {
    fc.assert(
      fc.property(fc.oneof(oddText, fc.string({ unit: 'binary' })), (text) => {
        const encoded = encodeText(text);
        expect(decodeText(encoded)).toBe(text);
        expect(encoded.isWellFormed()).toBe(true);
        expect(encoded).not.toContain('\0');
      }),
      { numRuns: 500 },
    );
  });

  it('is left alone when nothing is odd', () => {
    expect(encodeText('Ayşe 😀 \n\u001f')).toBe('Ayşe 😀 \n\u001f');
  });
});

describe('text as an index holds it', () => {
  it.each([
    ['short', 'a@example.com', true],
    ['just short enough', 'x'.repeat(maxIndexedBytes), true],
    ['a byte too long', 'x'.repeat(maxIndexedBytes + 1), false],
    ['long only in bytes', 'ş'.repeat(501), false],
    ['cut within a surrogate pair', `x${'😀'.repeat(400)}`, false],
  ])('is %s', (_name, text, stays) => {
    const indexed = indexedText(text);
    expect(indexed === text).toBe(stays);
    expect(Buffer.byteLength(indexed)).toBeLessThanOrEqual(maxIndexedBytes);
    expect(indexed.isWellFormed()).toBe(true);
    expect(indexedText(indexed)).toBe(indexed);
  });
});

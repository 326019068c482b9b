import fc from 'fast-check';
import sanitizeHtml from 'sanitize-html';
import { describe, expect, it } from 'vitest';
import { type BlockLine, parseBlock, renderBlock, tidyLine, withoutBlock } from './block.ts';
import { keptTags } from './html-text.ts';

function sanitise(html: string): string {
  return sanitizeHtml(html, { allowedTags: [...keptTags], allowedAttributes: { a: ['href'] } });
}

const text = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '<b>x</b>',
    '&amp;',
    '"quoted"',
    'a: b',
    '</p>',
    'line\r\nend',
    ' \u00a0 ',
    '⏎',
    '__proto__',
  ),
);
const lines = fc.array(fc.record({ label: text, value: text }), { maxLength: 8 });

/** Lone halves of surrogate pairs cannot be written as UTF-8 and are not the form's concern. */
function isWritable(list: readonly BlockLine[]): boolean {
  return list.every(({ label, value }) => label.isWellFormed() && value.isWellFormed());
}

describe('the block of an activity or note (S-24(a), S-27(b))', () => {
  it('shows its lines as people read them', () => {
    expect(renderBlock([{ label: 'Disposition', value: 'Connected & happy' }])).toBe(
      '<p><b>From the source</b><br><b>Disposition:</b> Connected &amp; happy</p>',
    );
    expect(renderBlock([])).toBe('');
    expect(renderBlock([{ label: 'Empty', value: '  ' }])).toBe('');
  });

  it('comes back from any sanitiser that keeps p, br and b, whatever body follows', () => {
    fc.assert(
      fc.property(lines, fc.constantFrom('', '<p>body</p>', 'text', '<p><b>a:</b> b</p>'), (list, body) => {
        fc.pre(isWritable(list));
        const kept = list.map(tidyLine).filter(({ value }) => value !== '');
        const html = renderBlock(list) + body;
        expect(parseBlock(html)).toEqual(kept.length === 0 ? null : kept);
        expect(parseBlock(sanitise(html))).toEqual(kept.length === 0 ? null : kept);
        if (kept.length > 0) expect(withoutBlock(html)).toBe(body);
      }),
      { numRuns: 1_000, seed: 7 },
    );
  });

  it('survives other spellings of the same HTML', () => {
    const html =
      '\n<p><strong>From the source</strong><br /><strong>A:</strong>&nbsp;1&#39;2<br/><b>B:</b> 2</p>x';
    expect(parseBlock(html)).toEqual([
      { label: 'A', value: "1'2" },
      { label: 'B', value: '2' },
    ]);
  });

  it.each([
    '',
    '<p>From the source</p>',
    'x<p><b>From the source</b><br><b>A:</b> 1</p>',
    '<p><b>From the source</b><br>A</p>',
  ])('sees no block in %j', (html) => {
    expect(parseBlock(html)).toBeNull();
    expect(withoutBlock(html)).toBe(html);
  });
});

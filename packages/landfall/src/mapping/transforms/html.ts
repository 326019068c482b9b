import sanitizeHtml from 'sanitize-html';
import { z } from 'zod';
import {
  keptTags,
  looksLikeHtml,
  paragraphs,
  plainTags,
  unescapeHtml,
  visibleTags,
  withoutControls,
} from '../html-text.ts';
import { gives, type Outcome, refuses, textTransform } from '../transform.ts';

/** Bodies past this are refused: Pipedrive takes about 100,000 characters, and a parser has its price. */
const bodyMaxLength = 1_000_000;

const html = textTransform({
  name: 'html',
  summary:
    'A body as safe HTML: formatting kept (S-28(d)), cleaned to its structure, or taken away. Plain text becomes paragraphs. Scripts, handlers and pictures never pass.',
  gives: (settings) => (settings.mode === 'text' ? 'text' : 'html'),
  effect: 'normalised',
  settings: z.strictObject({
    mode: z
      .enum(['keep', 'clean', 'text'])
      .optional()
      .describe('keep: formatting stays (default); clean: paragraphs, lists, links, bold; text: none.'),
    source: z
      .enum(['auto', 'leading', 'html', 'text'])
      .optional()
      .describe(
        'What the source holds: auto looks for tags and entities (default); leading takes it for HTML only when it begins with a tag.',
      ),
  }),
  examples: [
    { value: 'Hello', gives: '<p>Hello</p>' },
    { value: 'a\nb', gives: '<p>a<br>b</p>' },
    { value: 'a\r\n\r\nb', gives: '<p>a</p><p>b</p>' },
    { value: 'a < b & c > d', gives: '<p>a &lt; b &amp; c &gt; d</p>' },
    { value: 'I <3 you', gives: '<p>I &lt;3 you</p>' },
    { value: 'from <ada@acme.com>', gives: '<p>from &lt;ada@acme.com&gt;</p>' },
    { value: '<p>Hello</p>', gives: '<p>Hello</p>', effect: 'asIs' },
    { value: '<p>a <b>b</b> <i>c</i></p>', gives: '<p>a <b>b</b> <i>c</i></p>', effect: 'asIs' },
    { value: '<p style="color:red" onclick="x()">a</p>', gives: '<p>a</p>' },
    { value: '<script>alert(1)</script>', gives: null },
    { value: 'a<script>alert(1)</script>b', gives: 'ab' },
    { value: '<a href="javascript:alert(1)">x</a>', gives: '<a>x</a>' },
    { value: '<a href="https://acme.com">x</a>', gives: '<a href="https://acme.com">x</a>', effect: 'asIs' },
    {
      value: '<a href="tel:+15550101234">ok</a>',
      gives: '<a href="tel:+15550101234">ok</a>',
      effect: 'asIs',
    },
    { value: '<p>unclosed <b>bold', gives: '<p>unclosed <b>bold</b></p>' },
    { value: 'see <img src="x" alt="plan">', gives: 'see [plan]', effect: 'lossy' },
    {
      value: '<p><img src="x" alt="plan"><b>text</b> after</p>',
      gives: '<p>[plan]<b>text</b> after</p>',
      effect: 'lossy',
    },
    {
      value: '<p><img src="x"><img alt="&quot;a&quot; <b>">b</p>',
      gives: '<p>[&quot;a&quot; &lt;b&gt;]b</p>',
      effect: 'lossy',
    },
    { value: '<p>a</p><iframe src="//x"></iframe>', gives: '<p>a</p>', effect: 'lossy' },
    { value: '<font color="red">a</font>', gives: 'a' },
    { value: '&lt;b&gt;', gives: '&lt;b&gt;', effect: 'asIs' },
    { value: '&lt;b&gt;', settings: { source: 'text' }, gives: '<p>&amp;lt;b&amp;gt;</p>' },
    { value: '<div><p>a</p></div><h1>b</h1>', settings: { mode: 'clean' }, gives: '<p>a</p>b' },
    { value: 'a <b>b</b>', settings: { source: 'leading' }, gives: '<p>a &lt;b&gt;b&lt;/b&gt;</p>' },
    {
      value: '<p>a <b>b</b></p>',
      settings: { source: 'leading' },
      gives: '<p>a <b>b</b></p>',
      effect: 'asIs',
    },
    { value: '<p>a<br>b</p><p>c &amp; d</p>', settings: { mode: 'text' }, gives: 'a\nb\nc & d' },
    { value: '<ul><li>a</li><li>b</li></ul>', settings: { mode: 'text' }, gives: 'a\nb' },
    { value: 'plain', settings: { mode: 'text' }, gives: 'plain', effect: 'asIs' },
    { value: '<p>null\u0000byte</p>', gives: '<p>nullbyte</p>' },
  ],
  prepare: (settings) => (text) => bodyOf(text, settings.mode ?? 'keep', settings.source ?? 'auto'),
});

type Source = 'auto' | 'leading' | 'html' | 'text';

function bodyOf(text: string, mode: 'keep' | 'clean' | 'text', source: Source): Outcome {
  if (text.length > bodyMaxLength)
    return refuses(`the body has ${text.length} characters, the most is ${bodyMaxLength}`);
  const isHtml =
    source === 'html' ||
    (source === 'auto' && looksLikeHtml(text)) ||
    (source === 'leading' && /^\s*<[a-z!]/i.test(text));
  if (!isHtml) return gives(mode === 'text' ? withoutControls(text) : paragraphs(text));
  const safe = sanitised(withoutControls(text), mode === 'clean' ? plainTags : keptTags);
  const made = mode === 'text' ? plainText(safe.html) : safe.html;
  if (made.trim() === '') return { ok: true, value: null, effect: 'lossy' };
  return safe.lossy ? gives(made, 'lossy') : gives(made);
}

function sanitised(text: string, allowedTags: readonly string[]): { html: string; lossy: boolean } {
  let lossy = false;
  const made = sanitizeHtml(text, {
    allowedTags: [...allowedTags, 'img'],
    allowedAttributes: { a: ['href'], img: ['alt'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    onOpenTag: (name) => {
      if (visibleTags.has(name)) lossy = true;
    },
  });
  const plain = made.replaceAll('<br />', '<br>').replaceAll('<hr />', '<hr>');
  return { html: withoutPictures(plain), lossy };
}

/** A picture is told by its name. What comes out of the cleaning has one form: `<img alt="plan" />`. */
function withoutPictures(safe: string): string {
  return safe.replace(/<img(?: alt(?:="([^"]*)")?)? \/>/g, (_tag, name: string | undefined) =>
    name === undefined || name === '' ? '' : `[${name}]`,
  );
}

/** Text of HTML that came out of `sanitised`: its tags are known, so cutting at them is safe. */
function plainText(safe: string): string {
  const lined = safe.replace(/<br>|<hr>|<\/(?:p|div|li|tr|h[1-6]|blockquote|pre|ul|ol|table)>/g, '\n');
  return unescapeHtml(lined.replace(/<[^<>]*>/g, ''))
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Transforms of bodies. */
export const htmlTransforms = [html];

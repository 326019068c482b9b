import { z } from 'zod';
import { collapseSpaces, textKey } from '../fold.ts';
import { labelledLine } from '../labelled-line.ts';
import { fieldsTransform, gives, listTransform, nothing, textTransform } from '../transform.ts';

const none = z.strictObject({});
const locale = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/)
  .optional()
  .describe('Language of the text, such as tr or en: decides what the capital of i is. Default: none.');

const wordPattern = /[\p{L}\p{M}\p{N}'’]+/gu;

const trim = textTransform({
  name: 'trim',
  summary: 'Takes spaces away from both ends.',
  gives: 'text',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: '  Ada  ', gives: 'Ada' },
    { value: 'Ada', gives: 'Ada' },
    { value: '\u00a0Ada\u200b', gives: 'Ada' },
    { value: '\tAda Lovelace\r\n', gives: 'Ada Lovelace' },
    { value: 'two  spaces', gives: 'two  spaces' },
    { value: ['a ', ' b'], gives: ['a', 'b'] },
  ],
  prepare: () => (text) => gives(trimmed(text)),
});

function trimmed(text: string): string {
  const bare = text.trim();
  return bare.replace(/^[\u200b\ufeff\u2060]+|[\u200b\ufeff\u2060]{1,100}$/g, '').trim();
}

const collapse = textTransform({
  name: 'collapse',
  summary: 'Makes one space of every run of spaces and line ends, and takes them away from both ends.',
  gives: 'text',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: 'Acme   Ltd', gives: 'Acme Ltd' },
    { value: ' a\n b\t c ', gives: 'a b c' },
    { value: 'Acme Ltd', gives: 'Acme Ltd' },
    { value: 'zero\u200bwidth', gives: 'zero width' },
    { value: 'İş\u00a0 Bankası', gives: 'İş Bankası' },
  ],
  prepare: () => (text) => gives(collapseSpaces(text)),
});

const lines = textTransform({
  name: 'lines',
  summary:
    'Keeps line ends as \\n, takes spaces away at the ends of lines and empty lines at the ends of the text.',
  gives: 'text',
  effect: 'normalised',
  settings: none,
  examples: [
    { value: 'a\r\nb', gives: 'a\nb' },
    { value: 'a\rb', gives: 'a\nb' },
    { value: '\n\na  \nb\n', gives: 'a\nb' },
    { value: 'a\n\nb', gives: 'a\n\nb' },
    { value: 'one line', gives: 'one line' },
  ],
  prepare: () => (text) => gives(tidyLines(text)),
});

function tidyLines(text: string): string {
  return text
    .split(/\r\n|\r|\n|\u2028|\u2029/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

const upper = textTransform({
  name: 'upper',
  summary: 'Writes the text in capitals, by the rules of a language when one is named.',
  gives: 'text',
  effect: 'byRule',
  settings: z.strictObject({ locale }),
  examples: [
    { value: 'istanbul', settings: { locale: 'tr' }, gives: 'İSTANBUL' },
    { value: 'istanbul', gives: 'ISTANBUL' },
    { value: 'ABC', gives: 'ABC' },
    { value: 'straße', gives: 'STRASSE' },
  ],
  prepare: (settings) => (text) => gives(capitals(text, settings.locale)),
});

const lower = textTransform({
  name: 'lower',
  summary: 'Writes the text in small letters, by the rules of a language when one is named.',
  gives: 'text',
  effect: 'byRule',
  settings: z.strictObject({ locale }),
  examples: [
    { value: 'ISPARTA', settings: { locale: 'tr' }, gives: 'ısparta' },
    { value: 'İZMİR', settings: { locale: 'tr' }, gives: 'izmir' },
    { value: 'ISPARTA', gives: 'isparta' },
    { value: 'abc', gives: 'abc' },
  ],
  prepare: (settings) => (text) => gives(smallLetters(text, settings.locale)),
});

const titleCase = textTransform({
  name: 'titleCase',
  summary:
    'Gives each word a capital when the whole text is in capitals or in small letters; mixed text stays.',
  gives: 'text',
  effect: 'byRule',
  settings: z.strictObject({ locale }),
  examples: [
    { value: 'AYŞE YILMAZ', settings: { locale: 'tr' }, gives: 'Ayşe Yılmaz' },
    { value: 'ilhan irem', settings: { locale: 'tr' }, gives: 'İlhan İrem' },
    { value: 'Ludwig van Beethoven', gives: 'Ludwig van Beethoven' },
    { value: 'McDonald', gives: 'McDonald' },
    { value: 'ada lovelace', gives: 'Ada Lovelace' },
    { value: "O'BRIEN", gives: "O'brien" },
  ],
  prepare: (settings) => (text) => gives(withCapitals(text, settings.locale)),
});

function withCapitals(text: string, language: string | undefined): string {
  const low = smallLetters(text, language);
  if (text !== low && text !== capitals(text, language)) return text;
  return low.replace(wordPattern, (word) => {
    const [first = ''] = word;
    return capitals(first, language) + word.slice(first.length);
  });
}

/** Without a language the rules are the same everywhere, and much faster. */
function capitals(text: string, language: string | undefined): string {
  return language === undefined ? text.toUpperCase() : text.toLocaleUpperCase(language);
}

function smallLetters(text: string, language: string | undefined): string {
  return language === undefined ? text.toLowerCase() : text.toLocaleLowerCase(language);
}

const truncate = textTransform({
  name: 'truncate',
  summary: 'Cuts the text to a number of characters; what is cut is lost, and the proof says so.',
  gives: 'text',
  effect: 'lossy',
  settings: z.strictObject({
    max: z.int().min(1).max(100_000).describe('The most characters to keep.'),
  }),
  examples: [
    { value: 'abcdef', settings: { max: 3 }, gives: 'abc', effect: 'lossy' },
    { value: 'abc', settings: { max: 3 }, gives: 'abc', effect: 'asIs' },
    { value: 'a😀b', settings: { max: 2 }, gives: 'a', effect: 'lossy' },
    { value: 'a😀b', settings: { max: 3 }, gives: 'a😀', effect: 'lossy' },
  ],
  prepare: (settings) => (text) => gives(cut(text, settings.max)),
});

/** Counts UTF-16 units, as databases and JSON schemas mostly do, but never cuts a character in two. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const half = text.charCodeAt(max - 1);
  return text.slice(0, half >= 0xd800 && half <= 0xdbff ? max - 1 : max);
}

const replace = textTransform({
  name: 'replace',
  summary:
    'Puts one text in the place of another, wherever it stands. No patterns: the text is taken letter by letter.',
  gives: 'text',
  effect: 'byRule',
  settings: z.strictObject({
    find: z.string().min(1).describe('The text to look for.'),
    with: z.string().describe('What to put there.'),
  }),
  examples: [
    { value: 'a.b.c', settings: { find: '.', with: '-' }, gives: 'a-b-c' },
    { value: 'price $1', settings: { find: '$1', with: '$&' }, gives: 'price $&' },
    { value: 'abc', settings: { find: 'x', with: 'y' }, gives: 'abc' },
    { value: '(a+)+', settings: { find: '+', with: '' }, gives: '(a)' },
  ],
  prepare: (settings) => (text) => gives(text.replaceAll(settings.find, () => settings.with)),
});

const blank = textTransform({
  name: 'blank',
  summary: 'Takes the given texts (case and spaces aside) for nothing: `n/a`, `-`, `yok`.',
  gives: 'text',
  effect: 'byRule',
  settings: z.strictObject({
    values: z.array(z.string()).min(1).describe('Texts that mean nothing.'),
  }),
  examples: [
    { value: 'N/A', settings: { values: ['n/a', '-'] }, gives: null },
    { value: ' - ', settings: { values: ['n/a', '-'] }, gives: null },
    { value: 'Yok', settings: { values: ['YOK'] }, gives: null },
    { value: 'a-b', settings: { values: ['-'] }, gives: 'a-b' },
  ],
  prepare: (settings) => {
    const texts = new Set(settings.values.map(textKey));
    return (text) => (texts.has(textKey(text)) ? nothing : gives(text));
  },
});

const join = listTransform({
  name: 'join',
  summary: 'Puts the filled fields (or the items of a list) together into one text.',
  gives: 'text',
  effect: 'normalised',
  settings: z.strictObject({
    with: z.string().optional().describe('What stands between them. Default: a space.'),
  }),
  examples: [
    { value: ['Ada', 'Lovelace'], gives: 'Ada Lovelace' },
    { value: ['Ada', '', 'Lovelace'], settings: { with: ', ' }, gives: 'Ada, Lovelace' },
    { value: ['', 'Lovelace'], gives: 'Lovelace' },
    { value: 'Ada', gives: 'Ada', effect: 'asIs' },
    { value: ['', ''], gives: null },
  ],
  prepare: (settings) => (texts) => {
    const filled = texts.filter((text) => text.trim() !== '');
    return filled.length === 0 ? gives(null) : gives(filled.join(settings.with ?? ' '));
  },
});

const labelled = fieldsTransform({
  name: 'labelled',
  summary:
    'Puts the filled fields together into one text, each after a label that says what it is: `Unit: box; Tax: 20`.',
  gives: 'text',
  effect: 'normalised',
  settings: z.strictObject({
    labels: z
      .array(z.string())
      .min(1)
      .describe('A label for each field, in the order of the fields; an empty text for none.'),
    with: z.string().optional().describe('What stands between them. Default: a semicolon and a space.'),
  }),
  examples: [
    { value: ['box', '20'], settings: { labels: ['Unit', 'Tax'] }, gives: 'Unit: box; Tax: 20' },
    { value: ['', '20'], settings: { labels: ['Unit', 'Tax'] }, gives: 'Tax: 20' },
    {
      value: ['fragile', 'box'],
      settings: { labels: ['', 'Unit'], with: ', ' },
      gives: 'fragile, Unit: box',
    },
    { value: ['', ''], settings: { labels: ['Unit', 'Tax'] }, gives: null },
  ],
  prepare: (settings) => (fields) => {
    const line = labelledLine(fields, settings.labels, settings.with ?? '; ');
    return gives(line === '' ? null : line);
  },
});

const firstFilled = listTransform({
  name: 'firstFilled',
  summary: 'Takes the first filled field of several and leaves the others.',
  gives: 'text',
  effect: 'byRule',
  settings: none,
  examples: [
    { value: ['', 'b', 'c'], gives: 'b' },
    { value: ['a', 'b'], gives: 'a' },
    { value: 'a', gives: 'a' },
    { value: ['', ''], gives: null },
  ],
  prepare: () => (texts) => gives(texts.find((text) => text.trim() !== '') ?? null),
});

/** Transforms of plain text. */
export const textTransforms = [
  trim,
  collapse,
  lines,
  upper,
  lower,
  titleCase,
  truncate,
  replace,
  blank,
  join,
  labelled,
  firstFilled,
];

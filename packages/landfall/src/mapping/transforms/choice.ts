import { z } from 'zod';
import { collapseSpaces, textKey } from '../fold.ts';
import { gives, listTransform, nothing, type Outcome, quote, refuses, textTransform } from '../transform.ts';

const separators = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe('Texts that part the values. Default: ; , | and line ends.');
const usualSeparators = [';', ',', '|', '\n'];

const lookup = textTransform({
  name: 'lookup',
  summary: 'Translates a value by a value table of the mapping, case and spaces aside.',
  gives: 'text',
  effect: 'byRule',
  settings: z.strictObject({
    table: z.string().min(1).describe('The name of a table under `values`.'),
    otherwise: z
      .union([z.enum(['refuse', 'keep']), z.strictObject({ use: z.string().min(1) })])
      .optional()
      .describe('What to do with a value that the table does not have. Default: refuse.'),
  }),
  examples: [
    { value: 'Sıcak', settings: { table: 't' }, context: { values: { t: { sıcak: 'Hot' } } }, gives: 'Hot' },
    {
      value: ' SICAK ',
      settings: { table: 't' },
      context: { values: { t: { sıcak: 'Hot' } } },
      gives: 'Hot',
    },
    { value: 'Hot', settings: { table: 't' }, context: { values: { t: { Hot: 'Hot' } } }, gives: 'Hot' },
    {
      value: 'x',
      settings: { table: 't' },
      context: { values: { t: {} } },
      refuses: 'is not in the value table',
    },
    { value: 'x', settings: { table: 't', otherwise: 'keep' }, context: { values: { t: {} } }, gives: 'x' },
    {
      value: 'x',
      settings: { table: 't', otherwise: { use: 'Other' } },
      context: { values: { t: {} } },
      gives: 'Other',
    },
    { value: 'x', settings: { table: 't' }, context: { values: { t: { x: '' } } }, gives: null },
    {
      value: ['a', 'b'],
      settings: { table: 't' },
      context: { values: { t: { a: 'A', b: 'B' } } },
      gives: ['A', 'B'],
    },
    {
      value: 'constructor',
      settings: { table: 't' },
      context: { values: { t: {} } },
      refuses: 'value table',
    },
    { value: 'x', settings: { table: 'toString' }, refuses: 'value table' },
  ],
  prepare: (settings, context) => {
    const rows = Object.hasOwn(context.values, settings.table) ? context.values[settings.table] : {};
    const table = new Map(Object.entries(rows ?? {}).map(([from, to]) => [textKey(from), to]));
    const otherwise = settings.otherwise ?? 'refuse';
    return (text) => {
      const found = table.get(textKey(text));
      if (found !== undefined) return found === '' ? nothing : gives(found);
      if (otherwise === 'keep') return gives(text);
      if (otherwise !== 'refuse') return gives(otherwise.use, 'byRule');
      return refuses(`${quote(text)} is not in the value table "${settings.table}": add it there`);
    };
  },
});

const choice = textTransform({
  name: 'choice',
  summary: 'The label of one option: spaces tidied, otherwise as it is.',
  gives: 'text',
  effect: 'normalised',
  settings: z.strictObject({
    codes: z
      .enum(['keep', 'refuse'])
      .optional()
      .describe(
        'A bare number where a label should be (the option was deleted): keep it (default) or refuse it.',
      ),
  }),
  examples: [
    { value: 'Hot', gives: 'Hot' },
    { value: '  Very   hot ', gives: 'Very hot' },
    { value: 'a; b', gives: 'a; b' },
    { value: '77', gives: '77' },
    { value: '77', settings: { codes: 'refuse' }, refuses: 'is a code without a label' },
  ],
  prepare: (settings) => (text) => {
    const label = collapseSpaces(text);
    return settings.codes === 'refuse' && /^-?\d+$/.test(label)
      ? refuses(`${quote(label)} is a code without a label: the option was deleted in the source`)
      : gives(label);
  },
});

const choices = listTransform({
  name: 'choices',
  summary: 'The labels of several options in one cell (or a JSON list), each one once, case aside.',
  gives: 'texts',
  effect: 'normalised',
  settings: z.strictObject({ separators }),
  examples: [
    { value: 'a; b', gives: ['a', 'b'] },
    { value: 'a,b , c', gives: ['a', 'b', 'c'] },
    { value: 'a|b', gives: ['a', 'b'] },
    { value: 'a\nb', gives: ['a', 'b'] },
    { value: 'a, b, A', gives: ['a', 'b'] },
    { value: 'a;;b;', gives: ['a', 'b'] },
    { value: '["a, b","c"]', gives: ['a, b', 'c'] },
    { value: '["a"', gives: ['["a"'] },
    { value: 'a, b; c', settings: { separators: [';'] }, gives: ['a, b', 'c'] },
    { value: 'a / b', settings: { separators: [' / '] }, gives: ['a', 'b'] },
    { value: ['a', 'b'], gives: ['a', 'b'], effect: 'asIs' },
    { value: 'a', gives: ['a'], effect: 'asIs' },
    { value: ' ; ', gives: null },
  ],
  prepare: (settings) => {
    const cut = cutter(settings.separators ?? usualSeparators);
    return (texts) => labels(texts.flatMap(cut));
  },
});

const tags = listTransform({
  name: 'tags',
  summary: 'Tags in one cell as labels, each one once, case aside; a `#` before a tag goes (S-29).',
  gives: 'texts',
  effect: 'normalised',
  settings: z.strictObject({ separators }),
  examples: [
    { value: 'vip, export', gives: ['vip', 'export'] },
    { value: '#vip #export', settings: { separators: [' '] }, gives: ['vip', 'export'] },
    { value: 'VIP; vip', gives: ['VIP'] },
    { value: 'İhracat, ihracat', gives: ['İhracat'] },
    { value: '#', gives: null },
  ],
  prepare: (settings) => {
    const cut = cutter(settings.separators ?? usualSeparators);
    return (texts) => labels(texts.flatMap(cut).map(withoutHash));
  },
});

function withoutHash(tag: string): string {
  return tag.trim().replace(/^#/, '');
}

function labels(pieces: readonly string[]): Outcome {
  const found = new Map<string, string>();
  for (const piece of pieces) {
    const label = collapseSpaces(piece);
    const key = textKey(label);
    if (label !== '' && !found.has(key)) found.set(key, label);
  }
  return found.size === 0 ? nothing : gives([...found.values()]);
}

/** Cuts at any of the separators, taken letter by letter; a JSON list of texts is cut already. */
function cutter(separators: readonly string[]): (text: string) => readonly string[] {
  const pattern = new RegExp(
    separators.map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'),
  );
  return (text) => jsonTexts(text) ?? text.split(pattern);
}

function jsonTexts(text: string): readonly string[] | null {
  const bare = text.trim();
  if (!bare.startsWith('[') || !bare.endsWith(']')) return null;
  try {
    const list: unknown = JSON.parse(bare);
    const isList = Array.isArray(list) && list.every((item) => typeof item === 'string');
    return isList ? (list as string[]) : null;
  } catch {
    return null;
  }
}

const split = listTransform({
  name: 'split',
  summary:
    'Cuts a text into a list, or takes one piece of it; pieces not taken are lost, and the proof says so.',
  gives: (settings) => (settings.take === undefined ? 'texts' : 'text'),
  effect: 'normalised',
  settings: z.strictObject({
    with: z.string().min(1).optional().describe('The text that parts the pieces. Default: a comma.'),
    take: z
      .union([z.enum(['first', 'last']), z.int().min(1).max(100)])
      .optional()
      .describe('Which piece to take: first, last, or its number from 1. Default: all, as a list.'),
  }),
  examples: [
    { value: 'a, b', gives: ['a', 'b'] },
    { value: 'a/b', settings: { with: '/' }, gives: ['a', 'b'] },
    { value: 'a/b', settings: { with: '/', take: 'first' }, gives: 'a', effect: 'lossy' },
    { value: 'a/b', settings: { with: '/', take: 'last' }, gives: 'b', effect: 'lossy' },
    { value: 'a/b/c', settings: { with: '/', take: 2 }, gives: 'b', effect: 'lossy' },
    { value: 'a', settings: { take: 'first' }, gives: 'a', effect: 'asIs' },
    { value: 'a', settings: { take: 2 }, gives: null },
    { value: 'a,,b', gives: ['a', 'b'] },
  ],
  prepare: (settings) => (texts) => {
    const found = texts
      .flatMap((text) => text.split(settings.with ?? ','))
      .map((piece) => piece.trim())
      .filter((piece) => piece !== '');
    if (settings.take === undefined) return found.length === 0 ? gives(null) : gives(found);
    const index = settings.take === 'first' ? 0 : settings.take === 'last' ? -1 : settings.take - 1;
    const taken = found.at(index);
    if (taken === undefined) return gives(null);
    return found.length === 1 ? gives(taken) : gives(taken, 'lossy');
  },
});

/** Transforms of options, tags and other lists. */
export const choiceTransforms = [lookup, choice, choices, tags, split];

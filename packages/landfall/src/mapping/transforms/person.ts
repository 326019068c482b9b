import { z } from 'zod';
import { collapseSpaces } from '../fold.ts';
import { fieldsTransform, gives, textTransform } from '../transform.ts';

/** What may follow a comma without being a first name. */
const titlesAfterComma = new Set(
  'jr jr. sr sr. ii iii iv v phd ph.d. ph.d md m.d. dds esq esq. mba cpa rn inc inc. llc ltd ltd. gmbh a.ş. aş'.split(
    ' ',
  ),
);

const personName = fieldsTransform({
  name: 'personName',
  summary:
    'Makes one name of first and last name, or of a full name; `Surname, Name` is turned round. No letter is lost.',
  gives: 'text',
  effect: 'normalised',
  settings: z.strictObject({
    comma: z
      .enum(['turn', 'keep'])
      .optional()
      .describe('What one comma means: turn `Surname, Name` round (default), or keep it.'),
  }),
  examples: [
    { value: ['Ada', 'Lovelace'], gives: 'Ada Lovelace' },
    { value: ['Ada', ''], gives: 'Ada', effect: 'asIs' },
    { value: ['', 'Lovelace'], gives: 'Lovelace', effect: 'asIs' },
    { value: ['Ada', 'King', 'Lovelace'], gives: 'Ada King Lovelace' },
    { value: 'Lovelace, Ada', gives: 'Ada Lovelace' },
    { value: 'YILMAZ, Ayşe Nur', gives: 'Ayşe Nur YILMAZ' },
    { value: 'Lovelace, Ada', settings: { comma: 'keep' }, gives: 'Lovelace, Ada' },
    { value: 'Martin Luther King, Jr.', gives: 'Martin Luther King, Jr.' },
    { value: 'Ada Lovelace, PhD', gives: 'Ada Lovelace, PhD' },
    { value: 'a, b, c', gives: 'a, b, c' },
    { value: ' Ada   Lovelace ', gives: 'Ada Lovelace' },
    { value: 'Ali & Veli Kaya', gives: 'Ali & Veli Kaya', effect: 'asIs' },
    { value: 'ludwig van Beethoven', gives: 'ludwig van Beethoven' },
    { value: 'Lovelace,', gives: 'Lovelace,' },
    { value: ['Ada', 'Ada Lovelace'], gives: 'Ada Lovelace' },
    { value: ['', ''], gives: null },
  ],
  prepare: (settings) => {
    const turn = settings.comma !== 'keep';
    return (fields) => {
      const parts = fields.map(collapseSpaces).filter((part) => part !== '');
      if (parts.length === 0) return gives(null);
      if (parts.length === 1) return oneName(fields, parts[0] ?? '', turn);
      return gives(joined(parts));
    };
  },
});

function oneName(fields: readonly string[], name: string, turn: boolean) {
  const turned = turn ? turnedRound(name) : name;
  return gives(turned, fields.includes(turned) ? 'asIs' : 'normalised');
}

/** A last field that holds the whole name already (a `Full Name` beside `First Name`) is not doubled. */
function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  const before = parts.slice(0, -1).join(' ');
  return last.startsWith(`${before} `) ? last : `${before} ${last}`;
}

function turnedRound(name: string): string {
  const comma = name.indexOf(',');
  if (comma < 1 || name.includes(',', comma + 1)) return name;
  const surname = name.slice(0, comma).trim();
  const given = name.slice(comma + 1).trim();
  if (given === '' || titlesAfterComma.has(given.toLowerCase())) return name;
  return `${given} ${surname}`;
}

const owner = textTransform({
  name: 'owner',
  summary:
    'The owner as the source names them (address, name or initials), tidied; the user table decides who it is.',
  gives: 'owner',
  effect: 'normalised',
  settings: z.strictObject({}),
  examples: [
    { value: ' ada@acme.com ', gives: 'ada@acme.com' },
    { value: 'Ada  Lovelace', gives: 'Ada Lovelace' },
    { value: 'AL', gives: 'AL' },
    { value: 'Ada <ada@acme.com>', gives: 'Ada <ada@acme.com>' },
  ],
  prepare: () => (text) => gives(collapseSpaces(text)),
});

/** Transforms of people: their names, and who owns a record. */
export const personTransforms = [personName, owner];

import { z } from 'zod';
import { textKey } from '../fold.ts';
import { gives, quote, refuses, textTransform } from '../transform.ts';

const yesWords = 'evet e yes y true t 1 -1 x ✓ ✔ on var doğru ja j oui si sí'.split(' ').map(textKey);
const noWords = 'hayır h no n false f 0 off yok yanlış nein non'.split(' ').map(textKey);

const words = {
  yes: z.array(z.string()).min(1).optional().describe('Further texts that mean yes.'),
  no: z.array(z.string()).min(1).optional().describe('Further texts that mean no.'),
};

function reader(settings: { yes?: string[] | undefined; no?: string[] | undefined }) {
  const meaning = new Map<string, boolean>();
  for (const word of yesWords) meaning.set(word, true);
  for (const word of noWords) meaning.set(word, false);
  for (const word of settings.yes ?? []) meaning.set(textKey(word), true);
  for (const word of settings.no ?? []) meaning.set(textKey(word), false);
  return (text: string) => meaning.get(textKey(text));
}

const boolean = textTransform({
  name: 'boolean',
  summary:
    'Yes or no, from the words of English and Turkish, 1/0, -1/0, x and a tick; anything else is refused.',
  gives: 'boolean',
  effect: 'normalised',
  settings: z.strictObject(words),
  examples: [
    { value: 'Evet', gives: true },
    { value: 'HAYIR', gives: false },
    { value: 'hayir', gives: false },
    { value: 'yes', gives: true },
    { value: 'No', gives: false },
    { value: 'TRUE', gives: true },
    { value: 'false', gives: false },
    { value: '1', gives: true },
    { value: '0', gives: false },
    { value: '-1', gives: true },
    { value: 'x', gives: true },
    { value: ' X ', gives: true },
    { value: '✓', gives: true },
    { value: true, gives: true },
    { value: 'done', settings: { yes: ['Done'], no: ['Pending'] }, gives: true },
    { value: 'PENDING', settings: { yes: ['Done'], no: ['Pending'] }, gives: false },
    { value: '2', refuses: 'is neither yes nor no' },
    { value: 'maybe', refuses: 'is neither yes nor no' },
  ],
  prepare: (settings) => {
    const read = reader(settings);
    return (text) => {
      const truth = read(text);
      return truth === undefined ? refuses(`${quote(text)} is neither yes nor no`) : gives(truth);
    };
  },
});

const yesNo = textTransform({
  name: 'yesNo',
  summary:
    'Yes or no as the label of an option, for checkboxes where the destination has none: they become an option field Yes/No.',
  gives: 'text',
  effect: 'normalised',
  settings: z.strictObject({
    ...words,
    labels: z
      .tuple([z.string().min(1), z.string().min(1)])
      .optional()
      .describe('The labels for yes and for no. Default: Yes, No.'),
  }),
  examples: [
    { value: true, gives: 'Yes' },
    { value: false, gives: 'No' },
    { value: 'evet', gives: 'Yes' },
    { value: '0', gives: 'No' },
    { value: 'Yes', gives: 'Yes', effect: 'asIs' },
    { value: 'true', settings: { labels: ['Evet', 'Hayır'] }, gives: 'Evet' },
    { value: 'maybe', refuses: 'is neither yes nor no' },
  ],
  prepare: (settings) => {
    const read = reader(settings);
    const [yes, no] = settings.labels ?? ['Yes', 'No'];
    return (text) => {
      const truth = read(text);
      return truth === undefined ? refuses(`${quote(text)} is neither yes nor no`) : gives(truth ? yes : no);
    };
  },
});

/** Transforms of yes and no. */
export const booleanTransforms = [boolean, yesNo];

import { z } from 'zod';
import { meansNothing } from '../fold.ts';
import { parsePhoneNumber } from '../phone-number.ts';
import {
  fewReasons,
  gives,
  listTransform,
  nothing,
  type Outcome,
  quote,
  refuses,
  textTransform,
} from '../transform.ts';

const settings = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('ISO 3166 code of national numbers. Default: the country of landfall.yaml.'),
});

const excelDamage = /^\+?\d(?:[.,]\d{1,20})?E\+?\d{1,3}$/i;

const phone = textTransform({
  name: 'phone',
  summary:
    'A phone number in E.164 (DQ-03), national ones by the country; an extension is kept. Numbers that a spreadsheet damaged are refused.',
  gives: 'phone',
  effect: 'normalised',
  settings,
  examples: [
    { value: '+905321234567', gives: '+905321234567', effect: 'asIs' },
    { value: '0532 123 45 67', context: { country: 'TR' }, gives: '+905321234567' },
    { value: '0(532) 123 45 67', context: { country: 'TR' }, gives: '+905321234567' },
    { value: '5321234567', context: { country: 'TR' }, gives: '+905321234567' },
    { value: '+90 (532) 123-45-67', gives: '+905321234567' },
    { value: '0090 532 123 45 67', context: { country: 'TR' }, gives: '+905321234567' },
    { value: '0212 555 66 77', context: { country: 'TR' }, gives: '+902125556677' },
    { value: '(212) 555-2368', context: { country: 'US' }, gives: '+12125552368' },
    { value: '212-555-2368', settings: { country: 'US' }, gives: '+12125552368' },
    { value: '020 7946 0958', settings: { country: 'GB' }, gives: '+442079460958' },
    { value: 'tel:+905321234567', gives: '+905321234567' },
    { value: '+1 212 555 2368 ext. 12', gives: '+12125552368 ext. 12' },
    { value: "'+905321234567", gives: '+905321234567' },
    { value: '٠٥٣٢ ١٢٣ ٤٥ ٦٧', context: { country: 'TR' }, gives: '+905321234567' },
    { value: 'n/a', gives: null },
    { value: '-', gives: null },
    { value: '9.05321E+11', refuses: 'was damaged by a spreadsheet' },
    { value: '9,05321E+11', refuses: 'was damaged by a spreadsheet' },
    { value: '9E11', refuses: 'was damaged by a spreadsheet' },
    { value: '555-1234', context: { country: 'US' }, refuses: 'is no phone number' },
    { value: '12', refuses: 'is no phone number' },
    { value: 'call me', refuses: 'is no phone number' },
    { value: '+90 532', refuses: 'is no phone number' },
  ],
  prepare: (chosen, context) => (text) => oneNumber(text, chosen.country ?? context.country),
});

function oneNumber(text: string, country: string): Outcome {
  const trimmed = text.trim();
  if (excelDamage.test(trimmed)) {
    return refuses(
      `${quote(trimmed)} was damaged by a spreadsheet (digits are gone): export the column as text again`,
    );
  }
  const number = parsePhoneNumber(trimmed, country);
  if (number !== null) {
    return gives(number.extension === '' ? number.e164 : `${number.e164} ext. ${number.extension}`);
  }
  if (meansNothing(trimmed)) return nothing;
  return refuses(`${quote(trimmed)} is no phone number of ${country} and has no country code`);
}

const phones = listTransform({
  name: 'phones',
  summary: 'All phone numbers of a text or list, cut at `;` `,` `|` ` / ` and line ends, each one once.',
  gives: 'texts',
  effect: 'normalised',
  settings,
  examples: [
    {
      value: '0532 123 45 67; 0212 555 66 77',
      context: { country: 'TR' },
      gives: ['+905321234567', '+902125556677'],
    },
    {
      value: '0532 123 45 67 / 0212 555 66 77',
      context: { country: 'TR' },
      gives: ['+905321234567', '+902125556677'],
    },
    { value: '0532 123 45 67, +90 532 123 45 67', context: { country: 'TR' }, gives: ['+905321234567'] },
    { value: ['+905321234567'], gives: ['+905321234567'], effect: 'asIs' },
    {
      value: '0532 123 45 67; call me',
      context: { country: 'TR' },
      gives: ['+905321234567'],
      effect: 'lossy',
    },
    { value: 'call me', refuses: 'is no phone number' },
    { value: 'n/a', gives: null },
  ],
  prepare: (chosen, context) => (texts) => allNumbers(texts, chosen.country ?? context.country),
});

function allNumbers(texts: readonly string[], country: string): Outcome {
  const found = new Set<string>();
  const troubles: string[] = [];
  for (const piece of texts.flatMap((text) => text.split(/[;,|\r\n]| \/ /))) {
    if (piece.trim() === '') continue;
    const outcome = oneNumber(piece, country);
    if (!outcome.ok) troubles.push(outcome.reason);
    else if (typeof outcome.value === 'string') found.add(outcome.value);
  }
  if (found.size === 0) return troubles.length > 0 ? refuses(fewReasons(troubles).join('; ')) : nothing;
  const value = [...found];
  return troubles.length === 0
    ? gives(value)
    : { ok: true, value, effect: 'lossy', troubles: fewReasons(troubles) };
}

/** Transforms of phone numbers. */
export const phoneTransforms = [phone, phones];

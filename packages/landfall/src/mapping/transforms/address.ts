import { z } from 'zod';
import { addressParts, composeAddress } from '../address-text.ts';
import { collapseSpaces } from '../fold.ts';
import { fieldsTransform, gives } from '../transform.ts';

const part = z.enum([...addressParts, 'value']);
const usual = [...addressParts];

const address = fieldsTransform({
  name: 'address',
  summary:
    'One address of several fields (DQ-03): the parts are kept, and the line people read is made of them.',
  gives: 'address',
  effect: 'normalised',
  settings: z.strictObject({
    parts: z
      .array(part)
      .min(1)
      .optional()
      .describe(
        'What each source field is. Default: street, city, state, postalCode, country; one field: the line.',
      ),
  }),
  examples: [
    { value: 'Bağdat Cad. 1, İstanbul', gives: { value: 'Bağdat Cad. 1, İstanbul' }, effect: 'asIs' },
    { value: ' Bağdat Cad. 1\nİstanbul', gives: { value: 'Bağdat Cad. 1, İstanbul' } },
    {
      value: ['Bağdat Cad. 1', 'İstanbul', '', '34000', 'Türkiye'],
      gives: {
        street: 'Bağdat Cad. 1',
        city: 'İstanbul',
        postalCode: '34000',
        country: 'Türkiye',
        value: 'Bağdat Cad. 1, 34000 İstanbul, Türkiye',
      },
    },
    {
      value: ['1 Main St', 'Springfield', 'IL', '62701', 'USA'],
      gives: {
        street: '1 Main St',
        city: 'Springfield',
        state: 'IL',
        postalCode: '62701',
        country: 'USA',
        value: '1 Main St, 62701 Springfield, IL, USA',
      },
    },
    {
      value: ['İzmir', 'Türkiye'],
      settings: { parts: ['city', 'country'] },
      gives: { city: 'İzmir', country: 'Türkiye', value: 'İzmir, Türkiye' },
    },
    {
      value: ['A 1', 'A 1, Ankara'],
      settings: { parts: ['street', 'value'] },
      gives: { street: 'A 1', value: 'A 1, Ankara' },
    },
    { value: ['', '', ''], gives: null },
  ],
  prepare: (settings) => (fields) => {
    const names = settings.parts ?? (fields.length === 1 ? (['value'] as const) : usual);
    const parts: Partial<Record<(typeof names)[number], string>> = {};
    for (const [index, text] of fields.entries()) {
      const name = names[index];
      const line = tidyLine(text);
      if (name !== undefined && line !== '') parts[name] = line;
    }
    if (Object.keys(parts).length === 0) return gives(null);
    const made = composeAddress(parts);
    return fields.length === 1 && made.value === fields[0] ? gives(made, 'asIs') : gives(made);
  },
});

/** Lines of one field become one line. */
function tidyLine(text: string): string {
  return text
    .split(/[\r\n]+/)
    .map(collapseSpaces)
    .filter((line) => line !== '')
    .join(', ');
}

/** Transforms of addresses. */
export const addressTransforms = [address];

import { z } from 'zod';
import type { LinkTry } from '../../model/target.ts';
import { parseEmailAddress, splitAddresses } from '../email-address.ts';
import { lookupKeys } from '../key.ts';
import { fieldsTransform, gives, refuses } from '../transform.ts';

/** How a source record is found, best first. */
const lookupKinds = ['id', 'email', 'name', 'domain'] as const;

/** Settings of `reference`. */
export const referenceSettings = z.strictObject({
  source: z.string().min(1).describe('The source entity in which the record is looked for.'),
  by: z
    .record(z.string().min(1), z.array(z.enum(lookupKinds)).min(1))
    .describe(
      'Source fields and what each may hold: `{ Company ID: [id], Company: [name, domain] }`. Tried in order.',
    ),
  within: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Another link of the same record the found one must agree with: `org_id` for a contact of the deal’s company.',
    ),
  whenMissing: z
    .enum(['review', 'leave', 'reject'])
    .optional()
    .describe('When nothing is found: ask (default), leave the link out, or put the record aside.'),
});

/** What `referenceSettings` gives. */
export type ReferenceSettings = z.infer<typeof referenceSettings>;

const reference = fieldsTransform({
  name: 'reference',
  summary:
    'A link to a record made of another source record (MAP-09), found by its id, e-mail, name or domain; of gathered records by the first that names one. Makes a link, not a value.',
  gives: 'link',
  effect: 'byRule',
  settings: referenceSettings,
  examples: [
    {
      value: ['4711', 'Acme Ltd.'],
      settings: { source: 'company', by: { 'Company ID': ['id'], Company: ['name'] } },
      gives: [
        { kind: 'id', value: '4711', from: 'Company ID' },
        { kind: 'name', value: 'acme ltd', from: 'Company' },
        { kind: 'name', value: 'acme', from: 'Company' },
      ],
    },
    {
      value: ['', 'Acme'],
      settings: { source: 'company', by: { 'Company ID': ['id'], Company: ['name', 'domain'] } },
      gives: [{ kind: 'name', value: 'acme', from: 'Company' }],
    },
    {
      value: 'Ada <ADA@acme.com>',
      settings: { source: 'contact', by: { Contact: ['email', 'name'] } },
      gives: [
        { kind: 'email', value: 'ada@acme.com', from: 'Contact' },
        { kind: 'name', value: 'ada', from: 'Contact' },
      ],
    },
    {
      value: 'www.acme.com.tr',
      settings: { source: 'company', by: { Website: ['domain'] } },
      gives: [{ kind: 'domain', value: 'acme.com.tr', from: 'Website' }],
    },
    { value: ['', ''], settings: { source: 'company', by: { a: ['id'], b: ['name'] } }, gives: null },
    {
      value: 'info@acme.com',
      settings: { source: 'contact', by: { Mail: ['email'] } },
      refuses: 'names no record',
    },
    {
      value: '0012',
      settings: { source: 'company', by: { ID: ['id'] } },
      gives: [{ kind: 'id', value: '0012', from: 'ID' }],
    },
  ],
  prepare: (settings) => {
    const ways = Object.entries(settings.by);
    return (fields) => {
      const filled = fields.filter((field) => field.trim() !== '');
      if (filled.length === 0) return gives(null);
      const tries = ways.flatMap(([from, kinds], index) => triesOf(fields[index] ?? '', from, kinds));
      return tries.length > 0 ? gives(tries) : refuses(`"${filled.join('", "')}" names no record`);
    };
  },
});

function triesOf(text: string, from: string, kinds: readonly LinkTry['kind'][]): LinkTry[] {
  const tries: LinkTry[] = [];
  if (text.trim() === '') return tries;
  for (const kind of kinds) {
    const texts = kind === 'email' ? splitAddresses(text) : [kind === 'name' ? nameIn(text) : text];
    for (const piece of texts)
      for (const { value } of lookupKeys(kind, piece)) tries.push({ kind, value, from });
  }
  return tries;
}

/** The name of `Ada <a@x.com>`, nothing of a bare address, else the text. */
function nameIn(text: string): string {
  return parseEmailAddress(text)?.name ?? text;
}

/** Transforms that make links. */
export const referenceTransforms = [reference];

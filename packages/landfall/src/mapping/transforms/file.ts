import { z } from 'zod';
import { fieldsTransform, gives, quote, refuses } from '../transform.ts';

/** Paths of files whose bytes the source hands out begin with this; the rest is the reference the source opens. */
export const sourcePathPrefix = 'source:';

const hash = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

const file = fieldsTransform({
  name: 'file',
  summary:
    'A file of its reference in the source, its name, its size in bytes and (where the source tells it) its SHA-256, in this order. The bytes are read when it is sent.',
  gives: 'file',
  effect: 'normalised',
  settings: z.strictObject({}),
  examples: [
    {
      value: ['annotation/7', 'offer.pdf', '2048', ''],
      gives: { name: 'offer.pdf', sizeBytes: 2048, sha256: '', path: 'source:annotation/7' },
    },
    {
      value: ['7', ' offer.pdf ', '3', hash.toUpperCase()],
      gives: { name: 'offer.pdf', sizeBytes: 3, sha256: hash, path: 'source:7' },
    },
    {
      value: ['https://files.test/a b?x=1', 'C:\\Users\\ada\\plan.docx', '0'],
      gives: { name: 'plan.docx', sizeBytes: 0, sha256: '', path: 'source:https://files.test/a b?x=1' },
    },
    {
      value: ['7', '../../etc/passwd', '1', ''],
      gives: { name: 'passwd', sizeBytes: 1, sha256: '', path: 'source:7' },
    },
    {
      value: ['7', 'a\r\nb\u0000.txt', '1', ''],
      gives: { name: 'a b .txt', sizeBytes: 1, sha256: '', path: 'source:7' },
    },
    { value: ['', 'offer.pdf', '2048', ''], refuses: 'no reference' },
    { value: ['7', ' ', '2048', ''], refuses: 'has no name' },
    { value: ['7', 'offer.pdf', '', ''], refuses: 'tells no size' },
    { value: ['7', 'offer.pdf', '2 KB', ''], refuses: '"2 KB" is no size in bytes' },
    { value: ['7', 'offer.pdf', '-1', ''], refuses: '"-1" is no size in bytes' },
    { value: ['7', 'offer.pdf', '99999999999999999999', ''], refuses: 'is no size in bytes' },
    { value: ['7', 'offer.pdf', '3', 'd41d8cd9'], refuses: '"d41d8cd9" is no SHA-256' },
    { value: ['', '', '', ''], gives: null },
  ],
  prepare: () => (fields) => {
    const [reference = '', givenName = '', size = '', sha = ''] = fields.map((field) => field.trim());
    if (reference === '' && givenName === '' && size === '') return gives(null);
    const name = lastSegment(givenName);
    if (name === '') return refuses(`the file ${quote(reference)} has no name: give it one in the source`);
    if (reference === '')
      return refuses(`${quote(name)} has no reference to its bytes: upload it to the record by hand`);
    if (size === '') return refuses(`the source tells no size of ${quote(name)}: upload it by hand`);
    if (!/^\d{1,15}$/.test(size)) return refuses(`${quote(size)} is no size in bytes (of ${quote(name)})`);
    if (!/^([0-9a-f]{64})?$/i.test(sha)) return refuses(`${quote(sha)} is no SHA-256 (of ${quote(name)})`);
    const path = `${sourcePathPrefix}${reference}`;
    return gives({ name, sizeBytes: Number(size), sha256: sha.toLowerCase(), path });
  },
});

/** A name is never a path, and one line: what a sender's computer put before it is left out. */
function lastSegment(name: string): string {
  const segment = name.split(/[/\\]/).at(-1) ?? '';
  return segment.replace(/\p{Cc}+/gu, ' ').trim();
}

/** Transforms of files. */
export const fileTransforms = [file];

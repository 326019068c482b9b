import { mix } from '../guid.ts';
import type { World } from './content.ts';
import { PICTURE } from './pictures.ts';

/** A file that is made when it is read: so many bytes, decided by a seed. */
export interface Body {
  readonly sizeBytes: number;
  readonly seed: number;
  readonly kind: 'text' | 'image' | 'picture' | 'noise';
}

/** The longest base64 text a note may hold (`organization.maxuploadfilesize`, at its highest). */
export const MOST_BASE64 = 131_072_000;
const MOST_BYTES = (MOST_BASE64 / 4) * 3;

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const SENTENCE = 'Landfall örnek metin: sample text for an attachment, line ';

/** Bytes `from` (included) to `to` (not) of a file; only these are made. */
export function bytesOf(body: Body, from = 0, to = body.sizeBytes): Buffer {
  const first = Math.max(0, Math.min(from, body.sizeBytes));
  const last = Math.max(first, Math.min(to, body.sizeBytes));
  if (body.kind === 'image') return PIXEL.subarray(first, last);
  if (body.kind === 'picture') return PICTURE.subarray(first, last);
  if (body.kind === 'text') return textOf(body).subarray(first, last);
  return noise(body.seed, first, last);
}

function textOf({ sizeBytes, seed }: Body): Buffer {
  const lines: string[] = [];
  let length = 0;
  for (let line = 0; length < sizeBytes; line += 1) {
    const text = `${SENTENCE}${seed}.${line}\r\n`;
    lines.push(text);
    length += Buffer.byteLength(text);
  }
  return Buffer.from(lines.join(''), 'utf8').subarray(0, sizeBytes);
}

function noise(seed: number, from: number, to: number): Buffer {
  const firstWord = Math.floor(from / 4);
  const words = Math.ceil(to / 4) - firstWord;
  const buffer = Buffer.allocUnsafe(Math.max(0, words) * 4);
  for (let at = 0; at < words; at += 1) buffer.writeUInt32LE(mix(seed, firstWord + at, 3), at * 4);
  return buffer.subarray(from - firstWord * 4, to - firstWord * 4);
}

/** A file's bytes as base64 text. */
export function base64Of(body: Body): string {
  return bytesOf(body).toString('base64');
}

const SMALL: Body['kind'][] = ['text', 'noise', 'image'];

function plainBody(index: number, world: World, word: string): Body {
  const kind = SMALL[index % 3] ?? 'text';
  const sizeBytes = kind === 'image' ? PIXEL.length : 200 + world.below(9_000, index, word);
  return { sizeBytes, seed: world.chance(index, word), kind };
}

/** Notes: the first is empty, the second as long as a note can be, the third just over four blocks. */
const NOTE_SIZES: readonly number[] = [0, MOST_BYTES, 4 * 4_194_304 + 1, 4_194_304];

/** The file of a note; null: it is text alone. */
export function noteBody(index: number, world: World): Body | null {
  const size = NOTE_SIZES[index];
  if (size !== undefined) return { sizeBytes: size, seed: index + 11, kind: 'noise' };
  return index % 2 === 0 ? plainBody(index, world, 'note.body') : null;
}

/** The file of an attachment (a row of `attachment`, which several mails may share). */
export function attachmentBody(index: number, world: World): Body {
  return plainBody(index, world, 'attachment.body');
}

/** Files in the column `new_contract` of accounts: two blocks exactly, and a small one. */
const CONTRACT_SIZES: readonly number[] = [8_388_608, 70_000];

/** The contract of an account; null: it has none. */
export function contractBody(index: number): Body | null {
  const size = CONTRACT_SIZES[index];
  return size === undefined ? null : { sizeBytes: size, seed: 500 + index, kind: 'noise' };
}

/** The picture of an account: the whole of it; null: it has none. */
export function pictureBody(index: number): Body | null {
  return index % 10 === 0 && index < 100 ? { sizeBytes: PICTURE.length, seed: 1, kind: 'picture' } : null;
}

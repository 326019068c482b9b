import { isAscii, isUtf8 } from 'node:buffer';

/** What a walk over the bytes of a file found; grows while reading. */
export interface ByteCensus {
  /** Bytes above 0x7F. */
  high: number;
  asciiLetters: number;
  /** Whole UTF-8 characters beyond ASCII. */
  valid: number;
  /** Bytes that cannot be part of UTF-8 where they stand. */
  invalid: number;
  /** Bytes that are a Turkish letter in Windows-1254 and an Icelandic one in Windows-1252. */
  turkish: number;
  /** Letters that Icelandic, Faroese or Spanish have and Turkish has not, in both code pages. */
  icelandic: number;
  /** Bytes that stand for nothing in either of them: letters of DOS and Mac code pages. */
  unassigned: number;
  /** Bytes looked at one by one in well-formed and in other parts. */
  lookedWell: number;
  lookedOther: number;
}

const turkishBytes = new Set([0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe]);
const icelandicBytes = new Set([0xc1, 0xc6, 0xcd, 0xd3, 0xda, 0xe1, 0xe6, 0xed, 0xf3, 0xfa]);
const unassignedBytes = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** Bytes beyond ASCII text looked at one by one, of each sort; more would change no verdict. */
const closeLookBytes = 4_194_304;

/** A census of nothing. */
export function emptyCensus(): ByteCensus {
  return {
    high: 0,
    asciiLetters: 0,
    valid: 0,
    invalid: 0,
    turkish: 0,
    icelandic: 0,
    unassigned: 0,
    lookedWell: 0,
    lookedOther: 0,
  };
}

/** Adds `bytes`, which must not end inside a UTF-8 character, to the census. */
export function takeCensus(census: ByteCensus, bytes: Uint8Array): void {
  if (isAscii(bytes)) {
    census.asciiLetters += bytes.length >> 1;
    return;
  }
  const looked = isUtf8(bytes) ? 'lookedWell' : 'lookedOther';
  if (census[looked] >= closeLookBytes) return;
  census[looked] += bytes.length;
  for (let at = 0; at < bytes.length; ) at += takeCharacter(census, bytes, at);
}

function takeCharacter(census: ByteCensus, bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte < 0x80) {
    const lower = byte | 0x20;
    if (lower >= 0x61 && lower <= 0x7a) census.asciiLetters++;
    return 1;
  }
  const length = sequenceLength(bytes, at, byte);
  if (length > 0) {
    census.valid++;
    census.high += length;
    return length;
  }
  census.high++;
  census.invalid++;
  if (turkishBytes.has(byte)) census.turkish++;
  if (icelandicBytes.has(byte)) census.icelandic++;
  if (unassignedBytes.has(byte)) census.unassigned++;
  return 1;
}

function sequenceLength(bytes: Uint8Array, at: number, lead: number): number {
  const length =
    lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  for (let next = 1; next < length; next++) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

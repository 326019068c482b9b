import { analyse } from 'chardet';
import { type ByteCensus, emptyCensus, takeCensus } from './byte-census.ts';
import type { ByteSource } from './byte-source.ts';
import { type Detected, refuse } from './table.ts';

/** How the bytes of a file become text, and whether a person should check. */
export interface EncodingFinding {
  readonly encoding: Detected<string>;
  /** Below this certainty a person is asked to look. */
  readonly uncertain: boolean;
  /** Bytes or sequences that are not in the encoding. */
  readonly damaged: number;
}

/** Certainty under which a person is asked to look. */
const sureFrom = 0.8;
/** Bytes shown to chardet for a hint. */
const hintBytes = 65_536;

/**
 * Decides the encoding by evidence over the whole file, read once as a stream: byte order mark, NUL pattern,
 * strict UTF-8, then the letters where Windows-1252 and Windows-1254 differ. Throws `RefusedFile` on UTF-32.
 */
export async function detectEncoding(source: ByteSource, head: Buffer): Promise<EncodingFinding> {
  const marked = byMark(head, source.name) ?? byNulPattern(head);
  if (marked !== undefined) return { encoding: marked, uncertain: marked.confidence < sureFrom, damaged: 0 };
  const census = await censusOf(source);
  const encoding = byCensus(census, head);
  const damaged = encoding.value === 'utf-8' ? census.invalid : 0;
  return { encoding, uncertain: encoding.confidence < sureFrom, damaged };
}

function byMark(head: Buffer, name: string): Detected<string> | undefined {
  const mark = head.subarray(0, 4).toString('hex');
  if (mark === 'fffe0000' || mark === '0000feff') {
    refuse('encoding-unsupported', name, `${name} is UTF-32, which is not read.`);
  }
  if (mark.startsWith('efbbbf')) return sure('utf-8', 'it begins with the UTF-8 byte order mark');
  if (mark.startsWith('fffe')) return sure('utf-16le', 'it begins with the UTF-16LE byte order mark');
  if (mark.startsWith('feff')) return sure('utf-16be', 'it begins with the UTF-16BE byte order mark');
  return undefined;
}

function sure(value: string, evidence: string): Detected<string> {
  return { value, confidence: 1, evidence };
}

/** UTF-16 without a mark: every second byte of western text is NUL. */
function byNulPattern(head: Buffer): Detected<string> | undefined {
  const sample = head.subarray(0, 4_096);
  const nuls = [0, 0];
  for (const [at, byte] of sample.entries()) if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  const half = Math.max(1, sample.length / 2);
  const evidence = (share: number, where: string) =>
    `${Math.round((share / half) * 100)} % of the ${where} bytes are NUL, as in UTF-16 without a mark`;
  if (odd / half > 0.4 && even / half < 0.05)
    return { value: 'utf-16le', confidence: 0.95, evidence: evidence(odd, 'odd') };
  if (even / half > 0.4 && odd / half < 0.05)
    return { value: 'utf-16be', confidence: 0.95, evidence: evidence(even, 'even') };
  return undefined;
}

async function censusOf(source: ByteSource): Promise<ByteCensus> {
  const census = emptyCensus();
  let carried = Buffer.alloc(0);
  for await (const chunk of source.chunks()) {
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const end = wholeCharactersEnd(bytes);
    carried = Buffer.from(bytes.subarray(end));
    takeCensus(census, bytes.subarray(0, end));
  }
  takeCensus(census, carried);
  return census;
}

/** Where to cut so that a UTF-8 character is not split: before a lead byte among the last three. */
function wholeCharactersEnd(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    if ((bytes[bytes.length - back] ?? 0) >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

function byCensus(census: ByteCensus, head: Buffer): Detected<string> {
  if (census.high === 0) return sure('utf-8', 'all bytes are ASCII');
  if (census.invalid === 0) {
    return {
      value: 'utf-8',
      confidence: 0.99,
      evidence: `all ${census.valid} characters beyond ASCII are valid UTF-8`,
    };
  }
  if (census.valid >= 4 * census.invalid) {
    const evidence = `${census.valid} characters are valid UTF-8, ${census.invalid} bytes are damaged`;
    return { value: 'utf-8', confidence: 0.85, evidence };
  }
  return census.high > census.asciiLetters * 0.6 ? byHint(head, census) : western(census);
}

/** Mostly letters beyond ASCII: not a western alphabet, so only the hint is left. */
function byHint(head: Buffer, census: ByteCensus): Detected<string> {
  const best = analyse(head.subarray(0, hintBytes)).find(({ name }) => isReadable(name));
  if (best === undefined || /^(?:windows-125[24]|iso-8859-[19])$/i.test(best.name)) return western(census);
  const evidence = `not UTF-8, mostly letters beyond ASCII; the letter statistics suggest ${best.name}`;
  return { value: best.name.toLowerCase(), confidence: Math.min(0.6, best.confidence / 100), evidence };
}

function isReadable(label: string): boolean {
  if (/^utf|^ascii/i.test(label)) return false;
  try {
    return new TextDecoder(label).encoding.length > 0;
  } catch {
    return false;
  }
}

/** Windows-1254 differs from 1252 in six letters: Ğ İ Ş ğ ı ş stand where Ð Ý Þ ð ý þ stand. */
function western(census: ByteCensus): Detected<string> {
  const likely = likelyWestern(census);
  if (census.unassigned === 0) return likely;
  const evidence = `${likely.evidence}, but ${census.unassigned} bytes stand for no letter there: perhaps it was written by a DOS or Mac program`;
  return { value: likely.value, confidence: 0.4, evidence };
}

function likelyWestern({ turkish, icelandic }: ByteCensus): Detected<string> {
  if (turkish === 0) {
    const evidence = 'not UTF-8, and no byte is used where Windows-1252 and Windows-1254 differ';
    return { value: 'windows-1252', confidence: 0.85, evidence };
  }
  const share = turkish / (turkish + 2 * icelandic);
  const counts = `${turkish} letters where the two differ (ğ ı ş or ð ý þ), ${icelandic} letters that Turkish has not (á æ í ó ú)`;
  if (share >= 0.5)
    return {
      value: 'windows-1254',
      confidence: Math.min(0.95, 0.6 + share * 0.35),
      evidence: `not UTF-8; ${counts}`,
    };
  return {
    value: 'windows-1252',
    confidence: Math.min(0.9, 0.95 - share * 0.5),
    evidence: `not UTF-8; ${counts}`,
  };
}

/** Throws `RefusedFile` when `label` is no encoding that can be read. */
export function knownEncoding(label: string, name: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    refuse('encoding-unsupported', name, `"${label}" is not an encoding that can be read.`);
  }
}

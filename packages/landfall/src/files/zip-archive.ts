import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type LocalFileHeader, openPromise, type ZipFile } from 'yauzl';
import type { ByteSource } from './byte-source.ts';
import type { IssueCode } from './issue-code.ts';
import { defaultLimits, RefusedFile, refuse } from './table.ts';

/** Entries an archive may have. */
const entryLimit = 5_000;
/** How many times its packed size an entry may unpack to... */
const ratioLimit = 100;
/** ...once it is larger than this, in bytes: little files of blanks pack well. */
const ratioFromBytes = 1_048_576;

/** What an archive holds, by its directory; nothing is unpacked to disk, and entry names are never used as paths. */
export interface ArchiveEntries {
  readonly entries: readonly ByteSource[];
  readonly ignored: readonly string[];
}

/**
 * The entries of a zip archive that are `wanted` by name, in name order, each readable as a stream and named
 * after `prefix`. Throws `RefusedFile` when the archive is damaged, encrypted, has unsafe names, or would unpack to more than the limits.
 * The sizes in the directory are believed only because reading stops at the first byte beyond them.
 */
export async function entrySources(
  archive: ByteSource,
  wanted: (name: string) => boolean,
  unpackedBytes: number = defaultLimits.unpackedBytes,
  prefix = '',
): Promise<ArchiveEntries> {
  const content = archive.path ?? (await bytesOf(archive));
  const all = await withZip(content, archive.name, (zip) => listed(zip, archive.name, unpackedBytes));
  const files = all.filter(({ fileName }) => !fileName.endsWith('/'));
  files.sort((one, other) => (one.fileName < other.fileName ? -1 : 1));
  return {
    entries: files
      .filter(({ fileName }) => wanted(fileName))
      .map((entry) => entrySource(content, entry, archive.name, prefix)),
    ignored: files.filter(({ fileName }) => !wanted(fileName)).map(({ fileName }) => prefix + fileName),
  };
}

async function bytesOf(source: ByteSource): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of source.chunks()) parts.push(chunk);
  return Buffer.concat(parts);
}

async function withZip<T>(
  content: string | Buffer,
  name: string,
  work: (zip: ZipFile) => Promise<T>,
): Promise<T> {
  const options = { autoClose: false, lazyEntries: true, strictFileNames: false, validateEntrySizes: true };
  let zip: ZipFile | undefined;
  try {
    zip =
      typeof content === 'string'
        ? await openPromise(content, options)
        : await fromBufferPromise(content, options);
    return await work(zip);
  } catch (trouble) {
    return refuseArchive(trouble, name);
  } finally {
    if (typeof content === 'string') zip?.close();
  }
}

/** yauzl tells what is wrong in words only. */
function refuseArchive(trouble: unknown, name: string): never {
  if (trouble instanceof RefusedFile) throw trouble;
  const words = trouble instanceof Error ? trouble.message : String(trouble);
  const code: IssueCode = /relative path|absolute path|invalid characters/.test(words)
    ? 'archive-unsafe-name'
    : /encrypt/.test(words)
      ? 'archive-encrypted'
      : 'archive-damaged';
  return refuse(
    code,
    name,
    `${name} cannot be unpacked: ${code === 'archive-damaged' ? words : 'see the hint'}.`,
  );
}

async function listed(zip: ZipFile, name: string, unpackedBytes: number): Promise<Entry[]> {
  if (zip.entryCount > entryLimit) {
    refuse(
      'archive-too-many-entries',
      name,
      `${name} holds ${zip.entryCount} entries; the limit is ${entryLimit}.`,
    );
  }
  const entries: Entry[] = [];
  const names = new Set<string>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    checkEntry(entry, name);
    if (names.has(entry.fileName)) refuse('archive-damaged', name, `${name} holds two entries of one name.`);
    names.add(entry.fileName);
    total += entry.uncompressedSize;
    if (total > unpackedBytes) {
      refuse(
        'archive-too-large',
        name,
        `${name} unpacks to more than ${Math.round(unpackedBytes / 1e6)} MB.`,
      );
    }
    entries.push(entry);
  }
  if (entries.length === 0) refuse('archive-damaged', name, `${name} is an empty archive.`);
  return entries;
}

function checkEntry(entry: Entry, name: string): void {
  const { fileName, uncompressedSize, compressedSize } = entry;
  if (fileName.includes('\0') || fileName.includes('\\'))
    refuse('archive-unsafe-name', name, `${name} has an entry with an unsafe name.`);
  if (entry.isEncrypted()) refuse('archive-encrypted', name, `${name} is protected with a password.`);
  if (uncompressedSize > ratioFromBytes && uncompressedSize > ratioLimit * Math.max(1, compressedSize)) {
    refuse(
      'archive-too-dense',
      name,
      `An entry of ${name} unpacks to ${Math.round(uncompressedSize / Math.max(1, compressedSize))} times its size; the limit is ${ratioLimit}.`,
    );
  }
}

function entrySource(content: string | Buffer, entry: Entry, archive: string, prefix: string): ByteSource {
  return {
    name: prefix + entry.fileName,
    sizeBytes: entry.uncompressedSize,
    chunks: () => entryChunks(content, entry, archive),
  };
}

/** The entry's bytes; its checksum is checked when it is read to the end. */
async function* entryChunks(content: string | Buffer, entry: Entry, archive: string): AsyncIterable<Buffer> {
  const options = { autoClose: false, lazyEntries: true };
  const zip =
    typeof content === 'string'
      ? await openPromise(content, options)
      : await fromBufferPromise(content, options);
  let stream: Readable | undefined;
  try {
    checkLocal(await zip.readLocalFileHeaderPromise(entry), entry, archive);
    stream = await zip.openReadStreamPromise(entry);
    let sum = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32)
      refuse('archive-damaged', archive, `${entry.fileName} in ${archive} is damaged (wrong checksum).`);
  } catch (trouble) {
    refuseArchive(trouble, archive);
  } finally {
    stream?.destroy();
    if (typeof content === 'string') zip.close();
  }
}

/** Two readers of one archive may believe different headers: an entry whose headers disagree is not read. */
function checkLocal(local: LocalFileHeader, entry: Entry, archive: string): void {
  const sizesFollow = (local.generalPurposeBitFlag & 8) !== 0;
  const isZip64 = local.uncompressedSize === 0xffffffff && local.extraFieldLength >= 20;
  if (sizesFollow || isZip64 || local.uncompressedSize === entry.uncompressedSize) return;
  refuse(
    'archive-damaged',
    archive,
    `The size of ${entry.fileName} in ${archive} does not match its directory.`,
  );
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sourcePathPrefix } from '../mapping/transforms/file.ts';
import { MigrationError } from '../model/error.ts';
import type { SourceConnector } from '../model/source.ts';
import type { FileContent } from '../model/target.ts';
import { bytesWrong, type OpenedFile, type OpenFile, openLocalFile } from '../pipedrive/upload.ts';

/** How often one file is read before it is given up: a stream that broke off once may come whole. */
const readings = 2;

/**
 * Opens `source:` files through the source, others on this machine. Bytes of the source are kept in `directory`
 * (readable by their owner only) until they are sent, for a form must not break off half-way; what a process that was
 * killed left there is removed before the first one. One process at a time: the holder of the lease.
 */
export function openSourceFiles(source: () => SourceConnector, directory: string): OpenFile {
  let emptied: Promise<unknown> | null = null;
  let opened = 0;
  return async (content, signal) => {
    if (!content.path.startsWith(sourcePathPrefix)) return openLocalFile(content, signal);
    emptied ??= onDisk(emptyDirectory(directory));
    await emptied;
    opened += 1;
    const path = join(directory, String(opened));
    try {
      return await readWhole({ source: source(), content, path, signal });
    } catch (trouble) {
      await rm(path, { force: true });
      throw trouble;
    }
  };
}

async function emptyDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
}

interface Reading {
  readonly source: SourceConnector;
  readonly content: FileContent;
  /** Where the bytes are kept. */
  readonly path: string;
  readonly signal: AbortSignal;
}

async function readWhole(reading: Reading): Promise<OpenedFile> {
  const { content, path, signal } = reading;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await readOnce(reading);
    if (!('brokeOff' in outcome))
      return { ...outcome, bytes: () => createReadStream(path), close: () => rm(path, { force: true }) };
    signal.throwIfAborted();
    if (attempt >= readings) throw bytesWrong(content, outcome.brokeOff, outcome.cause);
  }
}

type Outcome =
  | Pick<OpenedFile, 'sizeBytes' | 'sha256'>
  | { readonly brokeOff: string; readonly cause?: unknown };

/** Reads the bytes into their file. What may be better the next time is told, everything else thrown. */
async function readOnce({ source, content, path, signal }: Reading): Promise<Outcome> {
  const chunks = readable(() => openBytes(source, content, signal));
  const file = await onDisk(open(path, 'w', 0o600));
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const chunk of chunks) {
      if (!(chunk instanceof Uint8Array)) return { brokeOff: wordsFor(chunk.broken), cause: chunk.broken };
      sizeBytes += chunk.length;
      if (sizeBytes > content.sizeBytes)
        throw bytesWrong(content, `the source says ${content.sizeBytes} bytes, but there are more`);
      hash.update(chunk);
      await onDisk(file.writeFile(chunk));
    }
  } finally {
    await file.close();
  }
  if (sizeBytes === content.sizeBytes) return { sizeBytes, sha256: hash.digest('hex') };
  return { brokeOff: `the source says ${content.sizeBytes} bytes, but ended after ${sizeBytes}` };
}

/** The world's troubles (a source that is down, a sign-in that lapsed) stop the run; a file that is not there does not. */
async function openBytes(
  source: SourceConnector,
  content: FileContent,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  if (source.binary === undefined) throw bytesWrong(content, `${source.system} hands out no bytes of files`);
  try {
    return (await source.binary(content.path.slice(sourcePathPrefix.length), signal)).chunks;
  } catch (trouble) {
    if (!(trouble instanceof MigrationError) || trouble.recovery !== 'reject') throw trouble;
    throw bytesWrong(content, `the source does not hand it out (${trouble.message})`, trouble);
  }
}

/** The chunks, and last what broke them off. A trouble with a name is thrown when it comes before the first byte. */
async function* readable(
  openChunks: () => Promise<AsyncIterable<Uint8Array>>,
): AsyncIterable<Uint8Array | { readonly broken: unknown }> {
  let begun = false;
  try {
    const chunks = await openChunks();
    begun = true;
    yield* chunks;
  } catch (broken) {
    if (!begun && broken instanceof MigrationError) throw broken;
    yield { broken };
  }
}

function wordsFor(broken: unknown): string {
  return `reading it from the source broke off twice (${broken instanceof Error ? broken.message : 'no reason given'})`;
}

/** A full disk is no file's fault. */
function onDisk<T>(work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    const message = 'The bytes of a file cannot be kept in .landfall/files.';
    throw new MigrationError('store-unusable', message, { cause });
  });
}

import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { refuse } from './table.ts';

/** Bytes that can be read from the start as often as needed: a file on disk, or one entry of an archive. */
export interface ByteSource {
  /** The name people know: relative to the folder or archive. */
  readonly name: string;
  /** Size when read in full, as announced. */
  readonly sizeBytes: number;
  /** Where it lies on disk, when it is a file of its own. */
  readonly path?: string;
  /** The bytes from the start, in chunks; ending the loop early releases the file. */
  chunks(): AsyncIterable<Buffer>;
}

/** Bytes asked of the disk at once. */
const chunkBytes = 262_144;

/** A source over the file at `path`. Throws `RefusedFile` when it cannot be opened. */
export async function fileSource(path: string, name: string): Promise<ByteSource> {
  try {
    const handle = await open(path, 'r');
    await handle.close();
    const { size } = await stat(path);
    return { name, sizeBytes: size, path, chunks: () => chunksOf(path, name) };
  } catch (cause) {
    refuseUnreadable(name, cause);
  }
}

async function* chunksOf(path: string, name: string): AsyncIterable<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: chunkBytes }) as AsyncIterable<Buffer>;
  } catch (cause) {
    refuseUnreadable(name, cause);
  }
}

function refuseUnreadable(name: string, cause: unknown): never {
  const code = (cause as NodeJS.ErrnoException).code;
  if (code === undefined) throw cause;
  if (code === 'ENOENT') refuse('file-missing', name, `${name} is not there any more.`);
  refuse('file-unreadable', name, `${name} cannot be read (${code}).`);
}

/** The first `limitBytes` bytes, or all when there are fewer. */
export async function headOf(source: ByteSource, limitBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= limitBytes) break;
  }
  return Buffer.concat(parts).subarray(0, limitBytes);
}

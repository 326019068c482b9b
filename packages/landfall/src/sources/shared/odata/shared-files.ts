import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

type Read = () => Promise<AsyncIterable<Uint8Array>>;

/** Bytes that are kept at a time; what is beyond is read again. */
const mostKeptBytes = 1_073_741_824;

/**
 * Files that several records share: the first record's reading keeps the bytes in a directory (readable by their owner
 * only), the others take them from there, and with the last of them they are removed. What cannot be kept is read
 * again from the service: nothing is lost but time.
 */
export class SharedFiles {
  readonly #directory: string;
  readonly #countCopies: (signal: AbortSignal) => Promise<ReadonlyMap<string, number>>;
  #left: Promise<Map<string, number>> | null = null;
  /** Size by id of what is kept. */
  readonly #kept = new Map<string, number>();
  readonly #underWay = new Set<string>();

  /** `countCopies` tells how many records share a file, for those that more than one does; asked once. */
  constructor(directory: string, countCopies: (signal: AbortSignal) => Promise<ReadonlyMap<string, number>>) {
    this.#directory = directory;
    this.#countCopies = countCopies;
  }

  /** The bytes of a shared file: from what is kept, else from `read`, which is asked for them then. */
  async chunks(id: string, read: Read, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const left = await this.#copiesLeft(signal);
    if (!left.has(id)) return read();
    return this.#kept.has(id) ? this.#again(id, read, left) : this.#keeping(id, await read(), left);
  }

  /** Removes what is kept. */
  async close(): Promise<void> {
    if (this.#left !== null) await rm(this.#directory, { recursive: true, force: true });
  }

  /** What a process that was killed left there is removed before the first file. */
  #copiesLeft(signal: AbortSignal): Promise<Map<string, number>> {
    this.#left ??= this.#begun(signal).catch((trouble: unknown) => {
      this.#left = null;
      throw trouble;
    });
    return this.#left;
  }

  async #begun(signal: AbortSignal): Promise<Map<string, number>> {
    const copies = await this.#countCopies(signal);
    await rm(this.#directory, { recursive: true, force: true });
    return new Map(copies);
  }

  async *#again(id: string, read: Read, left: Map<string, number>): AsyncIterable<Uint8Array> {
    const file = await opened(this.#pathOf(id), 'r');
    try {
      // gone when somebody cleared the directory, or the last one who was expected has taken it meanwhile
      yield* file === null ? await read() : (file.createReadStream() as AsyncIterable<Uint8Array>);
    } catch (trouble) {
      this.#kept.delete(id);
      throw trouble;
    }
    await this.#taken(id, left);
  }

  async *#keeping(
    id: string,
    chunks: AsyncIterable<Uint8Array>,
    left: Map<string, number>,
  ): AsyncIterable<Uint8Array> {
    if (this.#underWay.has(id)) {
      yield* chunks;
      return this.#taken(id, left);
    }
    this.#underWay.add(id);
    const part = `${this.#pathOf(id)}.part`;
    let sizeBytes = 0;
    try {
      await done(mkdir(this.#directory, { recursive: true, mode: 0o700 }));
      const file = await opened(part, 'w');
      let isWhole = file !== null;
      try {
        for await (const chunk of chunks) {
          yield chunk;
          sizeBytes += chunk.length;
          isWhole &&= this.#hasRoom(sizeBytes) && (await done(file?.writeFile(chunk)));
        }
      } finally {
        await file?.close();
      }
      if (isWhole && (await done(rename(part, this.#pathOf(id))))) this.#kept.set(id, sizeBytes);
    } finally {
      this.#underWay.delete(id);
      if (!this.#kept.has(id)) await done(rm(part, { force: true }));
    }
    await this.#taken(id, left);
  }

  #hasRoom(wantedBytes: number): boolean {
    return [...this.#kept.values()].reduce((sum, bytes) => sum + bytes, wantedBytes) <= mostKeptBytes;
  }

  /** One record fewer needs it. */
  async #taken(id: string, left: Map<string, number>): Promise<void> {
    const others = (left.get(id) ?? 1) - 1;
    left.set(id, others);
    if (others > 0) return;
    left.delete(id);
    this.#kept.delete(id);
    await done(rm(this.#pathOf(id), { force: true }));
  }

  #pathOf(id: string): string {
    return join(this.#directory, id.replace(/[^0-9a-z-]/gi, '_'));
  }
}

/** null when it cannot be opened. */
function opened(path: string, flags: 'r' | 'w'): Promise<FileHandle | null> {
  return open(path, flags, 0o600).catch(() => null);
}

/** Whether the disk took it; when it did not, the bytes are just not kept. */
function done(work: Promise<unknown> | undefined): Promise<boolean> {
  return Promise.resolve(work).then(
    () => true,
    () => false,
  );
}

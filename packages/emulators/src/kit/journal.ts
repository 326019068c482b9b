import { closeSync, existsSync, openSync, readSync, renameSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;

/**
 * An append-only file of JSON lines. What `flush` has returned from survives the sudden death of the process: it is
 * with the operating system. (It is not forced to the disk: a power cut may take the last lines.)
 */
export class Journal {
  readonly #file: string;
  #handle: number | null = null;
  #waiting: string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  /** Queues one line. Nothing is written before `flush`. */
  append(line: unknown): void {
    this.#waiting.push(JSON.stringify(line));
  }

  /** Writes the queued lines. An answer may leave only after this. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    this.#handle ??= openSync(this.#file, 'a');
    writeAll(this.#handle, `${this.#waiting.join('\n')}\n`);
    this.#waiting = [];
  }

  /** Puts these lines in the place of everything that was written: first beside the file, then over it. */
  rewrite(lines: Iterable<unknown>): void {
    this.close();
    const fresh = `${this.#file}.new`;
    const handle = openSync(fresh, 'w');
    let block: string[] = [];
    for (const line of lines) {
      block.push(JSON.stringify(line));
      if (block.length === 1_000) {
        writeAll(handle, `${block.join('\n')}\n`);
        block = [];
      }
    }
    if (block.length > 0) writeAll(handle, `${block.join('\n')}\n`);
    closeSync(handle);
    renameSync(fresh, this.#file);
  }

  /** Writes what waits and closes the file. */
  close(): void {
    this.flush();
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }
}

/**
 * The lines of a journal, in order; none when the file does not exist. A last line without its end was never
 * answered for and is left out. Throws, with the line's number, on a broken line further up.
 */
export function* readJournal(file: string): Generator<unknown> {
  if (!existsSync(file)) return;
  let number = 0;
  for (const line of wholeLines(file)) {
    number += 1;
    if (line === '') continue;
    try {
      yield JSON.parse(line);
    } catch (cause) {
      throw new Error(
        `line ${number} of the state file ${file} is not JSON; delete the file to start afresh`,
        {
          cause,
        },
      );
    }
  }
}

function* wholeLines(file: string): Generator<string> {
  const handle = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    for (let length = readSync(handle, chunk); length > 0; length = readSync(handle, chunk)) {
      const bytes = Buffer.concat([rest, chunk.subarray(0, length)]);
      let start = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        yield bytes.toString('utf8', start, end);
        start = end + 1;
      }
      rest = bytes.subarray(start);
    }
  } finally {
    closeSync(handle);
  }
}

function writeAll(handle: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
}

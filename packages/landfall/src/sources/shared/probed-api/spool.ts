import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { RowOptions, TableFile, TableRow } from '../../../files/table.ts';
import { MigrationError } from '../../../model/error.ts';
import type { Row } from './row-rules.ts';

const entryShape = z.strictObject({
  /** The entity of the catalog; null: a custom object. */
  entity: z.string().nullable(),
  file: z.string(),
  /** Where the rows came from, for people. */
  title: z.string(),
  header: z.array(z.string()),
  rows: z.number(),
  /** Records that the service says there are and that did not come: 0, or why the reading ended early. */
  trouble: z.string().nullable(),
});

const manifestShape = z.strictObject({
  version: z.literal(1),
  at: z.string(),
  address: z.string(),
  tables: z.array(entryShape),
});

/** One list as it was read into the spool. */
export type SpooledList = z.infer<typeof entryShape>;

/** What lies in a spool. */
export type Manifest = z.infer<typeof manifestShape>;

const batchRows = 1_000;

/**
 * What an API gave, kept on this machine in the workspace: every list once, so that what is described, staged and
 * counted is one and the same, whatever happens in the API meanwhile.
 */
export class Spool {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** What lies in it; null when nothing does, or something of another address. */
  read(address: string): Manifest | null {
    const path = join(this.#directory, 'manifest.json');
    if (!existsSync(path)) return null;
    try {
      const parsed = manifestShape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
      return parsed.success && parsed.data.address === address ? parsed.data : null;
    } catch {
      return null;
    }
  }

  /** Fills it anew: everything or nothing takes the place of what lay in it. */
  async fill(write: (fresh: SpoolWriter) => Promise<Manifest>): Promise<Manifest> {
    const fresh = `${this.#directory}.part`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true, mode: 0o700 });
    const manifest = await write(new SpoolWriter(fresh));
    await writeFile(join(fresh, 'manifest.json'), JSON.stringify(manifest), { mode: 0o600 });
    rmSync(this.#directory, { recursive: true, force: true });
    renameSync(fresh, this.#directory);
    return manifest;
  }

  /** A list as a table: whoever reads it cannot tell it from a file of an export. */
  table({ file, title, header }: SpooledList): TableFile {
    const path = join(this.#directory, file);
    return {
      ...{ name: title, kind: 'csv', header, headerLine: 0, issues: [], sizeBytes: 0 },
      rows: (options) => rowsOf(path, header, options ?? {}),
    };
  }
}

/** Writes lists into a spool that is being filled. */
export class SpoolWriter {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Writes rows as they come; columns are those that any row has, in the order they were met. Throws what `rows` throws,
   * and `store-unusable` when the disk does not take them.
   */
  async write(
    file: string,
    rows: AsyncIterable<readonly Row[]>,
  ): Promise<{ header: string[]; rows: number }> {
    const lines = await onDisk(open(join(this.#directory, file), 'w', 0o600));
    const header = new Set<string>();
    let count = 0;
    try {
      for await (const batch of rows) {
        for (const row of batch) for (const name of Object.keys(row)) header.add(name);
        count += batch.length;
        await onDisk(lines.writeFile(batch.map(lineOf).join('')));
      }
    } finally {
      await lines.close();
    }
    return { header: [...header], rows: count };
  }
}

/** Readers of lines break them at the separators of Unicode too, which JSON leaves as they are. */
function lineOf(row: Row): string {
  return `${JSON.stringify(row).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}\n`;
}

function onDisk<T>(work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    const message = 'What the API gives cannot be kept in the workspace.';
    throw new MigrationError('store-unusable', message, { cause });
  });
}

async function* rowsOf(
  path: string,
  header: readonly string[],
  { fromRow = 1, batchRows: size = batchRows, signal }: RowOptions,
): AsyncIterable<readonly TableRow[]> {
  const input = createReadStream(path, 'utf8');
  let batch: TableRow[] = [];
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      signal?.throwIfAborted();
      number += 1;
      if (number < fromRow) continue;
      const row = JSON.parse(line) as Row;
      batch.push({
        row: number,
        line: number,
        cells: header.map((name) => (Object.hasOwn(row, name) ? (row[name] ?? '') : '')),
      });
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    input.destroy();
  }
}

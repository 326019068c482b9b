import { integer } from '../base/counted.ts';
import { entityOfKey } from '../model/key.ts';
import type { SourceCatalog } from '../model/source.ts';
import type { StoreReader } from '../model/store.ts';
import type { DocumentContext } from './context.ts';
import { type FileHolder, fileHolders, hasFile, toldOf } from './file-holders.ts';
import { type Block, cell, table, text } from './report.ts';
import { rejectPages, stagedPages } from './store-pages.ts';

/**
 * What a scope document tells of attachments: how many there are, how large they are together and at most, and how many
 * do not fit (DISC-21, R-27(b), DISC-17). Reads the staged records of entities with files. [] for a source without.
 */
export async function attachedFiles(
  { mapping, reader }: DocumentContext,
  catalog: SourceCatalog,
): Promise<Block[]> {
  const holders = fileHolders(catalog, mapping);
  if (holders.length === 0) return [];
  const tooLarge = await tooLargeOf(reader);
  const rows = await Promise.all(
    holders.map(async (holder) => {
      const { files, bytes, largest } = await sizesOf(reader, holder);
      const stay = tooLarge.get(holder.entity) ?? 0;
      const isMoved = holder.mappings.length > 0;
      return [
        catalog.entities.find(({ name }) => name === holder.entity)?.label ?? holder.entity,
        files,
        largest === null ? 'not told' : integer(bytes),
        largest === null ? 'not told' : integer(largest),
        stay === 0 ? stay : cell(integer(stay), 'warn'),
        isMoved ? 'uploaded' : cell('listed in attachments.csv', 'quiet'),
      ];
    }),
  );
  return [
    text(
      'Sizes are those the source tells; each file is read and compared before it is sent. What does not move by itself is listed in `attachments.csv`.',
    ),
    table(['Table', 'Files', 'Bytes in all', 'Largest', 'Too large', 'What becomes of them'], rows, ''),
  ];
}

/** How many files the plan has found too large, by the source entity. */
async function tooLargeOf(reader: StoreReader): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for await (const page of rejectPages(reader)) {
    for (const { code, key } of page) {
      if (code !== 'too-large' || key === null) continue;
      const entity = entityOfKey(key);
      found.set(entity, (found.get(entity) ?? 0) + 1);
    }
  }
  return found;
}

interface Sizes {
  readonly files: number;
  readonly bytes: number;
  /** null: the source tells no size. */
  readonly largest: number | null;
}

async function sizesOf(reader: StoreReader, holder: FileHolder): Promise<Sizes> {
  let [files, bytes] = [0, 0];
  let largest: number | null = null;
  for await (const page of stagedPages(reader, holder.entity)) {
    for (const record of page) {
      if (!hasFile(holder, record)) continue;
      const [, size] = toldOf(holder, record);
      files += 1;
      if (!/^\d{1,15}$/.test(size)) continue;
      bytes += Number(size);
      largest = Math.max(largest ?? 0, Number(size));
    }
  }
  return { files, bytes, largest };
}

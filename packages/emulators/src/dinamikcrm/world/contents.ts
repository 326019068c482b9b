import type { Row } from './row.ts';

/** The bytes of a file: a few lines of text that name it; none for one that says it has none. */
export function bytesOf(row: Row): Buffer {
  if (row.sizeBytes === 0) return Buffer.alloc(0);
  return Buffer.from(`Dosya ${row.id}: ${String(row.name)}\n`.repeat((row.id % 5) + 1), 'utf8');
}

import { join } from 'node:path';
import { writeCsv } from '../files/csv-writing.ts';
import type { DocumentContext } from './context.ts';

/** A document that is one table: one finding a line. */
export interface TableDocument {
  /** The file's name: `owners.csv`. */
  readonly file: string;
  /** Whether there is anything to tell yet. */
  known(context: DocumentContext): boolean;
  readonly header: readonly string[];
  /** The lines as they come; never all in memory. */
  rows(context: DocumentContext): Iterable<readonly string[]> | AsyncIterable<readonly string[]>;
}

/** Writes the table into the folder, formula-safe; [] when there is nothing to tell yet. */
export async function writeTable(
  document: TableDocument,
  context: DocumentContext,
  directory: string,
): Promise<string[]> {
  if (!document.known(context)) return [];
  const path = join(directory, document.file);
  await writeCsv(path, document.header, document.rows(context));
  return [path];
}

import { hashOf } from '../../packages/landfall/src/base/hash.ts';
import { MigrationError } from '../../packages/landfall/src/model/error.ts';
import type { BinaryStream, Page, SourceConnector } from '../../packages/landfall/src/model/source.ts';

/** A connection to a source, and how to end what it needs (its server, its files). */
export interface OpenedSource {
  readonly connector: SourceConnector;
  close(): Promise<void>;
}

/** A signal that never comes. */
export const never = new AbortController().signal;
/** Restarts tried for each entity: the first pages, the last, and some between. */
const restarts = 8;

/** All pages of one entity, from a place on. */
export async function pagesOf(
  connector: SourceConnector,
  entity: string,
  from: string | null = null,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for await (const page of connector.read(entity, from, never)) pages.push(page);
  return pages;
}

/** A connection beside the first, ended when `work` is done. */
export async function beside<T>(
  make: () => Promise<OpenedSource>,
  work: (connector: SourceConnector) => Promise<T>,
): Promise<T> {
  const opened = await make();
  try {
    return await work(opened.connector);
  } finally {
    await opened.close();
  }
}

/** Pages without where they were cut. */
export function contentOf(pages: readonly Page[]) {
  return {
    records: pages.flatMap((page) => page.records).map((one) => [one.key, hashOf(one)]),
    rejects: pages.flatMap((page) => page.rejects),
  };
}

/** Places below `count`: all, or the ends and some between. */
export function someOf(count: number): readonly number[] {
  const all = Array.from({ length: Math.max(0, count) }, (_, at) => at);
  if (all.length <= restarts) return all;
  const step = (all.length - 1) / (restarts - 1);
  return Array.from({ length: restarts }, (_, at) => Math.round(at * step));
}

/** How many bytes a stream has. */
export async function countOf({ chunks }: BinaryStream): Promise<number> {
  let bytes = 0;
  for await (const chunk of chunks) bytes += chunk.length;
  return bytes;
}

/** Looks and reads as a migration does, to the end. */
export async function readAll(connector: SourceConnector): Promise<void> {
  await connector.check(never);
  const { entities } = await connector.describe(never);
  for (const { name } of entities) await pagesOf(connector, name);
}

/** The trouble that `work` must end with; `what` names it. */
export async function troubleOf(work: () => Promise<unknown>, what: string): Promise<MigrationError> {
  const error = await work().then(
    () => new Error(`${what}: nothing was thrown`),
    (thrown: unknown) => thrown,
  );
  if (error instanceof MigrationError) return error;
  throw error;
}

import { expect } from 'vitest';
import type { ErrorCode } from '../../packages/landfall/src/model/error.ts';
import type { SourceConnector } from '../../packages/landfall/src/model/source.ts';
import { beside, never, type OpenedSource, pagesOf, readAll, troubleOf } from './source-reading.ts';

/** What the pages of a list may do to whoever reads them. */
export const hostilePages = {
  repeating: 'a page comes twice, in the place of the next',
  missing: 'a page leaves records out',
  unstable: 'the order changes from page to page',
  cyclic: 'the way to the next page leads back',
  html: 'a web page comes with status 200',
  truncated: 'an answer breaks off in the middle',
} as const;

/** The page people sign in at. */
export const signInPageText =
  '<!doctype html><html><head><title>Sign in</title></head><body><form></form></body></html>';

/** One of `hostilePages`. */
export type HostilePage = keyof typeof hostilePages;

/**
 * How a source meets one: in a world that is made to have it, reading gives the same records as the sound one (`whole`),
 * ends with an error, or goes on with an issue that tells it (`tells`). `none`: it cannot be met, and why.
 */
export type HostileWorld =
  | { readonly make: () => Promise<OpenedSource>; readonly ends: 'whole' | ErrorCode }
  | { readonly make: () => Promise<OpenedSource>; readonly tells: string }
  | { readonly none: string };

/** All six, and the sound world they are held against. */
export interface HostileWorlds extends Readonly<Record<HostilePage, HostileWorld>> {
  readonly sound: () => Promise<OpenedSource>;
  /** The entities that are looked at, where a look at all of them would take long; absent: all. */
  readonly only?: readonly string[];
}

/** Meets one; gives the trouble it ended with, null when it did not. Half the records without a word is a failure. */
export async function meet(page: HostilePage, worlds: HostileWorlds) {
  const world = worlds[page];
  if ('none' in world) return null;
  const what = hostilePages[page];
  if ('tells' in world) {
    expect(await beside(world.make, codesIn), what).toContain(world.tells);
    expect(await beside(worlds.sound, codesIn), `the sound world: ${what}`).not.toContain(world.tells);
    return null;
  }
  if (world.ends !== 'whole') {
    const read = (connector: SourceConnector) =>
      worlds.only === undefined ? readAll(connector) : keysIn(connector, worlds.only);
    const error = await beside(world.make, (connector) => troubleOf(() => read(connector), what));
    expect(error.code, what).toBe(world.ends);
    return error;
  }
  const keysOf = (connector: SourceConnector) => keysIn(connector, worlds.only);
  expect(await beside(world.make, keysOf), what).toEqual(await beside(worlds.sound, keysOf));
  return null;
}

async function codesIn(connector: SourceConnector): Promise<readonly string[]> {
  await connector.check(never);
  return (await connector.describe(never)).issues.map(({ code }) => code);
}

/** Keys of all records, by entity, in no order; one that comes twice stands there twice. */
async function keysIn(
  connector: SourceConnector,
  only?: readonly string[],
): Promise<Record<string, readonly string[]>> {
  await connector.check(never);
  const entities = only ?? (await connector.describe(never)).entities.map(({ name }) => name);
  const keys: Record<string, readonly string[]> = {};
  for (const name of entities) {
    const pages = await pagesOf(connector, name);
    keys[name] = pages.flatMap(({ records }) => records.map(({ key }): string => key)).toSorted();
  }
  return keys;
}

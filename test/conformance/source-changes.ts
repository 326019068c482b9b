import { expect } from 'vitest';
import type {
  ChangePage,
  SourceCapabilities,
  SourceConnector,
} from '../../packages/landfall/src/model/source.ts';
import { never, type OpenedSource, pagesOf } from './source-reading.ts';

/** A world of its own that is changed while it is looked at. */
export interface EditedSource {
  readonly entity: string;
  make(): Promise<OpenedSource & { readonly edit: Edit }>;
}

/** Changes the record of one id, marks or takes out that of another, and adds one; ids as keys have them. */
export type Edit = (ids: { readonly changed: string; readonly deleted: string }) => void;

/** A place to begin at tells nothing; then what changed comes once, with what was deleted; then nothing new comes. */
export async function expectChanges(
  { entity, make }: EditedSource,
  { deletions }: SourceCapabilities,
): Promise<void> {
  const { connector, edit, close } = await make();
  try {
    const begin = await looked(connector, entity, null);
    expect(changedIn(begin.pages), 'before anything changed').toEqual({ keys: [], deleted: [] });
    const before = await keysIn(connector, entity);
    const [changed = '', deleted = ''] = before;
    edit({ changed: idIn(changed), deleted: idIn(deleted) });
    const look = await looked(connector, entity, begin.since);
    const [how] = look.pages.map((page) => page.how);
    if (how === 'compare') {
      expect(changedIn(look.pages), 'compare tells nothing itself').toEqual({ keys: [], deleted: [] });
      expect(look.pages[0]?.because, 'why only comparing helps').not.toBeNull();
      return;
    }
    const added = (await keysIn(connector, entity)).filter((key) => !before.includes(key));
    expect(added, 'the world has one more').toHaveLength(1);
    const told = changedIn(look.pages);
    expect(told.keys).toEqual(expect.arrayContaining([changed, ...added]));
    expect(told.keys.length, 'what did not change is not told').toBeLessThan(before.length);
    expect(new Set(told.keys).size, 'each once').toBe(told.keys.length);
    if (deletions || told.deleted.length > 0) expect(told.deleted).toEqual([deleted]);
    const again = changedIn((await looked(connector, entity, look.since)).pages);
    expect(
      again.keys.filter((key) => !told.keys.includes(key)),
      'nothing new afterwards',
    ).toEqual([]);
  } finally {
    await close();
  }
}

async function looked(
  connector: SourceConnector,
  entity: string,
  since: string | null,
): Promise<{ readonly pages: readonly ChangePage[]; readonly since: string }> {
  const pages: ChangePage[] = [];
  for await (const page of connector.changes?.(entity, since, never) ?? []) pages.push(page);
  expect(pages.slice(0, -1).filter((page) => page.since !== null)).toEqual([]);
  const last = pages.at(-1)?.since ?? null;
  if (last === null) throw new Error('the last page says no place to go on from');
  return { pages, since: last };
}

function changedIn(pages: readonly ChangePage[]) {
  return {
    keys: pages.flatMap(({ records }) => records.map(({ key }): string => key)),
    deleted: pages.flatMap(({ deleted }) => [...deleted]) as readonly string[],
  };
}

async function keysIn(connector: SourceConnector, entity: string): Promise<readonly string[]> {
  const pages = await pagesOf(connector, entity);
  return pages.flatMap(({ records }) => records.map(({ key }): string => key));
}

function idIn(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}

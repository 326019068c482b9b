import { afterEach, describe, expect, it } from 'vitest';
import type { ChangePage, Cursor, SourceConnector } from '../../model/source.ts';
import { closeAll, type Opened, openOrganisation, recordsOf } from './opex365-fixture.ts';

afterEach(closeAll);

const never = new AbortController().signal;
const dayMs = 86_400_000;

async function changesOf(
  source: SourceConnector,
  entity: string,
  since: Cursor | null,
): Promise<{ readonly pages: readonly ChangePage[]; readonly since: Cursor }> {
  const pages: ChangePage[] = [];
  for await (const page of source.changes?.(entity, since, never) ?? []) pages.push(page);
  expect(pages.slice(0, -1).filter((page) => page.since !== null)).toEqual([]);
  const last = pages.at(-1)?.since ?? null;
  if (last === null) throw new Error('the last page says no place to go on from');
  return { pages, since: last };
}

/** Changes one account, makes one and removes one; gives their keys. */
async function edit({ source, served }: Opened) {
  const [first, second] = await recordsOf(source, 'account');
  const idOf = (key = '') => key.slice('account:'.length);
  const ids = served.emulator.control.seed({
    insert: { account: [{ name: 'New since' }] },
    update: { account: [{ accountid: idOf(first?.key), name: 'Changed since' }] },
    remove: { account: [idOf(second?.key)] },
  });
  return { changed: first?.key, removed: second?.key, ids };
}

describe('what changed since (O-04)', () => {
  it('with tracking: changed, new and deleted ones, then nothing more', async () => {
    const opened = await openOrganisation();
    const { source } = opened;
    const begin = await changesOf(source, 'account', null);
    expect(begin.pages).toMatchObject([{ how: 'tracking', records: [], deleted: [] }]);
    const { changed, removed } = await edit(opened);
    const { pages, since } = await changesOf(source, 'account', begin.since);
    const records = pages.flatMap((page) => page.records);
    expect(records.map(({ fields }) => fields.name).toSorted()).toEqual(['Changed since', 'New since']);
    expect(records.map(({ key }) => key)).toContain(changed);
    expect(
      records.every(({ fields }) => fields['ownerid Name'] !== undefined || fields.name === 'New since'),
    ).toBe(true);
    expect(pages.flatMap((page) => page.deleted)).toEqual([removed]);
    const again = await changesOf(source, 'account', since);
    expect(again.pages.flatMap((page) => [...page.records, ...page.deleted])).toEqual([]);
  });

  it('without tracking: changed and new ones by their time, and the word that deletions are not told', async () => {
    const opened = await openOrganisation({ switches: { untrackedTables: ['account'] } });
    const { source, served } = opened;
    const begin = await changesOf(source, 'account', null);
    served.emulator.control.advance(dayMs);
    await edit(opened);
    const { pages, since } = await changesOf(source, 'account', begin.since);
    const names = pages.flatMap((page) => page.records.map(({ fields }) => fields.name));
    expect(names).toEqual(expect.arrayContaining(['Changed since', 'New since']));
    expect(pages.every(({ how, because }) => how === 'modifiedon' && because?.includes('Deleted'))).toBe(
      true,
    );
    expect(since > begin.since).toBe(true);
  });

  it.each([400, 410] as const)(
    'a token that has expired (%i) says so and asks for a comparison of everything; the next look works again',
    async (expiredTokenStatus) => {
      const { source, served } = await openOrganisation({ switches: { expiredTokenStatus } });
      const begin = await changesOf(source, 'account', null);
      served.emulator.control.advance(40 * dayMs);
      const { pages, since } = await changesOf(source, 'account', begin.since);
      expect(pages).toMatchObject([
        { how: 'compare', records: [], because: expect.stringContaining('expired') },
      ]);
      expect((await changesOf(source, 'account', since)).pages).toMatchObject([{ how: 'tracking' }]);
    },
  );

  it('links have no changes of their own: they are compared', async () => {
    const { source } = await openOrganisation();
    const begin = await changesOf(source, 'new_project_contact', null);
    const { pages } = await changesOf(source, 'new_project_contact', begin.since);
    expect(pages).toMatchObject([{ how: 'compare' }]);
  });

  it('a table that may only be read in part is told with the right that is missing, before anything is asked for', async () => {
    const { source } = await openOrganisation({ switches: { partlyReadableTables: ['account'] } });
    await expect(changesOf(source, 'account', null)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('at the level of the organization'),
      hint: expect.stringContaining('security role'),
    });
    expect((await changesOf(source, 'contact', null)).pages).toMatchObject([{ how: 'tracking' }]);
  });
});

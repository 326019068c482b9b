import { afterAll, describe, expect, it } from 'vitest';
import type { ChangePage, Cursor, SourceConnector } from '../../model/source.ts';
import { allOf, closeAll, opened } from './dinamikcrm-fixture.ts';

const signal = new AbortController().signal;
afterAll(closeAll);

/** So little that the account’s clock stays near ours: a time far ahead of it is not believed. */
const someHoursMs = 4 * 3_600_000;

async function changesOf(
  source: SourceConnector,
  entity: string,
  since: Cursor | null,
): Promise<{ readonly pages: readonly ChangePage[]; readonly since: Cursor }> {
  const pages: ChangePage[] = [];
  for await (const page of source.changes?.(entity, since, signal) ?? []) pages.push(page);
  expect(pages.slice(0, -1).filter((page) => page.since !== null)).toEqual([]);
  const last = pages.at(-1)?.since ?? null;
  if (last === null) throw new Error('the last page says no place to go on from');
  return { pages, since: last };
}

const keysOf = (pages: readonly ChangePage[]) =>
  pages.flatMap(({ records }) => records.map(({ key }): string => key)).toSorted();
const goneOf = (pages: readonly ChangePage[]) => pages.flatMap(({ deleted }) => deleted).toSorted();

/** Changes one contact, makes one, marks one as deleted. */
function edit({ served }: Awaited<ReturnType<typeof opened>>): void {
  served.emulator.control.seed({
    insert: { contact: [{ name: 'Yeni', surname: 'Kişi' }] },
    update: { contact: [{ id: 1, name: 'Değişti' }] },
    remove: { contact: [2] },
  });
}

describe('what changed since, by the module API', () => {
  it('changed and new records, and those marked as deleted; then only what lies within the overlap', async () => {
    const it = await opened({ records: 0 });
    const begin = await changesOf(it.source, 'contact', null);
    expect(begin.pages).toMatchObject([{ how: 'modifiedon', records: [], deleted: [] }]);
    it.served.emulator.control.advance(someHoursMs);
    edit(it);
    const first = await changesOf(it.source, 'contact', begin.since);
    expect(first.pages.every(({ how }) => how === 'modifiedon')).toBe(true);
    const added = (await allOf(it.source, 'contact')).find(({ fields }) => fields['First Name'] === 'Yeni');
    expect(keysOf(first.pages)).toEqual(['contact:1', String(added?.key)].toSorted());
    expect(goneOf(first.pages)).toEqual(['contact:2']);
    const changed = first.pages.flatMap(({ records }) => records).find(({ key }) => key === 'contact:1');
    expect(changed?.fields).toMatchObject({ 'First Name': 'Değişti', 'Company ID': '1' });
    it.served.emulator.control.advance(someHoursMs);
    it.served.emulator.control.seed({ update: { contact: [{ id: 3, name: 'Sonra' }] } });
    const second = await changesOf(it.source, 'contact', first.since);
    expect(keysOf(second.pages)).toContain('contact:3');
    const third = await changesOf(it.source, 'contact', second.since);
    expect(keysOf(third.pages)).toEqual(['contact:3']);
  });

  it('where nothing changed there is one page without records, and the place stays', async () => {
    const it = await opened({ records: 0 });
    const { since } = await changesOf(it.source, 'contact', null);
    const ahead = JSON.stringify({ at: '2090-01-01T00:00' });
    const { pages } = await changesOf(it.source, 'contact', ahead);
    expect(pages).toMatchObject([{ how: 'modifiedon', records: [], rejects: [], deleted: [], since: ahead }]);
    expect(since).not.toBe(ahead);
  });

  it('times have minutes: a record written in the minute of the last look, after it, is not lost', async () => {
    const it = await opened({ records: 0 });
    const begin = await changesOf(it.source, 'contact', null);
    it.served.emulator.control.advance(someHoursMs);
    it.served.emulator.control.seed({ update: { contact: [{ id: 1, updateDate: '2031-05-05T10:00:00' }] } });
    const first = await changesOf(it.source, 'contact', begin.since);
    expect(keysOf(first.pages)).toEqual(['contact:1']);
  });

  it.each([
    ['2026-11-20T10:15:00', '2026-11-20T10:14:00', true],
    ['2026-11-20T10:15:00', '2026-11-20T10:13:00', true],
    ['2026-11-20T10:15:00', '2026-11-20T10:12:00', false],
  ])('seen %s: one of %s comes again is %s', async (seen, other, comes) => {
    const it = await opened({ records: 0 });
    it.served.emulator.control.seed({
      update: {
        contact: [
          { id: 1, updateDate: seen },
          { id: 3, updateDate: other },
        ],
      },
    });
    const { pages } = await changesOf(it.source, 'contact', JSON.stringify({ at: seen.slice(0, 16) }));
    expect(keysOf(pages).includes('contact:3')).toBe(comes);
  });

  it('a time in the far future moves the place no further than the present', async () => {
    const it = await opened({ records: 0 });
    const begin = await changesOf(it.source, 'contact', null);
    it.served.emulator.control.seed({ update: { contact: [{ id: 1, updateDate: '2099-01-01T00:00:00' }] } });
    const { since } = await changesOf(it.source, 'contact', begin.since);
    expect(since < JSON.stringify({ at: '2098' })).toBe(true);
  });

  it.each(['not ours', '{"at":"yesterday"}'])('from the place %j only comparing helps', async (place) => {
    const { source } = await opened({ records: 0 });
    const { pages } = await changesOf(source, 'contact', place);
    expect(pages).toMatchObject([
      { how: 'compare', records: [], because: expect.stringContaining('not one of ours') },
    ]);
  });
});

it('by the tables only comparing helps, and it is said why', async () => {
  const it = await opened({ records: 0, switches: { moduleApi: false } });
  const begin = await changesOf(it.source, 'contact', null);
  edit(it);
  const { pages, since } = await changesOf(it.source, 'contact', begin.since);
  expect(pages).toMatchObject([
    { how: 'compare', records: [], because: expect.stringContaining('times of their own') },
  ]);
  expect((await changesOf(it.source, 'contact', since)).pages).toMatchObject([{ how: 'compare' }]);
});

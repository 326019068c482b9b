import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createDataverse } from './emulator.ts';
import { bench } from './test-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'dataverse-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the control plane', () => {
  it('seeds, shows and resets', async () => {
    const { emulator, get } = bench();
    const empty = emulator.control.snapshot();
    const ids = emulator.control.seed({
      insert: { account: [{ name: 'Seeded', revenue: '1.5', parentaccountid: null }] },
    }) as { account: string[] };
    emulator.control.seed({ update: { account: [{ accountid: ids.account[0], name: 'Changed' }] } });
    expect((await get(`accounts(${ids.account[0]})?$select=name,revenue`)).text).toContain(
      '"name":"Changed","revenue":1.5000',
    );
    expect(emulator.control.snapshot()).not.toEqual(empty);
    emulator.control.seed({ remove: { account: ids.account } });
    expect(emulator.control.snapshot()).toEqual(empty);
    expect(emulator.control.log().map(({ status }) => status)).toEqual([200]);
    emulator.control.reset();
    expect(emulator.control.snapshot()).toEqual(empty);
    expect(emulator.control.log()).toEqual([]);
  });

  it.each([
    [{ insert: { nothing: [] } }, /no table nothing/],
    [{ insert: { account: [{ nothing: 1 }] } }, /doesn't contain attribute/],
    [{ remove: { account: ['x'] } }, /no record x/],
    [{ world: 'lived-in' }, /there is no world/],
    [{ accounts: [] }, /not a seed/],
  ])('refuses the seed %j', (seed, words) => {
    expect(() => bench().emulator.control.seed(seed)).toThrow(words);
  });

  it('begins anew with another size', async () => {
    const { emulator, get } = bench();
    emulator.control.seed({ records: 3_000 });
    expect((emulator.control.extra('counts') as Record<string, number>)['contact']).toBe(360);
    expect((await get('contacts/$count')).text).toBe('360');
  });

  it('tells what is served, and 501 with its name for the rest', async () => {
    const { emulator, get } = bench();
    const { published, served, operations } = emulator.control.coverage();
    expect(served).toBe(operations.filter((each) => each.served).length);
    expect(served).toBeLessThan(published);
    const missing = await get('searchquery');
    expect([missing.status, missing.json.error.message]).toEqual([501, 'Not emulated: searchquery']);
  });

  it('follows what is added and deleted into the union of activities', async () => {
    const { emulator, get } = bench();
    const before = Number((await get('activitypointers/$count')).text);
    const ids = emulator.control.seed({ insert: { task: [{ subject: 'Added' }] } }) as { task: string[] };
    expect(
      (await get(`activitypointers(${ids.task[0]})?$select=subject,activitytypecode`)).json,
    ).toMatchObject({ subject: 'Added', activitytypecode: 'task' });
    const first = (await get('emails?$select=activityid&$top=1')).json.value[0].activityid;
    emulator.control.seed({
      remove: { email: [first] },
      update: { task: [{ activityid: ids.task[0], subject: 'Renamed' }] },
    });
    expect((await get('activitypointers/$count')).text).toBe(String(before));
    expect((await get(`activitypointers(${first})`)).status).toBe(404);
    expect((await get("activitypointers?$filter=subject eq 'Renamed'")).json.value).toHaveLength(1);
  });
});

describe('a state file', () => {
  it('brings changes, versions and the clock back', async () => {
    const stateFile = join(folder, 'state.jsonl');
    const first = bench({ stateFile, records: 700 });
    const made = await first.send('POST', 'accounts', {
      name: 'Kept',
      new_externalnumber: '9007199254740993',
    });
    const id = /\(([^)]+)\)/.exec(made.headers.get('odata-entityid') ?? '')?.[1] ?? '';
    first.emulator.control.seed({
      remove: { contact: [(await first.get('contacts?$top=1')).json.value[0].contactid] },
    });
    first.emulator.control.advance(60_000);
    const snapshot = first.emulator.control.snapshot();
    const before = await first.get(`accounts(${id})?$select=new_externalnumber`);
    const second = bench({ stateFile });
    expect(second.emulator.control.snapshot()).toEqual(snapshot);
    expect((await second.get(`accounts(${id})?$select=new_externalnumber`)).text).toBe(before.text);
    await second.emulator.close();
    await first.emulator.close();
  });
});

describe('faults of the connection', () => {
  it('reject in process as the built-in fetch does', async () => {
    const emulator = createDataverse();
    emulator.control.faults({ rules: [{ kind: 'lost-answer', count: 1 }] });
    await expect(emulator.app.fetch(new Request('http://x/api/data/v9.2/WhoAmI'))).rejects.toThrow(
      'fetch failed',
    );
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bench } from './account-fixture.ts';
import { serveDinamikcrm } from './emulator.ts';

const folder = mkdtempSync(join(tmpdir(), 'dinamikcrm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the control plane', () => {
  it('seeds, shows and resets', async () => {
    const { emulator, get } = bench();
    const empty = emulator.control.snapshot();
    const { company } = emulator.control.seed({
      insert: { company: [{ name: 'Yeni Firma A.Ş.', parentCompanyId: '1' }] },
    }) as { company: number[] };
    emulator.control.seed({ update: { company: [{ id: company[0], name: 'Değişti' }] } });
    const seen = await get(`modules/company/records/${company[0]}`);
    expect(seen.json).toMatchObject({ name: 'Değişti', parentCompanyId: '1', active: true });
    expect(seen.json.updateDate).toBe('2026-11-21T12:00:00');
    emulator.control.seed({ remove: { company }, erase: { contact: [12] } });
    expect((await get(`modules/company/records/${company[0]}`)).json.active).toBe(false);
    expect((await get('modules/contact/records/12')).status).toBe(404);
    expect(emulator.control.snapshot()).not.toEqual(empty);
    expect(emulator.control.log().map(({ status }) => status)).toEqual([200, 200, 404]);
    emulator.control.reset();
    expect(emulator.control.snapshot()).toEqual(empty);
    expect(emulator.control.log()).toEqual([]);
  });

  it.each([
    [{ insert: { nothing: [] } }, /no module nothing/],
    [{ insert: { company: [{ nothing: 1 }] } }, /nothing/],
    [{ remove: { company: [9_999_999] } }, /no record 9999999/],
    [{ world: 'lived-in' }, /there is no world/],
    [{ companies: [] }, /not a seed/],
  ])('refuses the seed %j', (seed, words) => {
    expect(() => bench().emulator.control.seed(seed)).toThrow(words);
  });

  it('begins anew with another size, and about so many records there are', () => {
    const { emulator } = bench();
    emulator.control.seed({ records: 3_000 });
    const counts = emulator.control.extra('counts') as Record<string, number>;
    expect(counts['contact']).toBe(420);
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(all).toBeGreaterThan(2_800);
    expect(all).toBeLessThan(3_500);
  });

  it('tells what is served, and 501 with its name for the rest', async () => {
    const { emulator, send } = bench();
    const { published, served, operations } = emulator.control.coverage();
    expect(served).toBe(operations.filter((each) => each.served).length);
    expect(served).toBeLessThan(published);
    const missing = await send('POST', 'Contact/Add', {});
    expect([missing.status, missing.json.error.message]).toEqual([
      501,
      'Not emulated: POST /api/{table}/Add',
    ]);
  });
});

describe('a state file', () => {
  it('brings changes and the clock back', async () => {
    const stateFile = join(folder, 'state.jsonl');
    const first = bench({ stateFile, records: 700 });
    const made = await first.send('POST', 'modules/contact/records', { name: 'Kalıcı', companyId: 1 });
    expect(made.status).toBe(201);
    await first.send('PATCH', 'modules/contact/records/1', { surname: 'Değişti' });
    await first.send('DELETE', 'modules/contact/records/2');
    first.emulator.control.advance(60_000);
    const snapshot = first.emulator.control.snapshot();
    const second = bench({ stateFile });
    expect(second.emulator.control.snapshot()).toEqual(snapshot);
    expect((await second.get(`modules/contact/records/${made.json.id}`)).json).toEqual(made.json);
    await second.emulator.close();
    await first.emulator.close();
  });
});

describe('over HTTP', () => {
  it('answers at the bare host with the keys of its token', async () => {
    const served = await serveDinamikcrm({ port: 0, seed: 5 });
    const [apikey = '', apisecret = ''] = served.token.split(':');
    const modules = await fetch(`${served.url}/api/modules`, { headers: { apikey, apisecret } });
    expect(modules.status).toBe(200);
    expect((await fetch(`${served.control}/log`)).status).toBe(200);
    await served.close();
  });
});

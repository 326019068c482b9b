import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { servePromoxcrm } from './emulator.ts';
import { bench, TEST_MS } from './test-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'promoxcrm-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const resources = [
  ...['leads', 'clients', 'pipelines', 'projects', 'tasks', 'presentations', 'commissions', 'users'],
  'custom-objects',
];

describe('the API', () => {
  it.each(resources)('lists %s with a total', async (resource) => {
    const { status, json } = await bench().get(resource);
    expect(status).toBe(200);
    expect(json.data.length).toBeGreaterThan(0);
    expect(json.meta.total).toBeGreaterThanOrEqual(json.data.length);
  });

  it('gives one record, and 404 for what is not there', async () => {
    const { get } = bench();
    expect((await get('clients/1001')).json.data).toMatchObject({ id: 1_001, name: 'Nimbus US Limited' });
    expect((await get('clients/7')).status).toBe(404);
    expect((await get('elephants')).status).toBe(404);
  });

  it('defines custom objects and lists their records', async () => {
    const { get } = bench();
    expect((await get('custom-objects/webstores')).json.data.fields).toHaveLength(5);
    expect((await get('custom-objects/webstores/records')).json.data[0]).toMatchObject({ client_id: 1_001 });
    expect((await get('custom-objects/nothing/records')).status).toBe(404);
  });

  it('only reads: writes are 501 with their name, reports are 501 (P-29(a))', async () => {
    const { send, get } = bench();
    expect((await send('POST', 'leads')).json.error.message).toBe('Not emulated: POST leads');
    expect((await send('PUT', 'leads')).status).toBe(405);
    expect((await get('reports')).status).toBe(501);
  });

  it('gives the bytes of a presentation, and 404 where the file is gone', async () => {
    const { get } = bench();
    const [first] = (await get('presentations')).json.data;
    const { pathname } = new URL(first.file_url);
    const file = await get(pathname.slice('/api/v1/'.length));
    expect(file.text.startsWith('%PDF-1.4')).toBe(true);
    expect(file.text).toHaveLength(first.size_bytes);
    expect((await get('presentations/1003/download')).status).toBe(404);
  });

  it('answers the same over HTTP', async () => {
    const served = await servePromoxcrm();
    const answer = await fetch(`${served.url}/api/v1/users`, {
      headers: { authorization: `Bearer ${served.token}` },
    });
    expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(8);
    expect(await (await fetch(`${served.control}/log`)).json()).toMatchObject([
      { method: 'GET', path: '/api/v1/users', status: 200 },
    ]);
    await served.close();
  });
});

describe('the control plane', () => {
  it('puts, changes and takes away records, and resets', async () => {
    const { emulator, get } = bench();
    const before = emulator.control.snapshot();
    const ids = emulator.control.seed({
      put: { leads: [{ first_name: 'New' }], clients: [{ id: 1_001, phone: '1' }] },
      remove: { tasks: [1_001] },
    }) as { leads: number[] };
    expect((await get(`leads/${ids.leads[0]}`)).json.data).toMatchObject({ first_name: 'New' });
    expect((await get('clients/1001')).json.data).toMatchObject({
      phone: '1',
      name: 'Nimbus US Limited',
      updated_at: '2026-11-21T09:00:00Z',
    });
    expect((await get('tasks/1001')).status).toBe(404);
    emulator.control.reset();
    expect(emulator.control.snapshot()).toEqual(before);
    expect(emulator.control.log()).toEqual([]);
  });

  it.each([
    [{ put: { nothing: [{}] } }, /no resource nothing/],
    [{ remove: { leads: [7] } }, /no record 7/],
    [{ world: 'lived-in' }, /there is no world/],
    [{ leads: [] }, /not a seed/],
  ])('refuses the seed %j', (seed, message) => {
    expect(() => bench().emulator.control.seed(seed)).toThrow(message);
  });

  it('begins anew with another size or another API', async () => {
    const { emulator, get } = bench();
    emulator.control.seed({ records: 2_000 });
    expect(emulator.control.extra('counts')).toMatchObject({ clients: 360, projects: 400, tasks: 480 });
    emulator.control.seed({ world: 'none' });
    expect((await get('leads')).status).toBe(404);
  });

  it('tells what is served', () => {
    const { published, served, operations } = bench().emulator.control.coverage();
    expect(served).toBe(operations.filter((one) => one.served).length);
    expect(served).toBeLessThan(published);
  });

  it('the vendor has words of its own for faults', async () => {
    const { emulator, get } = bench();
    const kinds = ['status-429', 'status-500', 'status-502-html', 'status-503', 'token-expired'];
    emulator.control.faults({ rules: kinds.map((kind) => ({ kind, count: 1 })) });
    const seen = [];
    for (const _ of kinds) seen.push((await get('leads')).status);
    expect(seen).toEqual([429, 500, 502, 503, 401]);
  });

  it('a state file brings changes and the clock back', async () => {
    const stateFile = join(folder, 'state.jsonl');
    const first = bench({ stateFile, records: 300 });
    first.emulator.control.seed({ put: { leads: [{ id: 1_001, score: 1 }] }, remove: { tasks: [1_001] } });
    first.emulator.control.advance(90_000);
    const snapshot = first.emulator.control.snapshot();
    await first.emulator.close();
    const second = bench({ stateFile });
    expect(second.emulator.control.snapshot()).toEqual(snapshot);
    const third = bench({ stateFile });
    expect(third.emulator.control.snapshot()).toEqual(snapshot);
    await second.emulator.close();
    await third.emulator.close();
  });
});

describe('delta', () => {
  it('updated_since gives what was changed since', async () => {
    const { emulator, get } = bench();
    emulator.control.seed({ put: { clients: [{ id: 1_001, phone: '1' }] } });
    const since = new Date(TEST_MS - 1_000).toISOString();
    const { json } = await get(`clients?updated_since=${since}`);
    expect(json.data.map((row: { id: number }) => row.id)).toEqual([1_001]);
    expect((await get('clients?updated_since=yesterday')).status).toBe(400);
  });
});

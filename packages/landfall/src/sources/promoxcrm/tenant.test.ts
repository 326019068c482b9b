import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servePromoxcrm } from 'landfall-emulators/promoxcrm/emulator.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemPorts } from '../../base/ports.ts';
import { createSource } from '../registry.ts';
import { testSurroundings } from '../surroundings-fixture.ts';

// Two servers in the test process: slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const signal = new AbortController().signal;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** An account that lies below a path of a host that others share; everything else there is not found. */
async function tenantAt(path: string) {
  const served = await servePromoxcrm({ records: 60, limits: 'off' });
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const url = request.url ?? '';
    asked.push(url);
    if (!url.startsWith(`${path}/`)) return response.writeHead(404).end('{}');
    const headers = { authorization: String(request.headers.authorization ?? '') };
    const answer = await fetch(`${served.url}/api/v1${url.slice(path.length)}`, {
      method: request.method ?? 'GET',
      headers,
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type') ?? '';
    // addresses in answers are those of the tenant
    const body = type.includes('json')
      ? bytes.toString().replaceAll(/https?:\/\/[^/"]+\/api\/v1/g, `http://${request.headers.host}${path}`)
      : bytes;
    return response.writeHead(answer.status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () => served.close(),
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return { served, asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('an address with a path (P-02, P-03)', () => {
  it.each([
    ['/acme/api', '/acme/api/v1'],
    ['/acme', '/acme'],
  ])('%s: nothing is asked outside of the tenant; records and bytes come from %s', async (path, lies) => {
    const { served, asked, origin } = await tenantAt(lies);
    const directory = mkdtempSync(join(tmpdir(), 'landfall-tenant-'));
    const surroundings = testSurroundings(directory, { KEY: served.token });
    const config = {
      system: 'promoxcrm',
      url: `${origin}${path}/`,
      auth: { token: { env: 'KEY' } },
      probe: { spaceMs: 0 },
    };
    const source = createSource(config, systemPorts(), surroundings);
    ends.push(
      () => rmSync(directory, { recursive: true, force: true }),
      () => source.close?.(),
    );
    const { entities } = await source.describe(signal);
    expect(entities.find(({ name }) => name === 'clients')?.count.value).toBeGreaterThan(5);
    expect(asked.filter((url) => !url.startsWith('/acme/'))).toEqual([]);
    const files: string[] = [];
    for await (const { records } of source.read('presentations', null, signal))
      for (const { fields } of records)
        if (fields['File State'] === 'there') files.push(String(fields['File']));
    expect(files.length).toBeGreaterThan(0);
    let bytes = 0;
    for await (const chunk of (await source.binary?.(files[0] ?? '', signal))?.chunks ?? [])
      bytes += chunk.length;
    expect(bytes).toBeGreaterThan(0);
    // what was found out and read is kept for this very address: nothing is asked again
    const before = asked.length;
    const again = createSource(config, systemPorts(), surroundings);
    ends.push(() => again.close?.());
    for await (const { records } of again.read('clients', null, signal))
      expect(records.length).toBeGreaterThan(0);
    expect(asked.slice(before)).toEqual([]);
  });
});

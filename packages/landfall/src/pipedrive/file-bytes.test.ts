import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import type { Destination } from '../model/destination.ts';
import { targetId } from '../model/key.ts';
import { createPipedrive } from './destination.ts';

const token = '0123456789abcdef0123456789abcdef01234567';
const bytes = Buffer.alloc(100_000, 7);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const { signal } = new AbortController();

const servers: Server[] = [];
const destinations: Destination[] = [];
afterEach(async () => {
  for (const destination of destinations.splice(0)) await destination.close();
  for (const server of servers.splice(0)) server.close();
});

async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function opened(url: string): Destination {
  const ports = systemPorts({ clock: { nowMs: () => 0, monotonicMs: () => 0, sleep: async () => {} } });
  const destination = createPipedrive(
    { url, auth: { token }, plan: 'ultimate', seats: 10, share: 1, pace: 'off' },
    ports,
  );
  destinations.push(destination);
  return destination;
}

/** An account that points to this address for the bytes of a file. */
function pointing(location: string): Promise<string> {
  return served((_request, response) => response.writeHead(302, { location }).end());
}

describe('the bytes of a file are read back (facts.md 2.8)', () => {
  it('from where the account points to, without our key, and hashed as they come', async () => {
    const heard: IncomingHttpHeaders[] = [];
    const storage = await served((request, response) => {
      heard.push(request.headers);
      response.end(bytes);
    });
    const account = opened(await pointing(`${storage}/store/1?signature=x`));
    expect(await account.digest('file', targetId(7), signal)).toEqual({ sizeBytes: bytes.length, sha256 });
    expect(heard).toHaveLength(1);
    expect(JSON.stringify(heard)).not.toContain(token);
  });

  it('as the answer itself, a file of JSON among them', async () => {
    const text = '{"success":false,"error":"no error but a file"}';
    const url = await served((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(text),
    );
    const digest = { sizeBytes: text.length, sha256: createHash('sha256').update(text).digest('hex') };
    expect(await opened(url).digest('file', targetId(7), signal)).toEqual(digest);
  });

  it('again while the storage is not there for a moment, and not for ever', async () => {
    let asked = 0;
    const storage = await served((_request, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end(bytes);
    });
    const account = opened(await pointing(`${storage}/store/1`));
    expect(await account.digest('file', targetId(7), signal)).toMatchObject({ sha256 });
    asked = Number.NEGATIVE_INFINITY;
    await expect(account.digest('file', targetId(7), signal)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('not at all from an address in the open', async () => {
    const account = opened(await pointing('http://storage.example/store/1'));
    await expect(account.digest('file', targetId(7), signal)).rejects.toThrow(/https/);
  });

  it('of a file that is gone: none', async () => {
    const url = await served((_request, response) =>
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"success":false}'),
    );
    expect(await opened(url).digest('file', targetId(7), signal)).toBeNull();
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../../../base/ports.ts';
import { testSurroundings } from '../../surroundings-fixture.ts';
import type { RestDialect } from './dialect.ts';
import { RestClient } from './rest-client.ts';
import { testDialect } from './rest-fixture.ts';
import { walk } from './walk.ts';

const signal = new AbortController().signal;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that answers so; `asked` is what it was asked, with the headers. */
async function serve(answer: Answer): Promise<{ origin: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(request);
    response.on('error', () => undefined);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
  );
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

function clientOf(origin: string, dialect: RestDialect = testDialect): RestClient {
  const ports = systemPorts({
    clock: { nowMs: () => 0, monotonicMs: () => performance.now() * 1_000, sleep: async () => undefined },
  });
  const client = new RestClient({
    ...{ origin, basePath: '', dialect, secrets: { apiKey: 'very-secret-key' }, label: 'Test', ports },
    keep: testSurroundings().keep,
  });
  ends.push(() => client.close());
  return client;
}

/** Writes as fast as it is taken, and never ends. */
function endless(response: ServerResponse): void {
  const piece = Buffer.alloc(1024 * 1024, 'x');
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  more();
}

describe('a server that means no good', () => {
  it.each([301, 302, 307, 308])(
    'a %i to another host: the key does not go there, and nothing else',
    async (status) => {
      const other = await serve((_, response) => response.end('[]'));
      const { origin } = await serve((_, response) =>
        response.writeHead(status, { location: `${other.origin}/x` }).end(),
      );
      const client = clientOf(origin);
      await expect(client.get('/x', 'testing', signal)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(client.binary('/x', 'testing', signal)).rejects.toMatchObject({ code: 'unavailable' });
      expect(other.asked).toEqual([]);
    },
  );

  it('next pages at another host are asked for at ours, which is the only one that gets the key', async () => {
    const other = await serve((_, response) => response.end('[]'));
    const { origin, asked } = await serve((request, response) =>
      response.end(
        JSON.stringify(
          request.url?.startsWith('/p2')
            ? { items: [{ id: 2 }], next: '' }
            : { items: [{ id: 1 }], next: `${other.origin}/p2` },
        ),
      ),
    );
    const client = clientOf(origin, {
      ...testDialect,
      paging: { kind: 'link', size: 'size', pageRecords: 10 },
    });
    const ids: unknown[] = [];
    const list = { path: '/p1', what: 'reading', id: 'id' };
    for await (const { items } of walk(client, list, null, signal)) ids.push(...items.map(({ id }) => id));
    expect(ids).toEqual([1, 2]);
    expect(asked.map(({ url }) => url)).toEqual(['/p1?size=10', '/p2']);
    expect(other.asked).toEqual([]);
  });

  it('a page that never ends is given up, with its size', async () => {
    const { origin } = await serve((_, response) => endless(response.writeHead(200)));
    await expect(clientOf(origin).get('/x', 'testing', signal)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('larger than'),
    });
  });

  it.each([403, 500])('the words of a refusal (%i) of a file that never end are given up', async (status) => {
    const { origin } = await serve((_, response) => endless(response.writeHead(status)));
    const failed = clientOf(origin).binary('/x', 'testing', signal);
    await expect(failed).rejects.toMatchObject({ name: 'MigrationError' });
  });

  it('a header without end is no answer', async () => {
    const { origin } = await serve((_, response) =>
      response.writeHead(200, { 'x-long': 'a'.repeat(64 * 1024) }).end('[]'),
    );
    await expect(clientOf(origin).get('/x', 'testing', signal)).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('an answer that is packed is not unpacked, however small it is', async () => {
    const { origin, asked } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.from([0x1f, 0x8b, 8, 0])),
    );
    await expect(clientOf(origin).get('/x', 'testing', signal)).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(asked[0]?.headers['accept-encoding']).toBeUndefined();
  });

  it('a key that comes back in words, in any form it was sent in, is removed from them', async () => {
    const { origin } = await serve((request, response) =>
      response
        .writeHead(400)
        .end(JSON.stringify({ message: `no: ${request.url} ${request.headers.apikey}` })),
    );
    const client = clientOf(origin, { ...testDialect, query: { api_key: '{apiKey}' } });
    const failed = client.get('/x', 'testing', signal);
    await expect(failed).rejects.toMatchObject({ message: expect.not.stringContaining('very-secret-key') });
  });
});

describe('a key that no header can hold', () => {
  it.each(['key\nx-other: 1', 'clé\u0000', 'anahtar-ş'])(
    '%j ends the asking with words, without the key',
    async (apiKey) => {
      const { origin, asked } = await serve((_, response) => response.end('[]'));
      const ports = systemPorts({
        clock: { nowMs: () => 0, monotonicMs: () => performance.now() * 1_000, sleep: async () => undefined },
      });
      const client = new RestClient({
        ...{ origin, basePath: '', dialect: testDialect, secrets: { apiKey }, label: 'Test', ports },
        keep: testSurroundings().keep,
      });
      ends.push(() => client.close());
      for (const ask of [
        () => client.get('/x', 'testing', signal),
        () => client.binary('/x', 'testing', signal),
      ]) {
        const error = await ask().catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ name: 'MigrationError' });
        expect(String(error)).not.toContain(apiKey);
      }
      expect(asked).toEqual([]);
    },
  );
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import { clientCredentialsAuthorization } from './client-credentials.ts';
import { createRedact } from './redact.ts';

let server: Server;
afterEach(() => server.close());

/** An authority that answers with these statuses, the last one from then on. */
async function authority(statuses: readonly number[], expiresIn = 3_600, location?: string) {
  const asked: URLSearchParams[] = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    asked.push(new URLSearchParams(text));
    const status = statuses[Math.min(asked.length, statuses.length) - 1] ?? 200;
    const granted = { access_token: `access-${asked.length}`, token_type: 'Bearer', expires_in: expiresIn };
    const refused = { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret.' };
    response.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
    response.end(JSON.stringify(status === 200 ? granted : refused));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/t/token`, asked };
}

function connect(tokenUrl: string, hidden: string[] = []) {
  const ports = systemPorts();
  const clock = { ...ports.clock, sleep: () => Promise.resolve() };
  return clientCredentialsAuthorization(
    { tokenUrl, clientId: 'client', clientSecret: 'the-secret', parameters: { scope: 'x/.default' } },
    { ...ports, clock },
    createRedact(['the-secret']),
    (secret) => hidden.push(secret),
  );
}

const never = new AbortController().signal;

describe('client credentials', () => {
  it('ask once however many wait, with id, secret and scope in the body; the token is hidden', async () => {
    const { url, asked } = await authority([200]);
    const hidden: string[] = [];
    const connection = connect(url, hidden);
    const all = await Promise.all([1, 2, 3].map(() => connection.headers(never)));
    expect(all).toEqual(Array(3).fill({ authorization: 'Bearer access-1' }));
    expect(Object.fromEntries(asked[0] ?? [])).toEqual({
      client_id: 'client',
      client_secret: 'the-secret',
      grant_type: 'client_credentials',
      scope: 'x/.default',
    });
    expect([asked.length, hidden]).toEqual([1, ['access-1']]);
  });

  it('ask anew once for a token that is refused, not for one that has been replaced since', async () => {
    const { url, asked } = await authority([200]);
    const connection = connect(url);
    const old = await connection.headers(never);
    await Promise.all([connection.renew(old, never), connection.renew(old, never)]);
    await connection.renew(old, never);
    expect(await connection.headers(never)).toEqual({ authorization: 'Bearer access-2' });
    expect(asked).toHaveLength(2);
  });

  it('a refusal is told in the words of the authority; a failing authority is asked again', async () => {
    const refusing = await authority([401]);
    await expect(connect(refusing.url).headers(never)).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringContaining('Invalid client secret'),
    });
    server.close();
    const failing = await authority([503, 429, 200]);
    expect(await connect(failing.url).headers(never)).toEqual({ authorization: 'Bearer access-3' });
  });

  it('a token that is said to live no time is used until it is refused, not asked for with every request', async () => {
    const { url, asked } = await authority([200], 0);
    const connection = connect(url);
    for (let turn = 0; turn < 5; turn += 1) await connection.headers(never);
    expect(asked).toHaveLength(1);
  });

  it.each([302, 307])('a %i to another host does not take the secret there', async (status) => {
    const elsewhere: unknown[] = [];
    const other = createServer((request, response) => {
      elsewhere.push(request.url);
      response.end();
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { url } = await authority(
      [status],
      3_600,
      `http://127.0.0.1:${(other.address() as AddressInfo).port}/`,
    );
    await expect(connect(url).headers(never)).rejects.toMatchObject({ code: 'unauthorized' });
    other.close();
    expect(elsewhere).toEqual([]);
  });

  it('an authority that stays silent is unavailable', async () => {
    const { url } = await authority([503]);
    await expect(connect(url).headers(never)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import { OAuthAuthorization } from './oauth.ts';

let server: Server;
afterEach(() => server.close());

interface Asked {
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

/** An authority that hands out a new refresh token each time and no longer takes the old one. */
async function authority(status = 200): Promise<{ readonly url: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    asked.push({ form: new URLSearchParams(text), authorization: request.headers.authorization });
    const number = asked.length;
    const granted = {
      access_token: `access-${number}`,
      token_type: 'Bearer',
      expires_in: 3_600,
      refresh_token: `refresh-${number}`,
    };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 200 ? granted : { error: 'invalid_grant' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/token`, asked };
}

function connect(tokenUrl: string, keep: (token: string) => Promise<void>, hidden: string[] = []) {
  const ports = systemPorts();
  const clock = { ...ports.clock, sleep: () => Promise.resolve() };
  const grant = { tokenUrl, clientId: 'client', clientSecret: 'secret', refreshToken: 'refresh-0', keep };
  return new OAuthAuthorization(
    grant,
    { ...ports, clock },
    (text) => text,
    (secret) => hidden.push(secret),
  );
}

describe('OAuth (F9, T17)', () => {
  it('keeps a rotated refresh token before the access token is used, and uses the new one next', async () => {
    const { url, asked } = await authority();
    const order: string[] = [];
    const hidden: string[] = [];
    const connection = connect(url, async (token) => void order.push(`kept ${token}`), hidden);
    const headers = await connection.headers();
    order.push(`used ${headers.authorization}`);
    await connection.renew(headers);
    expect(order).toEqual(['kept refresh-1', 'used Bearer access-1', 'kept refresh-2']);
    expect(asked.map(({ form }) => form.get('refresh_token'))).toEqual(['refresh-0', 'refresh-1']);
    expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from('client:secret').toString('base64')}`);
    expect(hidden).toEqual(['access-1', 'refresh-1', 'access-2', 'refresh-2']);
  });

  it('does not use an access token whose refresh token could not be kept', async () => {
    const { url } = await authority();
    const connection = connect(url, () => Promise.reject(new Error('disk full')));
    await expect(connection.headers()).rejects.toThrow('disk full');
    expect(connection.ready()).toBeNull();
  });

  it('sends one refresh for many callers, and none for one who comes late with an old token', async () => {
    const { url, asked } = await authority();
    const connection = connect(url, async () => {});
    const all = await Promise.all(Array.from({ length: 8 }, () => connection.headers()));
    expect(new Set(all.map((headers) => headers.authorization))).toEqual(new Set(['Bearer access-1']));
    await Promise.all(all.map((headers) => connection.renew(headers)));
    await connection.renew({ authorization: 'Bearer access-1' });
    expect(asked).toHaveLength(2);
  });

  it('is unauthorized when the grant is refused, and unavailable when there is no answer', async () => {
    const refusing = await authority(400);
    await expect(connect(refusing.url, async () => {}).headers()).rejects.toMatchObject({
      code: 'unauthorized',
    });
    server.close();
    const failing = await authority(503);
    await expect(connect(failing.url, async () => {}).headers()).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(failing.asked).toHaveLength(4);
  });
});

import { describe, expect, test } from 'vitest';
import { TEST_NOW_MS, testClient } from './test-client.ts';

describe('who may call', () => {
  test('a wrong API token is 401 in the gateway’s words', async () => {
    const client = testClient();
    const { status, headers, body } = await client.call('GET', '/v2/deals', undefined, 'wrong');
    expect(status).toBe(401);
    expect(headers.get('x-401-by-gw')).toBe('true');
    expect(body).toEqual({
      success: false,
      error: 'unauthorized access',
      errorCode: 401,
      error_info: 'Please check developers.pipedrive.com',
    });
  });

  test('the token may also stand in the query', async () => {
    const client = testClient();
    const url = `http://emulated/api/v2/deals?api_token=${client.emulator.token}`;
    expect((await client.emulator.app.fetch(new Request(url))).status).toBe(200);
  });

  test('all four prefixes lead to the same place', async () => {
    const client = testClient();
    for (const path of ['/api/v2/pipelines', '/v2/pipelines', '/api/v1/users', '/v1/users']) {
      const request = new Request(`http://emulated${path}`, {
        headers: { 'x-api-token': client.emulator.token },
      });
      expect((await client.emulator.app.fetch(request)).status).toBe(200);
    }
  });

  test.each([
    ['Bearer wrong', 401, 'Invalid token: `access_token` is invalid'],
    ['Token abc', 400, 'Invalid request: malformed authorization header'],
  ])('the header "%s" is %i', async (authorization, status, words) => {
    const client = testClient();
    const request = new Request('http://emulated/api/v2/deals', { headers: { authorization } });
    const response = await client.emulator.app.fetch(request);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
  });

  test('a token without the scope is 403', async () => {
    const client = testClient({ switches: { oauthScopes: ['contacts:full', 'base'] } });
    const { oauthToken } = client.emulator;
    expect((await client.call('GET', '/v2/persons', undefined, oauthToken)).status).toBe(200);
    const refused = await client.call('GET', '/v2/deals', undefined, oauthToken);
    expect(refused).toMatchObject({ status: 403, body: { error: 'Scope and URL mismatch' } });
  });

  test('a deal made over OAuth has the origin Marketplace', async () => {
    const client = testClient();
    const { body } = await client.call('POST', '/v2/deals', { title: 'A' }, client.emulator.oauthToken);
    expect(body.data.origin).toBe('Marketplace');
  });
});

describe('the OAuth server', () => {
  function oauthClient() {
    let nowMs = TEST_NOW_MS;
    const client = testClient({ nowMs: () => nowMs });
    const { emulator } = client;
    const { clientId, clientSecret, refreshToken } = emulator.oauth;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const grant = async (
      form: Record<string, string>,
      headers: Record<string, string> = { authorization: basic },
    ) => {
      const request = new Request('http://emulated/oauth/token', {
        method: 'POST',
        headers,
        body: new URLSearchParams(form),
      });
      const response = await emulator.app.fetch(request);
      const body = (await response.json()) as Record<string, string>;
      return { status: response.status, body };
    };
    const pass = (ms: number) => {
      nowMs += ms;
    };
    return { ...client, grant, pass, refreshToken };
  }

  test('gives an access token for an hour, and the same refresh token back', async () => {
    const { grant, call, pass, refreshToken } = oauthClient();
    const { status, body } = await grant({ grant_type: 'refresh_token', refresh_token: refreshToken });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3_600,
      refresh_token: refreshToken,
      api_domain: 'http://127.0.0.1',
    });
    expect(body.scope).toContain('deals:full');
    expect((await call('GET', '/v2/deals', undefined, body.access_token)).status).toBe(200);
    pass(3_600_000);
    expect((await call('GET', '/v2/deals', undefined, body.access_token)).status).toBe(401);
    expect((await grant({ grant_type: 'refresh_token', refresh_token: refreshToken })).status).toBe(200);
  });

  test('a refresh token lives for 60 days from its last use', async () => {
    const { grant, pass, refreshToken } = oauthClient();
    const refresh = async () =>
      (await grant({ grant_type: 'refresh_token', refresh_token: refreshToken })).status;
    pass(59 * 86_400_000);
    expect(await refresh()).toBe(200);
    pass(59 * 86_400_000);
    expect(await refresh()).toBe(200);
    pass(61 * 86_400_000);
    expect(await refresh()).toBe(400);
  });

  test('gives a code by redirect, good once and for five minutes', async () => {
    const { grant, pass, emulator } = oauthClient();
    const code = async () => {
      const url = `http://emulated/oauth/authorize?client_id=${emulator.oauth.clientId}&state=s&redirect_uri=http://127.0.0.1/cb`;
      const response = await emulator.app.fetch(new Request(url, { redirect: 'manual' }));
      expect(response.status).toBe(302);
      const target = new URL(response.headers.get('location') ?? '');
      expect(target.searchParams.get('state')).toBe('s');
      return target.searchParams.get('code') ?? '';
    };
    const first = await code();
    expect((await grant({ grant_type: 'authorization_code', code: first })).status).toBe(200);
    expect((await grant({ grant_type: 'authorization_code', code: first })).body.message).toContain(
      'is invalid',
    );
    const late = await code();
    pass(300_000);
    expect((await grant({ grant_type: 'authorization_code', code: late })).body.message).toContain(
      'has expired',
    );
  });

  test('grants each user their own tokens, until they are deactivated', async () => {
    const { grant, emulator, call } = oauthClient();
    emulator.control.seed({ users: [{ name: 'Ada', email: 'ada@x.example' }] });
    const authorize = async (query: string) => {
      const url = `http://emulated/oauth/authorize?client_id=${emulator.oauth.clientId}${query}`;
      const response = await emulator.app.fetch(new Request(url, { redirect: 'manual' }));
      const location = response.headers.get('location');
      return {
        status: response.status,
        code: location === null ? '' : (new URL(location).searchParams.get('code') ?? ''),
      };
    };
    const { code } = await authorize('&emulated_user=2');
    const { body } = await grant({ grant_type: 'authorization_code', code });
    expect((await call('GET', '/v1/users/me', undefined, body.access_token)).body.data.id).toBe(2);
    const again = await grant({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' });
    expect(again.body.refresh_token).toBe(body.refresh_token);
    expect((await call('GET', '/v1/users/me', undefined, again.body.access_token)).body.data.id).toBe(2);
    await call('PUT', '/v1/users/2', { active_flag: false });
    expect((await call('GET', '/v1/users/me', undefined, again.body.access_token)).status).toBe(401);
    expect(
      (await grant({ grant_type: 'refresh_token', refresh_token: body.refresh_token ?? '' })).status,
    ).toBe(400);
    expect((await authorize('&emulated_user=2')).status).toBe(400);
    expect((await authorize('&redirect_uri=nowhere')).status).toBe(400);
  });

  test('holds a code to the place it was sent to', async () => {
    const { grant, emulator } = oauthClient();
    const code = async () => {
      const url = `http://emulated/oauth/authorize?client_id=${emulator.oauth.clientId}&redirect_uri=http://127.0.0.1/cb`;
      const response = await emulator.app.fetch(new Request(url, { redirect: 'manual' }));
      return new URL(response.headers.get('location') ?? '').searchParams.get('code') ?? '';
    };
    const form = { grant_type: 'authorization_code', redirect_uri: 'http://127.0.0.1/other' };
    expect(await grant({ ...form, code: await code() })).toMatchObject({
      status: 400,
      body: { message: 'Invalid request: `redirect_uri` is invalid' },
    });
    const right = await grant({ ...form, redirect_uri: 'http://127.0.0.1/cb', code: await code() });
    expect(right.status).toBe(200);
  });

  test.each([
    [{}, 'Missing parameter: `grant_type`'],
    [{ grant_type: 'password' }, 'Unsupported grant type: `grant_type` is invalid'],
    [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'Invalid grant: `refresh_token` is invalid'],
    [{ grant_type: 'authorization_code', code: 'x' }, 'Invalid grant: `authorization_code` is invalid'],
  ])('%j is 400', async (form, message) => {
    const { grant } = oauthClient();
    const { status, body } = await grant(form as Record<string, string>);
    expect(status).toBe(400);
    expect(body.message).toBe(message);
  });

  test('an unknown client is refused', async () => {
    const { grant, refreshToken } = oauthClient();
    const { body } = await grant({ grant_type: 'refresh_token', refresh_token: refreshToken }, {});
    expect(body.message).toBe('Invalid client: client is invalid');
  });

  test('only forms are taken, and none of it costs tokens', async () => {
    const { emulator } = oauthClient();
    const request = new Request('http://emulated/oauth/token', { method: 'POST', body: '{}' });
    const response = await emulator.app.fetch(request);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('application/x-www-form-urlencoded');
    expect(emulator.control.log()).toMatchObject([
      { method: 'POST', path: '/oauth/token', status: 400, tokens: 0 },
    ]);
  });
});

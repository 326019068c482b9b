import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

const CHANNEL = { name: 'Chat', provider_channel_id: 'chat-1' };
const MESSAGE = {
  id: 'm1',
  channel_id: 'chat-1',
  sender_id: 's1',
  conversation_id: 'c1',
  message: 'Hello',
  status: 'sent',
  created_at: '2026-03-01T12:00:00.000Z',
};
const LINK = {
  user_provider_id: '1e3943c9-6395-462b-b432-1f252c017f3d',
  user_id: 1,
  company_id: 7_000_001,
  marketplace_client_id: '57da5c3c55a82bb4',
};

let client: TestClient;
beforeEach(() => {
  client = testClient();
});

describe('a messaging channel', () => {
  test('is registered with its defaults', async () => {
    expect(await client.made('/v1/channels', CHANNEL)).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      ...CHANNEL,
      provider_type: 'other',
      template_support: false,
      pd_company_id: 7_000_001,
      pd_user_id: 1,
      created_at: '2026-03-01 12:00:00',
    });
  });

  test('receives messages, and loses them with the conversation or with itself', async () => {
    const shot = () => JSON.stringify(client.emulator.control.snapshot());
    const before = shot();
    await client.made('/v1/channels', CHANNEL);
    expect(await client.made('/v1/channels/messages/receive', MESSAGE)).toMatchObject({
      ...MESSAGE,
      attachments: [],
    });
    await client.made('/v1/channels/messages/receive', { ...MESSAGE, id: 'm2', conversation_id: 'c2' });
    const gone = await client.call('DELETE', '/v1/channels/chat-1/conversations/c1');
    expect(gone.body).toEqual({ success: true });
    expect((await client.call('DELETE', '/v1/channels/chat-1/conversations/c1')).status).toBe(404);
    expect(shot()).toContain('"m2"');
    expect((await client.call('DELETE', '/v1/channels/chat-1')).body).toEqual({ success: true });
    expect(shot()).toBe(before);
  });

  test('is registered by admins alone', async () => {
    const { users } = client.emulator.control.seed({ users: [{ name: 'U', email: 'u@x.example' }] }) as {
      users: readonly { api_token: string }[];
    };
    expect((await client.call('POST', '/v1/channels', CHANNEL, users[0]?.api_token)).status).toBe(403);
  });

  test.each([
    ['POST', '/v1/channels', { name: 'Chat' }, 400],
    ['POST', '/v1/channels', { ...CHANNEL, provider_type: 'pigeon' }, 400],
    ['POST', '/v1/channels/messages/receive', MESSAGE, 400],
    ['POST', '/v1/channels/messages/receive', { ...MESSAGE, status: 'lost' }, 400],
    ['DELETE', '/v1/channels/nowhere', undefined, 400],
    ['DELETE', '/v1/channels/nowhere/conversations/c1', undefined, 404],
  ])('%s %s with %j is refused', async (method, path, body, status) => {
    expect((await client.call(method, path, body)).status).toBe(status);
  });
});

describe('a link to a video-call integration', () => {
  test('is made and taken back', async () => {
    expect(await client.made('/v1/meetings/userProviderLinks', LINK)).toEqual({
      message: 'The user was added successfully',
    });
    const path = `/v1/meetings/userProviderLinks/${LINK.user_provider_id}`;
    expect((await client.call('DELETE', path)).body.data.message).toContain('removed');
    expect((await client.call('DELETE', path)).status).toBe(403);
  });

  test.each([
    { ...LINK, user_id: undefined },
    { ...LINK, user_id: 99 },
    { ...LINK, company_id: 1 },
    { ...LINK, user_provider_id: 'x' },
  ])('%j is refused in an envelope of its own', async (body) => {
    const answer = await client.call('POST', '/v1/meetings/userProviderLinks', body);
    expect([answer.status, answer.body]).toEqual([
      401,
      { success: false, message: 'Missing user id or company id' },
    ]);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';

const ADA = { email: 'ada@acme.example', name: 'Ada' };
const ME = { email: 'admin@emulated.example', name: 'Admin User' };
const STRANGER = { email: 'x@y.example' };

let client: TestClient;
let sellerToken: string;
beforeEach(() => {
  client = testClient();
  const { users } = client.emulator.control.seed({
    users: [{ name: 'Selin', email: 'selin@emulated.example' }],
    organizations: [{ name: 'Acme' }],
    persons: [{ name: 'Ada', org_id: 1, emails: [{ value: 'ADA@acme.example' }] }],
    deals: [{ title: 'Sale', org_id: 1 }],
    mails: [
      {
        subject: 'Offer',
        body: '<p>Dear <b>us</b></p>',
        from: [ADA],
        to: [ME],
        message_time: '2026-02-01 09:00:00',
        deal_id: 1,
      },
      {
        subject: 'Re: Offer',
        body: 'Yes',
        from: [ME],
        to: [ADA],
        cc: [STRANGER],
        message_time: '2026-02-02 09:00:00',
        thread_id: 1,
        has_attachments: true,
      },
      { subject: 'Spam', from: [STRANGER], to: [ME], message_time: '2026-02-03 09:00:00' },
      { subject: 'Later', body: 'not yet', from: [ME], to: [ADA], draft: true },
      { subject: 'Old', body: 'x', from: [STRANGER], to: [ME], archived: true },
      { subject: 'Hers', body: 'x', from: [ADA], to: [{ email: 'selin@emulated.example' }], user_id: 2 },
    ],
  }) as { users: readonly { api_token: string }[] };
  sellerToken = users[0]?.api_token ?? '';
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
const data = async (path: string, token?: string): Promise<any> => {
  const { status, body } = await client.call('GET', path, undefined, token);
  return status === 200 ? body.data : status;
};
const subjects = async (path: string, token?: string) =>
  (await data(path, token)).map(
    (each: { subject?: string; data?: { subject: string } }) => (each.data ?? each).subject,
  );
const threads = (folder: string) => subjects(`/v1/mailbox/mailThreads?folder=${folder}`);

describe('threads', () => {
  test('lie in their folders, the newest mail first, each for its own user', async () => {
    expect(await threads('inbox')).toEqual(['Spam', 'Offer']);
    expect(await threads('sent')).toEqual(['Offer']);
    expect(await threads('drafts')).toEqual(['Later']);
    expect(await threads('archive')).toEqual(['Old']);
    expect(await subjects('/v1/mailbox/mailThreads', sellerToken)).toEqual(['Hers']);
    expect(await data('/v1/mailbox/mailThreads?folder=trash')).toBe(400);
  });

  test('tell what their mails tell', async () => {
    expect(await data('/v1/mailbox/mailThreads/1')).toMatchObject({
      id: 1,
      folders: ['inbox', 'sent'],
      subject: 'Offer',
      snippet: 'Yes',
      snippet_sent: 'Yes',
      message_count: 2,
      version: 2,
      has_attachments_flag: 1,
      has_sent_flag: 1,
      all_messages_sent_flag: 0,
      first_message_to_me_flag: 1,
      first_message_timestamp: '2026-02-01T09:00:00.000Z',
      last_message_sent_timestamp: '2026-02-02T09:00:00.000Z',
      last_message_received_timestamp: '2026-02-01T09:00:00.000Z',
      deal_id: 1,
      deal_status: 'open',
      parties: {
        from: [
          {
            email_address: 'ada@acme.example',
            linked_person_id: 1,
            linked_organization_id: 1,
            latest_sent: false,
          },
          { email_address: 'admin@emulated.example', linked_person_id: null, latest_sent: true },
        ],
      },
    });
  });

  test('are marked, and linked to a deal or a lead but not to both', async () => {
    const lead = await client.made('/v1/leads', { title: 'Hope', person_id: 1 });
    const put = async (body: object) => (await client.call('PUT', '/v1/mailbox/mailThreads/3', body)).body;
    expect((await put({ deal_id: 1, read_flag: 1, shared_flag: '1' })).data).toMatchObject({
      deal_id: 1,
      read_flag: 1,
      shared_flag: 1,
      version: 2,
    });
    expect((await put({ lead_id: lead.id })).data).toMatchObject({ deal_id: null, lead_id: lead.id });
    expect((await put({ lead_id: lead.id, deal_id: 1 })).success).toBe(false);
    expect((await put({ deal_id: 99 })).error).toContain('Deal 99');
    expect((await put({ subject: 'New' })).error).toContain('subject');
    expect((await put({ archived_flag: 1 })).data.folders).toEqual(['archive']);
  });

  test('are deleted with their mails, and stay deleted', async () => {
    const gone = await client.call('DELETE', '/v1/mailbox/mailThreads/1');
    expect(gone.body).toEqual({
      success: true,
      statusCode: 2000,
      statusText: 'Success',
      service: 'email-api',
      data: { id: 1 },
    });
    for (const path of ['mailThreads/1', 'mailThreads/1/mailMessages', 'mailMessages/1'])
      expect(await data(`/v1/mailbox/${path}`)).toBe(404);
    expect(await data('/v1/deals/1/mailMessages')).toEqual([]);
    expect((await client.call('DELETE', '/v1/mailbox/mailThreads/1')).status).toBe(404);
  });

  test('of others are seen only when they are shared', async () => {
    expect(await data('/v1/mailbox/mailThreads/5')).toBe(404);
    await client.call('PUT', '/v1/mailbox/mailThreads/5', { shared_flag: 1 }, sellerToken);
    expect(await data('/v1/mailbox/mailThreads/5')).toMatchObject({ subject: 'Hers' });
  });
});

describe('mails', () => {
  test('of a thread come in their order', async () => {
    expect(await subjects('/v1/mailbox/mailThreads/1/mailMessages')).toEqual(['Offer', 'Re: Offer']);
  });

  test('carry their body only when it is asked for, and a link to it', async () => {
    const plain = await data('/v1/mailbox/mailMessages/1');
    expect(plain).toMatchObject({ snippet: 'Dear us', has_body_flag: 1, sent_flag: 0, mail_thread_id: 1 });
    expect(plain).not.toHaveProperty('body');
    const response = await client.emulator.app.fetch(new Request(plain.body_url));
    expect(await response.text()).toBe('<p>Dear <b>us</b></p>');
    expect((await data('/v1/mailbox/mailMessages/1?include_body=1')).body).toBe('<p>Dear <b>us</b></p>');
    expect(await data('/v1/mailbox/mailMessages/3?include_body=1')).toMatchObject({ body: '', body_url: '' });
    expect(await data('/v1/mailbox/mailMessages/99')).toBe(404);
  });

  test.each([
    ['/v1/deals/1/mailMessages', ['Re: Offer', 'Offer']],
    ['/v1/persons/1/mailMessages', ['Later', 'Re: Offer', 'Offer']],
    ['/v1/organizations/1/mailMessages', ['Later', 'Re: Offer', 'Offer']],
  ])('%s lists them, newest first', async (path, wanted) => {
    expect(await subjects(path)).toEqual(wanted);
    const page = (await client.call('GET', `${path}?limit=1&include_body=1`)).body;
    expect(page.data).toMatchObject([{ object: 'mailMessage', data: { body: expect.any(String) } }]);
    expect(page.additional_data.pagination).toMatchObject({ limit: 1, more_items_in_collection: true });
  });

  test('are counted with their last times, drafts aside', async () => {
    const path =
      '/v2/persons/1?include_fields=email_messages_count,last_incoming_mail_time,last_outgoing_mail_time';
    expect(await data(path)).toMatchObject({
      email_messages_count: 3,
      last_incoming_mail_time: '2026-03-01T12:00:00Z',
      last_outgoing_mail_time: '2026-02-02T09:00:00Z',
    });
    expect(await data('/v2/deals/1?include_fields=email_messages_count')).toMatchObject({
      email_messages_count: 2,
    });
    expect(await data('/v2/organizations/1?include_fields=email_messages_count')).toMatchObject({
      email_messages_count: 3,
    });
  });

  test.each(['deals', 'persons', 'organizations'])('of %s that are not there are 404', async (table) => {
    expect(await data(`/v1/${table}/99/mailMessages`)).toBe(404);
  });

  test.each([
    [{ subject: 'A', from: [] }, 'from'],
    [{ subject: 'A', from: [{ email: 'nobody' }] }, 'email'],
    [{ subject: 'A', from: [ADA], thread_id: 99 }, 'Mail thread 99'],
    [{ subject: 'A', from: [ADA], user_id: 99 }, 'User 99'],
    [{ subject: 'A', from: [ADA], deal_id: 99 }, 'Deal 99'],
  ])('the seed %j is refused', (mail, words) => {
    expect(() => client.emulator.control.seed({ mails: [mail] })).toThrow(words);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { bytesOf, upload } from './files/upload-fixture.ts';
import { type TestClient, testClient } from './test-client.ts';

const CALL = {
  to_phone_number: '+902120000000',
  outcome: 'connected',
  start_time: '2026-02-01 09:00:00',
  end_time: '2026-02-01 09:02:30',
};

let client: TestClient;
let sellerToken: string;
beforeEach(() => {
  client = testClient();
  const { users } = client.emulator.control.seed({
    users: [{ name: 'Selin', email: 'selin@emulated.example' }],
    organizations: [{ name: 'Acme' }],
    persons: [{ name: 'Ada', org_id: 1 }],
    deals: [{ title: 'Sale', person_id: 1, org_id: 1 }],
    activities: [
      { subject: 'Call Ada', type: 'call', deal_id: 1, participants: [{ person_id: 1, primary: true }] },
      { subject: 'Lunch', type: 'lunch' },
    ],
  }) as { users: readonly { api_token: string }[] };
  sellerToken = users[0]?.api_token ?? '';
});

describe('a call log', () => {
  test('keeps its own times, and makes a done activity (callLogMakesActivity)', async () => {
    const given = { ...CALL, subject: 'First call', person_id: 1, org_id: 1, deal_id: 1, note: '<i>hi</i>' };
    const { status, body } = await client.call('POST', '/v1/callLogs', given);
    expect(status).toBe(200);
    expect(body.data).toEqual({
      id: expect.stringMatching(/^CA[0-9a-f]{27}$/),
      activity_id: 3,
      person_id: 1,
      org_id: 1,
      deal_id: 1,
      subject: 'First call',
      duration: '150',
      outcome: 'connected',
      to_phone_number: '+902120000000',
      has_recording: false,
      start_time: '2026-02-01T09:00:00.000Z',
      end_time: '2026-02-01T09:02:30.000Z',
      user_id: 1,
      company_id: 7_000_001,
      note: '<i>hi</i>',
    });
    expect((await client.call('GET', `/v1/callLogs/${body.data.id}`)).body).toEqual(body);
    expect((await client.call('GET', '/v2/activities/3')).body.data).toMatchObject({
      subject: 'First call',
      type: 'call',
      done: true,
      due_date: '2026-02-01',
      due_time: '09:00:00',
      deal_id: 1,
      person_id: 1,
    });
  });

  test('makes no activity where the switch says so', async () => {
    client.emulator.control.extra('switches', { callLogMakesActivity: false });
    const made = await client.made('/v1/callLogs', { ...CALL, person_id: 1 });
    expect(made).toMatchObject({ person_id: 1 });
    expect(made).not.toHaveProperty('activity_id');
    expect((await client.call('GET', '/v2/activities')).body.data).toHaveLength(2);
  });

  test('takes the links of the activity that it is made of', async () => {
    const made = await client.made('/v1/callLogs', { ...CALL, activity_id: 1, org_id: 99 });
    expect(made).toMatchObject({ activity_id: 1, deal_id: 1, person_id: 1, subject: 'Call Ada' });
    expect(made).not.toHaveProperty('org_id');
  });

  test('is listed for its own user alone, 50 at most', async () => {
    const callLogs = Array.from({ length: 60 }, () => CALL);
    client.emulator.control.seed({ callLogs });
    await client.made('/v1/callLogs', { ...CALL, user_id: 2 });
    const { body } = await client.call('GET', '/v1/callLogs?limit=500');
    expect(body.data).toHaveLength(50);
    expect(body.additional_data.pagination).toMatchObject({ limit: 50, next_start: 50 });
    expect((await client.call('GET', '/v1/callLogs', undefined, sellerToken)).body.data).toHaveLength(1);
  });

  test('takes one recording', async () => {
    const { id } = await client.made('/v1/callLogs', CALL);
    const file = { name: 'call.mp3', bytes: bytesOf('ID3') };
    const path = `/v1/callLogs/${id}/recordings`;
    expect((await client.call('POST', path, {})).status).toBe(400);
    expect((await upload(client, path, file)).body).toEqual({ success: true });
    expect((await client.call('GET', `/v1/callLogs/${id}`)).body.data.has_recording).toBe(true);
    const second = await upload(client, path, file);
    expect([second.status, second.body.error]).toEqual([409, 'A recording for this call already exists']);
    expect((await upload(client, '/v1/callLogs/CA1/recordings', file)).status).toBe(404);
  });

  test('is deleted without its activity, and is gone then', async () => {
    const shot = () => JSON.stringify(client.emulator.control.snapshot());
    const before = shot();
    const { id, activity_id } = await client.made('/v1/callLogs', CALL);
    expect((await client.call('DELETE', `/v1/callLogs/${id}`)).body).toEqual({ success: true });
    expect((await client.call('GET', `/v1/callLogs/${id}`)).status).toBe(410);
    expect((await client.call('GET', `/v2/activities/${activity_id}`)).body.data.is_deleted).toBe(false);
    await client.call('DELETE', `/v2/activities/${activity_id}`);
    expect(shot()).toBe(before);
  });

  test('of somebody else is an admin’s business', async () => {
    const { id } = await client.made('/v1/callLogs', CALL);
    for (const [method, path, body] of [
      ['POST', '/v1/callLogs', { ...CALL, user_id: 1 }],
      ['DELETE', `/v1/callLogs/${id}`, undefined],
    ] as const) {
      const answer = await client.call(method, path, body, sellerToken);
      expect(answer.status).toBe(403);
      expect(answer.body.error).toBe("You don't have permission to change this resource.");
    }
  });

  test.each([
    ['no outcome', { ...CALL, outcome: undefined }, 400, 'outcome'],
    ['an unknown outcome', { ...CALL, outcome: 'bored' }, 400, 'outcome'],
    ['no number', { ...CALL, to_phone_number: undefined }, 400, 'to_phone_number'],
    ['an end before its start', { ...CALL, end_time: '2026-02-01 08:00:00' }, 400, 'end_time'],
    ['a time that is none', { ...CALL, start_time: 'noon' }, 400, 'start_time'],
    ['a duration in words', { ...CALL, duration: '2 min' }, 400, 'duration'],
    [
      'a deal and a lead',
      { ...CALL, deal_id: 1, lead_id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
      400,
      'not both',
    ],
    ['a deal that is not there', { ...CALL, deal_id: 99 }, 400, 'Deal 99'],
    ['an activity that is not there', { ...CALL, activity_id: 99 }, 404, 'was not found'],
    ['an activity of another type', { ...CALL, activity_id: 2 }, 400, 'call activity'],
    ['a user who is not there', { ...CALL, user_id: 99 }, 404, 'was not found'],
    ['an unknown key', { ...CALL, mood: 'good' }, 400, 'mood'],
  ])('with %s is refused', async (_, body, status, words) => {
    const answer = await client.call('POST', '/v1/callLogs', body);
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringContaining(words)]);
    expect((await client.call('GET', '/v1/callLogs')).body.data).toEqual([]);
  });
});

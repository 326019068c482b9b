import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from './test-client.ts';

const NOWHERE = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

let client: TestClient;
beforeEach(() => {
  client = testClient({ world: 'lived-in' });
});

describe('a comment on a note', () => {
  test('is kept with its author and its time, and sanitised', async () => {
    const { status, body } = await client.call('POST', '/v1/notes/7/comments', {
      content: '<b>Yes</b><script>no()</script>',
    });
    expect(status).toBe(200);
    expect(body.data).toEqual({
      uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      active_flag: true,
      add_time: '2026-03-01T12:00:00.000Z',
      update_time: '2026-03-01T12:00:00.000Z',
      content: '<b>Yes</b>',
      object_id: '7',
      object_type: 'note',
      user_id: 1,
      updater_id: 1,
      company_id: 7_000_001,
    });
    expect((await client.call('GET', `/v1/notes/7/comments/${body.data.uuid}`)).body).toEqual(body);
  });

  test('is changed, listed page by page and deleted', async () => {
    const uuids: string[] = [];
    for (const content of ['one', 'two', 'three'])
      uuids.push((await client.made('/v1/notes/7/comments', { content })).uuid);
    await client.made('/v1/notes/8/comments', { content: 'elsewhere' });
    client.emulator.control.advance(60_000);
    const changed = await client.call('PUT', `/v1/notes/7/comments/${uuids[0]}`, { content: 'ONE' });
    expect(changed.body.data).toMatchObject({ content: 'ONE', update_time: '2026-03-01T12:01:00.000Z' });
    const page = (await client.call('GET', '/v1/notes/7/comments?start=1&limit=1')).body;
    expect(page.data).toMatchObject([{ content: 'two' }]);
    expect(page.additional_data.pagination).toMatchObject({ more_items_in_collection: true, next_start: 2 });
    const gone = await client.call('DELETE', `/v1/notes/7/comments/${uuids[1]}`);
    expect(gone.body).toEqual({ success: true, data: true });
    const left = (await client.call('GET', '/v1/notes/7/comments')).body.data;
    expect(left.map(({ content }: { content: string }) => content)).toEqual(['ONE', 'three']);
  });

  test('is in the snapshot, and leaves it with its note', async () => {
    const shot = () => JSON.stringify(client.emulator.control.snapshot());
    const note = await client.made('/v1/notes', { content: 'N', org_id: 1 });
    client.emulator.control.seed({ noteComments: [{ note_id: note.id, content: 'seeded' }] });
    expect(shot()).toContain('seeded');
    await client.call('DELETE', `/v1/notes/${note.id}`);
    expect(shot()).not.toContain('seeded');
  });

  test.each([
    ['POST', '/v1/notes/999/comments', { content: 'x' }, 404, 'Note'],
    ['POST', '/v1/notes/7/comments', {}, 400, 'content'],
    ['POST', '/v1/notes/7/comments', { content: '  ' }, 400, 'content'],
    ['POST', '/v1/notes/7/comments', { content: 'x', user_id: 2 }, 400, 'user_id'],
    ['POST', '/v1/notes/7/comments', { content: 'x', add_time: '2020-01-01 00:00:00' }, 400, 'add_time'],
    ['GET', `/v1/notes/7/comments/${NOWHERE}`, undefined, 404, 'Comment'],
    ['DELETE', `/v1/notes/7/comments/${NOWHERE}`, undefined, 404, 'Comment'],
  ])('%s %s with %j is refused', async (method, path, body, status, words) => {
    const answer = await client.call(method, path, body);
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringContaining(words)]);
  });
});

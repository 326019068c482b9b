import { beforeEach, describe, expect, test } from 'vitest';
import { ACCEPT_CASES } from './accept-cases.ts';
import { type TestClient, testClient } from './test-client.ts';

const STATUS: Readonly<Record<string, number>> = { '/v1/notes': 201, '/v1/leads': 201 };

describe('the emulated API keeps, and the create answer shows', () => {
  let client: TestClient;
  beforeEach(() => {
    client = testClient({ world: 'lived-in' });
  });

  test.each(ACCEPT_CASES)('%s', async (_, path, body, holds) => {
    const answer = await client.call('POST', path, body);
    expect(answer.body).toMatchObject({ success: true });
    expect(answer.status).toBe(STATUS[path] ?? 200);
    expect(answer.body.data).toMatchObject(holds);
    const again = await client.call('GET', `${path}/${answer.body.data.id}`);
    if (again.status !== 404) expect(again.body.data).toMatchObject(holds);
  });
});

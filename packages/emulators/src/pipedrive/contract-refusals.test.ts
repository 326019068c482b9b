import { beforeAll, describe, expect, test } from 'vitest';
import { REFUSAL_CASES } from './refusal-cases.ts';
import { type TestClient, testClient } from './test-client.ts';

describe('the emulated API refuses, with the published status and envelope', () => {
  let client: TestClient;
  beforeAll(() => {
    client = testClient({ world: 'lived-in' });
  });

  test.each(REFUSAL_CASES)('%s', async (_, method, path, body, status, code, words) => {
    const before = JSON.stringify(client.emulator.control.snapshot());
    const answer = await client.call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.success).toBe(false);
    expect(answer.body.error).toContain(words);
    if (code === null) expect(answer.body).toMatchObject({ data: null, additional_data: null });
    else expect(answer.body.code).toBe(code);
    expect(JSON.stringify(client.emulator.control.snapshot())).toBe(before);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import type { TestClient } from '../test-client.ts';
import { PRODUCT_ACCEPTS } from './accept-cases.ts';
import { PRODUCT_PART_REFUSALS, PRODUCT_REFUSALS } from './refusal-cases/catalogue.ts';
import { AMOUNT_REFUSALS, LINE_REFUSALS } from './refusal-cases/deals.ts';
import { shop } from './shop-fixture.ts';

let client: TestClient;
beforeEach(async () => {
  client = await shop();
});

describe('the emulated API keeps, and the create answer shows (R-29, O-27(a))', () => {
  test.each(PRODUCT_ACCEPTS)('%s', async (_, path, body, holds) => {
    const answer = await client.call('POST', path, body);
    expect(answer.body).toMatchObject({ success: true });
    expect(answer.status).toBe(201);
    expect(answer.body.data).toMatchObject(holds);
    const { body: list } = await client.call('GET', path);
    expect(list.data).toContainEqual(answer.body.data);
  });
});

const REFUSALS = [...PRODUCT_REFUSALS, ...PRODUCT_PART_REFUSALS, ...LINE_REFUSALS, ...AMOUNT_REFUSALS];

describe('the emulated API refuses, with the published status and envelope', () => {
  test.each(REFUSALS)('%s', async (_, method, path, body, status, code, words) => {
    const before = JSON.stringify(client.emulator.control.snapshot());
    const answer = await client.call(method, path, body);
    expect(answer.body).toMatchObject({ success: false });
    expect(answer.status).toBe(status);
    expect(answer.body.error).toContain(words);
    if (code !== null) expect(answer.body.code).toBe(code);
    expect(JSON.stringify(client.emulator.control.snapshot())).toBe(before);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import type { TestClient } from '../test-client.ts';
import { shop } from './shop-fixture.ts';

let client: TestClient;
beforeEach(async () => {
  client = await shop();
});

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 13, 10]);

/** Sends bytes as the part `data`; answers status and body. */
async function send(method: string, bytes: Uint8Array<ArrayBuffer>, type = 'image/png', part = 'data') {
  const form = new FormData();
  form.set(part, new File([bytes], 'görsel.png', { type }));
  const { app, token } = client.emulator;
  const headers = { 'x-api-token': token };
  const request = new Request('http://emulated/api/v2/products/1/images', { method, headers, body: form });
  const response = await app.fetch(request);
  return { status: response.status, body: await response.json() };
}

describe('the image of a product', () => {
  test('is uploaded, read by its public address, replaced and removed', async () => {
    const added = await send('POST', PNG);
    const brief = { id: 1, product_id: 1, company_id: '7000001', add_time: '2026-03-01' };
    expect(added).toEqual({ status: 201, body: { success: true, data: brief } });

    const { body } = await client.call('GET', '/v2/products/1/images');
    const { public_url, ...rest } = body.data;
    expect(rest).toEqual({ ...brief, mime_type: 'image/png', name: 'görsel.png' });
    const bytes = await client.emulator.app.fetch(new Request(public_url));
    expect(bytes.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(PNG);

    const other = Uint8Array.from([...PNG, 1]);
    expect(await send('PUT', other, 'image/jpeg')).toEqual({
      status: 200,
      body: { success: true, data: brief },
    });
    const replaced = (await client.call('GET', '/v2/products/1/images')).body.data;
    expect(replaced.mime_type).toBe('image/jpeg');

    expect((await client.call('DELETE', '/v2/products/1/images')).body).toEqual({
      success: true,
      data: { id: 1 },
    });
    expect((await client.call('GET', '/v2/products/1/images')).status).toBe(404);
  });

  test('has a public address that works for seven days', async () => {
    await send('POST', PNG);
    const { public_url } = (await client.call('GET', '/v2/products/1/images')).body.data;
    const open = async () => (await client.emulator.app.fetch(new Request(public_url))).status;
    client.emulator.control.advance(7 * 24 * 3_600_000);
    expect(await open()).toBe(200);
    client.emulator.control.advance(1_000);
    expect(await open()).toBe(403);
  });

  test('is one: a second one is refused, and there is nothing to replace before the first', async () => {
    expect((await send('PUT', PNG)).status).toBe(404);
    expect((await send('POST', PNG)).status).toBe(201);
    expect(await send('POST', PNG)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('already has an image') },
    });
  });

  test('is an image, in the part that is published', async () => {
    expect(await send('POST', PNG, 'application/pdf')).toMatchObject({
      status: 400,
      body: { code: 'ERR_BAD_REQUEST' },
    });
    expect((await send('POST', PNG, 'image/png', 'file')).status).toBe(400);
  });

  test('costs 20 tokens to send', async () => {
    await send('POST', PNG);
    expect(client.emulator.control.log().at(-1)).toMatchObject({ status: 201, tokens: 20 });
  });

  test('that cannot be read as a form is refused', async () => {
    const { app, token } = client.emulator;
    const request = new Request('http://emulated/api/v2/products/1/images', {
      method: 'POST',
      headers: { 'x-api-token': token, 'content-type': 'multipart/form-data; boundary=x' },
      body: 'not a form',
    });
    expect((await app.fetch(request)).status).toBe(400);
  });
});

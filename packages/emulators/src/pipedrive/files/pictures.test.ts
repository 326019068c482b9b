import { beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import { imageSize } from './image-size.ts';
import { bytesOf, png, upload } from './upload-fixture.ts';

const PATH = '/v1/persons/7/picture';
const SQUARE = { name: 'a.png', bytes: png(200, 200) };

let client: TestClient;
beforeEach(() => {
  client = testClient({ world: 'lived-in' });
});

describe('the picture of a person', () => {
  test('is added, shown by v2, served in two sizes and named by the person', async () => {
    const { status, body } = await upload(client, PATH, SQUARE);
    expect(status).toBe(200);
    const shared = { id: 1, item_type: 'person', item_id: 7, active_flag: true, added_by_user_id: 1 };
    expect(body.data).toMatchObject({ ...shared, add_time: '2026-03-01 12:00:00' });
    const { data } = (await client.call('GET', '/v2/persons/7/picture')).body;
    expect(data).toMatchObject({ ...shared, file_size: SQUARE.bytes.byteLength });
    expect(Object.keys(data.pictures)).toEqual(['128', '512']);
    const response = await client.emulator.app.fetch(new Request(data.pictures['512']));
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(SQUARE.bytes);
    expect((await client.call('GET', '/v2/persons/7')).body.data.picture_id).toBe(1);
  });

  test('takes the place of the one before, is deleted, and the snapshot is as it was', async () => {
    const shot = () => JSON.stringify(client.emulator.control.snapshot());
    const before = shot();
    client.emulator.control.seed({
      pictures: [{ person_id: 7, content_base64: Buffer.from(png(128, 128)).toString('base64') }],
    });
    await upload(client, PATH, SQUARE);
    expect((await client.call('GET', '/v2/persons/7/picture')).body.data.id).toBe(2);
    expect((await client.call('DELETE', PATH)).body).toEqual({ success: true, data: { id: 7 } });
    expect((await client.call('GET', '/v2/persons/7/picture')).status).toBe(404);
    expect((await client.call('DELETE', PATH)).status).toBe(404);
    expect((await client.call('GET', '/v2/persons/7')).body.data.picture_id).toBeNull();
    expect(shot()).toBe(before);
  });

  test('may be cut out of a larger one', async () => {
    const wide = { name: 'a.png', bytes: png(400, 200) };
    const cut = { crop_x: '100', crop_y: '0', crop_width: '200', crop_height: '200' };
    expect((await upload(client, PATH, wide, cut)).status).toBe(200);
    const outside = { ...cut, crop_x: '300' };
    expect((await upload(client, PATH, wide, outside)).body.error).toContain('outside');
  });

  test.each([
    ['no square', { name: 'a.png', bytes: png(200, 100) }, {}, 400, '200 by 100'],
    ['too small', { name: 'a.png', bytes: png(127, 127) }, {}, 400, '128'],
    ['no image', { name: 'a.png', bytes: bytesOf('<svg/>') }, {}, 400, 'GIF, JPG and PNG'],
    ['cut off', { name: 'a.png', bytes: png(200, 200).subarray(0, 10) }, {}, 400, 'GIF, JPG and PNG'],
    ['not there', null, {}, 400, 'No file'],
    ['cropped in words', SQUARE, { crop_x: 'left' }, 400, 'crop_x'],
    ['sent with an unknown part', SQUARE, { zoom: '2' }, 400, 'zoom'],
  ])('that is %s is refused', async (_, file, texts: Record<string, string>, status, words) => {
    const answer = await upload(client, PATH, file, texts);
    expect([answer.status, answer.body.error]).toEqual([status, expect.stringContaining(words)]);
    expect((await client.call('GET', '/v2/persons/7/picture')).status).toBe(404);
  });

  test('of nobody is refused', async () => {
    expect((await upload(client, '/v1/persons/999/picture', SQUARE)).status).toBe(404);
  });
});

describe('the size of an image', () => {
  const jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 130, 0, 140, 3];
  const gif = [...Buffer.from('GIF89a'), 0x2c, 0x01, 0x96, 0x00];
  test.each([
    ['image/png', [...png(300, 150)], 300, 150],
    ['image/jpeg', jpeg, 140, 130],
    ['image/gif', gif, 300, 150],
  ])('is read out of %s', (type, bytes, width, height) => {
    expect(imageSize(Uint8Array.from(bytes))).toEqual({ type, width, height });
  });

  test.each([[[]], [[0xff, 0xd8]], [jpeg.slice(0, 12)], [[1, 2, 3, 4, 5]]])('is null for %j', (bytes) => {
    expect(imageSize(Uint8Array.from(bytes))).toBeNull();
  });
});

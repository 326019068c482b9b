import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestClient, testClient } from '../test-client.ts';
import { bytesOf, upload } from './upload-fixture.ts';

const LEAD = /^[0-9a-f-]{36}$/;
const TEXT = { name: 'Teklif güncel.txt', bytes: bytesOf('şu\r\n--x\u0000'), type: 'text/plain' };

let client: TestClient;
let leadId: string;
beforeEach(async () => {
  client = testClient({ world: 'lived-in' });
  leadId = (await client.made('/v1/leads', { title: 'Hope', person_id: 7 })).id;
});

const send = (texts: Record<string, string> = {}, file: Parameters<typeof upload>[2] = TEXT) =>
  upload(client, '/v1/files', file, texts);
// biome-ignore lint/suspicious/noExplicitAny: the snapshot is canonical JSON of every shape
const shot = () => client.emulator.control.snapshot() as any;
const fetched = (url: string, headers: Record<string, string> = {}) =>
  client.emulator.app.fetch(new Request(url, { headers }));

describe('an uploaded file (R-27, O-28(b))', () => {
  test('comes back with its size, its names and where to get it', async () => {
    const { status, body } = await send({ org_id: '4' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      id: 1,
      user_id: 1,
      org_id: 4,
      deal_id: null,
      lead_id: null,
      add_time: '2026-03-01 12:00:00',
      update_time: '2026-03-01 12:00:00',
      name: TEXT.name,
      file_name: expect.stringMatching(/^Teklif güncel_[0-9a-f]{40}\.txt$/),
      file_type: 'txt',
      file_size: TEXT.bytes.byteLength,
      active_flag: true,
      inline_flag: false,
      remote_location: 's3',
      description: '',
      url: 'http://127.0.0.1/api/v1/files/1/download',
    });
    expect((await client.call('GET', '/v1/files/1')).body).toEqual(body);
  });

  test.each([
    ['deal_id', '3', { deal_id: 3, deal_name: 'Deal 3' }],
    ['person_id', '5', { person_id: 5, person_name: expect.any(String) }],
    ['org_id', '6', { org_id: 6, org_name: expect.stringContaining('6') }],
    ['activity_id', '8', { activity_id: 8 }],
  ])('hangs on what %s names', async (key, value, holds) => {
    expect((await send({ [key]: value })).body.data).toMatchObject(holds);
  });

  test('hangs on a lead by its UUID', async () => {
    expect(leadId).toMatch(LEAD);
    expect((await send({ lead_id: leadId })).body.data).toMatchObject({ lead_id: leadId, lead_name: 'Hope' });
  });

  test('may hang on nothing, and may be empty', async () => {
    const { body } = await send({}, { name: 'empty', bytes: bytesOf('') });
    expect(body.data).toMatchObject({ file_size: 0, file_type: 'file', deal_id: null });
  });

  test.each([
    [true, { person_id: 46, org_id: 4 }],
    [false, { person_id: null, org_id: null }],
  ])('on a deal it takes the deal’s person and organization: %s', async (fileInheritsLinks, holds) => {
    client.emulator.control.extra('switches', { fileInheritsLinks });
    expect((await send({ deal_id: '1' })).body.data).toMatchObject({ deal_id: 1, ...holds });
  });

  test('is counted, and moves with what it hangs on when that is merged', async () => {
    client = testClient();
    client.emulator.control.seed({ persons: [{ name: 'Ada' }, { name: 'Ada L.' }] });
    await send({ person_id: '1' });
    const count = async (id: number) =>
      (await client.call('GET', `/v2/persons/${id}?include_fields=files_count`)).body.data.files_count;
    expect([await count(1), await count(2)]).toEqual([1, 0]);
    await client.call('PUT', '/v1/persons/1/merge', { merge_with_id: 2 });
    expect(await count(2)).toBe(1);
    expect((await client.call('GET', '/v1/persons/2/files')).body.data).toMatchObject([{ person_id: 2 }]);
  });

  test('loses its link once the record is deleted', async () => {
    await send({ activity_id: '8' });
    await client.call('DELETE', '/v2/activities/8');
    expect((await client.call('GET', '/v1/files/1')).body.data.activity_id).toBeNull();
  });

  test('is renamed and described by a form', async () => {
    await send();
    client.emulator.control.advance(60_000);
    const { app, token } = client.emulator;
    const response = await app.fetch(
      new Request('http://emulated/api/v1/files/1', {
        method: 'PUT',
        headers: { 'x-api-token': token },
        body: new URLSearchParams({ name: 'Offer.txt', description: 'the newest' }),
      }),
    );
    const { data } = (await response.json()) as { data: object };
    expect(data).toMatchObject({
      name: 'Offer.txt',
      description: 'the newest',
      update_time: '2026-03-01 12:01:00',
      file_name: expect.stringContaining('Teklif'),
    });
  });

  test.each([
    ['flag', 200],
    ['410', 410],
  ])('is marked as deleted, once (deletedV1Get: %s)', async (deletedV1Get, status) => {
    await send({ deal_id: '1' });
    client.emulator.control.extra('switches', { deletedV1Get });
    expect((await client.call('DELETE', '/v1/files/1')).body).toEqual({ success: true, data: { id: 1 } });
    const { status: answered, body } = await client.call('GET', '/v1/files/1');
    expect([answered, body.data?.active_flag ?? null]).toEqual([status, status === 200 ? false : null]);
    expect((await client.call('DELETE', '/v1/files/1')).status).toBe(410);
    expect((await client.call('GET', '/v1/files/1/download')).status).toBe(410);
    expect((await client.call('GET', '/v1/deals/1/files')).body.data).toEqual([]);
  });
});

describe('an upload is refused, and nothing is kept,', () => {
  test.each([
    ['a deal that does not exist', { deal_id: '999' }, 400, 'Deal 999'],
    ['a product that does not exist', { product_id: '999' }, 400, 'Product 999'],
    ['a project that does not exist', { project_id: '9' }, 400, 'Project 9'],
    ['a lead that does not exist', { lead_id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' }, 400, 'Lead'],
    ['a lead id that is none', { lead_id: '7' }, 400, 'lead_id'],
    ['an id that is a word', { deal_id: 'seven' }, 400, 'deal_id'],
    ['what files cannot hang on', { note_id: '1' }, 400, 'Invalid field(s) in the payload: note_id'],
    ['a time of its own', { add_time: '2020-01-01 00:00:00' }, 400, 'add_time'],
  ])('for %s', async (_, texts: Record<string, string>, status, words) => {
    const before = JSON.stringify(shot());
    const answer = await send(texts);
    expect([answer.status, answer.body.success]).toEqual([status, false]);
    expect(answer.body.error).toContain(words);
    expect(JSON.stringify(shot())).toBe(before);
  });

  test('without a file, or not as a form', async () => {
    expect((await send({ deal_id: '1' }, null)).body.error).toContain('No file');
    expect((await client.call('POST', '/v1/files', { deal_id: 1 })).body.error).toContain('No file');
  });

  test('as a form that breaks off', async () => {
    const { app, token } = client.emulator;
    const headers = { 'x-api-token': token, 'content-type': 'multipart/form-data; boundary=x' };
    const body = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc';
    const answer = await app.fetch(new Request('http://e/api/v1/files', { method: 'POST', headers, body }));
    expect(answer.status).toBe(400);
  });

  test('over the largest size (UNC)', async () => {
    client.emulator.control.extra('switches', { fileBytesMax: 10 });
    const ten = { name: 'ten', bytes: bytesOf('0123456789') };
    expect((await send({}, ten)).status).toBe(200);
    const answer = await send({}, { name: 'eleven', bytes: bytesOf('0123456789a') });
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining('10 bytes')]);
  });

  test('over all the room there is (UNC); what is deleted makes room', async () => {
    client.emulator.control.extra('switches', { fileQuotaBytes: 15 });
    const ten = { name: 'ten', bytes: bytesOf('0123456789') };
    await send({}, ten);
    const full = await send({}, ten);
    expect([full.status, full.body.code]).toEqual([403, 'feature_capping_file_storage_limit']);
    await client.call('DELETE', '/v1/files/1');
    expect((await send({}, ten)).status).toBe(200);
  });

  test.each([
    ['refuse', 400],
    ['accept', 200],
  ])('on an archived deal, by switch (archivedAttach: %s)', async (archivedAttach, status) => {
    client.emulator.control.extra('switches', { archivedAttach });
    const deal = await client.made('/v2/deals', { title: 'Old', is_archived: true });
    expect((await send({ deal_id: String(deal.id) })).status).toBe(status);
  });
});

describe('a download', () => {
  test('answers a redirect to a link that needs no token and soon ends', async () => {
    await send();
    const { status, headers } = await client.call('GET', '/v1/files/1/download');
    expect(status).toBe(302);
    expect(headers.get('x-daily-ratelimit-token-remaining')).not.toBeNull();
    const location = headers.get('location') ?? '';
    const response = await fetched(location);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(TEXT.bytes);
    client.emulator.control.advance(901_000);
    const late = await fetched(location);
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('AccessDenied')]);
  });

  test('answers the bytes, where the switch says so', async () => {
    client.emulator.control.extra('switches', { fileDownload: 'bytes' });
    await send();
    const response = await fetched('http://e/api/v1/files/1/download', {
      'x-api-token': client.emulator.token,
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent(TEXT.name));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(TEXT.bytes);
  });

  test('of what is not there is 404, in the storage too', async () => {
    expect((await client.call('GET', '/v1/files/1/download')).status).toBe(404);
    expect((await fetched(`http://e/storage/${'0'.repeat(64)}`)).status).toBe(404);
  });
});

describe('lists of files', () => {
  beforeEach(() => {
    const files = Array.from({ length: 230 }, (_, index) => ({
      name: `f${index}`,
      content: String(index),
      deal_id: (index % 2) + 1,
    }));
    client.emulator.control.seed({ files });
  });

  test('hold at most 100 and name the next start', async () => {
    const seen: number[] = [];
    for (let start: number | undefined = 0; start !== undefined; ) {
      const { body } = await client.call('GET', `/v1/files?start=${start}&limit=500`);
      seen.push(...body.data.map(({ id }: { id: number }) => id));
      expect(body.data.length).toBeLessThanOrEqual(100);
      start = body.additional_data.pagination.next_start;
    }
    expect(seen).toEqual(Array.from({ length: 230 }, (_, index) => index + 1));
  });

  test('are sorted by id or update time, downwards too, and by nothing else', async () => {
    expect((await client.call('GET', '/v1/files?sort=id%20DESC&limit=1')).body.data[0].id).toBe(230);
    client.emulator.control.advance(1_000);
    await client.call('PUT', '/v1/files/7', { name: 'newest' });
    const { body } = await client.call('GET', '/v1/files?sort=update_time%20DESC&limit=2');
    expect(body.data.map(({ id }: { id: number }) => id)).toEqual([7, 1]);
    expect((await client.call('GET', '/v1/files?sort=name')).status).toBe(400);
  });

  test.each(['deals', 'persons', 'organizations', 'products'])('of one of the %s', async (table) => {
    expect((await client.call('GET', `/v1/${table}/9999/files`)).status).toBe(404);
    if (table !== 'deals') return;
    const { body } = await client.call('GET', '/v1/deals/2/files?start=100&limit=100');
    expect(body.data).toHaveLength(15);
    expect(body.additional_data.pagination).toEqual({
      start: 100,
      limit: 100,
      more_items_in_collection: false,
    });
  });

  test('of a person and of a company have what was inherited from deals', async () => {
    for (const path of ['/v1/persons/46/files', '/v1/organizations/4/files'])
      expect((await client.call('GET', path)).body.data.length).toBeGreaterThan(0);
  });
});

describe('files of another service', () => {
  const item = { item_type: 'organization', item_id: 4, remote_location: 'googledrive' };

  test('are made there', async () => {
    const file = await client.made('/v1/files/remote', { ...item, file_type: 'gsheet', title: 'Plan' });
    expect(file).toMatchObject({ org_id: 4, name: 'Plan', file_name: '', file_type: 'gsheet', file_size: 0 });
    expect(file).toMatchObject({
      remote_location: 'googledocs',
      remote_id: expect.stringMatching(/^\w{33}$/),
    });
  });

  test('are linked, and downloaded from there', async () => {
    await client.made('/v1/files/remoteLink', { ...item, item_type: 'person', remote_id: 'abc' });
    const { status, headers } = await client.call('GET', '/v1/files/1/download');
    expect([status, headers.get('location')]).toEqual([302, 'https://drive.google.example/open?id=abc']);
  });

  test.each([
    ['remote', { ...item, file_type: 'gsheet' }, 'title'],
    ['remote', { ...item, file_type: 'pdf', title: 'A' }, 'file_type'],
    ['remote', { ...item, file_type: 'gdoc', title: 'A', item_type: 'lead' }, 'item_type'],
    ['remoteLink', item, 'remote_id'],
    ['remoteLink', { ...item, remote_id: 'a', remote_location: 'dropbox' }, 'remote_location'],
    ['remoteLink', { ...item, remote_id: 'a', item_id: 999 }, 'Organization 999'],
  ])('%s refuses %j', async (path, body, words) => {
    const answer = await client.call('POST', `/v1/files/${path}`, body);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe('the snapshot and the state file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'emulator-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('the snapshot holds the hash of the bytes and is as before once the file is gone', async () => {
    const before = JSON.stringify(shot());
    await send({ deal_id: '1' });
    const sha256 = createHash('sha256').update(TEXT.bytes).digest('hex');
    expect(shot().files).toMatchObject([
      { name: TEXT.name, size: TEXT.bytes.byteLength, sha256, deal_id: 1 },
    ]);
    await client.call('DELETE', '/v1/files/1');
    expect(JSON.stringify(shot())).toBe(before);
  });

  test('bytes lie beside the state file, survive a restart and go with a reset', async () => {
    const stateFile = join(folder, 'state.jsonl');
    client = testClient({ stateFile });
    await send();
    await client.emulator.close();
    expect(readdirSync(`${stateFile}.files`)).toHaveLength(1);

    client = testClient({ stateFile });
    const { headers } = await client.call('GET', '/v1/files/1/download');
    const response = await fetched(headers.get('location') ?? '');
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(TEXT.bytes);
    expect((await send()).body.data.id).toBe(2);
    client.emulator.control.reset();
    expect(existsSync(`${stateFile}.files`) ? readdirSync(`${stateFile}.files`) : []).toEqual([]);
    await client.emulator.close();
  });

  test('seeds take bytes as text or base64, and a time', async () => {
    const answer = client.emulator.control.seed({
      files: [
        { name: 'a.txt', content: 'ş', deal_id: 1, add_time: '2019-01-02 03:04:05' },
        { name: 'b.bin', content_base64: Buffer.from([0, 255]).toString('base64') },
      ],
    });
    expect(answer).toMatchObject({ files: [1, 2] });
    const { body } = await client.call('GET', '/v1/files');
    expect(body.data).toMatchObject([{ add_time: '2019-01-02 03:04:05', file_size: 2 }, { file_size: 2 }]);
    expect(() => client.emulator.control.seed({ files: [{ name: 'x', deal_id: 999 }] })).toThrow(
      'files[0]: Deal 999',
    );
  });
});

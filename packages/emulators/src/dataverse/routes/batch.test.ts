import { describe, expect, it } from 'vitest';
import { bench } from '../test-fixture.ts';

const HEADERS = { 'content-type': 'multipart/mixed;boundary=batch_1' };

function part(request: string, headers = ''): string {
  return `--batch_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${headers}\r\n${request}\r\n\r\n`;
}

function batch(...requests: string[]): string {
  return `\r\n${requests.map((request) => part(request)).join('')}--batch_1--\r\n`;
}

const get = (address: string) => `GET ${address} HTTP/1.1\r\nAccept: application/json`;
const statuses = (text: string) =>
  [...text.matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));

describe('$batch', () => {
  it('takes absolute addresses, those from the host, and relative ones', async () => {
    const { text, status, headers } = await bench().send(
      'POST',
      '$batch',
      batch(
        get('http://opex.example/api/data/v9.2/accounts?$top=1'),
        get('/api/data/v9.2/contacts?$top=1'),
        get('leads?$top=1'),
      ),
      HEADERS,
    );
    expect(status).toBe(200);
    expect(headers.get('content-type')).toMatch(/^multipart\/mixed; boundary=batchresponse_/);
    expect(statuses(text)).toEqual([200, 200, 200]);
    expect([...text.matchAll(/\$metadata#(\w+)/g)].map(([, set]) => set)).toEqual([
      'accounts',
      'contacts',
      'leads',
    ]);
  });

  it('ends at the first failure, with 400, unless the client prefers to go on', async () => {
    const body = batch(get('accounts?$top=1'), get('nothings'), get('leads?$top=1'));
    const stopped = await bench().send('POST', '$batch', body, HEADERS);
    expect([stopped.status, statuses(stopped.text)]).toEqual([400, [200, 404]]);
    const on = await bench().send('POST', '$batch', body, { ...HEADERS, prefer: 'odata.continue-on-error' });
    expect([on.status, statuses(on.text)]).toEqual([200, [200, 404, 200]]);
  });

  it('keeps preferences of a part to that part', async () => {
    const { text } = await bench().send(
      'POST',
      '$batch',
      batch(`${get('accounts')}\r\nPrefer: odata.maxpagesize=2`, get('accounts?$top=5')),
      HEADERS,
    );
    expect([...text.matchAll(/"accountid":/g)]).toHaveLength(7);
  });

  it('carries a changeset out as a whole or not at all', async () => {
    const asked = bench();
    const change = (body: string) =>
      `POST accounts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n${body}`;
    const changeset = (...bodies: string[]) => {
      const inner = bodies.map((body) => part(change(body)).replace('--batch_1', '--changeset_1')).join('');
      return `--batch_1\r\nContent-Type: multipart/mixed;boundary=changeset_1\r\n\r\n${inner}--changeset_1--\r\n--batch_1--\r\n`;
    };
    const before = asked.emulator.control.snapshot();
    const failed = await asked.send('POST', '$batch', changeset('{"name":"A"}', '{"nothing":1}'), HEADERS);
    expect([failed.status, statuses(failed.text)]).toEqual([400, [400]]);
    expect(asked.emulator.control.snapshot()).toEqual(before);
    const done = await asked.send('POST', '$batch', changeset('{"name":"A"}', '{"name":"B"}'), HEADERS);
    expect(statuses(done.text)).toEqual([204, 204]);
    expect((await asked.get("accounts?$filter=name eq 'A' or name eq 'B'")).json.value).toHaveLength(2);
    const reading = changeset('x').replace(/POST accounts/, 'GET accounts');
    expect((await asked.send('POST', '$batch', reading, HEADERS)).status).toBe(400);
  });

  it.each(['', batch('nonsense'), batch('GET')])('refuses a body that is no batch: %j', async (body) => {
    const seen = await bench().send('POST', '$batch', body, body === '' ? {} : HEADERS);
    expect(seen.status).toBe(400);
  });
});

describe('writes', () => {
  it('are there for tests: create, change, upsert, delete, with versions', async () => {
    const { send, get: read } = bench();
    const made = await send(
      'POST',
      'accounts',
      { name: 'New', revenue: 12.5 },
      { prefer: 'return=representation' },
    );
    expect(made.status).toBe(201);
    expect(made.text).toContain('"revenue":12.5000');
    const path = `accounts(${made.json.accountid})`;
    const linked = {
      name: 'Newer',
      'primarycontactid@odata.bind': `/contacts(${(await read('contacts?$top=1')).json.value[0].contactid})`,
    };
    expect((await send('PATCH', path, linked, { 'if-match': made.json['@odata.etag'] })).status).toBe(204);
    expect(
      (await send('PATCH', path, { name: 'x' }, { 'if-match': made.json['@odata.etag'] })).json.error.code,
    ).toBe('0x80060882');
    expect((await read(`${path}?$expand=primarycontactid`)).json).toMatchObject({
      name: 'Newer',
      primarycontactid: { contactid: expect.any(String) },
    });
    expect((await send('PATCH', path, { name: 'x'.repeat(161) })).json.error.code).toBe('0x80044331');
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await read(path)).status).toBe(404);
    expect((await send('PATCH', path, { name: 'Back' })).status).toBe(204);
    expect((await read(path)).json.name).toBe('Back');
  });

  it('link records and unlink them, and set or empty one value', async () => {
    const { send, get: read } = bench();
    const [account, other] = (await read('accounts?$select=accountid&$top=2')).json.value;
    const [contact] = (await read('contacts?$select=contactid&$top=1')).json.value;
    const path = `accounts(${account.accountid})`;
    const at = (address: string) => ({ '@odata.id': `http://opex.example/api/data/v9.2/${address}` });
    const children = async () =>
      (await read(`${path}/contact_customer_accounts?$select=contactid`)).json.value.map(
        (row: { contactid: string }) => row.contactid,
      );
    const member = `contacts(${contact.contactid})`;
    expect((await send('POST', `${path}/contact_customer_accounts/$ref`, at(member))).status).toBe(204);
    expect(await children()).toContain(contact.contactid);
    await send('DELETE', `${path}/contact_customer_accounts(${contact.contactid})/$ref`);
    expect(await children()).not.toContain(contact.contactid);
    expect(
      (await send('PUT', `${path}/parentaccountid/$ref`, at(`accounts(${other.accountid})`))).status,
    ).toBe(204);
    const parent = async () =>
      (await read(`${path}?$select=_parentaccountid_value`)).json._parentaccountid_value;
    expect(await parent()).toBe(other.accountid);
    await send('DELETE', `${path}/parentaccountid/$ref`);
    expect(await parent()).toBeNull();
    await send('PUT', `${path}/name`, { value: 'By itself' });
    expect((await read(`${path}/name/$value`)).text).toBe('By itself');
    await send('DELETE', `${path}/name`);
    expect((await read(`${path}/name`)).status).toBe(204);
  });

  it.each([
    [
      'POST',
      '/contact_customer_accounts/$ref',
      { '@odata.id': 'contacts(00000000-0000-0000-0000-000000000009)' },
      404,
    ],
    ['POST', '/contact_customer_accounts/$ref', {}, 404],
    ['PUT', '/parentaccountid/$ref', {}, 400],
    ['POST', '/nothings/$ref', {}, 404],
    ['POST', '/name', { value: 'x' }, 501],
    ['PATCH', '/name', { value: 'x' }, 501],
  ])('%s %s with %j is answered %i', async (method, path, body, status) => {
    const { send, get: read } = bench();
    const [{ accountid }] = (await read('accounts?$select=accountid&$top=1')).json.value;
    expect((await send(method, `accounts(${accountid})${path}`, body)).status).toBe(status);
  });
});

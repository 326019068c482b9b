import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bench } from '../test-fixture.ts';

const asked = bench();
const { get, send } = asked;
const BLOCK = 4_194_304;

interface Note {
  readonly annotationid: string;
  readonly filesize: number;
  readonly filename: string;
}

async function notes(): Promise<Note[]> {
  return (await get('annotations?$select=filename,filesize&$filter=isdocument eq true')).json.value;
}

async function blocks(
  action: string,
  target: object,
  more: object = {},
): Promise<{ start: Record<string, unknown>; bytes: Buffer; requests: number }> {
  const start = (await send('POST', action, { Target: target, ...more })).json;
  const parts: Buffer[] = [];
  for (let at = 0; at < start.FileSizeInBytes || at === 0; at += BLOCK) {
    const body = { Offset: at, BlockLength: BLOCK, FileContinuationToken: start.FileContinuationToken };
    parts.push(Buffer.from((await send('POST', 'DownloadBlock', body)).json.Data, 'base64'));
  }
  return { start, bytes: Buffer.concat(parts), requests: parts.length };
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('files of notes', () => {
  it('are the same over all three routes', async () => {
    const { annotationid, filesize } = (await notes()).find(
      (note) => note.filesize > 200 && note.filesize < 9_000,
    ) as Note;
    const raw = await get(`annotations(${annotationid})/documentbody/$value`);
    expect(raw.headers.get('content-type')).toBe('text/plain');
    expect(raw.headers.get('x-ms-file-size')).toBeNull();
    const inline = (await get(`annotations?$select=documentbody&$filter=annotationid eq ${annotationid}`))
      .json.value[0];
    const { start, bytes } = await blocks('InitializeAnnotationBlocksDownload', {
      annotationid,
      '@odata.type': 'Microsoft.Dynamics.CRM.annotation',
    });
    expect(inline.documentbody).toBe(raw.text);
    expect(hash(Buffer.from(raw.text, 'base64'))).toBe(hash(bytes));
    expect([bytes.length, start['FileSizeInBytes']]).toEqual([filesize, filesize]);
  });

  it('have from 0 bytes to all that a note can hold, and cost one request and one for each block', async () => {
    const all = await notes();
    const sizes = all.map(({ filesize }) => filesize);
    expect(Math.min(...sizes)).toBe(0);
    expect((Math.max(...sizes) / 3) * 4).toBe(131_072_000);
    const four = all.find(({ filesize }) => filesize === 4 * BLOCK + 1) as Note;
    const { bytes, requests } = await blocks('InitializeAnnotationBlocksDownload', {
      annotationid: four.annotationid,
      '@odata.type': 'Microsoft.Dynamics.CRM.annotation',
    });
    expect([bytes.length, requests]).toEqual([4 * BLOCK + 1, 5]);
    const empty = all.find(({ filesize }) => filesize === 0) as Note;
    expect((await get(`annotations(${empty.annotationid})/documentbody/$value`)).text).toBe('');
  });

  it('make any block of the longest note without making the rest', async () => {
    const largest = (await notes()).reduce((a, b) => (a.filesize > b.filesize ? a : b));
    const target = { annotationid: largest.annotationid, '@odata.type': 'Microsoft.Dynamics.CRM.annotation' };
    const { FileContinuationToken } = (
      await send('POST', 'InitializeAnnotationBlocksDownload', { Target: target })
    ).json;
    const block = async (Offset: number) =>
      (await send('POST', 'DownloadBlock', { Offset, BlockLength: BLOCK, FileContinuationToken })).json.Data;
    const last = await block(largest.filesize - 10);
    expect(Buffer.from(last, 'base64')).toHaveLength(10);
    expect(await block(BLOCK)).toBe(await block(BLOCK));
    expect(await block(largest.filesize)).toBe('');
  });
});

describe('attachments of mails', () => {
  it('are shared by some rows, and shown inline by others', async () => {
    const { json } = await get(
      'activitymimeattachments?$select=filename,attachmentcontentid,_attachmentid_value,_objectid_value,filesize',
    );
    const files = json.value.map((row: Record<string, unknown>) => row['_attachmentid_value']);
    expect(new Set(files).size).toBeLessThan(files.length);
    const inline = json.value.find((row: Record<string, unknown>) => row['attachmentcontentid'] !== null);
    const mail = await get(`emails(${inline._objectid_value})?$select=description`);
    expect(mail.json.description).toContain(`src="cid:${inline.attachmentcontentid}"`);
    const raw = await get(`activitymimeattachments(${inline.activitymimeattachmentid})/body/$value`);
    const mirror = await get(`attachments(${inline._attachmentid_value})/body/$value`);
    expect(mirror.text).toBe(raw.text);
    const { bytes } = await blocks('InitializeAttachmentBlocksDownload', {
      activitymimeattachmentid: inline.activitymimeattachmentid,
      '@odata.type': 'Microsoft.Dynamics.CRM.activitymimeattachment',
    });
    expect(bytes.toString('base64')).toBe(raw.text);
  });
});

describe('file and image columns', () => {
  const contract = async () =>
    (await get("accounts?$select=accountid&$filter=accountnumber eq 'A-000001'")).json.value[0]
      .accountid as string;

  it('answer bytes, ranges with 206, and 416 behind the end', async () => {
    const path = `accounts(${await contract()})/new_contract/$value`;
    const head = await get(path, { range: `bytes=0-${BLOCK - 1}` });
    expect(head.status).toBe(206);
    expect(head.headers.get('x-ms-file-size')).toBe('8388608');
    expect(head.headers.get('x-ms-chunk-size')).toBe('4194304');
    expect(head.headers.get('content-range')).toBe('bytes 0-4194303/8388608');
    expect((await get(path, { range: 'bytes=8388608-12582911' })).status).toBe(416);
    const { accountid } = (await get("accounts?$select=accountid&$filter=accountnumber eq 'A-000009'")).json
      .value[0];
    expect((await get(`accounts(${accountid})/new_contract/$value`)).status).toBe(204);
  });

  it('answer base64 in JSON without $value', async () => {
    const seen = await get(`accounts(${await contract()})/entityimage?size=full`);
    expect(Buffer.from(seen.json.value, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(seen.headers.get('content-disposition')).toContain('filename=');
  });

  it('of images a record holds a thumbnail, which is smaller than the image', async () => {
    const id = await contract();
    const row = (await get(`accounts(${id})?$select=entityimage,entityimageid`)).json;
    const side = (bytes: Buffer) => bytes.readUInt32BE(16);
    const whole = Buffer.from((await get(`accounts(${id})/entityimage?size=full`)).json.value, 'base64');
    expect(side(Buffer.from(row.entityimage, 'base64'))).toBe(144);
    expect(side(whole)).toBeGreaterThan(144);
    expect(row.entityimageid).toMatch(/^[0-9a-f-]{36}$/);
    const { json } = await get('accounts?$select=entityimage,entityimageid&$filter=entityimageid eq null');
    expect(json.value.length).toBeGreaterThan(0);
    expect(json.value.every((each: Record<string, unknown>) => each['entityimage'] === null)).toBe(true);
  });

  it('are described by fileattachments', async () => {
    const { json } = await get('fileattachments?$select=filename,filesizeinbytes,regardingfieldname');
    expect(json.value.map((row: Record<string, unknown>) => row['filesizeinbytes']).sort()).toEqual([
      70_000, 8_388_608,
    ]);
  });

  it('come in blocks too, unless the server is on-premises', async () => {
    const target = { accountid: await contract(), '@odata.type': 'Microsoft.Dynamics.CRM.account' };
    const { start, bytes } = await blocks('InitializeFileBlocksDownload', target, {
      FileAttributeName: 'new_contract',
    });
    expect([start['IsChunkingSupported'], bytes.length]).toEqual([true, 8_388_608]);
    const own = bench({ switches: { onPremises: true } });
    const root = 'http://opex.example/opex/api/data/v9.1/';
    const begun = (
      await own.send('POST', `${root}InitializeFileBlocksDownload`, {
        Target: target,
        FileAttributeName: 'new_contract',
      })
    ).json;
    expect(begun.IsChunkingSupported).toBe(false);
    const body = { Offset: 0, BlockLength: BLOCK, FileContinuationToken: begun.FileContinuationToken };
    const refused = await own.send('POST', `${root}DownloadBlock`, body);
    expect(refused.json.error.code).toBe('0x80090017');
    const all = await own.send('POST', `${root}DownloadBlock`, { ...body, BlockLength: 8_388_608 });
    expect(Buffer.from(all.json.Data, 'base64')).toHaveLength(8_388_608);
  });

  it.each([true, false])('images come unasked: %s, as the switch says (UNC)', async (imagesUnasked) => {
    const { json } = await bench({ switches: { imagesUnasked } }).get('accounts?$top=1');
    expect('entityimage' in json.value[0]).toBe(imagesUnasked);
  });
});

describe('sizes that lie', () => {
  it('say another size than the bytes have, for every third file', async () => {
    const liar = bench({ switches: { lyingSizes: true } });
    const { json } = await liar.get(
      'annotations?$select=filesize,documentbody&$filter=isdocument eq true and filesize lt 20000',
    );
    const wrong = json.value.filter(
      (row: { filesize: number; documentbody: string }) =>
        Buffer.from(row.documentbody, 'base64').length !== row.filesize,
    );
    expect(wrong.length).toBeGreaterThan(0);
    expect(wrong.length).toBeLessThan(json.value.length);
  });
});

import { describe, expect, it } from 'vitest';
import { multipartForm } from './multipart.ts';

async function sent(form: ReturnType<typeof multipartForm>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of form.open()) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

function file(name: string, ...pieces: readonly string[]) {
  const chunks = pieces.map((piece) => Buffer.from(piece));
  const sizeBytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return {
    field: 'file',
    name,
    sizeBytes,
    async *bytes() {
      yield* chunks;
    },
  };
}

describe('a form with a file', () => {
  it.each([
    ['a plain name', 'offer.pdf'],
    ['letters of other alphabets', 'Teklif güncel 漢字.txt'],
    ['quotes and line breaks', 'a"b\r\nc.txt'],
    ['nothing', ''],
  ])('is read back by the platform as it was written: %s', async (_what, name) => {
    const form = multipartForm(
      { deal_id: '7', note: 'şu\r\nbu' },
      file(name, 'şu\r\n--x', '\u0000'),
      'b0und',
    );
    const body = await sent(form);
    expect(body.length).toBe(form.sizeBytes);
    const read = await new Response(new Uint8Array(body), {
      headers: { 'content-type': form.contentType },
    }).formData();
    expect(read.get('deal_id')).toBe('7');
    expect(read.get('note')).toBe('şu\r\nbu');
    const found = read.get('file') as File;
    expect(Buffer.from(await found.arrayBuffer()).toString()).toBe('şu\r\n--x\u0000');
  });

  it('can be opened again, for a request that was not sent', async () => {
    const form = multipartForm({}, file('a', 'abc'), 'b');
    expect(await sent(form)).toEqual(await sent(form));
  });
});

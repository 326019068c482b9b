import type { Read, TestClient } from '../test-client.ts';

/** A file as a test sends it. */
export interface Sent {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type?: string;
}

/** Sends a multipart form with the part `file` (null: without it) and further texts, as the administrator or another. */
export async function upload(
  client: TestClient,
  path: string,
  file: Sent | null,
  texts: Readonly<Record<string, string>> = {},
  token = client.emulator.token,
): Promise<Read> {
  const form = new FormData();
  for (const [key, value] of Object.entries(texts)) form.set(key, value);
  if (file) form.set('file', new File([file.bytes], file.name, { type: file.type ?? '' }));
  const request = { method: 'POST', headers: { 'x-api-token': token }, body: form };
  const response = await client.emulator.app.fetch(new Request(`http://emulated/api${path}`, request));
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** The bytes of a text in UTF-8. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** The first bytes of a PNG that says it is so wide and high. */
export function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(24);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return new Uint8Array(bytes);
}

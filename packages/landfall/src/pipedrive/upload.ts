import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { MigrationError } from '../model/error.ts';
import type { FileContent } from '../model/target.ts';
import { multipartForm, type StreamBody } from '../wire/multipart.ts';
import type { WireBody } from './encode.ts';

/** Opens the bytes of a file, anew at every call. */
export type OpenFile = (content: FileContent) => AsyncIterable<Uint8Array>;

/** Opens files that lie on this machine. */
export const openLocalFile: OpenFile = ({ path }) => createReadStream(path);

/**
 * A file with its links as a form, streamed. The bytes are read once before: a file that is not what was staged (size
 * or SHA-256) is refused here, for a form that breaks off half-way says nothing about what was stored.
 */
export async function fileForm(body: WireBody, open: OpenFile): Promise<StreamBody> {
  const { content, ...links } = body;
  const file = content as FileContent;
  await checkBytes(file, open);
  const texts = Object.fromEntries(Object.entries(links).map(([name, value]) => [name, String(value)]));
  const part = { field: 'file', name: file.name, sizeBytes: file.sizeBytes, bytes: () => open(file) };
  // made of the content's own hash, a boundary cannot stand in the content but by intent
  return multipartForm(texts, part, `landfall-${createHash('sha256').update(file.sha256).digest('hex')}`);
}

async function checkBytes(file: FileContent, open: OpenFile): Promise<void> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const chunk of open(file)) {
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
  } catch (cause) {
    throw refused(file, 'its bytes cannot be read', cause);
  }
  if (sizeBytes !== file.sizeBytes)
    throw refused(file, `it has ${sizeBytes} bytes now, not ${file.sizeBytes} as when it was read`);
  if (hash.digest('hex') !== file.sha256) throw refused(file, 'its content has changed since it was read');
}

function refused({ name }: FileContent, because: string, cause?: unknown): MigrationError {
  const options = { at: name, hint: 'Extract again, so that the file is staged as it is now.' };
  const message = `The file "${name}" was not sent: ${because}.`;
  return new MigrationError('refused', message, cause === undefined ? options : { ...options, cause });
}

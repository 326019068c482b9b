import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { MigrationError } from '../model/error.ts';
import type { FileContent } from '../model/target.ts';
import { multipartForm, type StreamBody } from '../wire/multipart.ts';
import type { WireBody } from './encode.ts';

/** The bytes of one file, read once to the end: they can be sent as often as needed. */
export interface OpenedFile {
  readonly sizeBytes: number;
  /** Hex. */
  readonly sha256: string;
  /** The bytes, anew at every call. */
  bytes(): AsyncIterable<Uint8Array>;
  /** Gives back what holds them. */
  close(): Promise<void>;
}

/**
 * Opens the bytes of a file. Throws `bytes-wrong` when they cannot be had or are more than the file is said to have:
 * that is the file's trouble. Anything else it throws is the world's.
 */
export type OpenFile = (content: FileContent, signal: AbortSignal) => Promise<OpenedFile>;

/** Opens files that lie on this machine. */
export const openLocalFile: OpenFile = async (content) => {
  const bytes = () => createReadStream(content.path);
  try {
    return { ...(await measured(bytes())), bytes, close: async () => {} };
  } catch (cause) {
    throw bytesWrong(content, 'its bytes cannot be read', cause);
  }
};

async function measured(bytes: AsyncIterable<Uint8Array>): Promise<Pick<OpenedFile, 'sizeBytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of bytes) {
    hash.update(chunk);
    sizeBytes += chunk.length;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** A file with its links as a form, its bytes at hand. Close it when it is sent. */
export interface FileForm {
  readonly form: StreamBody;
  readonly sha256: string;
  close(): Promise<void>;
}

/**
 * A file with its links as a form, streamed. The bytes are read once before: a file that is not what was staged (size
 * or SHA-256) is refused here (`bytes-wrong`), for a form that breaks off half-way says nothing about what was stored.
 */
export async function fileForm(body: WireBody, open: OpenFile, signal: AbortSignal): Promise<FileForm> {
  const { content, ...links } = body;
  const file = content as FileContent;
  const opened = await open(file, signal);
  try {
    demandSame(file, opened);
  } catch (trouble) {
    await opened.close();
    throw trouble;
  }
  const texts = Object.fromEntries(Object.entries(links).map(([name, value]) => [name, String(value)]));
  const part = { field: 'file', name: file.name, sizeBytes: opened.sizeBytes, bytes: () => opened.bytes() };
  // made of the content's own hash, a boundary cannot stand in the content but by intent
  const boundary = `landfall-${createHash('sha256').update(opened.sha256).digest('hex')}`;
  const { sha256 } = opened;
  return { form: multipartForm(texts, part, boundary), sha256, close: () => opened.close() };
}

function demandSame(file: FileContent, { sizeBytes, sha256 }: OpenedFile): void {
  if (sizeBytes !== file.sizeBytes)
    throw bytesWrong(file, `it has ${sizeBytes} bytes now, not ${file.sizeBytes} as when it was read`);
  if (file.sha256 !== '' && sha256 !== file.sha256)
    throw bytesWrong(file, 'its content has changed since it was read');
}

/** The trouble of one file whose bytes are not what was said of them: it is listed, the rest goes on. */
export function bytesWrong({ name }: FileContent, because: string, cause?: unknown): MigrationError {
  const message = `The file "${name}" was not sent: ${because}.`;
  return new MigrationError('bytes-wrong', message, cause === undefined ? { at: name } : { at: name, cause });
}

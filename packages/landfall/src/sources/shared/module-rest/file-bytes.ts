import { MigrationError } from '../../../model/error.ts';
import type { BinaryStream } from '../../../model/source.ts';
import { isClosed } from '../closed.ts';
import type { RestClient } from './rest-client.ts';

/**
 * The path of a file below the address files lie at, from what a record says of it (`/Uploads/a b.txt`, `Uploads\a.txt`,
 * or the whole address); null when it lies elsewhere: on a drive, at another address, above that one.
 */
export function pathOfFile(said: string, { origin, basePath }: FilesAddress): string | null {
  const text = said.trim().replaceAll('\\', '/');
  if (text === '' || text.startsWith('//') || /^[a-z]:/i.test(text)) return null;
  const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(text);
  const whole = isWhole
    ? text
    : `${origin}${basePath}/${text.replace(/^\/+/, '').replace(/[?#%]/g, encodeURIComponent)}`;
  if (!URL.canParse(whole)) return null;
  const { origin: host, pathname, search } = new URL(whole);
  if (host !== origin || !pathname.startsWith(`${basePath}/`)) return null;
  return pathname.slice(basePath.length) + search;
}

/** Where files lie: origin and path, without a slash at the end. */
export interface FilesAddress {
  readonly origin: string;
  readonly basePath: string;
}

/** The bytes at a path. A file that is not there, or not for us, is one file's trouble: `not-found`. */
export async function openFile(
  client: RestClient,
  path: string,
  ref: string,
  signal: AbortSignal,
): Promise<BinaryStream> {
  const what = `opening the file ${ref}`;
  try {
    const opened = await client.binary(path, what, signal);
    if (opened.mediaType !== 'text/html' || /\.html?$/i.test(ref)) return opened;
    await letGo(opened);
  } catch (error) {
    if (!isClosed(error)) throw error;
    throw notThere(error.message);
  }
  throw notThere(`${client.label}, while ${what}: a web page came in the place of the file`);
}

/** Gives the connection back: a reading that was never begun would keep it. */
async function letGo({ chunks }: BinaryStream): Promise<void> {
  try {
    for await (const _chunk of chunks) break;
  } catch {
    // it broke off by itself: nobody wants the rest of it
  }
}

/** There is no way to the bytes of a file. */
export function notThere(message: string): MigrationError {
  return new MigrationError('not-found', message, { hint: 'Upload it by hand (attachments.csv).' });
}

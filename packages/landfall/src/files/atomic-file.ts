import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathTrouble } from './path-trouble.ts';

/** Rights of a written file: its owner reads and writes, nobody else. It may hold personal data. */
const fileMode = 0o600;

/**
 * Writes `content` to `path` so that a reader sees the old file or the whole new one, never a part: into a file
 * beside it, flushed to disk, then renamed. Makes the folder. On trouble the part is removed and the error thrown:
 * `path-forbidden` or `store-unusable` when the folder or the disk does not let it be written.
 */
export async function writeAtomically(
  path: string,
  content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  try {
    await writeBeside(path, content);
  } catch (trouble) {
    throw pathTrouble(trouble, path);
  }
}

async function writeBeside(
  path: string,
  content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  await rm(part, { force: true });
  const file = await open(part, 'wx', fileMode);
  try {
    for await (const piece of content) await file.writeFile(piece);
    await file.sync();
    await file.close();
    await rename(part, path);
  } catch (trouble) {
    await file.close().catch(() => undefined);
    await rm(part, { force: true });
    throw trouble;
  }
}

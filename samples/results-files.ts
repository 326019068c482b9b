import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Row } from './table-writer.ts';

/** The smallest picture that viewers open: one grey dot. */
const jpegHead = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
const jpegTail = Buffer.from(
  [
    `ffdb004300${'01'.repeat(64)}`,
    'ffc0000b080001000101011100',
    'ffc40014000100000000000000000000000000000003',
    'ffc40014100100000000000000000000000000000000',
    'ffda0008010100003f0037ffd9',
  ].join(''),
  'hex',
);

/** A transparent dot. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Larger than any limit; it takes no room on the disk. */
const largeBytes = 50_000_001;

/** Files that are not what their rows say: nothing is written for `null`. */
const odd: Readonly<Record<string, Buffer | null>> = {
  'WO-9001/empty.jpg': Buffer.alloc(0),
  'WO-9001/never-uploaded.jpg': null,
  'WO-9001/signature.isf': Buffer.from('\x00\x1d\x03\x06ISF'),
  '../../etc/passwd': null,
  'Documents/90001/login.jpg': Buffer.from('<!DOCTYPE html><title>Sign in</title>'),
  'Documents/90001/setup.exe': Buffer.from('MZ\x90'),
};

/** Writes the photos, signatures and documents that the rows name into `folder`: tiny, and each with its own content. */
export async function writeSampleFiles(
  folder: string,
  manifest: readonly Row[],
  documents: readonly Row[],
): Promise<void> {
  const named = [...manifest.map((row) => row['file'] ?? ''), ...documents.map(documentPath)];
  for (const path of named) {
    const bytes = path in odd ? odd[path] : contentOf(path);
    if (bytes === null || bytes === undefined) continue;
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
    if (path.endsWith('.mp4')) await enlarge(target);
  }
}

/** Where a document of the file share lies in the folder; '' for paths of other places. */
function documentPath(row: Row): string {
  const [, inside = ''] = /^\\\\SERVER\\Results\\(Documents\\[^.].*)$/.exec(row['File Path'] ?? '') ?? [];
  return inside.replaceAll('\\', '/');
}

function contentOf(path: string): Buffer | null {
  if (path === '') return null;
  if (/\.jpe?g$/.test(path)) return Buffer.concat([jpegHead, comment(path), jpegTail]);
  if (path.endsWith('.png')) return Buffer.concat([png, Buffer.from(path)]);
  return Buffer.from(`%PDF-1.4\n% ${path}\n%%EOF\n`);
}

/** A comment inside a picture: makes its bytes its own. */
function comment(text: string): Buffer {
  const words = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(words.length + 2, 2);
  return Buffer.concat([head, words]);
}

async function enlarge(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.truncate(largeBytes);
  await file.close();
}

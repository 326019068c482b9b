import type { IssueCode } from './issue-code.ts';

/** What the first bytes say a file is. `text` may still be anything that is text. */
export type FileKind = 'empty' | 'zip' | 'text' | { readonly refused: IssueCode; readonly what: string };

interface Signature {
  readonly bytes: string;
  readonly refused: IssueCode;
  readonly what: string;
}

/** Beginnings of files that are no tables, as Latin-1 text. */
const signatures: readonly Signature[] = [
  { bytes: '%PDF', refused: 'file-is-pdf', what: 'a PDF document' },
  { bytes: '\x89PNG', refused: 'file-is-image', what: 'a PNG picture' },
  { bytes: '\xFF\xD8\xFF', refused: 'file-is-image', what: 'a JPEG picture' },
  { bytes: 'GIF8', refused: 'file-is-image', what: 'a GIF picture' },
  { bytes: 'II*\0', refused: 'file-is-image', what: 'a TIFF picture' },
  { bytes: '\xD0\xCF\x11\xE0', refused: 'file-is-old-excel', what: 'an old or encrypted Office document' },
  { bytes: '\x1F\x8B', refused: 'file-is-compressed', what: 'a gzip file' },
  { bytes: '7z\xBC\xAF', refused: 'file-is-compressed', what: 'a 7z archive' },
  { bytes: 'Rar!', refused: 'file-is-compressed', what: 'a RAR archive' },
  { bytes: 'SQLite format 3', refused: 'file-is-binary', what: 'a SQLite database' },
  { bytes: '{\\rtf', refused: 'file-is-markup', what: 'an RTF document' },
];

const html = /^\s*(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div|script)\b/i;
const xml = /^\s*<(?:\?xml|!doctype|[a-z][\w:.-]*(?:\s+xmlns|>\s*<))/i;
const json = /^\s*(?:\[\s*)?\{\s*"[^"\n]*"\s*:/;

/** Tells by its first bytes (a few kilobytes) what a file is. */
export function kindOf(head: Uint8Array): FileKind {
  if (head.length === 0) return 'empty';
  const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 4_096)).toString('latin1');
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip';
  const found = signatures.find((signature) => start.startsWith(signature.bytes));
  if (found !== undefined) return { refused: found.refused, what: found.what };
  return markupOf(
    start
      .replace(/^\xEF\xBB\xBF/, '')
      .replaceAll('\0', '')
      .replace(/^(?:\xFF\xFE|\xFE\xFF)/, ''),
  );
}

function markupOf(start: string): FileKind {
  if (html.test(start)) return { refused: 'file-is-html', what: 'a web page' };
  if (xml.test(start)) return { refused: 'file-is-markup', what: 'an XML document' };
  if (json.test(start)) return { refused: 'file-is-markup', what: 'a JSON document' };
  return 'text';
}

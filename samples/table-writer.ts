import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/** How a sample file is written. */
export interface FileForm {
  readonly delimiter: string;
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'windows-1252' | 'windows-1254';
  /** Line ends in turn: two of them make a file with mixed ones. */
  readonly lineEnds: readonly string[];
  /** Excel's `sep=;` before the header. */
  readonly separatorLine?: true;
  /** Characters cut from the end, as when a download breaks off. */
  readonly cutChars?: number;
}

/** One row by its headers; missing ones are empty. */
export type Row = Readonly<Record<string, string>>;

/** Writes a table of strings. Overwrites the file. */
export async function writeTable(
  path: string,
  header: readonly string[],
  rows: readonly Row[],
  form: FileForm,
): Promise<void> {
  const lines = [
    ...(form.separatorLine === true ? [`sep=${form.delimiter}`] : []),
    lineOf(header, form.delimiter),
    ...rows.map((row) =>
      lineOf(
        header.map((name) => row[name] ?? ''),
        form.delimiter,
      ),
    ),
  ];
  const text = lines.map((line, at) => line + (form.lineEnds[at % form.lineEnds.length] ?? '\n')).join('');
  await writeFile(path, encoded(form.cutChars === undefined ? text : text.slice(0, -form.cutChars), form));
}

/** Writes rows as they come, UTF-8 with commas, never holding more than the stream's buffer. */
export async function streamTable(
  path: string,
  header: readonly string[],
  rows: Iterable<readonly string[]>,
): Promise<void> {
  const file = createWriteStream(path, { encoding: 'utf-8' });
  let block = `${lineOf(header, ',')}\n`;
  for (const row of rows) {
    block += `${lineOf(row, ',')}\n`;
    if (block.length < 65_536) continue;
    if (!file.write(block)) await once(file, 'drain');
    block = '';
  }
  file.end(block);
  await once(file, 'close');
}

function lineOf(cells: readonly string[], delimiter: string): string {
  return cells.map((cell) => quoted(cell, delimiter)).join(delimiter);
}

function quoted(cell: string, delimiter: string): string {
  const needed = cell.includes(delimiter) || /["\r\n]/.test(cell) || cell !== cell.trim();
  return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function encoded(text: string, { encoding }: FileForm): Buffer {
  if (encoding === 'utf-16le') return Buffer.from(`\uFEFF${text}`, 'utf16le');
  if (encoding === 'windows-1252') return singleBytes(text, westernBytes);
  if (encoding === 'windows-1254') return singleBytes(text, turkishBytes);
  return Buffer.from(encoding === 'utf-8-bom' ? `\uFEFF${text}` : text, 'utf-8');
}

/** Latin-1 but for six Turkish letters and the euro sign. */
const turkishBytes: Readonly<Record<string, number>> = {
  Ğ: 0xd0,
  İ: 0xdd,
  Ş: 0xde,
  ğ: 0xf0,
  ı: 0xfd,
  ş: 0xfe,
  '€': 0x80,
};

/** Latin-1 but for typographic signs. */
const westernBytes: Readonly<Record<string, number>> = {
  '€': 0x80,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
  '—': 0x97,
  '™': 0x99,
};

function singleBytes(text: string, special: Readonly<Record<string, number>>): Buffer {
  return Buffer.from([...text].map((letter) => special[letter] ?? letter.charCodeAt(0) & 0xff));
}

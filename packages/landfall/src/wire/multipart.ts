import { Readable } from 'node:stream';

/** A body that is sent as a stream: its type and size are known before the first byte, and it can be opened again. */
export interface StreamBody {
  readonly contentType: string;
  readonly sizeBytes: number;
  open(): Readable;
}

/** A file as a part of a form. */
export interface FilePart {
  readonly field: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** The bytes, anew at every call. */
  bytes(): AsyncIterable<Uint8Array>;
}

/**
 * A form with texts and one file, as `multipart/form-data` (RFC 7578; names escaped as browsers do). `boundary` must
 * not occur in the texts; the file may hold anything but `--<boundary>` on a line of its own.
 */
export function multipartForm(
  texts: Readonly<Record<string, string>>,
  file: FilePart,
  boundary: string,
): StreamBody {
  const parts = Object.entries(texts).map(
    ([name, text]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"\r\n\r\n${text}\r\n`,
  );
  const head = Buffer.from(
    `${parts.join('')}--${boundary}\r\nContent-Disposition: form-data; name="${quoted(file.field)}"; filename="${quoted(file.name)}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    sizeBytes: head.length + file.sizeBytes + tail.length,
    open: () => Readable.from(pieces(head, file, tail)),
  };
}

async function* pieces(head: Buffer, file: FilePart, tail: Buffer): AsyncIterable<Uint8Array> {
  yield head;
  yield* file.bytes();
  yield tail;
}

function quoted(text: string): string {
  return text.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}

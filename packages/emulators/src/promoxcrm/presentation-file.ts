/** The bytes of a presentation: something that begins as a PDF does, of exactly so many bytes, other for every id. */
export function pdfOf(id: number, sizeBytes: number): Uint8Array {
  const bytes = Buffer.alloc(sizeBytes, `presentation ${id} `);
  bytes.write(`%PDF-1.4\n%${id}\n`, 'latin1');
  return new Uint8Array(bytes);
}

/** The width and height of an image in pixels, and its content type. */
export interface ImageSize {
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

/** Reads the size of a GIF, JPEG or PNG out of its first bytes. Null when the bytes are none of them. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47)
      return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint32(0) === 0x47494638)
      return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
    return view.getUint16(0) === 0xffd8 ? jpegSize(view) : null;
  } catch (error) {
    // The bytes end before the size.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A JPEG is a row of segments `FF xx length ...`; a frame header (C0 to CF but C4, C8, CC) holds the size. */
function jpegSize(view: DataView): ImageSize {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (marker < 0xc0 || marker > 0xcf || [0xc4, 0xc8, 0xcc].includes(marker)) continue;
    return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
  }
}

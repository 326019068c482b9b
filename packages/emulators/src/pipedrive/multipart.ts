import type { Call } from '../kit/exchange.ts';

/** One file of a multipart body. */
export interface MultipartFile {
  /** The file name that the client gave. */
  readonly name: string;
  /** The content type that the client gave, `application/octet-stream` when it gave none. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A multipart body, read: the last text and the last file under each name. */
export interface Multipart {
  readonly texts: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, MultipartFile>;
}

/** Whether the request carries a multipart form. */
export function isMultipart(call: Call): boolean {
  return (call.header('content-type') ?? '').toLowerCase().startsWith('multipart/form-data');
}

/** Reads a multipart form with the platform's own parser. Null when the body is no such form. */
export async function readMultipart(call: Call): Promise<Multipart | null> {
  const headers = { 'content-type': call.header('content-type') ?? '' };
  try {
    const form = await new Response(call.bytes as Uint8Array<ArrayBuffer>, { headers }).formData();
    const texts = new Map<string, string>();
    const files = new Map<string, MultipartFile>();
    for (const [key, value] of form)
      if (typeof value === 'string') texts.set(key, value);
      else {
        const bytes = new Uint8Array(await value.arrayBuffer());
        files.set(key, { name: value.name, type: value.type || 'application/octet-stream', bytes });
      }
    return { texts, files };
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

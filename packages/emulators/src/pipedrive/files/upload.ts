import { z } from 'zod';
import type { Exchange } from '../exchange-context.ts';
import type { MultipartFile } from '../multipart.ts';
import { Refusal } from '../refusal.ts';
import { parsedV1 } from '../v1-body.ts';

/** What a multipart request carries: its one file, and its texts as the schema reads them. */
export interface Upload<T> {
  readonly file: MultipartFile;
  readonly given: T;
}

/** Reads the part `file` and the other parts. Throws 400 (INF: in these words) when the file is not there. */
export function uploadOf<T>({ form }: Exchange, schema: z.ZodType<T>): Upload<T> {
  const file = form?.files.get('file');
  if (!form || !file)
    throw new Refusal(400, 'No file was uploaded: send one part named file as multipart/form-data');
  if (file.name.trim() === '') throw new Refusal(400, 'The uploaded file has no name');
  const others = [...form.files.keys()].filter((key) => key !== 'file');
  const texts = Object.fromEntries([...form.texts, ...others.map((key) => [key, ''] as const)]);
  return { file, given: parsedV1(schema, texts) };
}

/** Schema of an upload that carries nothing but its file. */
export const NOTHING_ELSE = z.strictObject({});

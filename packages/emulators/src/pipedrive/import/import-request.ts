import { z } from 'zod';
import { type ImportTable, readCsv } from './csv.ts';
import { isWorkbook, readWorkbook } from './sheet.ts';

/** Published: the most rows and bytes of a file. */
export const MAX_ROWS = 50_000;
/** The most bytes of a file: 50 MB. */
const MAX_BYTES = 50 * 1_024 * 1_024;

const body = z.strictObject({
  name: z.string().min(1).default('import.csv'),
  /** The file as text, or as base64 of its bytes. */
  csv: z.string().optional(),
  file: z.strictObject({ name: z.string(), base64: z.string() }).optional(),
  /** What a person chose for a header in the wizard: `Entity - Field`, or null to leave it out. */
  mapping: z.record(z.string(), z.string().nullable()).default({}),
  /** Whether duplicates are merged, or everything is added. */
  duplicates: z.enum(['merge', 'add']).default('merge'),
  /** What happens to options and labels that the account does not have. */
  missingOptions: z.enum(['create', 'skip']).default('create'),
  /** How days are written where the year does not come first. */
  dateOrder: z.enum(['ymd', 'dmy', 'mdy']).default('ymd'),
  /** Who imports; absent: the first administrator. */
  userId: z.int().positive().optional(),
  /** Custom fields that the wizard creates first: bodies of field creations with `entity`. */
  fields: z.array(z.looseObject({ entity: z.enum(['deal', 'person', 'organization']) })).default([]),
});

/** What a person does in the import wizard, in one go. */
export interface ImportRequest extends Omit<z.infer<typeof body>, 'csv' | 'file'> {
  readonly table: ImportTable;
}

/**
 * Checks a request and reads its file: CSV at once, XLSX in a while. Throws (or rejects with) a sentence that says what
 * is wrong with it.
 */
export function parseImport(value: unknown): ImportRequest | Promise<ImportRequest> {
  const result = body.safeParse(value);
  if (!result.success) throw new Error(`not an import: ${z.prettifyError(result.error)}`);
  const { csv, file, ...rest } = result.data;
  if ((csv === undefined) === (file === undefined))
    throw new Error('an import needs a file: either csv (text) or a multipart file');
  const bytes = csv === undefined ? Buffer.from(file?.base64 ?? '', 'base64') : Buffer.from(csv, 'utf8');
  const name = file?.name ?? rest.name;
  if (bytes.length > MAX_BYTES) throw new Error(`${name} has ${bytes.length} bytes, at most ${MAX_BYTES}`);
  if (isWorkbook(bytes)) return readWorkbook(bytes, name).then((table) => ({ ...rest, name, table }));
  return { ...rest, name, table: readCsv(decoded(bytes, name)) };
}

function decoded(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`${name} is not UTF-8; save it as CSV (UTF-8)`, { cause });
  }
}

import { MigrationError } from '../../../model/error.ts';
import type { BinaryStream } from '../../../model/source.ts';
import type { Account } from './account.ts';
import { type FileReference, parseReference } from './file-reference.ts';
import type { FileRule } from './odata-catalog.ts';
import { isGone } from './row-chain.ts';
import type { Told } from './web-api.ts';

/** The size of a block, as documented (facts 1.8). */
const blockBytes = 4_194_304;
/** A whole file in one answer, where blocks are not served. */
const wholeBytes = 2_147_483_647;

interface Opened {
  readonly token: string;
  readonly sizeBytes: number | null;
  readonly inBlocks: boolean;
}

/**
 * Opens the bytes of a file. Those that several records share are read once. A small one comes with one request, a
 * larger one in blocks; what is said of its size is not believed: it is read until it ends. Throws `not-found` when there
 * is no such file.
 */
export async function openBinary(account: Account, ref: string, signal: AbortSignal): Promise<BinaryStream> {
  const reference = parseReference(ref);
  if (reference === null) throw missing(`"${ref}" is no reference to a file`);
  const { shared, sizeBytes, mediaType } = reference;
  if (shared === null) return openOwn(account, reference, signal);
  const read = async () => (await openOwn(account, reference, signal)).chunks;
  const chunks = await account.sharedFiles(reference.entity).chunks(shared, read, signal);
  return { chunks, sizeBytes, mediaType };
}

async function openOwn(
  account: Account,
  reference: FileReference,
  signal: AbortSignal,
): Promise<BinaryStream> {
  const rule = await ruleOf(account, reference, signal);
  const { sizeBytes, mediaType } = reference;
  const isSmall = rule.body !== null && sizeBytes !== null && sizeBytes <= blockBytes;
  const whole = isSmall ? await small(account, reference, signal) : null;
  if (whole !== null) return { chunks: once(whole), sizeBytes, mediaType };
  const opened = await open(account, reference, rule, signal);
  return {
    chunks: blocks(account, reference, opened, signal),
    sizeBytes: sizeBytes ?? opened.sizeBytes,
    mediaType,
  };
}

async function ruleOf(
  account: Account,
  { entity, field }: FileReference,
  signal: AbortSignal,
): Promise<FileRule> {
  const own = (await account.tables(signal)).get(entity)?.standard?.file;
  if (own?.body === field) return own;
  const inFields = account.catalog.entities.find(({ file }) => file?.body === null)?.file;
  if (inFields !== undefined) return inFields;
  throw missing(`${entity} has no file in ${field}`);
}

/** The bytes in one answer; null when they do not come so: it may be larger than it says. */
async function small(
  account: Account,
  reference: FileReference,
  signal: AbortSignal,
): Promise<Buffer | null> {
  const { entity, id, field } = reference;
  const table = (await account.tables(signal)).get(entity);
  if (table === undefined) return null;
  const ask = async (again: boolean) => {
    const path = `${await account.setName(table, again, signal)}(${id})?$select=${field}`;
    return account.service.ask({ path, what: whatOf(reference) }, signal);
  };
  try {
    const first = await ask(false);
    const told = isGone(first) ? await ask(true) : first;
    if (told.status === 404) throw missing(`${entity} ${id} is not there any more`);
    const text = told.json[field];
    return told.ok && typeof text === 'string' ? Buffer.from(text, 'base64') : null;
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'unavailable') return null;
    throw error;
  }
}

async function open(
  account: Account,
  reference: FileReference,
  rule: FileRule,
  signal: AbortSignal,
): Promise<Opened> {
  const { entity, id, field } = reference;
  const table = (await account.tables(signal)).get(entity);
  const key = table?.idField ?? `${entity}id`;
  const parameters = {
    Target: { [key]: id, '@odata.type': `Microsoft.Dynamics.CRM.${entity}` },
    ...(rule.body === null ? { FileAttributeName: field } : {}),
  };
  const told = await account.service.ask({ path: rule.open, parameters, what: whatOf(reference) }, signal);
  if (!told.ok) throw unopened(account, reference, told);
  const { FileContinuationToken: token, FileSizeInBytes: size, IsChunkingSupported: inBlocks } = told.json;
  if (typeof token !== 'string')
    throw account.service.wrong(whatOf(reference), 'it gives no way to read the file');
  return {
    token,
    sizeBytes: Number.isFinite(Number(size)) ? Number(size) : null,
    inBlocks: inBlocks !== false,
  };
}

/** Blocks until one is not full: what was said of the size may be wrong. */
async function* blocks(
  account: Account,
  reference: FileReference,
  { token, sizeBytes, inBlocks }: Opened,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const wanted = inBlocks ? blockBytes : (sizeBytes ?? wholeBytes);
  for (let offset = 0; ; ) {
    const parameters = { Offset: offset, BlockLength: wanted, FileContinuationToken: token };
    const told = await account.service.ask(
      { path: 'DownloadBlock', parameters, what: whatOf(reference) },
      signal,
    );
    if (!told.ok) {
      // a server may refuse to read behind the end
      if (sizeBytes !== null && offset >= sizeBytes) return;
      throw unopened(account, reference, told);
    }
    const text = told.json.Data;
    if (typeof text !== 'string') throw account.service.wrong(whatOf(reference), 'a block came without data');
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length > 0) yield bytes;
    offset += bytes.length;
    if (bytes.length < wanted || !inBlocks) return;
  }
}

async function* once(bytes: Buffer): AsyncIterable<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

function unopened(account: Account, reference: FileReference, told: Told): MigrationError {
  if (told.status === 404)
    return missing(`${reference.entity} ${reference.id} has no file in ${reference.field}`);
  return account.service.refusal(whatOf(reference), told);
}

function missing(because: string): MigrationError {
  return new MigrationError('not-found', `The file cannot be read: ${because}.`, {
    hint: 'Look at the record in the source; the rest goes on without this file.',
  });
}

function whatOf({ entity, id }: FileReference): string {
  return `reading the file of ${entity} ${id}`;
}

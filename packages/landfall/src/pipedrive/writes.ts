import { must } from '../base/assert.ts';
import type { WriteRequest } from '../model/destination.ts';
import { MigrationError } from '../model/error.ts';
import type { TargetId } from '../model/key.ts';
import type { TargetEntity, TargetRecord } from '../model/target.ts';
import type { Account } from './account.ts';
import { decodeRecord } from './decode.ts';
import { encodeBody } from './encode.ts';
import { entityPaths, entityWords } from './paths.ts';
import { costTable } from './prices.ts';
import { createRoute, idParts, removeRoute, updateRoute } from './routes.ts';
import { fileForm } from './upload.ts';

/**
 * Creates or updates one record, once. The answer carries the stored record: the first verification is free.
 * Throws as the client does; an answer without a record is `outcome-unknown`.
 */
export async function writeRecord(
  account: Account,
  request: WriteRequest,
  signal: AbortSignal,
): Promise<TargetRecord> {
  const { entity, id } = request;
  const index = await account.index(signal);
  const body = encodeBody(index, request);
  const { version, form } = entityPaths[entity];
  const what = `${id === undefined ? 'creating' : 'updating'} ${entityWords[entity]}`;
  const { method, rest, fixed } =
    id === undefined ? createRoute(entity, request.values) : updateRoute(entity, id);
  const costTokens = costTable.tokens(entity, id === undefined ? 'create' : 'update');
  const call = {
    method,
    path: account.path(version, rest),
    effect: 'write' as const,
    costTokens,
    what,
  };
  const file = form.body === 'multipart' ? await fileForm(body, account.openFile, signal) : null;
  const payload = file === null ? { body: { ...body, ...fixed } } : { stream: file.form };
  const reply = await account.client.send({ ...call, ...payload }, signal).finally(() => file?.close());
  const record = decodeRecord(index, entity, reply.json.data, parentOf(request));
  if (record === null) {
    throw new MigrationError('outcome-unknown', `Pipedrive, while ${what}: the answer holds no record.`);
  }
  return file === null ? record : { ...record, sentSha256: file.sha256 };
}

/**
 * Creates several records below one parent with one request: all of them or none. Answers in the order of the requests.
 * Throws as `writeRecord` does; an answer that does not hold them all is `outcome-unknown`.
 */
export async function writeTogether(
  account: Account,
  requests: readonly WriteRequest[],
  signal: AbortSignal,
): Promise<readonly TargetRecord[]> {
  const first = must(requests[0], 'there is something to write');
  const { version, bulk } = entityPaths[first.entity];
  const { path: below, tokens } = must(bulk, `several of ${first.entity} may go together`);
  const index = await account.index(signal);
  const what = `creating ${requests.length} x ${entityWords[first.entity]}`;
  const { rest } = createRoute(first.entity, first.values);
  const reply = await account.client.send(
    {
      method: 'POST',
      path: account.path(version, `${rest}/${below}`),
      body: { data: requests.map((request) => encodeBody(index, request)) },
      effect: 'write',
      costTokens: tokens,
      what,
    },
    signal,
  );
  const { data } = reply.json;
  const records = (Array.isArray(data) ? data : [])
    .map((row) => decodeRecord(index, first.entity, row, parentOf(first)))
    .filter((record) => record !== null);
  if (records.length === requests.length) return records;
  throw new MigrationError(
    'outcome-unknown',
    `Pipedrive, while ${what}: the answer holds ${records.length} records.`,
  );
}

/** The id of the record that a write's record lies below. */
function parentOf({ entity, id, values }: WriteRequest): string | undefined {
  const { at } = entityPaths[entity];
  if (at.kind !== 'below') return undefined;
  return id === undefined ? String(values[at.link]) : idParts(id).parent;
}

/** Deletes one record; one that is gone already is fine, so a lost answer is asked again. */
export async function removeRecord(
  account: Account,
  entity: TargetEntity,
  id: TargetId,
  signal: AbortSignal,
): Promise<void> {
  const { method, rest, fixed } = removeRoute(entity, id);
  await account.client.send(
    {
      method,
      path: account.path(entityPaths[entity].version, rest),
      ...(method === 'DELETE' ? {} : { body: fixed }),
      effect: 'repeatable',
      costTokens: costTable.tokens(entity, 'remove'),
      what: `deleting ${entityWords[entity]}`,
    },
    signal,
  );
}

import type { WriteRequest } from '../model/destination.ts';
import { MigrationError } from '../model/error.ts';
import type { TargetId } from '../model/key.ts';
import type { TargetEntity, TargetRecord } from '../model/target.ts';
import type { Account } from './account.ts';
import { decodeRecord } from './decode.ts';
import { encodeBody } from './encode.ts';
import { entityPaths, entityWords } from './paths.ts';
import { costTable } from './prices.ts';

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
  const { version, plural, update } = entityPaths[entity];
  const what = `${id === undefined ? 'creating' : 'updating'} ${entityWords[entity]}`;
  const call =
    id === undefined
      ? { method: 'POST' as const, path: account.path(version, plural) }
      : { method: update, path: account.path(version, `${plural}/${id}`) };
  const costTokens = costTable.tokens(entity, id === undefined ? 'create' : 'update');
  const reply = await account.client.send({ ...call, body, effect: 'write', costTokens, what }, signal);
  const record = decodeRecord(index, entity, reply.json.data);
  if (record === null) {
    throw new MigrationError('outcome-unknown', `Pipedrive, while ${what}: the answer holds no record.`);
  }
  return record;
}

/** Deletes one record; one that is gone already is fine, so a lost answer is asked again. */
export async function removeRecord(
  account: Account,
  entity: TargetEntity,
  id: TargetId,
  signal: AbortSignal,
): Promise<void> {
  const { version, plural } = entityPaths[entity];
  await account.client.send(
    {
      method: 'DELETE',
      path: account.path(version, `${plural}/${id}`),
      effect: 'repeatable',
      costTokens: costTable.tokens(entity, 'remove'),
      what: `deleting ${entityWords[entity]}`,
    },
    signal,
  );
}

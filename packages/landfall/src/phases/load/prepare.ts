import { must } from '../../base/assert.ts';
import type { WriteRequest } from '../../model/destination.ts';
import { entityTraits } from '../../model/entity-table.ts';
import type { TargetId } from '../../model/key.ts';
import type { Operation } from '../../model/plan.ts';
import { refName, type StoredDraft, type StoreReader } from '../../model/store.ts';
import type { ResolvedLink, TargetValue } from '../../model/target.ts';
import { readValue } from '../values.ts';

/** An operation ready to be sent. */
export interface Prepared {
  readonly operation: Operation;
  readonly draft: StoredDraft;
  readonly request: WriteRequest;
  readonly linked: number;
  /** Links whose other end was not made, each with its field. */
  readonly unlinked: readonly ResolvedLink[];
  /** Why it cannot be sent at all; null when it can. */
  readonly impossible: string | null;
}

/** Which user gets the records of which owner. */
export type OwnerUsers = ReadonlyMap<string, string>;

/** The approved user table as a map from the source's owner to a user's id. */
export async function ownerUsers(reader: StoreReader): Promise<OwnerUsers> {
  const rows = (await readValue(reader, 'owners')) ?? [];
  return new Map(rows.flatMap((row) => (row.userId === null ? [] : [[row.owner, row.userId] as const])));
}

/** Makes of each operation what will be sent: drafted values, decided values, owners as users, links as ids. */
export async function prepare(
  reader: StoreReader,
  owners: OwnerUsers,
  operations: readonly Operation[],
): Promise<readonly Prepared[]> {
  const drafts = new Map((await reader.drafts(operations)).map((draft) => [refName(draft), draft]));
  const ends = operations.flatMap((operation) =>
    operation.links.flatMap((link) => ('key' in link.to ? [link.to] : [])),
  );
  const ids = await reader.targetIds(ends);
  return operations.map((operation) => {
    const draft = must(drafts.get(refName(operation)), `operation ${operation.seq} has its draft`);
    return prepareOne(operation, draft, owners, ids);
  });
}

function prepareOne(
  operation: Operation,
  draft: StoredDraft,
  owners: OwnerUsers,
  ids: ReadonlyMap<string, TargetId>,
): Prepared {
  const values: Record<string, TargetValue> = {};
  for (const [name, field] of Object.entries(draft.fields)) values[name] = field.value;
  Object.assign(values, operation.extra);
  useOwner(values, owners);
  const unlinked: ResolvedLink[] = [];
  for (const link of operation.links) {
    const id = 'targetId' in link.to ? link.to.targetId : ids.get(refName(link.to));
    if (id === undefined) unlinked.push(link);
    else values[link.field] = id;
  }
  const { entity, targetId, fingerprint } = operation;
  const request = { entity, values, marker: fingerprint, ...(targetId === null ? {} : { id: targetId }) };
  const linked = operation.links.length - unlinked.length;
  return { operation, draft, request, linked, unlinked, impossible: whyImpossible(operation, unlinked) };
}

/** An owner nobody took stays out: the record becomes the token's user's, and the user table says so. */
function useOwner(values: Record<string, TargetValue>, owners: OwnerUsers): void {
  for (const field of ['owner_id', 'user_id']) {
    const owner = values[field];
    if (typeof owner !== 'string') continue;
    const user = owners.get(owner);
    if (user === undefined) delete values[field];
    else values[field] = user;
  }
}

function whyImpossible(operation: Operation, unlinked: readonly ResolvedLink[]): string | null {
  const { needs: needed } = entityTraits[operation.entity];
  if (needed === null || unlinked.length === 0) return null;
  const lost = new Set(unlinked.map((link) => link.field));
  const left = operation.links.filter((link) => !lost.has(link.field) && needed.fields.includes(link.field));
  const enough = needed.all ? left.length === needed.fields.length : left.length > 0;
  return enough ? null : `the record it belongs to was not made (${[...lost].join(', ')})`;
}

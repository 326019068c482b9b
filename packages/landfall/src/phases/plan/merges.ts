import type { SourceKey } from '../../model/key.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { LookupKey } from '../../model/source.ts';
import type { StoreReader } from '../../model/store.ts';
import type { TargetEntity } from '../../model/target.ts';
import {
  type DuplicateCandidate,
  duplicateCandidates,
  duplicateKeys,
  mergesBy,
  sharedValues,
} from '../audit.ts';
import type { PhaseContext } from '../context.ts';

/** Which record a merged record goes into, and what they share. */
export interface Merge {
  readonly into: SourceKey;
  readonly by: LookupKey['kind'];
}

/** Groups of records that were decided to be one, as a forest: every member names the first record of its group. */
export class Merges {
  readonly #into = new Map<SourceKey, Merge>();

  /** The record that stands for `key`: itself, when it is merged into no other. */
  survivor(key: SourceKey): SourceKey {
    const merge = this.#into.get(key);
    return merge === undefined ? key : this.survivor(merge.into);
  }

  /** Why `key` makes no record of its own; null when it does. */
  of(key: SourceKey): Merge | null {
    const merge = this.#into.get(key);
    return merge === undefined ? null : { into: this.survivor(key), by: merge.by };
  }

  /** The records merged into each survivor, in order of reading. */
  members(): ReadonlyMap<SourceKey, readonly SourceKey[]> {
    const groups = new Map<SourceKey, SourceKey[]>();
    for (const key of this.#into.keys()) {
      const survivor = this.survivor(key);
      const group = groups.get(survivor);
      if (group === undefined) groups.set(survivor, [key]);
      else group.push(key);
    }
    return groups;
  }

  join(first: SourceKey, other: SourceKey, by: LookupKey['kind']): void {
    const into = this.survivor(first);
    const from = this.survivor(other);
    if (into !== from) this.#into.set(from, { into, by });
  }
}

/** Finds the groups that policy or a person decided to merge. Persons merge only when their names agree too. */
export async function findMerges(
  context: PhaseContext,
  mapping: Mapping,
  decisions: ReadonlyMap<string, string>,
): Promise<Merges> {
  const merges = new Merges();
  for (const candidate of duplicateCandidates(mapping)) {
    for (const by of duplicateKeys[candidate.target] ?? []) {
      if (mergesBy(context.policies.duplicates, decisions, candidate.entity, by) !== true) continue;
      await mergeAll(context.store, merges, candidate, by);
    }
  }
  return merges;
}

async function mergeAll(
  store: StoreReader,
  merges: Merges,
  candidate: DuplicateCandidate,
  by: LookupKey['kind'],
): Promise<void> {
  for await (const groups of sharedValues(store, candidate, by)) {
    const keys = groups.flatMap((group) => group.keys);
    const names = by === 'email' ? await namesOf(store, keys) : null;
    const moved = await movedAs(store, candidate.target, keys);
    for (const group of groups) {
      joinGroup(
        merges,
        group.keys.filter((key) => moved.has(key)),
        by,
        names,
      );
    }
  }
}

/** A record that was put aside, or became something else, stands for nobody: only drafts of the entity are merged. */
async function movedAs(
  store: StoreReader,
  entity: TargetEntity,
  keys: readonly SourceKey[],
): Promise<ReadonlySet<SourceKey>> {
  const drafts = await store.drafts(keys.map((key) => ({ entity, key, part: '' })));
  return new Set(drafts.map((draft) => draft.key));
}

async function namesOf(
  store: StoreReader,
  keys: readonly SourceKey[],
): Promise<ReadonlyMap<SourceKey, string>> {
  const records = await store.stagedByKey(keys);
  const names = new Map<SourceKey, string>();
  for (const [key, record] of records) {
    names.set(key, record.lookup.find((lookup) => lookup.kind === 'name')?.value ?? '');
  }
  return names;
}

/** Two people may share an address: with `names`, only records of one name (or of none) become one. */
function joinGroup(
  merges: Merges,
  keys: readonly SourceKey[],
  by: LookupKey['kind'],
  names: ReadonlyMap<SourceKey, string> | null,
): void {
  const firstOfName = new Map<string, SourceKey>();
  for (const key of keys) {
    const name = names?.get(key) ?? '';
    const first = firstOfName.get(name);
    if (first === undefined) firstOfName.set(name, key);
    else merges.join(first, key, by);
  }
}

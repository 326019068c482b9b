import type { CostTable, Together } from '../../model/destination.ts';
import { type NewOperation, refName, type StoredDraft, type StoreReader } from '../../model/store.ts';
import type { DraftRef, TargetEntity } from '../../model/target.ts';

/**
 * The drafts of an entity in the order they are planned: as they were read; where several records below one parent can
 * go in one request, parent by parent. That order is made in memory: about 150 bytes a draft.
 */
export async function* draftPages(
  reader: StoreReader,
  costs: CostTable,
  entity: TargetEntity,
  pageSize: number,
): AsyncIterable<readonly StoredDraft[]> {
  const together = costs.together(entity);
  if (together !== null) {
    const refs = await refsByParent(reader, entity, together, pageSize);
    for (let at = 0; at < refs.length; ) {
      const next = endOfPage(refs, at, pageSize);
      yield await inOrder(reader, refs.slice(at, next));
      at = next;
    }
    return;
  }
  for (let after = 0; ; ) {
    const drafts = await reader.draftPage(entity, after, pageSize);
    const last = drafts.at(-1);
    if (last === undefined) return;
    yield drafts;
    after = last.seq;
  }
}

interface PlacedRef extends DraftRef {
  /** The parent as the source names it: equal names are one parent. */
  readonly parent: string;
}

async function refsByParent(
  reader: StoreReader,
  entity: TargetEntity,
  { link }: Together,
  pageSize: number,
): Promise<readonly PlacedRef[]> {
  const groups = new Map<string, PlacedRef[]>();
  for (let after = 0; ; ) {
    const drafts = await reader.draftPage(entity, after, pageSize);
    const last = drafts.at(-1);
    if (last === undefined) return [...groups.values()].flat();
    for (const { key, part, links } of drafts) {
      const found = links.find(({ field }) => field === link);
      const parent = JSON.stringify([found?.source, found?.tries.map(({ kind, value }) => [kind, value])]);
      const ref = { entity, key, part, parent };
      const group = groups.get(parent);
      if (group === undefined) groups.set(parent, [ref]);
      else group.push(ref);
    }
    after = last.seq;
  }
}

/** A page ends where a parent's records end, unless they are more than a page. */
function endOfPage(refs: readonly PlacedRef[], start: number, pageSize: number): number {
  const full = Math.min(refs.length, start + pageSize);
  if (full === refs.length) return full;
  for (let end = full; end > start; end -= 1) {
    if (refs[end]?.parent !== refs[end - 1]?.parent) return end;
  }
  return full;
}

async function inOrder(reader: StoreReader, refs: readonly DraftRef[]): Promise<readonly StoredDraft[]> {
  const drafts = new Map((await reader.drafts(refs)).map((draft) => [refName(draft), draft]));
  return refs.flatMap((ref) => drafts.get(refName(ref)) ?? []);
}

/** The same operations, priced as they will be sent: the first of a request pays for it. */
export function pricedTogether(
  costs: CostTable,
  operations: readonly NewOperation[],
): readonly NewOperation[] {
  const entity = operations[0]?.entity;
  const together = entity === undefined ? null : costs.together(entity);
  if (together === null) return operations;
  const priced = [...operations];
  for (let start = 0; start < operations.length; ) {
    const end = endOfGroup(operations, start, together);
    for (let at = start; at < end; at += together.most) {
      const count = Math.min(together.most, end - at);
      if (count >= together.from) priceOne(priced, at, count, together);
    }
    start = Math.max(end, start + 1);
  }
  return priced;
}

function endOfGroup(operations: readonly NewOperation[], start: number, { link }: Together): number {
  const parent = parentOf(operations[start], link);
  let end = start;
  while (operations[end]?.action === 'create' && parentOf(operations[end], link) === parent) end += 1;
  return end;
}

function priceOne(operations: NewOperation[], start: number, count: number, { tokens }: Together): void {
  for (let at = start; at < start + count; at += 1) {
    const operation = operations[at];
    if (operation === undefined) continue;
    const because = `${operation.because}; one of ${count} in one request`;
    operations[at] = { ...operation, because, costTokens: at === start ? tokens : 0 };
  }
}

function parentOf(operation: NewOperation | undefined, link: string): string | null {
  const to = operation?.links.find((one) => one.field === link)?.to;
  if (to === undefined) return null;
  return 'key' in to ? refName(to) : to.targetId;
}

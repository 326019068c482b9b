import type { CostTable } from '../../model/destination.ts';
import { entityTraits } from '../../model/entity-table.ts';
import { markerOf, type SourceKey, type TargetId } from '../../model/key.ts';
import type { LedgerEntry } from '../../model/ledger.ts';
import type { Reject } from '../../model/source.ts';
import { type NewOperation, refName, type StoredDraft } from '../../model/store.ts';
import type { TargetEntity } from '../../model/target.ts';
import { type DraftLinks, type LinkRules, linkDraft } from './draft-links.ts';
import { matchExisting } from './existing.ts';
import { pricedTogether } from './grouped-drafts.ts';
import { type LinkInput, LinkPage } from './links.ts';
import { mergeLinks, mergeValues } from './merged-values.ts';

/** What planning one page of drafts needs. */
export interface PageInput extends LinkInput, LinkRules {
  readonly migration: string;
  readonly system: string;
  readonly costs: CostTable;
  readonly members: ReadonlyMap<SourceKey, readonly SourceKey[]>;
  /** The most bytes of one file. */
  readonly mostFileBytes: number;
  /** Whether the destination holds any record that a draft could fit. */
  readonly hasExisting: boolean;
  /** Whether an earlier journey has left records of ours. */
  readonly hasIdentities: boolean;
  /** Existing records that stand for a draft already, as `<entity>|<id>`: one record, one draft. */
  readonly taken: Set<string>;
}

/** The plan of one page. */
export interface PagePlan {
  readonly operations: readonly NewOperation[];
  readonly rejects: readonly Reject[];
  readonly entries: readonly LedgerEntry[];
  /** Drafts that fit a record that is there already while nobody has decided about them. */
  readonly undecidedMatches: readonly StoredDraft[];
  readonly needsPlaceholder: boolean;
}

interface Match {
  readonly id: TargetId;
  readonly by: string;
}

const noMatches: Awaited<ReturnType<typeof matchExisting>> = new Map();
const noIdentities: ReadonlyMap<string, TargetId> = new Map();
const keptByRollback = 'record, kept by rollback';

/** Plans one page of drafts of one entity: merged, matched, linked, priced, each with its reason. */
export async function planPage(input: PageInput, drafts: readonly StoredDraft[]): Promise<PagePlan> {
  const result = emptyPlan();
  const members = await mergedInto(input, drafts);
  const whole = drafts.map((draft) => withLinks(result, draft, members.get(draft.key) ?? []));
  const page = await LinkPage.load(input, whole);
  const matches = await freeMatches(input, whole);
  const ours = input.hasIdentities ? await input.reader.targetIds(drafts) : noIdentities;
  for (const draft of whole) {
    const merge = draft.part === '' ? input.merges.of(draft.key) : null;
    if (merge !== null)
      skip(input, result, draft, 'merged', `one record with ${merge.into} (same ${merge.by})`);
    else {
      const kept = ours.get(refName(draft));
      const match = kept === undefined ? (matches.get(draft) ?? null) : { id: kept, by: keptByRollback };
      const links = await linkDraft(input, page, draft);
      planDraft(input, result, { draft, links, match, members: members.get(draft.key) ?? [] });
    }
  }
  return finished(input, result, drafts[0]?.entity);
}

/** The drafts merged into each survivor of the page, in order of reading. */
async function mergedInto(
  input: PageInput,
  drafts: readonly StoredDraft[],
): Promise<ReadonlyMap<SourceKey, readonly StoredDraft[]>> {
  const survivors = drafts.filter((draft) => draft.part === '' && input.members.has(draft.key));
  const refs = survivors.flatMap(({ entity, key }) =>
    (input.members.get(key) ?? []).map((member) => ({ entity, part: '', key: member })),
  );
  const members = refs.length === 0 ? [] : await input.reader.drafts(refs);
  return Map.groupBy(members, (member) => input.merges.survivor(member.key));
}

function withLinks(result: Collected, draft: StoredDraft, members: readonly StoredDraft[]): StoredDraft {
  if (draft.part !== '' || members.length === 0) return draft;
  const { links, listed } = mergeLinks(draft, members);
  result.rejects.push(...listed);
  const { seq, entity, key, part, position, title, fields } = draft;
  return { seq, entity, key, part, position, title, fields, links };
}

/** The existing record each draft fits; one that is ours is found by its identity alone. */
async function freeMatches(
  input: PageInput,
  drafts: readonly StoredDraft[],
): Promise<Awaited<ReturnType<typeof matchExisting>>> {
  const entity = drafts[0]?.entity;
  const matches = input.hasExisting ? await matchExisting(input.reader, drafts) : noMatches;
  if (entity === undefined || matches.size === 0) return noMatches;
  const ids = [...matches.values()].map((match) => match.id);
  const ours = await input.reader.refsOfTargets(entity, ids);
  return new Map([...matches].filter(([, match]) => !ours.has(match.id)));
}

interface Collected {
  readonly operations: NewOperation[];
  readonly rejects: Reject[];
  readonly undecidedMatches: StoredDraft[];
  readonly counts: { skipped: number; linksDue: number; unlinked: number };
  needsPlaceholder: boolean;
}

function emptyPlan(): Collected {
  return {
    operations: [],
    rejects: [],
    undecidedMatches: [],
    counts: { skipped: 0, linksDue: 0, unlinked: 0 },
    needsPlaceholder: false,
  };
}

function finished(input: PageInput, result: Collected, entity: TargetEntity | undefined): PagePlan {
  const counts = entity === undefined ? [] : Object.entries(result.counts);
  const entries = counts.map(
    ([counter, amount]) => ({ side: 'target', entity, counter, amount }) as LedgerEntry,
  );
  return { ...result, operations: pricedTogether(input.costs, result.operations), entries };
}

interface Found {
  readonly draft: StoredDraft;
  readonly links: DraftLinks;
  readonly match: Match | null;
  readonly members: readonly StoredDraft[];
}

function planDraft(input: PageInput, result: Collected, { draft, links, match, members }: Found): void {
  result.rejects.push(...links.listed);
  if (links.needsPlaceholder) result.needsPlaceholder = true;
  const stop = links.stop ?? oversize(input, draft);
  if (stop !== null) {
    skip(input, result, draft, stop.code, stop.why);
    return;
  }
  result.counts.linksDue += links.found.length + links.missing;
  result.counts.unlinked += links.missing;
  const merged = mergeValues(draft, draft.part === '' ? members : []);
  result.rejects.push(...merged.listed);
  const { because, costTokens, action } = route(input, draft, match, choiceOf(input, result, draft, match));
  const target = action === 'update' ? (match?.id ?? null) : null;
  if (target !== null) input.taken.add(`${draft.entity}|${target}`);
  const base = { ...refOf(input, draft), links: links.found, extra: merged.extra };
  result.operations.push({ ...base, targetId: target, action, because, costTokens });
}

/** A file that is larger than the destination takes goes to the list of what people must see to. */
function oversize(
  { mostFileBytes }: PageInput,
  draft: StoredDraft,
): { readonly code: Reject['code']; readonly why: string } | null {
  const { bytesIn } = entityTraits[draft.entity];
  const value = bytesIn === null ? undefined : draft.fields[bytesIn]?.value;
  if (typeof value !== 'object' || !('sizeBytes' in value) || value.sizeBytes <= mostFileBytes) return null;
  const why = `${value.name} has ${value.sizeBytes} bytes, the destination takes ${mostFileBytes}: link it from another store of files`;
  return { code: 'too-large', why };
}

/** An update that costs nothing leaves the record as it is: only the identity is kept. */
function route(
  input: PageInput,
  draft: StoredDraft,
  match: Match | null,
  choice: string,
): Pick<NewOperation, 'action' | 'because' | 'costTokens'> {
  const { costs } = input;
  if (match !== null && choice === 'skip') {
    return {
      action: 'update',
      because: `is there already (same ${match.by}) and stays as it is`,
      costTokens: 0,
    };
  }
  if (match !== null && choice === 'update-empty') {
    const costTokens = costs.tokens(draft.entity, 'get') + costs.tokens(draft.entity, 'update');
    return {
      action: 'update',
      because: `is there already (same ${match.by}); empty fields are filled`,
      costTokens,
    };
  }
  const because =
    match === null ? 'is not there yet' : `one is there already (same ${match.by}): ${whyAnew[choice]}`;
  return { action: 'create', because, costTokens: costs.tokens(draft.entity, 'create') };
}

const whyAnew: Readonly<Record<string, string>> = {
  create: 'made all the same, as decided',
  taken: 'it stands for another record of the source',
};

function choiceOf(input: PageInput, result: Collected, draft: StoredDraft, match: Match | null): string {
  if (match === null) return 'create';
  if (match.by === keptByRollback) return 'skip';
  if (input.taken.has(`${draft.entity}|${match.id}`)) return 'taken';
  if (input.policies.existing !== 'review') return input.policies.existing;
  const decision = input.decisions.get(`existing-${draft.entity}`);
  if (decision === undefined) result.undecidedMatches.push(draft);
  return decision?.choice ?? 'update-empty';
}

function refOf(
  input: PageInput,
  draft: StoredDraft,
): Pick<NewOperation, 'entity' | 'key' | 'part' | 'fingerprint'> {
  const { entity, key, part } = draft;
  return { entity, key, part, fingerprint: markerOf(input.migration, input.system, key, part) };
}

function skip(
  input: PageInput,
  result: Collected,
  draft: StoredDraft,
  code: Reject['code'],
  because: string,
): void {
  result.counts.skipped += 1;
  const nothing = { costTokens: 0, links: [], extra: {}, targetId: null };
  result.operations.push({ ...refOf(input, draft), ...nothing, action: 'skip', because });
  const { entity, key, position } = draft;
  result.rejects.push({ entity, key, position, code, field: null, reason: because });
}

import { entityTraits } from '../../model/entity-table.ts';
import type { SourceKey } from '../../model/key.ts';
import type { Decision } from '../../model/question.ts';
import type { LinkEnd, StoredDraft, StoreReader } from '../../model/store.ts';
import type { DraftRef, Link, LinkTry, ResolvedLink, TargetEntity } from '../../model/target.ts';
import { advancedEnds, type PartOf } from './advanced.ts';
import { LinkEnds, LookupResults } from './link-lookups.ts';
import { ambiguityId, ambiguousGroupId, type LinkQuestions } from './link-questions.ts';
import type { Merges } from './merges.ts';

/** What became of one link. */
export type LinkOutcome =
  | { readonly kind: 'found'; readonly link: ResolvedLink }
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'undecided' };

/** One of the drafts of a record. */
export type OfRecord = Pick<DraftRef, 'key' | 'part'>;

/** What the resolver looks things up in. */
export interface LinkInput {
  readonly reader: StoreReader;
  readonly merges: Merges;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly questions: LinkQuestions;
  /** Records that are part of others: links to them may lead there. */
  readonly parts: readonly PartOf[];
}

/** A candidate: the operation that makes it, and its company. */
type Candidate = LinkEnd;

const candidateLimit = 20;

/**
 * Finds the other ends of one page of drafts. Ids first, then e-mail, then names; a name only when it is unique
 * among the records that agree with the draft's company (S-03, sources.md 5). All look-ups of a page are batched.
 */
export class LinkPage {
  readonly #input: LinkInput;
  readonly #found: LookupResults;
  readonly #operations: LinkEnds;
  readonly #advanced: ReadonlyMap<SourceKey, LinkEnd>;

  private constructor(
    input: LinkInput,
    found: LookupResults,
    operations: LinkEnds,
    advanced: ReadonlyMap<SourceKey, LinkEnd>,
  ) {
    this.#input = input;
    this.#found = found;
    this.#operations = operations;
    this.#advanced = advanced;
  }

  /** Reads everything the links of `drafts` may need. */
  static async load(input: LinkInput, drafts: readonly StoredDraft[]): Promise<LinkPage> {
    const links = drafts.flatMap((draft) => draft.links);
    const found = await LookupResults.load(input.reader, links, candidateLimit);
    const operations = await LinkEnds.load(input.reader, wantedEnds(input.merges, drafts, found));
    return new LinkPage(input, found, operations, await advancedOf(input, links, found, operations));
  }

  /** The link's other end, given the draft's links found before it. */
  resolve(draft: StoredDraft, link: Link, before: readonly ResolvedLink[]): LinkOutcome {
    if (link.self === true) return this.#own(draft, link);
    for (const one of link.tries) {
      const candidates = this.#candidates(link, one);
      if (candidates.length === 0) continue;
      if (one.kind === 'id' && candidates[0] !== undefined) return found(link, candidates[0], 'id');
      return this.#choose(draft, link, one, candidates, before);
    }
    return (
      this.#advancedEnd(link, before) ?? {
        kind: 'missing',
        why: link.text === '' ? 'the source names none' : `nothing fits “${link.text}”`,
      }
    );
  }

  /** Where a record went that is not moved as what the link looks for: a lead to its deal, a merged one to its master. */
  #advancedEnd(link: Link, before: readonly ResolvedLink[]): LinkOutcome | null {
    const { advancesTo } = entityTraits[link.entity];
    for (const one of link.tries) {
      if (one.kind !== 'id') continue;
      const [key] = this.#found.of(link.source, one);
      const end = key === undefined ? undefined : this.#advanced.get(this.#input.merges.survivor(key));
      if (end === undefined || (end.action === 'skip' && end.targetId === null)) continue;
      if (end.entity === link.entity) return found(link, end, 'id');
      if (advancesTo !== null && !before.some(({ field }) => field === advancesTo.field))
        return found({ ...link, ...advancesTo }, end, 'id');
    }
    return null;
  }

  #own(draft: StoredDraft, link: Link): LinkOutcome {
    const key = ownKey(this.#input.merges, draft);
    const end = this.#operations.of(link.entity, key);
    if (end === undefined || (end.action === 'skip' && end.targetId === null))
      return { kind: 'missing', why: `${link.entity} ${draft.key} is not moved` };
    return found(link, end, 'id');
  }

  /** Where another record that was found leads by a link of its own; null when it has none of that field. */
  linkOf(to: ResolvedLink['to'], field: string): ResolvedLink['to'] | null {
    const end = 'key' in to ? this.#operations.of(to.entity, to.key) : undefined;
    return end?.links.find((link) => link.field === field)?.to ?? null;
  }

  #candidates(link: Link, one: LinkTry): Candidate[] {
    const candidates: Candidate[] = [];
    for (const key of this.#found.of(link.source, one)) {
      const end = this.#operations.of(link.entity, this.#input.merges.survivor(key));
      const isThere = end !== undefined && (end.action !== 'skip' || end.targetId !== null);
      if (isThere && !candidates.includes(end)) candidates.push(end);
    }
    return candidates;
  }

  #choose(
    draft: StoredDraft,
    link: Link,
    one: LinkTry,
    candidates: readonly Candidate[],
    before: readonly ResolvedLink[],
  ): LinkOutcome {
    const company = this.#companyWithin(link, before);
    const agreeing =
      company === null ? [] : candidates.filter((candidate) => companyOfOperation(candidate) === company);
    const compatible = candidates.filter(
      (candidate) => company === null || (companyOfOperation(candidate) ?? company) === company,
    );
    const chosen = agreeing.length === 1 ? agreeing[0] : compatible.length === 1 ? compatible[0] : undefined;
    if (chosen !== undefined && agreeing.length <= 1) return found(link, chosen, one.kind);
    return this.#ask(draft, link, one, agreeing.length > 1 ? agreeing : candidates, company);
  }

  #ask(
    draft: StoredDraft,
    link: Link,
    one: LinkTry,
    candidates: readonly Candidate[],
    company: string | null,
  ): LinkOutcome {
    const subject = [draft.entity, link.field, link.source, one.kind, one.value, company ?? ''].join('|');
    const { decisions } = this.#input;
    const group = decisions.get(ambiguousGroupId(draft.entity, link.field));
    const decision = decisions.get(ambiguityId(subject)) ?? (group?.choice === 'none' ? group : undefined);
    if (decision?.choice === 'none')
      return { kind: 'missing', why: `decided by ${decision.by}: none of them` };
    const decided = candidates.find((candidate) => candidate.key === decision?.choice);
    if (decided !== undefined) return found(link, decided, 'decision');
    const shown = new Map(candidates.map((candidate) => [candidate.key, describe(candidate)]));
    this.#input.questions.ambiguous(subject, draft, link, shown);
    return { kind: 'undecided' };
  }

  /** The company that the records found so far belong to, when it is one. */
  companyOf(found: readonly ResolvedLink[]): OfRecord | null {
    const companies = found.flatMap((link) => {
      const operation = 'key' in link.to ? this.#operations.of(link.to.entity, link.to.key) : undefined;
      return operation === undefined ? [] : (companyEnd(operation) ?? []);
    });
    const known = new Set(companies.map(({ key }) => key));
    return known.size === 1 ? (companies[0] ?? null) : null;
  }

  #companyWithin(link: Link, before: readonly ResolvedLink[]): SourceKey | null {
    const within = before.find((one) => one.field === link.within);
    if (within === undefined || !('key' in within.to)) return null;
    if (within.entity === 'organization') return within.to.key;
    const operation = this.#operations.of(within.to.entity, within.to.key);
    return operation === undefined ? null : companyOfOperation(operation);
  }
}

/** The source key of the organization a record belongs to. */
function companyOfOperation(operation: LinkEnd): SourceKey | null {
  return companyEnd(operation)?.key ?? null;
}

function companyEnd(operation: LinkEnd): OfRecord | null {
  if (operation.entity === 'organization') return operation;
  const link = operation.links.find((one) => one.entity === 'organization');
  return link !== undefined && 'key' in link.to ? link.to : null;
}

function describe(candidate: Candidate): string {
  const company = companyOfOperation(candidate);
  return company === null ? `${candidate.key} (no company)` : `${candidate.key} (of ${company})`;
}

function found(link: Link, candidate: Candidate, evidence: ResolvedLink['evidence']): LinkOutcome {
  const { entity, key, part } = candidate;
  return {
    kind: 'found',
    link: { field: link.field, entity: link.entity, to: { entity, key, part }, evidence },
  };
}

/** The key a draft's record is known by, merged ones by that of the record they went into. */
function ownKey(merges: Merges, { key }: StoredDraft): SourceKey {
  return merges.survivor(key);
}

/** The records that the links of some drafts may lead to, by what they become. */
function wantedEnds(
  merges: Merges,
  drafts: readonly StoredDraft[],
  found: LookupResults,
): ReadonlyMap<TargetEntity, ReadonlySet<SourceKey>> {
  const wanted = new Map<TargetEntity, Set<SourceKey>>();
  for (const draft of drafts) {
    for (const link of draft.links) {
      const keys = wanted.get(link.entity) ?? new Set();
      if (keys.size === 0) wanted.set(link.entity, keys);
      if (link.self === true) keys.add(ownKey(merges, draft));
      for (const one of link.tries)
        for (const key of found.of(link.source, one)) keys.add(merges.survivor(key));
    }
  }
  return wanted;
}

/** The ends of records that links look for and that are moved as something else. */
async function advancedOf(
  { reader, merges, parts }: LinkInput,
  links: readonly Link[],
  found: LookupResults,
  operations: LinkEnds,
): Promise<ReadonlyMap<SourceKey, LinkEnd>> {
  const ends = new Map<SourceKey, LinkEnd>();
  for (const { entity, source, keys } of notMoved(merges, links, found, operations).values()) {
    for (const [key, end] of await advancedEnds(reader, parts, { entity, source, keys: [...keys] }))
      ends.set(key, end);
  }
  return ends;
}

interface NotMoved extends Pick<Link, 'entity' | 'source'> {
  readonly keys: Set<SourceKey>;
}

/** The records named by their id that are there and not moved as what the link looks for. */
function notMoved(
  merges: Merges,
  links: readonly Link[],
  found: LookupResults,
  operations: LinkEnds,
): ReadonlyMap<string, NotMoved> {
  const groups = new Map<string, NotMoved>();
  for (const { entity, source, tries } of links) {
    for (const one of tries) {
      if (one.kind !== 'id') continue;
      for (const named of found.of(source, one)) {
        const key = merges.survivor(named);
        if (operations.of(entity, key) !== undefined) continue;
        const name = `${entity}|${source}`;
        const group = groups.get(name) ?? { entity, source, keys: new Set() };
        group.keys.add(key);
        groups.set(name, group);
      }
    }
  }
  return groups;
}

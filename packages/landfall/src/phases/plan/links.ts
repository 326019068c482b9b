import { entityTraits } from '../../model/entity-table.ts';
import type { SourceKey } from '../../model/key.ts';
import type { Decision } from '../../model/question.ts';
import type { LinkEnd, StoredDraft, StoreReader } from '../../model/store.ts';
import type { DraftRef, Link, LinkTry, ResolvedLink, TargetEntity } from '../../model/target.ts';
import { advancedEnds, endName, type PartOf } from './advanced.ts';
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
  readonly #found: ReadonlyMap<string, readonly SourceKey[]>;
  readonly #operations: ReadonlyMap<string, LinkEnd>;
  readonly #advanced: ReadonlyMap<SourceKey, LinkEnd>;

  private constructor(
    input: LinkInput,
    found: ReadonlyMap<string, readonly SourceKey[]>,
    operations: ReadonlyMap<string, LinkEnd>,
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
    const found = await lookUp(input.reader, links);
    const keys = new Map<TargetEntity, Set<SourceKey>>();
    for (const draft of drafts) {
      for (const { self, entity } of draft.links) {
        if (self === true) keys.set(entity, (keys.get(entity) ?? new Set()).add(ownKey(input.merges, draft)));
      }
    }
    for (const link of links) {
      const ends = keys.get(link.entity) ?? new Set();
      for (const one of link.tries)
        for (const key of found.get(tryName(link.source, one)) ?? []) ends.add(input.merges.survivor(key));
      keys.set(link.entity, ends);
    }
    const ends: LinkEnd[] = [];
    for (const [entity, wanted] of keys) ends.push(...(await input.reader.linkEnds(entity, [...wanted])));
    const operations = new Map(ends.map((end) => [endName(end), end]));
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
    for (const one of link.tries.filter(({ kind }) => kind === 'id')) {
      const [key] = this.#found.get(tryName(link.source, one)) ?? [];
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
    const end = this.#operations.get(endName({ entity: link.entity, key }));
    if (end === undefined || (end.action === 'skip' && end.targetId === null))
      return { kind: 'missing', why: `${link.entity} ${draft.key} is not moved` };
    return found(link, end, 'id');
  }

  /** Where another record that was found leads by a link of its own; null when it has none of that field. */
  linkOf(to: ResolvedLink['to'], field: string): ResolvedLink['to'] | null {
    const end = 'key' in to ? this.#operations.get(endName(to)) : undefined;
    return end?.links.find((link) => link.field === field)?.to ?? null;
  }

  #candidates(link: Link, one: LinkTry): Candidate[] {
    const keys = (this.#found.get(tryName(link.source, one)) ?? []).map((key) =>
      this.#input.merges.survivor(key),
    );
    return [...new Set(keys)]
      .map((key) => this.#operations.get(endName({ entity: link.entity, key })))
      .filter((operation) => operation !== undefined)
      .filter((operation) => operation.action !== 'skip' || operation.targetId !== null);
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
      const operation = 'key' in link.to ? this.#operations.get(endName(link.to)) : undefined;
      return operation === undefined ? [] : (companyEnd(operation) ?? []);
    });
    const known = new Set(companies.map(({ key }) => key));
    return known.size === 1 ? (companies[0] ?? null) : null;
  }

  #companyWithin(link: Link, before: readonly ResolvedLink[]): SourceKey | null {
    const within = before.find((one) => one.field === link.within);
    if (within === undefined || !('key' in within.to)) return null;
    if (within.entity === 'organization') return within.to.key;
    const operation = this.#operations.get(endName(within.to));
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

function tryName(source: string, one: { readonly kind: string; readonly value: string }): string {
  return `${source}|${one.kind}|${one.value}`;
}

/** The ends of records that links look for and that are moved as something else. */
async function advancedOf(
  { reader, merges, parts }: LinkInput,
  links: readonly Link[],
  found: ReadonlyMap<string, readonly SourceKey[]>,
  operations: ReadonlyMap<string, LinkEnd>,
): Promise<ReadonlyMap<SourceKey, LinkEnd>> {
  const ends = new Map<SourceKey, LinkEnd>();
  for (const group of Map.groupBy(links, ({ entity, source }) => `${entity}|${source}`).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { entity, source } = first;
    const ids = group.flatMap(({ tries }) => tries.filter(({ kind }) => kind === 'id'));
    const keys = new Set(
      ids.flatMap((one) => found.get(tryName(source, one)) ?? []).map((key) => merges.survivor(key)),
    );
    const missing = [...keys].filter((key) => !operations.has(endName({ entity, key })));
    if (missing.length === 0) continue;
    for (const [key, end] of await advancedEnds(reader, parts, { entity, source, keys: missing }))
      ends.set(key, end);
  }
  return ends;
}

async function lookUp(
  reader: StoreReader,
  links: readonly Link[],
): Promise<ReadonlyMap<string, readonly SourceKey[]>> {
  const wanted = new Map<string, { source: string; kind: LinkTry['kind']; values: Set<string> }>();
  for (const link of links) {
    for (const one of link.tries) {
      const group = `${link.source}|${one.kind}`;
      const known = wanted.get(group) ?? { source: link.source, kind: one.kind, values: new Set<string>() };
      known.values.add(one.value);
      wanted.set(group, known);
    }
  }
  const found = new Map<string, readonly SourceKey[]>();
  for (const { source, kind, values } of wanted.values()) {
    const keys = await reader.findByLookup(source, kind, [...values], candidateLimit);
    for (const [value, list] of keys) found.set(tryName(source, { kind, value }), list);
  }
  return found;
}

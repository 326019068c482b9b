import type { SourceKey } from '../../model/key.ts';
import type { Decision } from '../../model/question.ts';
import { type LinkEnd, refName, type StoredDraft, type StoreReader } from '../../model/store.ts';
import type { Link, LinkTry, ResolvedLink, TargetEntity } from '../../model/target.ts';
import { ambiguityId, ambiguousGroupId, type LinkQuestions } from './link-questions.ts';
import type { Merges } from './merges.ts';

/** What became of one link. */
export type LinkOutcome =
  | { readonly kind: 'found'; readonly link: ResolvedLink }
  | { readonly kind: 'missing'; readonly why: string }
  | { readonly kind: 'undecided' };

/** What the resolver looks things up in. */
export interface LinkInput {
  readonly reader: StoreReader;
  readonly merges: Merges;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly questions: LinkQuestions;
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

  private constructor(
    input: LinkInput,
    found: ReadonlyMap<string, readonly SourceKey[]>,
    operations: ReadonlyMap<string, LinkEnd>,
  ) {
    this.#input = input;
    this.#found = found;
    this.#operations = operations;
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
    return new LinkPage(input, found, new Map(ends.map((end) => [refName(end), end])));
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
    return {
      kind: 'missing',
      why: link.text === '' ? 'the source names none' : `nothing fits “${link.text}”`,
    };
  }

  #own(draft: StoredDraft, link: Link): LinkOutcome {
    const key = ownKey(this.#input.merges, draft);
    const end = this.#operations.get(refName({ entity: link.entity, key, part: '' }));
    if (end === undefined || (end.action === 'skip' && end.targetId === null))
      return { kind: 'missing', why: `${link.entity} ${draft.key} is not moved` };
    return found(link, end, 'id');
  }

  /** Where another record that was found leads by a link of its own; null when it has none of that field. */
  linkOf(to: ResolvedLink['to'], field: string): ResolvedLink['to'] | null {
    const end = 'key' in to ? this.#operations.get(refName(to)) : undefined;
    return end?.links.find((link) => link.field === field)?.to ?? null;
  }

  #candidates(link: Link, one: LinkTry): Candidate[] {
    const keys = (this.#found.get(tryName(link.source, one)) ?? []).map((key) =>
      this.#input.merges.survivor(key),
    );
    return [...new Set(keys)]
      .map((key) => this.#operations.get(refName({ entity: link.entity, key, part: '' })))
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
  companyOf(found: readonly ResolvedLink[]): SourceKey | null {
    const companies = found.flatMap((link) => {
      const operation = 'key' in link.to ? this.#operations.get(refName(link.to)) : undefined;
      return operation === undefined ? [] : [companyOfOperation(operation)];
    });
    const known = new Set(companies.filter((company) => company !== null));
    return known.size === 1 ? (companies.find((company) => company !== null) ?? null) : null;
  }

  #companyWithin(link: Link, before: readonly ResolvedLink[]): SourceKey | null {
    const within = before.find((one) => one.field === link.within);
    if (within === undefined || !('key' in within.to)) return null;
    if (within.entity === 'organization') return within.to.key;
    const operation = this.#operations.get(refName(within.to));
    return operation === undefined ? null : companyOfOperation(operation);
  }
}

/** The source key of the organization a record belongs to. */
function companyOfOperation(operation: LinkEnd): SourceKey | null {
  if (operation.entity === 'organization') return operation.key;
  const link = operation.links.find((one) => one.entity === 'organization');
  return link !== undefined && 'key' in link.to ? link.to.key : null;
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

import type { ReferenceSettings } from '../../mapping/transforms/reference.ts';
import { entityTraits } from '../../model/entity-table.ts';
import { entityOfKey, type SourceKey, sourceKey } from '../../model/key.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Policies } from '../../model/policy.ts';
import type { Decision } from '../../model/question.ts';
import type { Reject } from '../../model/source.ts';
import { refName, type StoredDraft } from '../../model/store.ts';
import type { Link, ResolvedLink, TargetEntity } from '../../model/target.ts';
import type { Hierarchy } from './hierarchy.ts';
import { groupQuestionId, isAskedAbout, type LinkQuestions, recordQuestionId } from './link-questions.ts';
import type { LinkPage, OfRecord } from './links.ts';

/** What a draft's links became. `stop`: the draft cannot be moved. */
export interface DraftLinks {
  readonly found: readonly ResolvedLink[];
  /** Links that were due and lead nowhere. */
  readonly missing: number;
  readonly listed: readonly Reject[];
  readonly stop: Stop | null;
  readonly needsPlaceholder: boolean;
}

interface Stop {
  readonly code: Reject['code'];
  readonly why: string;
}

/** What deciding about links needs. */
export interface LinkRules {
  readonly policies: Policies;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly questions: LinkQuestions;
  readonly hierarchy: Hierarchy;
  /** What records that may be there only once have said so far. */
  readonly said: Set<string>;
  /** Which user gets the records of which owner. */
  readonly owners: ReadonlyMap<string, string>;
  /** See `leftLinks`. */
  readonly leftLinks: ReadonlySet<string>;
  /** Resolves what a person typed as a company: an id or a name of the source. */
  companyNamed(text: string): Promise<OfRecord | null>;
}

/** Links the mapping says to leave out when nothing is found: nobody is asked about them. */
export function leftLinks(mapping: Mapping): ReadonlySet<string> {
  const left = new Set<string>();
  for (const { from, to, rows } of mapping.entities) {
    for (const row of rows) {
      const field = row.to.slice(to.length + 1);
      const leaves = row.via?.some(
        (call) =>
          typeof call === 'object' &&
          (call.reference as ReferenceSettings | undefined)?.whenMissing === 'leave',
      );
      if (leaves === true) left.add(leftLinkName(sourceKey(from, ''), to, field));
    }
  }
  return left;
}

function endName(to: ResolvedLink['to'] | null): string | null {
  if (to === null) return null;
  return 'key' in to ? refName(to) : to.targetId;
}

function leftLinkName(key: SourceKey, entity: TargetEntity, field: string): string {
  return [entityOfKey(key), entity, field].join('|');
}

/** The organization made for records that have none. */
export const placeholderKey = sourceKey('placeholder', 'organization');

/** Resolves the links of one draft by look-up, then by inference, then by decision. */
export async function linkDraft(rules: LinkRules, page: LinkPage, draft: StoredDraft): Promise<DraftLinks> {
  const linker = new DraftLinker(rules, page, draft);
  await linker.run();
  return linker.result();
}

class DraftLinker {
  readonly #rules: LinkRules;
  readonly #page: LinkPage;
  readonly #draft: StoredDraft;
  readonly #found: ResolvedLink[] = [];
  readonly #listed: Reject[] = [];
  #missing = 0;
  #stop: Stop | null = null;
  #needsPlaceholder = false;

  constructor(rules: LinkRules, page: LinkPage, draft: StoredDraft) {
    this.#rules = rules;
    this.#page = page;
    this.#draft = draft;
  }

  async run(): Promise<void> {
    const asked: { link: Link; why: string }[] = [];
    for (const link of orderedLinks(this.#draft)) {
      const outcome = this.#page.resolve(this.#draft, link, this.#found);
      if (outcome.kind === 'found') this.#found.push(outcome.link);
      else if (outcome.kind === 'undecided') this.#missing += 1;
      else if (this.#asksAbout(link)) asked.push({ link, why: outcome.why });
      else this.#lacks(link, outcome.why);
    }
    for (const { link, why } of asked) await this.#decide(link, why);
    this.#checkNeeds();
  }

  /** Rows may differ: each says for the records it takes whether a missing company is asked about. */
  #asksAbout(link: Link): boolean {
    const { entity, key } = this.#draft;
    if (!isAskedAbout(entity, link.field)) return false;
    if (link.row >= 0) return link.whenMissing !== 'leave';
    return !this.#rules.leftLinks.has(leftLinkName(key, entity, link.field));
  }

  result(): DraftLinks {
    return {
      found: this.#found,
      missing: this.#missing,
      listed: this.#listed,
      stop: this.#stop,
      needsPlaceholder: this.#needsPlaceholder,
    };
  }

  #lacks(link: Link, why: string): void {
    if (link.whenMissing === 'reject') this.#stop ??= { code: 'link-missing', why: `${link.field}: ${why}` };
    else if (link.text !== '') this.#unlinked(link, why);
  }

  #unlinked(link: Link, why: string): void {
    const { entity, key, position } = this.#draft;
    this.#missing += 1;
    this.#listed.push({ entity, key, position, code: 'link-missing', field: link.field, reason: why });
  }

  /** A missing company: the contact's, else by the record's own decision, the group's, or the policy's; else it is asked about. */
  async #decide(link: Link, why: string): Promise<void> {
    const company = link.text === '' ? this.#page.companyOf(this.#found) : null;
    if (company !== null) return this.#linkTo(link, company, 'contact');
    const { entity, key } = this.#draft;
    const { decisions, policies, questions } = this.#rules;
    const own = oneOf(recordChoices, decisions.get(recordQuestionId(entity, link.field, key)));
    if (own !== null) return this.#apply(link, own, why);
    const group =
      oneOf(groupChoices, decisions.get(groupQuestionId(entity, link.field))) ??
      policyDecision(policies, entity);
    if (group !== null && group.choice !== 'each') return this.#apply(link, group, why);
    if (group === null) questions.missing(this.#draft, link.field);
    else questions.missingOne(this.#draft, link.field, link.text);
    this.#missing += 1;
  }

  async #apply(link: Link, decision: Decision, why: string): Promise<void> {
    const because = `${why}; decided by ${decision.by}`;
    if (decision.choice === 'exclude') this.#stop = { code: 'decided-out', why: `${because}: not moved` };
    else if (decision.choice === 'leave') this.#unlinked(link, `${because}: moved without it`);
    else if (decision.choice === 'placeholder') this.#usePlaceholder(link);
    else await this.#useNamed(link, decision.value ?? '');
  }

  #usePlaceholder(link: Link): void {
    this.#needsPlaceholder = true;
    this.#linkTo(link, { key: placeholderKey, part: '' }, 'placeholder');
  }

  async #useNamed(link: Link, text: string): Promise<void> {
    const company = await this.#rules.companyNamed(text);
    if (company !== null) return this.#linkTo(link, company, 'decision');
    this.#rules.questions.missingOne(this.#draft, link.field, text);
    this.#missing += 1;
  }

  #linkTo(link: Link, { key, part }: OfRecord, evidence: ResolvedLink['evidence']): void {
    const { field, entity } = link;
    this.#found.push({ field, entity, to: { entity, key, part }, evidence });
  }

  #checkNeeds(): void {
    const { needs: needed } = entityTraits[this.#draft.entity];
    if (needed === null || this.#stop !== null) return;
    const has = (field: string) => this.#found.some((link) => link.field === field);
    const enough = needed.all ? needed.fields.every(has) : needed.fields.some(has);
    if (!enough) {
      const why = `it needs ${needed.all ? 'both' : 'one'} of ${needed.fields.join(', ')}, and the source leads to none that is moved`;
      this.#stop = { code: 'link-missing', why };
    } else if (this.#draft.entity === 'organizationRelationship') this.#checkCircle();
    if (this.#stop === null) this.#checkSaid();
  }

  /** A record that says what another one has said is none: a participant who is the deal's contact, a second follower. */
  #checkSaid(): void {
    const { once, saidBy } = entityTraits[this.#draft.entity];
    if (once.length === 0) return;
    const end = (field: string) => this.#found.find((link) => link.field === field)?.to ?? null;
    const parent = saidBy === null ? null : end(saidBy.parent);
    const there = saidBy === null || parent === null ? null : this.#page.linkOf(parent, saidBy.field);
    if (saidBy !== null && there !== null && endName(there) === endName(end(saidBy.link))) {
      this.#stop = { code: 'merged', why: `${saidBy.parent} leads there by its own ${saidBy.field} already` };
      return;
    }
    const names = once.map((field) => endName(end(field)) ?? this.#userOf(field));
    if (names.includes(null)) {
      this.#stop ??= { code: 'link-missing', why: `nobody was chosen for ${once.join(', ')}` };
      return;
    }
    const name = [this.#draft.entity, ...names].join('|');
    if (this.#rules.said.has(name)) this.#stop = { code: 'merged', why: 'another record says the same' };
    this.#rules.said.add(name);
  }

  #userOf(field: string): string | null {
    const owner = this.#draft.fields[field]?.value;
    return typeof owner === 'string' ? (this.#rules.owners.get(owner) ?? null) : null;
  }

  #checkCircle(): void {
    const [parent, child] = ['rel_owner_org_id', 'rel_linked_org_id'].map(
      (field) => this.#found.find((link) => link.field === field)?.to,
    );
    if (parent === undefined || child === undefined || !('key' in parent) || !('key' in child)) return;
    const why = this.#rules.hierarchy.add(parent.key, child.key);
    if (why !== null) this.#stop = { code: 'decided-out', why };
  }
}

/** Links that others must agree with come first; a missing company is a link too, though the source names none. */
function orderedLinks(draft: StoredDraft): readonly Link[] {
  const { entity, links } = draft;
  const lacksCompany = isAskedAbout(entity, 'org_id') && !links.some((link) => link.field === 'org_id');
  const whole = lacksCompany ? [...links, noCompany] : links;
  if (whole.every((link) => link.within === null)) return whole;
  return whole.toSorted((a, b) => Number(a.within !== null) - Number(b.within !== null));
}

const noCompany: Link = {
  field: 'org_id',
  entity: 'organization',
  source: '',
  tries: [],
  within: null,
  whenMissing: 'review',
  text: '',
  row: -1,
};

const recordChoices: ReadonlySet<string> = new Set(['link', 'placeholder', 'leave', 'exclude']);
const groupChoices: ReadonlySet<string> = new Set(['placeholder', 'parent', 'each', 'leave']);

/** The answer, when it is one of the choices: a file edited by hand may hold anything, and the question stays open. */
function oneOf(choices: ReadonlySet<string>, decision: Decision | undefined): Decision | null {
  return decision !== undefined && choices.has(decision.choice) ? decision : null;
}

function policyDecision(policies: Policies, entity: TargetEntity): Decision | null {
  const choice = entity === 'deal' ? policies.unlinkedDeals : policies.contactsWithoutCompany;
  return choice === 'review' ? null : { id: '', choice, by: 'landfall.yaml', at: '' };
}

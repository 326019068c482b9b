import { type SourceKey, sourceKey } from '../../model/key.ts';
import type { Policies } from '../../model/policy.ts';
import type { Decision } from '../../model/question.ts';
import type { Reject } from '../../model/source.ts';
import type { StoredDraft } from '../../model/store.ts';
import type { Link, ResolvedLink, TargetEntity } from '../../model/target.ts';
import type { Hierarchy } from './hierarchy.ts';
import { groupQuestionId, isAskedAbout, type LinkQuestions, recordQuestionId } from './link-questions.ts';
import { type LinkPage, neededLinks } from './links.ts';

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
  /** Resolves what a person typed as a company: an id or a name of the source. */
  companyNamed(text: string): Promise<SourceKey | null>;
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
      else if (isAskedAbout(this.#draft.entity, link.field)) asked.push({ link, why: outcome.why });
      else this.#lacks(link, outcome.why);
    }
    for (const { link, why } of asked) await this.#decide(link, why);
    this.#checkNeeds();
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
    this.#linkTo(link, placeholderKey, 'placeholder');
  }

  async #useNamed(link: Link, text: string): Promise<void> {
    const key = await this.#rules.companyNamed(text);
    if (key !== null) return this.#linkTo(link, key, 'decision');
    this.#rules.questions.missingOne(this.#draft, link.field, text);
    this.#missing += 1;
  }

  #linkTo(link: Link, key: SourceKey, evidence: ResolvedLink['evidence']): void {
    const { field, entity } = link;
    this.#found.push({ field, entity, to: { entity, key, part: '' }, evidence });
  }

  #checkNeeds(): void {
    const needed = neededLinks[this.#draft.entity];
    if (needed === undefined || this.#stop !== null) return;
    const has = (field: string) => this.#found.some((link) => link.field === field);
    const enough = needed.all ? needed.fields.every(has) : needed.fields.some(has);
    if (!enough) {
      const why = `it needs ${needed.all ? 'both' : 'one'} of ${needed.fields.join(', ')}, and the source leads to none that is moved`;
      this.#stop = { code: 'link-missing', why };
    } else if (this.#draft.entity === 'organizationRelationship') this.#checkCircle();
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
  const links = [...draft.links];
  if (isAskedAbout(draft.entity, 'org_id') && !links.some((link) => link.field === 'org_id'))
    links.push(noCompany);
  return links.sort((a, b) => Number(a.within !== null) - Number(b.within !== null));
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

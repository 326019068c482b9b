import { sha256 } from '../../base/hash.ts';
import { idOfKey, type SourceKey } from '../../model/key.ts';
import type { Choice, Decision, Question, QuestionKind } from '../../model/question.ts';
import type { StoredDraft } from '../../model/store.ts';
import type { Link, TargetEntity } from '../../model/target.ts';

/** The links whose absence a person decides about: for all of them at once, or one by one. */
const groupKinds: Readonly<
  Record<string, { readonly all: QuestionKind; readonly one: QuestionKind; readonly what: string }>
> = {
  'deal|org_id': { all: 'unlinked-deals', one: 'unlinked-deal', what: 'deals have no company' },
  'person|org_id': {
    all: 'contacts-without-company',
    one: 'contact-without-company',
    what: 'contacts have no company that can be found',
  },
};

/** Whether a missing link of this field is asked about as a group. */
export function isAskedAbout(entity: TargetEntity, field: string): boolean {
  return groupKinds[`${entity}|${field}`] !== undefined;
}

/** The id of the question about all missing links of a field. */
export function groupQuestionId(entity: TargetEntity, field: string): string {
  return `links-${entity}-${field}`;
}

/** The id of the question about one record's missing link. */
export function recordQuestionId(entity: TargetEntity, field: string, key: SourceKey): string {
  return `link-${entity}-${field}-${sha256(key).slice(0, 10)}`;
}

/** The id of the question about a name that several records have. */
export function ambiguityId(subject: string): string {
  return `ambiguous-${sha256(subject).slice(0, 10)}`;
}

/** The id of the question about all ambiguous names of one link. */
export function ambiguousGroupId(entity: TargetEntity, field: string): string {
  return `ambiguous-${entity}-${field}`;
}

const listedRecords = 200;
/** More ambiguous names than this for one link are asked about together first. */
const askedOneByOne = 25;

/** The ambiguous names of one link: of many only their ids are kept, and the first records. */
interface AmbiguousLinks {
  readonly entity: TargetEntity;
  readonly field: string;
  readonly ids: Set<string>;
  readonly records: Set<string>;
  count: number;
  readonly eachIsAsked: boolean;
}

/** Collects the questions of one plan: the same question about several records is asked once. */
export class LinkQuestions {
  readonly #missing = new Map<
    string,
    { entity: TargetEntity; field: string; records: string[]; count: number }
  >();
  readonly #records = new Map<string, Question>();
  readonly #ambiguous = new Map<string, Question>();
  readonly #ambiguousLinks = new Map<string, AmbiguousLinks>();
  readonly #decisions: ReadonlyMap<string, Decision>;

  constructor(decisions: ReadonlyMap<string, Decision>) {
    this.#decisions = decisions;
  }

  /** A record lacks the link: it becomes part of the group question. */
  missing(draft: StoredDraft, field: string): void {
    const id = groupQuestionId(draft.entity, field);
    const group = this.#missing.get(id) ?? { entity: draft.entity, field, records: [], count: 0 };
    group.count += 1;
    if (group.records.length < listedRecords) group.records.push(idOfKey(draft.key));
    this.#missing.set(id, group);
  }

  /** A record lacks the link, and a person chose to decide each. */
  missingOne(draft: StoredDraft, field: string, text: string): void {
    const id = recordQuestionId(draft.entity, field, draft.key);
    const kind = groupKinds[`${draft.entity}|${field}`]?.one ?? 'unlinked-deal';
    const named = text === '' ? 'names no company' : `names the company “${text}”, which cannot be found`;
    this.#records.set(id, {
      id,
      kind,
      subject: draft.key,
      question: `${draft.key} (${draft.title}) ${named}: which one is it?`,
      records: [idOfKey(draft.key)],
      recordCount: 1,
      choices: [linkChoice, placeholderChoice(false), leaveChoice(false), excludeChoice],
      blocks: 'plan',
    });
  }

  /** A name leads to several records. `candidates`: key and what to show of it. */
  ambiguous(
    subject: string,
    draft: StoredDraft,
    link: Pick<Link, 'field' | 'text'>,
    candidates: ReadonlyMap<SourceKey, string>,
  ): void {
    const id = ambiguityId(subject);
    const group = this.#ambiguousGroup(draft.entity, link.field);
    group.count += 1;
    group.ids.add(id);
    const record = idOfKey(draft.key);
    if (group.records.size < listedRecords) group.records.add(record);
    const known = this.#ambiguous.get(id);
    if (known === undefined && !group.eachIsAsked && group.ids.size > askedOneByOne) return;
    const records = [...(known?.records ?? []), record].slice(0, listedRecords);
    this.#ambiguous.set(id, {
      id,
      kind: 'ambiguous-link',
      subject,
      question: `“${link.text}” fits ${candidates.size} records: which one do ${draft.entity} ${records.slice(0, 3).join(', ')} mean?`,
      records,
      recordCount: (known?.recordCount ?? 0) + 1,
      choices: [...[...candidates].map(([key, title]) => candidateChoice(key, title)), noneChoice],
      blocks: 'plan',
    });
  }

  #ambiguousGroup(entity: TargetEntity, field: string): AmbiguousLinks {
    const id = ambiguousGroupId(entity, field);
    const known = this.#ambiguousLinks.get(id);
    if (known !== undefined) return known;
    const eachIsAsked = this.#decisions.get(id)?.choice === 'each';
    const group = {
      entity,
      field,
      ids: new Set<string>(),
      records: new Set<string>(),
      count: 0,
      eachIsAsked,
    };
    this.#ambiguousLinks.set(id, group);
    return group;
  }

  /** All questions, in a stable order. */
  list(): readonly Question[] {
    const groups = [...this.#missing].map(([id, group]) => groupQuestion(id, group));
    return [...groups, ...this.#records.values(), ...this.#ambiguities()];
  }

  /** Few ambiguous names are asked one by one; of many it is asked first whether anybody wants to. */
  #ambiguities(): Question[] {
    return [...this.#ambiguousLinks].flatMap(([id, group]) =>
      group.ids.size > askedOneByOne && !group.eachIsAsked
        ? [ambiguousGroupQuestion(id, group)]
        : [...group.ids].flatMap((each) => this.#ambiguous.get(each) ?? []),
    );
  }
}

function groupQuestion(
  id: string,
  group: { entity: TargetEntity; field: string; records: readonly string[]; count: number },
): Question {
  const kinds = groupKinds[`${group.entity}|${group.field}`];
  return {
    id,
    kind: kinds?.all ?? 'unlinked-deals',
    subject: `${group.entity}|${group.field}`,
    question: `${group.count} ${kinds?.what ?? 'records lack a link'}: what shall become of them?`,
    records: group.records,
    recordCount: group.count,
    choices: [placeholderChoice(true), parentChoice, eachChoice, leaveChoice(false)],
    blocks: 'plan',
  };
}

function ambiguousGroupQuestion(id: string, group: AmbiguousLinks): Question {
  const { entity, field, ids, count } = group;
  return {
    id,
    kind: 'ambiguous-link',
    subject: `${entity}|${field}`,
    question: `${ids.size} names that ${count} ${entity} records give for ${field} fit several records each: what shall become of these links?`,
    records: [...group.records],
    recordCount: count,
    choices: [
      {
        ...noneChoice,
        label: 'Leave these links out',
        consequence: 'Nothing is guessed: the records are moved without the link, and listed.',
      },
      { ...eachChoice, consequence: 'Every name becomes a question of its own, with the records it fits.' },
    ],
    blocks: 'plan',
  };
}

function placeholderChoice(isDefault: boolean): Choice {
  return {
    id: 'placeholder',
    label: 'A placeholder organization',
    consequence:
      'They are linked to one organization made for them; nothing stands alone, and they are easy to find.',
    default: isDefault,
  };
}

function leaveChoice(isDefault: boolean): Choice {
  return {
    id: 'leave',
    label: 'No organization',
    consequence: 'They are moved without the link, and listed.',
    default: isDefault,
  };
}

const parentChoice: Choice = {
  id: 'parent',
  label: 'A designated parent',
  consequence: 'They are linked to the company you name.',
  default: false,
  asksFor: 'the id or name of a company in the source',
};

const eachChoice: Choice = {
  id: 'each',
  label: 'Decide for each record',
  consequence: 'Every one of them becomes a question of its own.',
  default: false,
};

const linkChoice: Choice = {
  id: 'link',
  label: 'This company',
  consequence: 'It is linked to the company you name.',
  default: false,
  asksFor: 'the id or name of a company in the source',
};

const excludeChoice: Choice = {
  id: 'exclude',
  label: 'Do not move it',
  consequence: 'The record stays in the source and is listed.',
  default: false,
};

const noneChoice: Choice = {
  id: 'none',
  label: 'None of them',
  consequence: 'The link is left out, and listed.',
  default: true,
};

function candidateChoice(key: SourceKey, title: string): Choice {
  return { id: key, label: title, consequence: `They are linked to ${key}.`, default: false };
}

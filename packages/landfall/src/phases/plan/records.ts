import { createHash, type Hash } from 'node:crypto';
import { idOfKey } from '../../model/key.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Decision, Question } from '../../model/question.ts';
import type { StoreWriter } from '../../model/store.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';
import { type PhaseContext, stopIfAsked } from '../context.ts';
import { ownerUsers } from '../load/prepare.ts';
import { readValue } from '../values.ts';
import { partsOfOthers } from './advanced.ts';
import { leftLinks, placeholderKey } from './draft-links.ts';
import { existingQuestion } from './existing.ts';
import { draftPages } from './grouped-drafts.ts';
import { Hierarchy } from './hierarchy.ts';
import { LinkQuestions } from './link-questions.ts';
import type { OfRecord } from './links.ts';
import { findMerges, type Merges } from './merges.ts';
import { companiesNamed } from './named-companies.ts';
import { type PageInput, type PagePlan, planPage } from './operations.ts';

/** What planning the records gave, beside the operations in the store. */
export interface RecordsPlan {
  readonly questions: readonly Question[];
  readonly hash: string;
}

/** As `transform`: few enough to be let go soon. */
const pageSize = 250;
const listedRecords = 200;

/**
 * Plans every draft, parents first, page by page. Needs an empty plan. What only a person can decide becomes a question;
 * the hash binds each operation with its links and values.
 */
export async function planRecords(
  context: PhaseContext,
  mapping: Mapping,
  decisions: ReadonlyMap<string, Decision>,
  entities: ReadonlySet<TargetEntity>,
): Promise<RecordsPlan> {
  const questions = new LinkQuestions(decisions);
  const hash = createHash('sha256').update((await readValue(context.store, 'transformedFrom')) ?? '');
  const choices = new Map([...decisions].map(([id, decision]) => [id, decision.choice]));
  const merges = await findMerges(context, mapping, choices);
  const input: PageInput = {
    reader: context.store,
    merges,
    decisions,
    questions,
    parts: partsOfOthers(mapping),
    migration: context.migration,
    system: context.source.system,
    policies: context.policies,
    costs: context.destination.costs,
    hierarchy: new Hierarchy(),
    leftLinks: leftLinks(mapping),
    said: new Set(),
    owners: await ownerUsers(context.store),
    mostFileBytes: context.destination.mostFileBytes,
    members: merges.members(),
    companyNamed: companiesByName(context, mapping, merges),
    hasExisting: (await context.store.getValue('existing')) !== null,
    hasIdentities: await context.store.hasIdentities(),
    taken: new Set(),
  };
  const asked: Question[] = [];
  for (const entity of targetEntities) {
    if (entities.has(entity)) asked.push(...(await planEntity(context, input, entity, hash)));
  }
  return { questions: [...asked, ...questions.list()], hash: hash.digest('hex') };
}

async function planEntity(
  context: PhaseContext,
  input: PageInput,
  entity: TargetEntity,
  hash: Hash,
): Promise<Question[]> {
  const total = (await context.store.ledger()).target[entity]?.drafted ?? 0;
  const undecided: string[] = [];
  let undecidedCount = 0;
  let done = 0;
  for await (const drafts of draftPages(context.store, input.costs, entity, pageSize)) {
    const page = await planPage(
      input,
      drafts.filter((draft) => draft.key !== placeholderKey),
    );
    hash.update(page.operations.map((operation) => JSON.stringify(operation)).join(''));
    await context.store.write(context.lease, (writer) => keepPage(writer, page), 'process');
    if (page.needsPlaceholder) await addPlaceholder(context, input, hash);
    undecidedCount += page.undecidedMatches.length;
    for (const draft of page.undecidedMatches)
      if (undecided.length < listedRecords) undecided.push(idOfKey(draft.key));
    done += drafts.length;
    context.report({ phase: 'plan', subject: entity, done, total });
    stopIfAsked(context);
  }
  return undecidedCount === 0 ? [] : [existingQuestion(entity, undecided, undecidedCount)];
}

async function keepPage(writer: StoreWriter, page: PagePlan): Promise<void> {
  await writer.addOperations(page.operations);
  await writer.addRejects('plan', page.rejects);
  await writer.post(page.entries);
}

/** The organization for records that have none: drafted like any other, once. Never a record of somebody else. */
async function addPlaceholder(context: PhaseContext, input: PageInput, hash: Hash): Promise<void> {
  if ((await context.store.getValue('placeholder')) !== null) return;
  const ref = { entity: 'organization' as const, key: placeholderKey, part: '' };
  const title = 'Without company (Landfall)';
  const draft = {
    ...ref,
    fields: { name: { value: title, effect: 'byRule' as const, row: -1 } },
    links: [],
    title,
    position: 'made by decision',
  };
  const page = await planPage({ ...input, hasExisting: false }, [{ ...draft, seq: 0 }]);
  for (const operation of page.operations) hash.update(JSON.stringify(operation));
  await context.store.write(context.lease, async (writer) => {
    await writer.putDrafts([draft]);
    await writer.addOperations(page.operations);
    await writer.post([{ side: 'target', entity: 'organization', counter: 'drafted', amount: 1 }]);
    await writer.setValue('placeholder', placeholderKey);
  });
}

/** Finds the company a person named: one that is moved, or the one it was merged into. Each text is looked up once. */
function companiesByName(
  context: PhaseContext,
  mapping: Mapping,
  merges: Merges,
): (text: string) => Promise<OfRecord | null> {
  const known = new Map<string, Promise<OfRecord | null>>();
  const find = async (text: string) => {
    const fitting = await companiesNamed(context.store, mapping, text, 2);
    const named = fitting.find((keys) => keys.length === 1)?.[0];
    if (named === undefined) return null;
    const key = merges.survivor(named);
    const [end] = await context.store.linkEnds('organization', [key]);
    return end === undefined || end.action === 'skip' ? null : end;
  };
  return (text) => {
    const found = known.get(text) ?? find(text);
    known.set(text, found);
    return found;
  };
}

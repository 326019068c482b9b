import { idOfKey } from '../model/key.ts';
import type { Reject, RejectCode, SourceRecord } from '../model/source.ts';
import type { LinkTry, TargetDraft } from '../model/target.ts';
import type { CompiledEntity, CompiledMapping, CompiledPart, CompiledRow } from './compile.ts';
import type { TextsOf } from './condition.ts';
import { DraftInWork } from './draft.ts';
import { unescapeHtml } from './html-text.ts';
import { linkTexts, readFields } from './row-fields.ts';
import { isBlank, isNothing, sourceTexts } from './source-text.ts';
import { namingFields, requiredFields } from './target-path.ts';
import { effectOf, type Outcome, strongest, textsOf, type Value } from './transform.ts';

export { type CompiledMapping, compileMapping } from './compile.ts';

/** What became of a record: drafts (with field-level troubles that did not stop it), or the reason why none. */
export type Evaluation =
  | {
      readonly kind: 'drafts';
      readonly drafts: readonly TargetDraft[];
      readonly listed: readonly Reject[];
      /** Further parts that could not be made; absent: none. */
      readonly failedParts?: readonly string[];
    }
  | { readonly kind: 'rejected'; readonly reject: Reject }
  | { readonly kind: 'excluded'; readonly reject: Reject };

const titleMaxLength = 80;

/**
 * Runs one record through the mapping. Pure: the same record gives the same drafts. The first entity mapping whose
 * `when` holds makes the main draft, one of each further part a further one. A main draft that cannot be made rejects
 * the record; a further one is left out and listed.
 */
export function evaluate(compiled: CompiledMapping, record: SourceRecord): Evaluation {
  const parts = compiled.entities.get(record.entity) ?? [];
  const source = textsIn(record);
  const left = compiled.left.size === 0 ? null : leftOut(compiled, record);
  if (left !== null) return left;
  const drafts: TargetDraft[] = [];
  const listed: Reject[] = [];
  const failedParts: string[] = [];
  for (const part of parts) {
    const mapping = mappingFor(part, source);
    if (mapping === undefined) continue;
    const made = makeDraft(mapping, record, source, listed);
    if (made === null) continue;
    if (made.kind === 'draft') drafts.push(made.draft);
    else if (mapping.part === '') return { kind: 'rejected', reject: made.reject };
    else {
      failedParts.push(mapping.part);
      if (!listed.includes(made.reject)) listed.push(made.reject);
    }
  }
  if (drafts.length > 0) {
    return failedParts.length === 0
      ? { kind: 'drafts', drafts, listed }
      : { kind: 'drafts', drafts, listed, failedParts };
  }
  const [failed] = listed;
  if (failed !== undefined) return { kind: 'rejected', reject: failed };
  return { kind: 'excluded', reject: reject(record, 'no-rule', null, noRule(record, parts.length > 0)) };
}

function none(): readonly string[] {
  return [];
}

function textsIn(record: SourceRecord): TextsOf {
  return (header) => sourceTexts(record.fields[header]);
}

function mappingFor({ mappings }: CompiledPart, source: TextsOf): CompiledEntity | undefined {
  return mappings.find(({ when }) => when === null || when(source, none));
}

/** What a decision to leave such records says of this one; null: nothing. */
export function leftOut(
  compiled: CompiledMapping,
  record: SourceRecord,
): Extract<Evaluation, { kind: 'excluded' }> | null {
  const source = textsIn(record);
  const left = compiled.left.get(record.entity)?.find(({ when }) => when(source, none));
  return left === undefined ? null : { kind: 'excluded', reject: reject(record, left.code, null, left.why) };
}

/** The mappings that make the drafts of a record, when nothing else stands in their way. */
export function mappingsFor(compiled: CompiledMapping, record: SourceRecord): readonly CompiledEntity[] {
  const parts = compiled.entities.get(record.entity) ?? [];
  const source = textsIn(record);
  return parts.flatMap((part) => mappingFor(part, source) ?? []);
}

function noRule(record: SourceRecord, hasMappings: boolean): string {
  return hasMappings
    ? `no entity mapping of "${record.entity}" has a condition that this record fulfils: widen a \`when\`, or leave it so`
    : `the mapping has no entity mapping for "${record.entity}": add one, or leave it so`;
}

function reject(record: SourceRecord, code: RejectCode, field: string | null, reason: string): Reject {
  return { entity: record.entity, key: record.key, position: record.position, code, field, reason };
}

type Made =
  | { readonly kind: 'draft'; readonly draft: TargetDraft }
  | { readonly kind: 'reject'; readonly reject: Reject };

function makeDraft(
  mapping: CompiledEntity,
  record: SourceRecord,
  source: TextsOf,
  listed: Reject[],
): Made | null {
  const draft = new DraftInWork();
  for (const row of mapping.rows) {
    if (draft.isTaken(row)) continue;
    if (row.onlyIf !== null && !row.onlyIf(source, draft.textsOf)) continue;
    const stop = row.link === null ? runRow(row, record, draft, listed) : runLink(row, record, draft, listed);
    if (stop !== null) return { kind: 'reject', reject: stop };
  }
  draft.finish();
  // a further draft of nothing but links has nothing to say (a person without a remark makes no note)
  if (mapping.part !== '' && draft.isBare()) return null;
  const missing = missingName(mapping, draft, record, listed);
  if (missing !== null) return { kind: 'reject', reject: missing };
  const tooLong = bodyTrouble(mapping, draft, record);
  if (tooLong !== null) return { kind: 'reject', reject: tooLong };
  const { fields, links } = draft;
  const title = titleOf(mapping, draft, record);
  return {
    kind: 'draft',
    draft: { entity: mapping.to, key: record.key, part: mapping.part, fields, links, title },
  };
}

/** Runs a value row; the reject it leads to, or null to go on. */
function runRow(row: CompiledRow, record: SourceRecord, draft: DraftInWork, listed: Reject[]): Reject | null {
  const before = row.constant ?? readFields(row, record);
  const outcome = runChain(row, before);
  if (!outcome.ok) {
    const refused = reject(record, 'value-refused', placeOf(row), `${row.to}: ${outcome.reason}`);
    return stopOrList(refused, row.whenRefused === 'reject', listed);
  }
  for (const trouble of outcome.troubles ?? []) {
    listed.push(reject(record, 'value-refused', placeOf(row), `${row.to}: ${trouble} (left out)`));
  }
  if (isNothing(outcome.value)) return whenEmpty(row, record, draft, listed);
  const effect = row.constant === null ? (outcome.effect ?? 'asIs') : 'byRule';
  const isList = row.oneText && Array.isArray(outcome.value);
  const value = isList
    ? textsOf(outcome.value)
        .filter((text) => !isBlank(text))
        .join('; ')
    : outcome.value;
  const tooLong = lengthTrouble(row, record, value);
  if (tooLong !== null) return stopOrList(tooLong, row.whenRefused === 'reject', listed);
  draft.put(row, value, isList ? strongest(effect, 'normalised') : effect);
  return null;
}

function stopOrList(trouble: Reject, stops: boolean, listed: Reject[]): Reject | null {
  if (stops) return trouble;
  listed.push(trouble);
  return null;
}

function whenEmpty(
  row: CompiledRow,
  record: SourceRecord,
  draft: DraftInWork,
  listed: Reject[],
): Reject | null {
  if (typeof row.whenEmpty === 'object') {
    draft.put(row, row.whenEmpty.use, 'byRule');
    return null;
  }
  if (row.whenEmpty === 'skip') return null;
  const reason = `${row.to} is empty: fill ${fieldsText(row)} in the source, or give the row a default`;
  return stopOrList(
    reject(record, 'required-empty', placeOf(row), reason),
    row.whenEmpty === 'reject',
    listed,
  );
}

function lengthTrouble(row: CompiledRow, record: SourceRecord, value: Value): Reject | null {
  const { maxLength } = row;
  if (maxLength === null) return null;
  const longest = longestText(value);
  if (longest <= maxLength) return null;
  const reason = `${row.to} takes ${maxLength} characters, this has ${longest}: shorten it, or use \`truncate\``;
  return reject(record, 'too-long', placeOf(row), reason);
}

function longestText(value: Value): number {
  if (typeof value === 'string') return value.length;
  return textsOf(value).reduce((longest, text) => Math.max(longest, text.length), 0);
}

/** A body and its block may each be short enough, and too long together. */
function bodyTrouble(mapping: CompiledEntity, draft: DraftInWork, record: SourceRecord): Reject | null {
  for (const { field, length } of draft.blockLengths()) {
    const row = mapping.rows.find((one) => one.field === field);
    const maxLength = row?.maxLength ?? null;
    if (row === undefined || maxLength === null || length <= maxLength) continue;
    const reason = `${mapping.to}.${field} takes ${maxLength} characters, with its block this has ${length}: shorten it, or use \`truncate\``;
    return reject(record, 'too-long', placeOf(row), reason);
  }
  return null;
}

/** The chain's value with the strongest effect of its steps. Nothing goes only through steps that ask for it. */
function runChain(row: CompiledRow, start: Value): Outcome {
  let value = start;
  let effect: ReturnType<typeof effectOf> = 'asIs';
  let troubles: readonly string[] | undefined;
  for (const step of row.steps) {
    if (!step.onEmpty && isNothing(value)) continue;
    const outcome = step.run(value);
    if (!outcome.ok) return outcome;
    effect = strongest(effect, effectOf(value, outcome, step.effect));
    if (outcome.troubles !== undefined) troubles = [...(troubles ?? []), ...outcome.troubles];
    value = outcome.value;
  }
  return troubles === undefined ? { ok: true, value, effect } : { ok: true, value, effect, troubles };
}

/** Runs a reference row: a link with what it can be found by, or with nothing when a person has to say. */
function runLink(
  row: CompiledRow,
  record: SourceRecord,
  draft: DraftInWork,
  listed: Reject[],
): Reject | null {
  const texts = linkTexts(row, record);
  const isEmpty = texts.every(isBlank);
  if (isEmpty && row.whenEmpty !== 'review') return whenEmpty(row, record, draft, listed);
  const outcome = isEmpty ? null : runChain(row, texts);
  if (outcome?.ok === false && row.whenRefused === 'reject') {
    return reject(record, 'link-missing', placeOf(row), `${row.to}: ${outcome.reason}`);
  }
  const tries =
    outcome?.ok === true && Array.isArray(outcome.value) ? (outcome.value as readonly LinkTry[]) : [];
  if (row.link === null) return null;
  draft.links.push({
    field: row.field,
    entity: row.link.entity,
    source: row.link.source,
    tries,
    within: row.link.within,
    whenMissing: isEmpty ? 'review' : row.link.whenMissing,
    text: texts.filter((text) => !isBlank(text)).join(' / '),
    row: row.index,
  });
  return null;
}

function placeOf(row: CompiledRow): string {
  return row.headers.length === 0 ? row.to : row.headers.join(' + ');
}

function fieldsText(row: CompiledRow): string {
  return row.headers.length === 0 ? 'it' : row.headers.map((header) => `"${header}"`).join(' or ');
}

/** Pipedrive refuses organizations, persons and deals without a name: found here, before anything is sent. */
function missingName(
  mapping: CompiledEntity,
  draft: DraftInWork,
  record: SourceRecord,
  listed: readonly Reject[],
): Reject | null {
  const field = requiredFields[mapping.to];
  if (field === undefined || draft.textsOf(field).length > 0) return null;
  const row = mapping.rows.find((candidate) => candidate.field === field);
  const cause = listed.find((trouble) => trouble.reason.startsWith(`${mapping.to}.${field}`));
  if (cause !== undefined) return cause;
  const reason = `${mapping.to}.${field} is empty and the destination needs it: fill it in the source, or give the row a default`;
  return reject(
    record,
    'required-empty',
    row === undefined ? `${mapping.to}.${field}` : placeOf(row),
    reason,
  );
}

function titleOf(mapping: CompiledEntity, draft: DraftInWork, record: SourceRecord): string {
  const field = namingFields[mapping.to];
  const [name] = field === undefined ? [] : draft.textsOf(field);
  if (name !== undefined) return name;
  const [body] = mapping.to === 'note' ? draft.textsOf('content') : [];
  if (body === undefined) return `${record.entity} ${idOfKey(record.key)}`;
  const text = unescapeHtml(body.slice(0, 2_000).replace(/<[^<>]*>/g, ' '));
  return text.replace(/\s+/g, ' ').trim().slice(0, titleMaxLength);
}

import { assertOwner, assertRoomForOpen, isLive } from '../account.ts';
import { mergedCustom } from '../field-values.ts';
import type { CustomValues } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { rfc3339 } from '../times.ts';
import { cellValue, type Reading, stageNamed } from './cell-values.ts';
import { CUSTOM_OWNER, ENTITY_ORDER } from './columns.ts';
import { customValue, type Parts } from './custom-cells.ts';
import type { ImportedEntity } from './import-record.ts';
import type { MappedColumn } from './mapping.ts';
import { Skip } from './skip.ts';

/** One record that a row speaks of: what it sets, in the keys of the API, before links are known. */
export interface ItemDraft {
  readonly entity: ImportedEntity;
  /** The number of the record in its table that the System ID names; null where the row names none. */
  readonly targetId: number | null;
  readonly body: Record<string, unknown>;
  /** Values of custom fields by code. */
  readonly custom: Record<string, unknown>;
  /** The time of creation, in seconds since 1970. */
  readonly addedSec: number | null;
  /** When an activity was marked as done, in seconds since 1970. */
  readonly doneSec: number | null;
}

/** What a row holds, by kind. */
export type RowDrafts = ReadonlyMap<ImportedEntity, ItemDraft>;

/** Published reasons for a name that is missing. */
const NO_NAME = {
  organization: 'Organization name must be given',
  person: 'Name must be given',
  deal: 'Deal title must be given',
  lead: 'Lead title must be given',
  activity: '',
  note: 'Note content must be given',
} as const;
/** Published for the first three reasons of a wrong System ID. */
const NOT_FOUND = {
  organization: 'Organization not found',
  person: 'Person not found',
  deal: 'Deal not found',
  lead: 'Lead not found',
  activity: 'Activity not found',
  note: 'Note not found',
} as const;

/** Reads a row and checks it as far as can be done before anything is made. Throws `Skip` with the first reason. */
export function readRow(
  reading: Reading,
  columns: readonly MappedColumn[],
  cells: readonly string[],
): RowDrafts {
  const drafts = new Map<ImportedEntity, ItemDraft>();
  for (const entity of ENTITY_ORDER) {
    const own = columns.filter((column) => column.entity === entity && (cells[column.index] ?? '') !== '');
    if (own.length > 0) drafts.set(entity, draftOf(reading, entity, own, cells));
  }
  for (const draft of drafts.values()) assertDraft(reading, draft, drafts);
  return drafts;
}

function draftOf(
  reading: Reading,
  entity: ImportedEntity,
  columns: readonly MappedColumn[],
  cells: readonly string[],
): ItemDraft {
  const body: Record<string, unknown> = {};
  const lists: Record<string, Record<string, unknown>[]> = {};
  const addresses: Record<string, Record<string, string>> = {};
  let targetId: number | null = null;
  for (const { index, header, target } of columns) {
    if ('field' in target) continue;
    const text = cells[index] ?? '';
    const { key, kind, part } = target;
    if (key === 'id') targetId = targetOf(reading, entity, text);
    else if (kind === 'emails' || kind === 'phones')
      for (const value of text.split(',').map((each) => each.trim()))
        lists[key] = [...(lists[key] ?? []), { value, ...(part === null ? {} : { label: part }) }];
    else if (kind === 'address') addresses[key] = { ...addresses[key], [part ?? 'value']: text };
    else if (kind !== 'stage') body[key] = cellValue(reading, entity, kind, key, text, header);
  }
  for (const [key, parts] of Object.entries(addresses))
    body[key] = { ...parts, value: parts.value ?? Object.values(parts).join(', ') };
  const stage = columns.find(({ target }) => !('field' in target) && target.kind === 'stage');
  if (stage)
    body.stage_id = stageNamed(
      reading.account,
      cells[stage.index] ?? '',
      body.pipeline_id as number | undefined,
    );
  const { add_time, marked_as_done_time, ...rest } = { ...body, ...lists };
  return {
    entity,
    targetId,
    body: inApiWords(entity, rest),
    custom: customOf(reading, columns, cells),
    addedSec: (add_time as number | undefined) ?? null,
    doneSec: (marked_as_done_time as number | undefined) ?? null,
  };
}

/** Moments as texts; a lead's visibility as text, its value with its currency. */
function inApiWords(entity: ImportedEntity, body: Record<string, unknown>): Record<string, unknown> {
  const words = { ...body };
  for (const key of ['won_time', 'lost_time', 'close_time'])
    if (typeof words[key] === 'number') words[key] = rfc3339(words[key]);
  if (entity !== 'lead') return words;
  const { value, currency, visible_to, ...rest } = words;
  return {
    ...rest,
    ...(value === undefined ? {} : { value: { amount: value, currency: currency ?? 'EUR' } }),
    ...(visible_to === undefined ? {} : { visible_to: String(visible_to) }),
  };
}

function customOf(
  reading: Reading,
  columns: readonly MappedColumn[],
  cells: readonly string[],
): Record<string, unknown> {
  const parts = new Map<string, { readonly column: MappedColumn; readonly parts: Record<string, string> }>();
  for (const column of columns) {
    if (!('field' in column.target)) continue;
    const { field, part } = column.target;
    const known = parts.get(field.code)?.parts ?? {};
    parts.set(field.code, { column, parts: { ...known, [part ?? 'value']: cells[column.index] ?? '' } });
  }
  const values: Record<string, unknown> = {};
  for (const [code, { column, parts: own }] of parts)
    if ('field' in column.target)
      values[code] = customValue(reading, column.target.field, own satisfies Parts, column.header);
  return values;
}

function targetOf({ account }: Reading, entity: ImportedEntity, text: string): number {
  const { state } = account;
  const table = {
    organization: state.organizations,
    person: state.persons,
    deal: state.deals,
    lead: state.leads,
    activity: state.activities,
    note: state.notes,
  }[entity];
  const number =
    entity === 'lead' ? (state.leadIds.get(text) ?? 0) : /^\d{1,15}$/.test(text) ? Number(text) : 0;
  if (isLive(table.get(number))) return number;
  throw new Skip(NOT_FOUND[entity]);
}

function assertDraft(reading: Reading, draft: ItemDraft, drafts: RowDrafts): void {
  const { entity, body, targetId } = draft;
  const { account } = reading;
  const linked = drafts.has('organization') || drafts.has('person');
  // Published: a deal's title is made up where it is missing. INF: of a lead, too.
  const titled = (entity === 'deal' || entity === 'lead') && linked;
  const named = [body.name, body.first_name, body.last_name, body.title, body.content].some(Boolean);
  if (targetId === null && entity !== 'activity' && !named && !titled) throw new Skip(NO_NAME[entity]);
  // Published for a note; the mandatory columns of deals and leads are, that a row lacks them is inferred.
  if (targetId === null && (entity === 'deal' || entity === 'lead') && !linked)
    throw new Skip(`A ${entity} must be linked to a person or an organization`);
  if (entity === 'note' && drafts.size === 1)
    throw new Skip('A note must be linked to another item of its row');
  assertOutcome(body, targetId);
  inWords(() => {
    if (targetId === null && (entity === 'deal' || entity === 'lead')) assertRoomForOpen(account, entity);
    if (typeof body.owner_id === 'number') assertOwner(account, body.owner_id);
    const owner = CUSTOM_OWNER[entity];
    if (owner) mergedCustom(account, owner, null as CustomValues | null, draft.custom);
  });
  if (entity === 'deal' && targetId !== null && account.state.deals.get(targetId)?.archivedSec != null)
    throw new Skip('Archived deals cannot be updated');
}

function assertOutcome(body: Record<string, unknown>, targetId: number | null): void {
  if (targetId !== null && body.status === undefined) return;
  const status = body.status ?? 'open';
  if (body.won_time !== undefined && status !== 'won') throw new Skip('Won time needs the status won');
  if (body.lost_time !== undefined && status !== 'lost') throw new Skip('Lost time needs the status lost');
  if (body.lost_reason !== undefined && status !== 'lost')
    throw new Skip('Lost reason needs the status lost');
  if (body.close_time !== undefined && status === 'open')
    throw new Skip('Closed on needs the status won or lost');
}

/** Runs it, and turns what the account refuses into a reason to skip. */
export function inWords<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) throw new Skip(error.message);
    throw error;
  }
}

import { isDeepStrictEqual } from 'node:util';
import type { CustomValues } from '../records.ts';
import { v1Time } from '../times.ts';
import type { Change, KeyChange } from './changes.ts';

/** Entities whose fields have a change log. */
export type LoggedEntity = 'deal' | 'person' | 'organization';

/** One changed field in the words of the API. */
export interface FieldChange {
  /** Unlike every other one of the account; falls from each to the next, newest first. */
  readonly id: number;
  readonly fieldKey: string;
  readonly custom: boolean;
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly atSec: number;
  readonly userId: number;
}

/** The table that holds the records of an entity. */
export const TABLE_OF: Readonly<Record<LoggedEntity, string>> = {
  deal: 'deals',
  person: 'persons',
  organization: 'organizations',
};

/** v1 field keys of what records call otherwise; INF where the published examples show none. */
const FIELD_KEYS: Readonly<Record<string, string>> = {
  closedSec: 'close_time',
  wonSec: 'won_time',
  lostSec: 'lost_time',
  archivedSec: 'archive_time',
  label_ids: 'label',
  emails: 'email',
  phones: 'phone',
};
/** Follows from another change and is shown nowhere. */
const SILENT = new Set(['stageChangedSec']);
/** So many fields of one change are told apart. */
const FIELDS_PER_CHANGE = 1_000;

/** The fields that a change touched; equal values in new clothes are no change. */
export function fieldChanges(entity: LoggedEntity, change: Change): readonly FieldChange[] {
  const fields = change.keys.flatMap((key) => unfolded(entity, key));
  return fields
    .filter(({ before, after }) => !isDeepStrictEqual(before ?? null, after ?? null))
    .map(({ key, custom, before, after }, index) => ({
      id: (change.nr + 1) * FIELDS_PER_CHANGE - index,
      fieldKey: key,
      custom,
      oldValue: valueText(before),
      newValue: valueText(after),
      atSec: change.atSec,
      userId: change.userId,
    }));
}

interface Unfolded extends KeyChange {
  readonly custom: boolean;
}

function unfolded(entity: LoggedEntity, change: KeyChange): readonly Unfolded[] {
  const { key, before, after } = change;
  if (SILENT.has(key)) return [];
  if (key === 'custom' || key === 'sync') return perKey(before, after, key === 'custom');
  if (key === 'deletedSec') return [deletion(entity, before, after)];
  const timed = key.endsWith('Sec');
  const time = (sec: unknown) => (typeof sec === 'number' ? v1Time(sec) : null);
  return [
    {
      key: entity === 'deal' && key === 'owner_id' ? 'user_id' : (FIELD_KEYS[key] ?? key),
      custom: false,
      before: timed ? time(before) : before,
      after: timed ? time(after) : after,
    },
  ];
}

/** INF: deals say `deleted`, the others `active_flag`. */
function deletion(entity: LoggedEntity, before: unknown, after: unknown): Unfolded {
  const gone = (sec: unknown) => sec !== null && sec !== undefined;
  if (entity === 'deal') return { key: 'deleted', custom: false, before: gone(before), after: gone(after) };
  return { key: 'active_flag', custom: false, before: !gone(before), after: !gone(after) };
}

function perKey(before: unknown, after: unknown, custom: boolean): readonly Unfolded[] {
  const old = (before ?? {}) as CustomValues;
  const now = (after ?? {}) as CustomValues;
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].map((key) => ({
    key,
    custom,
    before: old[key],
    after: now[key],
  }));
}

/** A value as the change log writes it: always text, or null. */
function valueText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(valueText).join(',');
  if (typeof value === 'object') return valueText((value as { value?: unknown }).value);
  return String(value);
}

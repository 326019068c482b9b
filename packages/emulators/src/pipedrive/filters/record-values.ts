import { type Account, isLive } from '../account.ts';
import type { FieldEntity } from '../records.ts';
import { rfc3339 } from '../times.ts';
import type { Comparable, Kind } from './operators.ts';

/** What filters are about: the entities with fields, and leads. */
export type FilterObject = FieldEntity | 'lead';

/** A record of any kind, as filters see it. */
export type AnyRecord = { readonly id: number; readonly deletedSec?: number | null } & Readonly<
  Record<string, unknown>
>;

/** Under which keys times are kept, in seconds. */
const TIMES: Readonly<Record<string, string>> = {
  add_time: 'addedSec',
  update_time: 'updatedSec',
  stage_change_time: 'stageChangedSec',
  close_time: 'closedSec',
  won_time: 'wonSec',
  lost_time: 'lostSec',
  marked_as_done_time: 'doneSec',
};

const TABLES: Readonly<Record<FilterObject, string>> = {
  deal: 'deals',
  person: 'persons',
  organization: 'organizations',
  product: 'products',
  activity: 'activities',
  lead: 'leads',
  project: 'projects',
};

/** The records of an object; none where the account keeps no such table. */
export function recordsOf(account: Account, object: FilterObject): Iterable<AnyRecord> {
  return (account.state.named(TABLES[object])?.all() ?? []) as Iterable<AnyRecord>;
}

/** The live record with this id. */
export function liveRecord(account: Account, object: FilterObject, id: unknown): AnyRecord | null {
  if (typeof id !== 'number') return null;
  const record = account.state.named(TABLES[object])?.get(id) as AnyRecord | undefined;
  return record && isLive({ deletedSec: record.deletedSec ?? null }) ? record : null;
}

/** The value of a record under a field's code, in the form that its kind is compared in. */
export function comparableOf(account: Account, record: AnyRecord, code: string, kind: Kind): Comparable {
  const raw = rawValue(account, record, code);
  if (kind === 'person' && !liveRecord(account, 'person', raw)) return NOTHING;
  if (kind === 'organization' && !liveRecord(account, 'organization', raw)) return NOTHING;
  const until = (raw as { readonly until?: unknown } | null)?.until;
  const values = (Array.isArray(raw) ? raw : [raw]).map(plain).filter((each) => each !== '');
  const many = kind === 'varchar' ? values.map((each) => String(each).toLowerCase()) : values;
  if (kind === 'date') return { many: many.map((each) => String(each).slice(0, 10)), until: null };
  return { many, until: typeof until === 'string' ? until : null };
}

const NOTHING: Comparable = { many: [], until: null };

function plain(value: unknown): string | number {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number' || typeof value === 'string') return value;
  const { value: inner, amount } = value as { readonly value?: unknown; readonly amount?: unknown };
  return plain(inner ?? amount);
}

function rawValue(account: Account, record: AnyRecord, code: string): unknown {
  const time = TIMES[code];
  if (time !== undefined) return timeOf(record, time);
  if (code === 'pipeline_id') return account.state.stages.get(Number(record.stage_id))?.pipeline_id;
  if (code === 'person_id' && 'participants' in record) return primaryPerson(record);
  if (code === 'label') return record.label_ids;
  if (code in record) return record[code];
  return (record.custom as Readonly<Record<string, unknown>> | null | undefined)?.[code];
}

/** Leads keep their times in milliseconds, everything else in seconds. */
function timeOf(record: AnyRecord, key: string): string | null {
  const ms = record[key.replace('Sec', 'Ms')];
  const sec = typeof ms === 'number' ? Math.floor(ms / 1_000) : record[key];
  return typeof sec === 'number' ? rfc3339(sec) : null;
}

/** The person that an activity is with. */
export function primaryPerson(record: AnyRecord): number | null {
  const participants = record.participants as readonly { person_id: number; primary: boolean }[];
  return (participants.find(({ primary }) => primary) ?? participants[0])?.person_id ?? null;
}

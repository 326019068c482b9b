import { createHash } from 'node:crypto';
import type { Logged, Snapshot, SnapshotRecord } from './emulator.ts';

/** What an account holds, told without ids and without times that are "now": equal for equal migrations. */
export type Contents = Readonly<Record<string, readonly string[]>>;

/** What may not differ by accident: the marker field's name. */
const markerField = 'Landfall source key';
/** Scenarios move an account's clock by a day or two; the sample company's times are years away. */
const recentMs = 3 * 86_400_000;
const recordKinds = { organizations: 'organization', persons: 'person', deals: 'deal' } as const;

/**
 * Tells an account's contents from its snapshot alone: links as names of what they lead to, custom fields and options
 * by their names, stages by theirs. Two accounts with the same contents hold the same records with the same links.
 */
export function contentsOf(snapshot: Snapshot): Contents {
  const names = new Names(snapshot);
  const told = Object.entries(snapshot).map(([kind, records]) => [
    kind,
    records.map((record) => JSON.stringify(names.tell(kind, record))).toSorted(),
  ]);
  return Object.fromEntries(told) as Contents;
}

/** What the second account has too much (`+`) or not (`-`), kind by kind; empty when both hold the same. */
export function differences(expected: Contents, found: Contents): readonly string[] {
  const kinds = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...kinds].flatMap((kind) => {
    const missing = without(expected[kind] ?? [], found[kind] ?? []);
    const extra = without(found[kind] ?? [], expected[kind] ?? []);
    return [...missing.map((one) => `- ${kind} ${one}`), ...extra.map((one) => `+ ${kind} ${one}`)];
  });
}

/** The items of the first list that the second has not, as often as they are short. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const one of other) left.set(one, (left.get(one) ?? 0) + 1);
  return list.filter((one) => {
    const count = left.get(one) ?? 0;
    left.set(one, count - 1);
    return count <= 0;
  });
}

/** Markers that more than one live record carries (I3). */
export function markersTwice(snapshot: Snapshot): readonly string[] {
  const names = new Names(snapshot);
  const markers = Object.entries(recordKinds).flatMap(([kind, entity]) =>
    (snapshot[kind] ?? []).flatMap((record) => names.marker(entity, record) ?? []),
  );
  return markers.filter((marker, at) => markers.indexOf(marker) !== at);
}

/** Turns ids of a snapshot into names. */
class Names {
  readonly #snapshot: Snapshot;
  readonly #fields: ReadonlyMap<string, SnapshotRecord>;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#fields = new Map(
      (snapshot.fields ?? []).map((field) => [`${field.entity}|${field.field_code}`, field]),
    );
  }

  tell(kind: string, record: SnapshotRecord): unknown {
    if (kind === 'fields') return this.#field(record);
    const { id: _id, key_string: _key, order_nr: place, ...rest } = record;
    const entity = kind.replace(/s$/, '').replace('activitie', 'activity');
    return this.#inner(entity, place === undefined ? rest : { ...rest, place: this.#rank(kind, record) });
  }

  marker(entity: string, record: SnapshotRecord): string | null {
    const custom = (record.custom_fields ?? {}) as SnapshotRecord;
    for (const [code, value] of Object.entries(custom)) {
      if (this.#fields.get(`${entity}|${code}`)?.field_name === markerField) return String(value);
    }
    return null;
  }

  #field({ field_code, options, is_custom_field, ...rest }: SnapshotRecord): unknown {
    const labels =
      (options as readonly SnapshotRecord[] | null)?.map(({ label, color }) => ({ label, color })) ?? null;
    return { ...rest, is_custom_field, labels, ...(is_custom_field === true ? {} : { field_code }) };
  }

  #inner(entity: string, record: SnapshotRecord): SnapshotRecord {
    return Object.fromEntries(
      Object.entries(record).map(([name, value]) => this.#member(entity, name, value)),
    );
  }

  #member(entity: string, name: string, value: unknown): [string, unknown] {
    if (name === 'custom_fields') return [name, this.#custom(entity, value as SnapshotRecord)];
    if (name === 'type' && entity === 'activity') return [name, this.#typeName(value)];
    if (name === 'label_ids') return [name, this.#labels(`${entity}|label_ids`, value)];
    if (name === 'participants') {
      const people = value as readonly { person_id: number; primary: boolean }[];
      return [name, people.map(({ person_id, primary }) => [this.#record('persons', person_id), primary])];
    }
    const kind = linkKinds[name];
    if (kind !== undefined) return [name, value === null ? null : this.#record(kind, value)];
    return [name, isRecent(value) ? 'now' : value];
  }

  /** Keys of activity types are used up when one is deleted: another run gets another. */
  #typeName(key: unknown): unknown {
    return this.#snapshot.activityTypes?.find((type) => type.key_string === key)?.name ?? key;
  }

  /** The place among its like: the numbers themselves have gaps where something was deleted. */
  #rank(kind: string, record: SnapshotRecord): number {
    const like = (this.#snapshot[kind] ?? []).filter((one) => one.pipeline_id === record.pipeline_id);
    return like.filter((one) => Number(one.order_nr) < Number(record.order_nr)).length;
  }

  #custom(entity: string, custom: SnapshotRecord): unknown {
    const told = Object.entries(custom).map(([code, value]) => [
      this.#fields.get(`${entity}|${code}`)?.field_name ?? code,
      this.#labels(`${entity}|${code}`, value),
    ]);
    return Object.fromEntries(told.toSorted(([left], [right]) => (String(left) < String(right) ? -1 : 1)));
  }

  #labels(field: string, value: unknown): unknown {
    const options = this.#fields.get(field)?.options as readonly SnapshotRecord[] | null | undefined;
    if (!options) return value;
    const label = (id: unknown) => options.find((option) => option.id === id)?.label ?? id;
    return Array.isArray(value) ? value.map(label) : label(value);
  }

  /** A record by its marker, else by its name and what it lies in. */
  #record(kind: string, id: unknown): string {
    const record = this.#snapshot[kind]?.find((one) => one.id === id);
    if (record === undefined) return `${kind} that is not there`;
    const entity = recordKinds[kind as keyof typeof recordKinds];
    const marker = entity === undefined ? null : this.marker(entity, record);
    const name = marker ?? String(record.name ?? record.title ?? id);
    return kind === 'stages'
      ? `${this.#record('pipelines', record.pipeline_id)} / ${name}`
      : `${kind} ${name}`;
  }
}

const linkKinds: Readonly<Record<string, string>> = {
  org_id: 'organizations',
  organization_id: 'organizations',
  ownerOrgId: 'organizations',
  linkedOrgId: 'organizations',
  person_id: 'persons',
  deal_id: 'deals',
  stage_id: 'stages',
  pipeline_id: 'pipelines',
  owner_id: 'users',
  user_id: 'users',
  creator_user_id: 'users',
};

/** Times that Pipedrive sets itself differ from run to run. */
function isRecent(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:/.test(value)) return false;
  return Math.abs(Date.now() - Date.parse(value)) < recentMs;
}

/** The tokens the account charged (I8). */
export function chargedTokens(log: readonly Logged[]): number {
  return log.reduce((sum, request) => sum + request.tokens, 0);
}

/** One entry of the audit log, as any reader finds it. */
export interface AuditLine {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly body: unknown;
  readonly previous: string;
  readonly hash: string;
}

/** The number of the first entry that does not fit its chain, by the published rule alone; null when all fit (AUD-01). */
export function brokenAuditEntry(entries: readonly AuditLine[]): number | null {
  let previous = '0'.repeat(64);
  for (const [at, entry] of entries.entries()) {
    const { hash, ...link } = entry;
    const text = JSON.stringify(sorted(link));
    const right = createHash('sha256').update(text).digest('hex');
    if (entry.seq !== at + 1 || entry.previous !== previous || hash !== right) return at + 1;
    previous = hash;
  }
  return null;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}

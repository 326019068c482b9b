import { isDeepStrictEqual } from 'node:util';
import type { Snapshot, SnapshotRecord } from '../support/emulator.ts';
import type { RecordKind } from './people-edits.ts';

/** The lists of a snapshot that hold records, not configuration. */
const recordKinds: readonly RecordKind[] = [
  'organizations',
  'persons',
  'deals',
  'leads',
  'activities',
  'notes',
  'relationships',
];

/** A record as flat members: custom fields one by one. */
export function membersOf(record: SnapshotRecord): Readonly<Record<string, unknown>> {
  const { custom_fields: custom, ...rest } = record;
  const flat = Object.entries((custom ?? {}) as object).map(([code, value]) => [
    `custom_fields.${code}`,
    value ?? null,
  ]);
  return { ...rest, ...Object.fromEntries(flat) };
}

/** Members that hold the id of another record, and the list it lies in. */
export const linkMembers: Readonly<Record<string, RecordKind>> = {
  org_id: 'organizations',
  organization_id: 'organizations',
  ownerOrgId: 'organizations',
  linkedOrgId: 'organizations',
  person_id: 'persons',
  deal_id: 'deals',
};

/** Everything a record leads to. */
export function linksIn(record: SnapshotRecord): readonly string[] {
  const links = Object.entries(linkMembers).flatMap(([member, kind]) =>
    record[member] === null || record[member] === undefined ? [] : [`${kind} ${record[member]}`],
  );
  const people = (record.participants ?? []) as readonly { readonly person_id: unknown }[];
  return [...links, ...people.map(({ person_id }) => `persons ${person_id}`)];
}

/** The records of a snapshot by name (`deals 7`). */
export function recordsByName(snapshot: Snapshot): ReadonlyMap<string, SnapshotRecord> {
  return new Map(
    recordKinds.flatMap((kind) =>
      (snapshot[kind] ?? []).map((record) => [`${kind} ${record.id}`, record] as const),
    ),
  );
}

interface Change {
  readonly was: unknown;
  now: unknown;
}

/** What people did, seen only by looking at the account before and after each of their requests. */
export class Journal {
  readonly made = new Set<string>();
  readonly removed = new Set<string>();
  readonly #changes = new Map<string, Map<string, Change>>();
  /** What was done, in order, for a failing test. */
  readonly lines: string[] = [];
  #edited = new Map<string, SnapshotRecord>();

  /** Compares the account before and after one thing a person did. */
  note(what: string, before: Snapshot, after: Snapshot): void {
    const [old, now] = [recordsByName(before), recordsByName(after)];
    const gone = new Set([...old.keys()].filter((name) => !now.has(name)));
    const touched: string[] = [];
    for (const [name, record] of now) {
      const earlier = old.get(name);
      if (earlier === undefined) this.made.add(name);
      const changed = earlier === undefined || this.#compare(name, earlier, record, gone);
      if (changed) touched.push(name);
    }
    for (const name of gone) {
      this.removed.add(name);
      touched.push(`-${name}`);
    }
    this.lines.push(`${what}: ${touched.join(', ')}`);
    this.#edited = new Map(now);
  }

  /** Members of a record that people left otherwise than they found them. */
  changesOf(name: string): ReadonlyMap<string, Change> {
    const all = [...(this.#changes.get(name) ?? [])];
    return new Map(
      all.filter(([member, { was, now }]) => !isDeepStrictEqual(was, now) && !this.#isMoot(member, was, now)),
    );
  }

  /** The records as they were when people did their last thing. */
  get lastSeen(): ReadonlyMap<string, SnapshotRecord> {
    return this.#edited;
  }

  /** A link taken away or moved, whose ends were removed as well: it would be empty without the edit. */
  #isMoot(member: string, was: unknown, now: unknown): boolean {
    const here = (people: unknown) =>
      ((people ?? []) as readonly { person_id: unknown }[]).filter(
        ({ person_id }) => !this.removed.has(`persons ${person_id}`),
      );
    if (member === 'participants') return isDeepStrictEqual(here(was), here(now));
    const kind = linkMembers[member];
    const isGone = (id: unknown) => id === null || this.removed.has(`${kind} ${id}`);
    return kind !== undefined && isGone(was) && isGone(now);
  }

  #compare(name: string, old: SnapshotRecord, now: SnapshotRecord, gone: ReadonlySet<string>): boolean {
    const [before, after] = [membersOf(old), membersOf(now)];
    let changed = false;
    for (const member of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [was, is] = [before[member] ?? null, after[member] ?? null];
      if (isDeepStrictEqual(was, is) || isLost(member, was, gone)) continue;
      const changes = this.#changes.get(name) ?? new Map<string, Change>();
      this.#changes.set(name, changes);
      const known = changes.get(member);
      if (known === undefined) changes.set(member, { was, now: is });
      else known.now = is;
      changed = true;
    }
    return changed;
  }
}

/** A link that went because its other end was removed is nobody's edit of the record that had it. */
function isLost(member: string, was: unknown, gone: ReadonlySet<string>): boolean {
  if (member === 'participants')
    return (was as readonly { person_id: unknown }[]).some(({ person_id }) =>
      gone.has(`persons ${person_id}`),
    );
  const kind = linkMembers[member];
  return kind !== undefined && gone.has(`${kind} ${was}`);
}

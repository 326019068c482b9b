import { isDeepStrictEqual } from 'node:util';
import type { Snapshot, SnapshotRecord } from '../support/emulator.ts';
import { type Journal, linkMembers, linksIn, membersOf, recordsByName } from './journal.ts';

/** What is known of one history when its rollback is over. */
export interface Outcome {
  readonly before: Snapshot;
  readonly after: Snapshot;
  readonly journal: Journal;
  /** Whether the load was broken off, so that answers were lost. */
  readonly isBroken: boolean;
  /** What the rollback says it kept. */
  readonly kept: readonly { readonly entity: string; readonly targetId: string; readonly because: string }[];
}

/**
 * Holds the account against the contract of reliability.md 7.1, from snapshots alone: what was there before is as it
 * was, but for members that people left otherwise; what people made is as they left it; what we made is gone, unless
 * people changed it or something that stays leads to it; and everything that stayed is listed. Answers what is wrong.
 */
export function faultsIn(outcome: Outcome): readonly string[] {
  const before = recordsByName(outcome.before);
  const after = recordsByName(outcome.after);
  const faults: string[] = [];
  for (const [name, record] of before)
    faults.push(...faultsOfFound(name, record, after.get(name), outcome.journal));
  for (const name of outcome.journal.made) faults.push(...faultsOfTheirs(name, after, outcome.journal));
  faults.push(...faultsOfOurs(before, after, outcome));
  return [...faults, ...faultsOfConfiguration(outcome)];
}

function faultsOfFound(
  name: string,
  record: SnapshotRecord,
  now: SnapshotRecord | undefined,
  journal: Journal,
): string[] {
  if (journal.removed.has(name)) return now === undefined ? [] : [`${name} came back`];
  if (now === undefined) return [`${name} was there before and is gone`];
  const changes = journal.changesOf(name);
  const [old, found] = [membersOf(record), membersOf(now)];
  const members = new Set([...Object.keys(old), ...Object.keys(found)]);
  return [...members].flatMap((member) => {
    const change = changes.get(member);
    const wanted = change === undefined ? (old[member] ?? null) : change.now;
    const is = found[member] ?? null;
    if (isDeepStrictEqual(wanted, is) || isLostLink(member, wanted, journal)) return [];
    const what = change === undefined ? 'not restored' : 'edit lost';
    return [`${name}.${member}: ${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`];
  });
}

function isLostLink(member: string, wanted: unknown, journal: Journal): boolean {
  const kind = linkMembers[member];
  return kind !== undefined && journal.removed.has(`${kind} ${wanted}`);
}

function faultsOfTheirs(
  name: string,
  after: ReadonlyMap<string, SnapshotRecord>,
  journal: Journal,
): string[] {
  if (journal.removed.has(name)) return [];
  const now = after.get(name);
  return isDeepStrictEqual(now, journal.lastSeen.get(name))
    ? []
    : [`${name}, made by a person, is not as it was left`];
}

/** Ours is what stands there and was neither before nor made by a person. */
function faultsOfOurs(
  before: ReadonlyMap<string, SnapshotRecord>,
  after: ReadonlyMap<string, SnapshotRecord>,
  { isBroken, journal, kept }: Outcome,
): string[] {
  const isOurs = (name: string) => !before.has(name) && !journal.made.has(name);
  const edited = [...journal.lastSeen.keys()].filter(
    (name) => isOurs(name) && !journal.removed.has(name) && journal.changesOf(name).size > 0,
  );
  const lost = edited.flatMap((name) => faultsOfEdited(name, after.get(name), journal));
  const held = new Set([...after.values()].flatMap(linksIn));
  const listed = new Set(kept.map(({ entity, targetId }) => `${pluralOf(entity)} ${targetId}`));
  const ours = [...after.keys()].filter(isOurs);
  const wasEdited = new Set(edited);
  const why = (name: string) =>
    kept.find((one) => `${pluralOf(one.entity)} ${one.targetId}` === name)?.because;
  const left = ours
    // a record that was found late is kept when it was touched before: whether that changed anything cannot be told
    .filter(
      (name) => !wasEdited.has(name) && !held.has(name) && !(isBroken && foundLate.test(why(name) ?? '')),
    )
    .map((name) => `${name} is left behind (${why(name)})`);
  // without a marker a record whose answer was lost, and which somebody edits before it is looked up, is nobody's we know
  const isUnknown = (name: string) => isBroken && wasEdited.has(name) && unmarked.test(name);
  const silent = ours
    .filter((name) => !listed.has(name) && !isUnknown(name))
    .map((name) => `${name} stays and is not listed`);
  return [...lost, ...left, ...silent];
}

function faultsOfEdited(name: string, now: SnapshotRecord | undefined, journal: Journal): string[] {
  if (now === undefined) return [`${name} was edited and is gone`];
  const wanted = journal.lastSeen.get(name);
  const same = Object.entries(membersOf(wanted ?? {})).every(([member, value]) =>
    isDeepStrictEqual(membersOf(now)[member] ?? null, value ?? null),
  );
  return same ? [] : [`${name} was edited and is not as it was left`];
}

const foundLate = /a field that the migration did not write$/;
const unmarked = /^(?:activities|notes|relationships) /;

function pluralOf(entity: string): string {
  if (entity === 'activity') return 'activities';
  return entity === 'organizationRelationship' ? 'relationships' : `${entity}s`;
}

/** Fields, pipelines, stages and types of before are there; what came with us stays only where a record uses it. */
function faultsOfConfiguration({ before, after }: Outcome): string[] {
  const kinds = ['fields', 'pipelines', 'stages', 'activityTypes'] as const;
  const keyOf = (record: SnapshotRecord) =>
    String(record.field_code ?? '') + String(record.entity ?? '') + record.id;
  return kinds.flatMap((kind) => {
    const old = new Map((before[kind] ?? []).map((one) => [keyOf(one), one]));
    const now = new Map((after[kind] ?? []).map((one) => [keyOf(one), one]));
    const gone = [...old.keys()].filter((key) => !isDeepStrictEqual(old.get(key), now.get(key)));
    const extra = [...now].filter(([key, one]) => !old.has(key) && !isUsed(kind, one, after));
    return [
      ...gone.map((key) => `${kind} ${key} is not as before`),
      ...extra.map(([key, one]) => `${kind} ${key} (${one.field_name ?? one.name}) stays and nobody uses it`),
    ];
  });
}

function isUsed(
  kind: 'fields' | 'pipelines' | 'stages' | 'activityTypes',
  one: SnapshotRecord,
  after: Snapshot,
): boolean {
  const some = (list: string, member: string, value: unknown) =>
    (after[list] ?? []).some((record) => membersOf(record)[member] === value);
  if (kind === 'stages') return some('deals', 'stage_id', one.id);
  if (kind === 'pipelines') return some('deals', 'pipeline_id', one.id);
  if (kind === 'activityTypes') return some('activities', 'type', one.key_string);
  const member = `custom_fields.${one.field_code}`;
  return (after[pluralOf(String(one.entity))] ?? []).some(
    (record) => (membersOf(record)[member] ?? null) !== null,
  );
}

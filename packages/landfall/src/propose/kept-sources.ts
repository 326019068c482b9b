import { addressParts } from '../mapping/address-text.ts';
import type { TransformCall } from '../model/mapping.ts';
import { callName, callSettings } from './transform-call.ts';

/** Whether the source has a field, and whether any record fills it. */
export type Presence = 'filled' | 'empty' | 'absent';

/** What is left of a row's sources, with the first transform told about it. `names` empty: the row has nothing to read. */
export interface KeptSources {
  readonly names: readonly string[];
  readonly first: TransformCall | undefined;
}

type PresenceOf = (name: string) => Presence;
type Keeper = (names: readonly string[], call: TransformCall, presence: PresenceOf) => KeptSources;

/** Transforms that tell their fields apart by position or name: what a missing one means to each. */
const keepers: Readonly<Record<string, Keeper>> = {
  money: upToMissing,
  sum: upToMissing,
  first: upToMissing,
  last: upToMissing,
  max: upToMissing,
  min: upToMissing,
  dateTime: upToMissing,
  stage: withLast,
  dealStatus: withPlaces,
  stageStatus: withLast,
  address: withParts,
  reference: withWays,
  labelled: withLabels,
  rows: withLabels,
  prices: withPairs,
};

/**
 * The fields of a row that can be read, so that the row keeps its meaning: the rest is left out, and a transform that
 * tells its fields apart by position or name is told which are left.
 */
export function keptSources(
  names: readonly string[],
  first: TransformCall | undefined,
  presence: PresenceOf,
): KeptSources {
  const name = first === undefined ? '' : callName(first);
  const keeper = Object.hasOwn(keepers, name) ? keepers[name] : undefined;
  if (first === undefined || keeper === undefined || names.length < 2) {
    return { names: filled(names, presence), first };
  }
  return keeper(names, first, presence);
}

function filled(names: readonly string[], presence: PresenceOf): readonly string[] {
  return names.filter((name) => presence(name) === 'filled');
}

/** The first field carries the value; those after a gap would be taken for another. */
function upToMissing(names: readonly string[], first: TransformCall, presence: PresenceOf): KeptSources {
  const missing = names.findIndex((name) => presence(name) !== 'filled');
  return { names: missing === -1 ? names : names.slice(0, missing), first };
}

/** Pipeline and stage: the stage alone says enough, the pipeline alone nothing. */
function withLast(names: readonly string[], first: TransformCall, presence: PresenceOf): KeptSources {
  return { names: presence(names.at(-1) ?? '') === 'filled' ? filled(names, presence) : [], first };
}

/** Status, stage, pipeline: an empty one keeps its place, an absent one ends the list. The pipeline alone says nothing. */
function withPlaces(names: readonly string[], first: TransformCall, presence: PresenceOf): KeptSources {
  const absent = names.findIndex((name) => presence(name) === 'absent');
  const there = absent === -1 ? names : names.slice(0, absent);
  const speaks = there.slice(0, 2).some((name) => presence(name) === 'filled');
  return { names: speaks ? there : [], first };
}

function withParts(names: readonly string[], first: TransformCall, presence: PresenceOf): KeptSources {
  const settings = callSettings(first);
  const parts: readonly unknown[] = Array.isArray(settings.parts) ? settings.parts : addressParts;
  const kept = filled(names, presence);
  if (kept.length === names.length) return { names, first };
  const keptParts = parts.filter((_part, at) => presence(names[at] ?? '') === 'filled');
  return { names: kept, first: { address: { ...settings, parts: keptParts } } };
}

/** An amount and its currency go together. */
function withPairs(names: readonly string[], first: TransformCall, presence: PresenceOf): KeptSources {
  const isKept = (at: number) => presence(names[at - (at % 2)] ?? '') === 'filled';
  return { names: names.filter((_name, at) => isKept(at)), first };
}

/** Each label belongs to a field. */
function withLabels(names: readonly string[], first: TransformCall, presence: PresenceOf): KeptSources {
  const settings = callSettings(first);
  const kept = filled(names, presence);
  const labels: readonly unknown[] = Array.isArray(settings.labels) ? settings.labels : [];
  if (kept.length === names.length || labels.length === 0) return { names: kept, first };
  const keptLabels = labels.filter((_label, at) => presence(names[at] ?? '') === 'filled');
  return { names: kept, first: { [callName(first)]: { ...settings, labels: keptLabels } } };
}

function withWays(names: readonly string[], first: TransformCall, presence: PresenceOf): KeptSources {
  const settings = callSettings(first);
  const ways = Object.entries(settings.by ?? {}).filter(([name]) => presence(name) === 'filled');
  return {
    names: filled(names, presence),
    first: { reference: { ...settings, by: Object.fromEntries(ways) } },
  };
}

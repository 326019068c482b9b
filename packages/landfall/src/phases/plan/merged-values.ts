import { lowerDomain } from '../../mapping/fold.ts';
import type { SourceKey } from '../../model/key.ts';
import type { Reject } from '../../model/source.ts';
import type { StoredDraft } from '../../model/store.ts';
import type { ContactPoint, Link, TargetValue } from '../../model/target.ts';

/** What the merged records add to the one that stands for them, and what they cannot. */
export interface MergedValues {
  readonly extra: Readonly<Record<string, TargetValue>>;
  readonly listed: readonly Reject[];
}

/** Fills empty fields of `survivor` from `others` in order; lists, field by field, what differs and stays behind. */
export function mergeValues(survivor: StoredDraft, others: readonly StoredDraft[]): MergedValues {
  const extra: Record<string, TargetValue> = {};
  const listed: Reject[] = [];
  for (const other of others) {
    for (const [name, field] of Object.entries(other.fields)) {
      const held = extra[name] ?? survivor.fields[name]?.value;
      const joined = joinValues(held, field.value);
      if (joined === null) listed.push(leftBehind(survivor.key, other, name));
      else if (joined !== held) extra[name] = joined;
    }
  }
  return { extra, listed };
}

/** The links of the merged records: those `survivor` lacks are taken over; one that leads elsewhere is listed. */
export function mergeLinks(
  survivor: StoredDraft,
  others: readonly StoredDraft[],
): { readonly links: readonly Link[]; readonly listed: readonly Reject[] } {
  const links = new Map(survivor.links.map((link) => [link.field, link]));
  const listed: Reject[] = [];
  for (const other of others) {
    for (const link of other.links) {
      const held = links.get(link.field);
      if (link.text === '') continue;
      if (held === undefined || held.text === '') links.set(link.field, link);
      else if (!namesTheSame(held, link)) listed.push(leftBehind(survivor.key, other, link.field));
    }
  }
  return { links: [...links.values()], listed };
}

function namesTheSame(one: Link, other: Link): boolean {
  if (one.text === other.text) return true;
  return one.tries.some(({ kind, value }) =>
    other.tries.some((same) => same.kind === kind && same.value === value),
  );
}

/** The value that holds both; null when only one of them can stay. */
function joinValues(held: TargetValue | undefined, added: TargetValue): TargetValue | null {
  if (held === undefined) return added;
  if (JSON.stringify(held) === JSON.stringify(added)) return held;
  if (isContactPoints(held) && isContactPoints(added)) return joinPoints(held, added);
  if (isLabels(held) && isLabels(added)) {
    const more = added.filter((label) => !held.includes(label));
    return more.length === 0 ? held : [...held, ...more];
  }
  return null;
}

function isContactPoints(value: TargetValue): value is readonly ContactPoint[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && 'primary' in item);
}

function isLabels(value: TargetValue): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function joinPoints(held: readonly ContactPoint[], added: readonly ContactPoint[]): readonly ContactPoint[] {
  // addresses of one mailbox are written in any case
  const known = new Set(held.map((point) => lowerDomain(point.value)));
  const more = added
    .filter((point) => !known.has(lowerDomain(point.value)))
    .map((point) => ({ ...point, primary: false }));
  return more.length === 0 ? held : [...held, ...more];
}

function leftBehind(survivor: SourceKey, other: StoredDraft, field: string): Reject {
  return {
    entity: other.entity,
    key: other.key,
    position: other.position,
    code: 'merged',
    field,
    reason: `merged into ${survivor}, which has another ${field}; this one stays in the source only`,
  };
}

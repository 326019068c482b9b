import type { Destination } from '../model/destination.ts';
import type { OwnerRow, Verdict } from '../model/plan.ts';
import type { Effect, ResolvedLink, TargetRecord, TargetValue } from '../model/target.ts';
import type { Prepared } from './load/prepare.ts';

/** One written field as it came back. */
export interface FieldComparison {
  readonly field: string;
  readonly expected: TargetValue;
  readonly found: TargetValue | null;
  readonly verdict: Verdict;
}

const verdictOfEffect: Readonly<Record<Effect, Verdict>> = {
  asIs: 'equal',
  normalised: 'normalised',
  byRule: 'byRule',
  lossy: 'lossy',
};

/** Users that were chosen by a rule or a person instead of being the source's own. */
export type RuledUsers = ReadonlySet<string>;

/** The owners whose user was decided, not matched. */
export function ruledUsers(rows: readonly OwnerRow[]): RuledUsers {
  return new Set(rows.filter((row) => !row.evidence.startsWith('same ')).map((row) => row.owner));
}

/**
 * Compares every written field and link with what the destination holds now. A field that arrived as drafted gets the
 * verdict of what the mapping did to it; one that did not is `missing` or `different`.
 */
export function compareRecord(
  destination: Destination,
  prepared: Prepared,
  record: TargetRecord | null,
  names: readonly string[],
  ruled: RuledUsers,
): readonly FieldComparison[] {
  const { request, operation } = prepared;
  return names.map((field) => {
    const expected = request.values[field] as TargetValue;
    const found = record?.values[field] ?? null;
    const same =
      record !== null &&
      destination.normalise(operation.entity, field, expected) ===
        destination.normalise(operation.entity, field, found);
    return { field, expected, found, verdict: same ? explained(prepared, field, ruled) : absent(found) };
  });
}

function absent(found: TargetValue | null): Verdict {
  return found === null || found === '' || (Array.isArray(found) && found.length === 0)
    ? 'missing'
    : 'different';
}

function explained({ operation, draft }: Prepared, field: string, ruled: RuledUsers): Verdict {
  const link = operation.links.find((one) => one.field === field);
  if (link !== undefined) return verdictOfLink(link);
  if (field in operation.extra) return 'byRule';
  const drafted = draft.fields[field];
  if (drafted === undefined) return 'byRule';
  const isOwner = field === 'owner_id' || field === 'user_id';
  if (isOwner && typeof drafted.value === 'string') return ruled.has(drafted.value) ? 'byRule' : 'normalised';
  return verdictOfEffect[drafted.effect];
}

function verdictOfLink(link: ResolvedLink): Verdict {
  if (link.evidence === 'id') return 'equal';
  return link.evidence === 'decision' || link.evidence === 'placeholder' || link.evidence === 'contact'
    ? 'byRule'
    : 'normalised';
}

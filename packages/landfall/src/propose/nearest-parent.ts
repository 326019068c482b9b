import { nameKey } from '../mapping/key.ts';
import type { Condition, EntityMapping } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import { besideReferences } from './field-beside.ts';
import { findEntity } from './field-index.ts';
import { fieldInWords } from './field-label.ts';
import { holdsUniqueIds } from './staying-field.ts';

/** What a record can become that has custom fields, the nearest to a sale first (O-26(a)). */
export const holders = ['deal', 'lead', 'person', 'organization', 'product'] as const;

/** One of `holders`. */
export type Holder = (typeof holders)[number];

/** The links of a note. A product has no notes. */
export const noteLinks: Readonly<Partial<Record<Holder, string>>> = {
  deal: 'deal_id',
  lead: 'lead_id',
  person: 'person_id',
  organization: 'org_id',
};

/** A reference to an entity that moves. */
export interface Tie {
  readonly field: SourceField;
  readonly parent: SourceEntity;
  /** What the parent's records become, the nearest first; never empty. */
  readonly holders: readonly Holder[];
  /** For a reference that may lead to several entities: holds when it leads to this one. */
  readonly onlyIf: Condition | null;
  /** A record cannot be taken for one of another parent: its values can be gathered. */
  readonly alone: boolean;
}

/**
 * The references of an entity to what moves, the nearest first: deal, lead, person, organization, product, and of
 * equals the most filled. A reference that less than half as many records fill as the fullest one comes last.
 */
export function tiesOf(
  entity: SourceEntity,
  catalog: SourceCatalog,
  moved: readonly EntityMapping[],
): readonly Tie[] {
  const ties = entity.fields
    .filter(({ filled }) => filled > 0)
    .flatMap((field) =>
      (field.references ?? []).flatMap((name) => tieTo(name, field, entity, catalog, moved)),
    );
  const fullest = Math.max(0, ...ties.map(({ field }) => field.filled));
  const rank = ({ field, holders: [nearest] }: Tie) =>
    (field.filled * 2 < fullest ? holders.length : 0) + holders.indexOf(nearest ?? 'product');
  return ties.toSorted((a, b) => rank(a) - rank(b) || b.field.filled - a.field.filled);
}

function tieTo(
  name: string,
  field: SourceField,
  entity: SourceEntity,
  catalog: SourceCatalog,
  moved: readonly EntityMapping[],
): Tie[] {
  const parent = findEntity(catalog, name);
  const becomes = new Set(
    moved.filter(({ from, part }) => from === name && (part ?? '') === '').map(({ to }) => String(to)),
  );
  const found = holders.filter((holder) => becomes.has(holder));
  if (parent === null || found.length === 0) return [];
  const isOnly = field.references?.length === 1;
  const onlyIf = isOnly ? null : conditionFor(parent, besideReferences(entity, catalog).types.get(field));
  const alone = isOnly || onlyIf !== null || holdsUniqueIds(field);
  return [{ field, parent, holders: found, onlyIf, alone }];
}

function conditionFor(parent: SourceEntity, said: SourceField | undefined): Condition | null {
  if (said === undefined) return null;
  const names = new Set([nameKey(parent.name), nameKey(parent.label)]);
  const words = said.values.map(({ value }) => value).filter((value) => names.has(nameKey(value)));
  return { source: said.name, in: words.length > 0 ? words : [parent.name] };
}

/** Why this reference is the nearest, for people. */
export function whyNearest(entity: SourceEntity, ties: readonly Tie[]): string {
  const [nearest, ...others] = ties;
  if (nearest === undefined) return `no field of ${entity.label} leads to records that are moved`;
  const { field, parent, holders: becomes } = nearest;
  const most = field.mostForOne;
  const many =
    most === undefined
      ? 'how many name the same one is not known'
      : most === 1
        ? 'no two name the same one'
        : `up to ${most} name the same one`;
  const rest = others.map((tie) => `${fieldInWords(tie.field)} to ${tie.parent.label} (${tie.field.filled})`);
  const compared = rest.length === 0 ? '' : `; nearer than ${[...new Set(rest)].join(', ')}`;
  const lacking = entity.count.value - field.filled;
  const without = lacking > 0 ? `, ${lacking} name none` : '';
  return `${fieldInWords(field)} leads to the ${becomes[0]} (${parent.label}): ${field.filled} of ${entity.count.value} records name one${without}, ${many}${compared}`;
}

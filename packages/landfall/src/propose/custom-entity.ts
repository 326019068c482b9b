import type { EntityMapping } from '../model/mapping.ts';
import type { Decision } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { customEntityQuestion, type FlatWay } from './custom-entity-question.ts';
import type { FieldNames } from './field-names.ts';
import { readingsOf } from './field-readings.ts';
import { type FlatEntity, type Flattened, flatProposal, stays } from './flat-entity.ts';
import { asFields } from './flat-fields.ts';
import { asNotes } from './flat-note.ts';
import { asRelation, relationOf } from './flat-relation.ts';
import { noteLinks, type Tie, tiesOf, whyNearest } from './nearest-parent.ts';
import type { ProposalInput } from './proposal.ts';

/** What flattening an entity depends on beside the proposal's own input. */
export interface FlatContext {
  /** The mappings of what moves by rules. */
  readonly moved: readonly EntityMapping[];
  readonly names: FieldNames;
  /** Notes are taken where nobody has decided otherwise: there is no room for fields. */
  readonly preferNotes: boolean;
}

/**
 * Flattens records that no rule knows onto the nearest record which moves (D-27, O-26, P-27(c)): one for one as
 * typed fields, several for one as notes, relations of two records as ids, unless somebody has decided otherwise.
 * null when they lead to nothing that moves.
 */
export function flatten(input: ProposalInput, entity: SourceEntity, context: FlatContext): Flattened | null {
  const ties = tiesOf(entity, input.catalog, context.moved);
  const [nearest] = ties;
  const holder = nearest?.holders[0];
  if (nearest === undefined || holder === undefined || entity.count.value === 0) return null;
  const ends = relationOf(entity, input.catalog);
  const usual = usualWay(nearest, ends !== null, context.preferNotes);
  const why = whyNearest(entity, ties);
  const question = customEntityQuestion({
    entity,
    holder,
    usual,
    why,
    isRelation: ends !== null,
    canGather: nearest.alone,
  });
  const decision = input.decisions.find(({ id }) => id === question.id) ?? null;
  const chosen = question.choices.find(({ id }) => id === decision?.choice)?.id as FlatWay | undefined;
  const flat: FlatEntity = {
    input,
    entity,
    ties,
    nearest,
    holder,
    question,
    decision: chosen === undefined ? null : decision,
    readings: readingsOf(input, entity),
    names: context.names,
  };
  return taken(flat, chosen ?? usual, ends, why);
}

/** What may lead to several kinds of records is something that happened there, and no property of them. */
function usualWay({ field, alone, holders }: Tie, isRelation: boolean, preferNotes: boolean): FlatWay {
  const canNote = holders.some((holder) => noteLinks[holder] !== undefined);
  if (isRelation) return alone ? 'fields' : 'leave';
  const fits = (field.mostForOne === 1 && field.references?.length === 1) || !canNote;
  if (alone && fits && !(preferNotes && canNote)) return 'fields';
  return canNote ? 'notes' : 'leave';
}

function taken(
  flat: FlatEntity,
  way: FlatWay,
  ends: readonly [SourceField, SourceField] | null,
  why: string,
): Flattened {
  if (way === 'fields') return ends === null ? asFields(flat) : asRelation(flat, ends);
  if (way === 'notes') return asNotes(flat);
  return asLeft(flat, flat.decision, why);
}

function asLeft(flat: FlatEntity, decision: Decision | null, why: string): Flattened {
  const because = decision === null ? why : `decided by ${decision.by}`;
  const fields = flat.entity.fields.map((field) => stays(field, because));
  const own = flatProposal(flat, fields, { entities: [], newFields: [] });
  return { own: { ...own, left: [{ entity: flat.entity.name, field: '*', why: because }] }, above: [] };
}

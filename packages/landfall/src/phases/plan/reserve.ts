import { customFieldEntities, entitiesWithFieldsOf, entityTraits } from '../../model/entity-table.ts';
import type { ConfigurationStep } from '../../model/plan.ts';
import { type TargetEntity, targetEntities } from '../../model/target.ts';
import { valuesFrom } from '../rollback/derived.ts';
import type { EntityCount, ForecastInput } from './forecast-input.ts';

/**
 * What must be left to take everything back: each record removed or restored, after a look at it and at what others have
 * hung on it; the configuration removed, after a look at who uses it. Lists of others are counted as one page: only
 * what the plan has walked is known.
 */
export function rollbackReserve(input: ForecastInput): number {
  const { costs, counts, steps } = input;
  const records = targetEntities.reduce((sum, entity) => sum + takingBack(input, entity, counts[entity]), 0);
  if (records + steps.length === 0) return 0;
  const users = new Set(steps.flatMap(({ step }) => usersOf(step)));
  const looks = [...users].reduce(
    (sum, entity) => sum + costs.walk(entity, existingOf(input, entity), 0).tokens,
    0,
  );
  const removals = steps.reduce((sum, { step }) => sum + costs.unconfigure(step.kind), 0);
  return 2 * costs.describe.tokens + records + looks + removals;
}

function takingBack(input: ForecastInput, entity: TargetEntity, count: EntityCount | undefined): number {
  if (count === undefined || count.create + count.update === 0) return 0;
  const { costs } = input;
  return (
    count.create * costs.tokens(entity, 'remove') +
    count.update * costs.tokens(entity, 'update') +
    looking(input, entity) +
    lookingAhead(input, entity) +
    relationshipLooks(input, entity, count)
  );
}

/** A look at all records of an entity, and at what hangs on them. */
function looking(input: ForecastInput, entity: TargetEntity): number {
  const { create, update, parents = create + update } = input.counts[entity] ?? { create: 0, update: 0 };
  if (create + update === 0) return 0;
  const listed = update === 0 ? create : create + existingOf(input, entity);
  return input.costs.walk(entity, listed, parents).tokens + input.costs.dependants(entity).tokens;
}

/** Before lines go, they and their deals are looked at once more: a deal that stays keeps them. */
function lookingAhead(input: ForecastInput, entity: TargetEntity): number {
  return valuesFrom(entity)
    .map(({ of }) => looking(input, of))
    .reduce((sum, above) => (above === 0 ? sum : sum + above + looking(input, entity)), 0);
}

/** What others may have made that only the records themselves tell of: each that would go is asked. */
const askedOfEach: Readonly<Partial<Record<TargetEntity, TargetEntity>>> = {
  organization: 'organizationRelationship',
};

function relationshipLooks(
  { costs, policies }: ForecastInput,
  entity: TargetEntity,
  { create }: EntityCount,
): number {
  const asked = askedOfEach[entity];
  if (asked === undefined || policies.rollbackRelationships !== 'ask') return 0;
  return costs.walk(asked, 0, create).tokens;
}

function existingOf({ counts }: ForecastInput, entity: TargetEntity): number {
  return counts[entity]?.existing ?? 0;
}

/** The entities whose records are looked at for what uses a step. */
function usersOf(step: ConfigurationStep): readonly TargetEntity[] {
  switch (step.kind) {
    case 'field':
    case 'option': {
      const owner = customFieldEntities.find((each) => each === entityTraits[step.entity].fieldsOf);
      return owner === undefined ? [step.entity] : entitiesWithFieldsOf(owner);
    }
    case 'activityType':
      return ['activity'];
    case 'leadLabel':
      return ['lead'];
    default:
      return ['deal'];
  }
}

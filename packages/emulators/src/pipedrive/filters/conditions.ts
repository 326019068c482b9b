import { z } from 'zod';
import type { Account } from '../account.ts';
import type { FilterCondition, FilterGroup, FilterType } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { parsedV1 } from '../v1-body.ts';
import { filterField } from './filter-fields.ts';
import { kindOf, operatorsOf, takesNoValue, wrongValue } from './operators.ts';
import type { FilterObject } from './record-values.ts';

/** Published: at most so many lines in a filter. */
const MAX_CONDITIONS = 16;

/** The object that a type of filter is about. */
export const OBJECTS: Readonly<Record<FilterType, FilterObject>> = {
  deals: 'deal',
  leads: 'lead',
  org: 'organization',
  people: 'person',
  products: 'product',
  activity: 'activity',
  projects: 'project',
};

const scalar = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => (typeof value === 'boolean' ? String(Number(value)) : String(value)));
const line = z.strictObject({
  object: z.enum(['person', 'deal', 'organization', 'product', 'activity', 'lead', 'project']),
  field_id: scalar,
  operator: z.string(),
  value: scalar.nullish(),
  extra_value: scalar.nullish(),
  json_value_flag: z.boolean().optional(),
  field_code: z.string().nullish(),
});
const group = z.strictObject({ glue: z.enum(['and', 'or']), conditions: z.array(line) });
const conditions = z.strictObject({ glue: z.literal('and'), conditions: z.array(group).max(2) });

/** The two groups of a filter: all of the first must hold, and one of the second where it has any. */
export function parseConditions(account: Account, given: unknown): readonly FilterGroup[] {
  const { conditions: groups } = parsedV1(conditions, typeof given === 'string' ? read(given) : given);
  if (groups.length === 2 && groups[0]?.glue === groups[1]?.glue)
    // Published: one of each. INF: status and text.
    throw new Refusal(400, 'Condition groups must be glued once with and, once with or');
  if (groups.reduce((sum, each) => sum + each.conditions.length, 0) > MAX_CONDITIONS)
    throw new Refusal(400, `Filter is allowed to have at most ${MAX_CONDITIONS} conditions`);
  return (['and', 'or'] as const).map((glue) => ({
    glue,
    conditions: (groups.find((each) => each.glue === glue)?.conditions ?? []).map((each) =>
      checked(account, each),
    ),
  }));
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'conditions is not valid JSON');
  }
}

// INF: that lines are checked at all, and the texts.
function checked(account: Account, given: z.infer<typeof line>): FilterCondition {
  const { object, field_id, operator } = given;
  const field = filterField(account, object, field_id);
  if (!field) throw new Refusal(400, `Field ${field_id} of ${object} does not exist`);
  const kind = kindOf(field.type);
  if (!operatorsOf(kind).includes(operator))
    throw new Refusal(
      400,
      `Operator ${operator} is not supported for field ${field_id} of type ${field.type}`,
    );
  const value = given.value ?? null;
  if (!takesNoValue(operator)) {
    const wrong = value === null ? 'must be given' : wrongValue(kind, value);
    if (wrong !== null) throw new Refusal(400, `The value for field ${field_id} ${wrong}`);
  }
  return { object, field_id, operator, value, extra_value: given.extra_value ?? null };
}

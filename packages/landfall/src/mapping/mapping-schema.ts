import { z } from 'zod';
import { customFieldEntities } from '../model/entity-table.ts';
import { targetEntities } from '../model/target.ts';
import { customFieldTypes } from '../model/target-table.ts';
import { transforms } from './transforms.ts';

const why = z.string().optional().describe('Why it is so: shown in the workbook and in the review.');
const text = z.string().min(1);
const texts = z.array(z.string());

const condition = z
  .strictObject({
    source: text.optional().describe('A source field, by its standard or exact name.'),
    target: text.optional().describe('Or a target field that an earlier row has set: deal.status.'),
    in: texts.min(1).optional().describe('Holds when the text is one of these, case and spaces aside.'),
    notIn: texts.min(1).optional().describe('Holds when the text is none of these.'),
    filled: z.boolean().optional().describe('Holds when the field is filled (true) or empty (false).'),
  })
  .refine((value) => (value.source === undefined) !== (value.target === undefined), {
    message: 'a condition needs one of `source` and `target`',
  })
  .refine((value) => value.in !== undefined || value.notIn !== undefined || value.filled !== undefined, {
    message: 'a condition needs one of `in`, `notIn` and `filled`',
  });
const conditions = z.union([condition, z.array(condition).min(1)]);

const looseCall = z.union([
  text,
  z
    .record(text, z.record(z.string(), z.unknown()))
    .refine((call) => Object.keys(call).length === 1, { message: 'one transform a list item' }),
]);

function rowSchema(call: z.ZodType) {
  return z
    .strictObject({
      to: text.describe('<entity>.<field>, with a part where the field has them: person.emails.work'),
      from: z
        .union([text, z.array(text).min(1)])
        .optional()
        .describe('Source fields, by their standard or exact names.'),
      value: z.union([text, z.boolean()]).optional().describe('A constant, instead of `from`.'),
      via: z.array(call).optional().describe('Transforms, in order.'),
      onlyIf: conditions.optional(),
      whenEmpty: z
        .union([z.enum(['skip', 'reject', 'review']), z.strictObject({ use: z.union([text, z.boolean()]) })])
        .optional()
        .describe(
          'When there is nothing: leave it out (default), put the record aside, ask, or use a value.',
        ),
      whenRefused: z
        .enum(['list', 'reject'])
        .optional()
        .describe(
          'When a transform refuses: leave the field out and list it (default), or put the record aside.',
        ),
      why,
    })
    .refine((row) => row.from === undefined || row.value === undefined, {
      message: 'a row has `from` or `value`, not both',
    });
}

const gather = z.strictObject({
  from: text.describe('The entity of the records below.'),
  by: text.describe('Their field that names this record by its id.'),
  as: text
    .regex(/^[^.\s]+$/, 'a name without points and spaces')
    .describe('The name their fields go by in the rows: <as>.<Field>, a value for each; <as>.count.'),
  limit: z.int().min(1).max(10_000).optional().describe('At most so many below one record (1,000).'),
  when: conditions.optional().describe('Only those of them that fulfil it.'),
});

const pipeline = z.strictObject({
  name: text,
  from: texts.describe('The source’s names for it; an empty text for deals that name none.'),
  stages: z
    .array(
      z.strictObject({
        name: text,
        probability: z.number().min(0).max(100).optional(),
        from: texts.describe('The source’s names for it.'),
      }),
    )
    .min(1),
  closed: z
    .array(z.strictObject({ from: z.string(), status: z.enum(['won', 'lost']) }))
    .optional()
    .describe('Source stages that are really an outcome.'),
});

const leftOut = z.strictObject({
  entity: text,
  field: text.describe('* for the whole entity.'),
  when: conditions.optional().describe('With field *: only the records that fulfil it.'),
  code: z
    .enum(['left-out', 'merged'])
    .optional()
    .describe('How these records are counted: left out (default), or merged into another one.'),
  why: text,
});

function schemaWith(call: z.ZodType) {
  return z.strictObject({
    version: z.literal(1),
    source: text.describe('The source CRM.'),
    entities: z
      .array(
        z.strictObject({
          from: text.describe('The source entity.'),
          to: z.enum(targetEntities),
          part: z.string().optional().describe('A name, when a record makes a second draft.'),
          when: conditions.optional().describe('Several mappings of one entity: the first that holds.'),
          gather: z
            .array(gather)
            .min(1)
            .optional()
            .describe('Values of records below this one, brought up to it.'),
          rows: z.array(rowSchema(call)),
          why,
        }),
      )
      .describe('What each source entity becomes.'),
    fields: z
      .array(
        z.strictObject({
          entity: z.enum(customFieldEntities),
          name: text,
          type: z.enum(customFieldTypes),
          why,
        }),
      )
      .default([])
      .describe('Custom fields that `configure` makes.'),
    pipelines: z.array(pipeline).default([]).describe('Pipelines with their stages in order.'),
    values: z
      .record(z.string(), z.record(z.string(), z.string()))
      .default({})
      .describe('Value tables: source text to target text.'),
    leave: z.array(leftOut).default([]).describe('Source fields that stay behind, each with the reason.'),
  });
}

/** The shape of `mapping.yaml`. Transforms are checked by `checkMapping`, which knows better what to say. */
export const mappingSchema = schemaWith(looseCall);

/** JSON Schema (draft 7) of `mapping.yaml` for editors: names and settings of all transforms are in it. */
export function mappingJsonSchema(): Record<string, unknown> {
  const named = transforms.map((transform) =>
    z.strictObject({ [transform.name]: transform.settings }).meta({ description: transform.summary }),
  );
  const [first, ...others] = transforms.map(({ name }) => z.literal(name));
  const bare = first === undefined ? text : z.union([first, ...others]);
  const schema = schemaWith(z.union([bare, ...named])).meta({
    title: 'Landfall mapping',
    description: 'What each field of the source becomes in the destination.',
  });
  return z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
}

import { z } from 'zod';
import { Refusal } from './refusal.ts';

/** A v1 number: v1 also takes it as text. */
export const looseId = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
/** A v1 flag: 0 and 1, as number or text, or a boolean. */
export const looseFlag = z.union([
  z.boolean(),
  z.literal([0, 1]).transform((flag) => flag === 1),
  z.literal(['0', '1']).transform((flag) => flag === '1'),
]);

/** The value as the schema makes it. Throws 400 in the words of v1. */
export function parsedV1<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const unknown = result.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys : [],
  );
  // Seen live for several v1 entities; that notes and types do the same is inferred.
  if (unknown.length > 0) throw new Refusal(400, `Invalid field(s) in the payload: ${unknown.join(', ')}`);
  const [issue] = result.error.issues;
  throw new Refusal(400, `${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}`);
}

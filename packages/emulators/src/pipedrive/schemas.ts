import { z } from 'zod';
import { type Complaint, notAllowed, schemaRefusal } from './refusal.ts';
import { isClock, isDate, isSpan, parseMoment } from './times.ts';

/** Values that several bodies share. Texts of these refusals are inferred; their status and code are published. */
export const id = z.int().positive();
/** A text of at most 255 characters. */
export const shortText = z.string().max(255);
/** A short text with something in it besides spaces. */
export const requiredText = shortText.refine((text) => text.trim() !== '', 'must not be empty');
/** A date, `YYYY-MM-DD`. */
export const day = z.string().refine(isDate, 'must be a date in format YYYY-MM-DD');
/** A time of day, `HH:MM` or `HH:MM:SS`. */
export const clock = z.string().refine(isClock, 'must be a time in format HH:MM or HH:MM:SS');
/** A duration, `HH:MM` or `HH:MM:SS`. */
export const span = z.string().refine(isSpan, 'must be a duration in format HH:MM or HH:MM:SS');
/** A moment; becomes whole seconds since 1970. */
export const moment = z.string().transform((text, context) => {
  const sec = parseMoment(text);
  if (sec !== null) return sec;
  context.addIssue('must be a date and time such as 2025-01-01T10:20:00Z');
  return z.NEVER;
});
/** Labels by id; the published schema allows 100. */
export const labelIds = z.array(id).max(100);
/** Values of custom fields by field code; what a value may be depends on the field and is checked later. */
export const customFields = z.record(z.string(), z.unknown());

const part = z.string().nullish();
/** An address; `value` is needed, its parts are not. */
export const address = z.strictObject({
  value: z.string(),
  country: part,
  admin_area_level_1: part,
  admin_area_level_2: part,
  locality: part,
  sublocality: part,
  route: part,
  street_number: part,
  subpremise: part,
  postal_code: part,
});

/** An e-mail address, a phone number or an instant-messaging name. */
export const reach = z.strictObject({
  value: z.string(),
  primary: z.boolean().optional(),
  label: shortText.optional(),
});

/** The value as the schema makes it. Throws the refusal that names every complaint. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw schemaRefusal(result.error.issues.flatMap(complaints));
}

function complaints(issue: z.core.$ZodIssue): Complaint[] {
  const key = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => notAllowed(key === '' ? name : `${key}.${name}`));
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return [{ key, text: `Parameter '${key}' is required for this request` }];
  return [{ key, text: issue.message }];
}

import { BODY_REFUSALS } from './refusal-cases/bodies.ts';
import { FIELD_REFUSALS } from './refusal-cases/fields.ts';
import { LINK_REFUSALS } from './refusal-cases/links.ts';
import { QUERY_REFUSALS } from './refusal-cases/queries.ts';
import type { RefusalCase } from './refusal-cases/refusal-case.ts';
import { SETTABLE_REFUSALS } from './refusal-cases/settable.ts';
import { V1_REFUSALS } from './refusal-cases/v1.ts';

/** What the emulated Pipedrive turns down; the world is `lived-in`. */
export const REFUSAL_CASES: readonly RefusalCase[] = [
  ...BODY_REFUSALS,
  ...SETTABLE_REFUSALS,
  ...LINK_REFUSALS,
  ...QUERY_REFUSALS,
  ...FIELD_REFUSALS,
  ...V1_REFUSALS,
];

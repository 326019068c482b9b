import { type AccountFacts, capNames } from '../model/destination.ts';
import { dealCapOf, type Plan } from './plans.ts';

/** What is used of the limits, as far as it is known. */
export interface Usage {
  readonly customFields: number | null;
  readonly deals: number | null;
}

const { deals: dealsName, customFields: fieldsName } = capNames;

/** The limits of the plan that a migration can run into, with what is used of them. */
export function capsOf(plan: Plan, seats: number, usage: Usage): AccountFacts['caps'] {
  const deals = { name: dealsName, limit: dealCapOf(plan, seats), used: usage.deals };
  if (plan.customFields === null) return [deals];
  return [deals, { name: fieldsName, limit: plan.customFields, used: usage.customFields }];
}

/** Names the limit a refused request ran into, with its number (the codes of facts.md 6.1; new ones by their own words). */
export function capWords(plan: Plan, seats: number, code: string, words: string): string {
  const told = words === '' ? code : words;
  const place = `on ${plan.name} with ${seats} ${seats === 1 ? 'seat' : 'seats'}`;
  if (/deals?_limit$/.test(code))
    return `Limit reached: ${dealCapOf(plan, seats)} ${dealsName} ${place}. Pipedrive: ${told}`;
  if (/custom_fields_limit$/.test(code) && plan.customFields !== null) {
    return `Limit reached: ${plan.customFields} ${fieldsName} ${place}. Pipedrive: ${told}`;
  }
  return `A limit of the account is reached (${code}) ${place}. Pipedrive: ${told}`;
}

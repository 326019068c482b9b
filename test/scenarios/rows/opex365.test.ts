import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { activityRules, noteRules } from './opex365-activity-rules.ts';
import { accountRules, contactRules } from './opex365-customer-rules.ts';
import { landOpex, type OpexLanded, type OpexRule } from './opex365-landed.ts';
import { customRules, ownerRules } from './opex365-other-rules.ts';
import { lineRules, productRules } from './opex365-product-rules.ts';
import { leadRules, opportunityRules } from './opex365-sales-rules.ts';

// A whole migration in one process: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 240_000 });

let landed: OpexLanded;

beforeAll(async () => {
  landed = await landOpex();
});

afterAll(async () => {
  await landed?.end();
});

const groups: readonly (readonly [string, readonly OpexRule[]])[] = [
  ['OPEX 365 lands in Pipedrive: accounts become organizations (O-20)', accountRules],
  ['contacts become persons (O-21)', contactRules],
  ['opportunities become deals (O-22)', opportunityRules],
  ['leads, and those that advanced (O-23)', leadRules],
  ['activities (O-24)', activityRules],
  ['products, bundles, price lists (O-25)', productRules],
  ['custom entities and many-to-many links (O-26)', customRules],
  ['lines of opportunities (O-27)', lineRules],
  ['notes and files (O-28)', noteRules],
  ['owners (O-29)', ownerRules],
];

describe.each(groups)('%s', (_title, rules) => {
  it.each(rules)('$rule: $says', ({ holds }) => holds(landed));
});

describe('the books', () => {
  it('VER-01: every record is accounted for, and what was written is verified', () => {
    for (const [entity, row] of Object.entries(landed.status.ledger)) {
      expect(row.drafted, entity).toBe(row.created + row.matched + row.updated + row.skipped + row.failed);
      expect(row.created, entity).toBe(row.verified);
      expect(row.failed + row.diverged + row.inDoubt, entity).toBe(0);
    }
  });
});

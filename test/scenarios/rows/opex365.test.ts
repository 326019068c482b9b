import { GeneratedWorld } from 'landfall-emulators/dataverse/world/world.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { demoSources } from '../../../packages/landfall/src/cli/demo-sources.ts';
import { contentsOf, differences } from '../support/oracle.ts';
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

describe('what `landfall demo opex365` moves', () => {
  it('is the same company at its size: 20,000 records and more, 25 entities, 300 attachments', () => {
    const records = demoSources['opex365']?.records ?? 0;
    const company = new GeneratedWorld({ seed: 1, records, guidOrder: 'sql' });
    const counts = Object.keys(landed.sources)
      .filter((entity) => entity !== 'bundlecomponent')
      .map((entity) => company.count(entity))
      .filter((count) => count > 0);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(20_000);
    expect(counts.length).toBeGreaterThanOrEqual(25);
    expect(company.count('activitymimeattachment')).toBeGreaterThanOrEqual(300);
  });
});

// The last one: after it nothing is left to look at.
describe('taking it back', () => {
  it('RB-02, O-27(b): the account is what it was before, lines, files and configuration too', async () => {
    const { did, after } = await landed.takenBack();
    expect([did.kept, did.errored]).toEqual([[], 0]);
    expect(did.reversed).toBeGreaterThan(400);
    expect(differences(contentsOf(landed.before), contentsOf(after))).toEqual([]);
    expect(after).toEqual(landed.before);
  });
});

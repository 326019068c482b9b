import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { takeBack } from '../../../packages/landfall/src/migration/journey.ts';
import { plantedResultsCases } from '../../../samples/results-cases.ts';
import { contentsOf, differences } from '../support/oracle.ts';
import { openSession } from '../support/workspace.ts';
import { resultsActivityRules } from './results-activity-rules.ts';
import { resultsDealRules } from './results-deal-rules.ts';
import { resultsFileRules } from './results-file-rules.ts';
import { landResults, type ResultsLanded, type ResultsRule } from './results-landed.ts';
import { resultsRecordRules } from './results-record-rules.ts';

// A whole migration in one process: on a busy machine it takes its time.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 180_000 });

let landed: ResultsLanded;

beforeAll(async () => {
  landed = await landResults();
});

afterAll(async () => {
  await landed?.end();
});

const groups: readonly (readonly [string, readonly ResultsRule[]])[] = [
  ['Results lands in Pipedrive: companies, contacts, products (R-20, R-21, R-29)', resultsRecordRules],
  ['opportunities and projects (R-22, R-23, R-28, R-06)', resultsDealRules],
  ['activities, custom fields, owners (R-24, R-25, R-26)', resultsActivityRules],
  ['attachments, Field Service, what stays behind (R-27, R-09, R-01, R-02, R-05)', resultsFileRules],
];

describe.each(groups)('%s', (_title, rules) => {
  it.each(rules)('$rule: $says', ({ holds }) => holds(landed));
});

describe('the books', () => {
  it('VER-01: every record of the export is accounted for, and what was written is verified', () => {
    for (const [entity, row] of Object.entries(landed.status.ledger)) {
      expect(row.drafted, entity).toBe(row.created + row.matched + row.updated + row.skipped + row.failed);
      expect(row.created, entity).toBe(row.verified);
      expect(row.failed + row.diverged + row.inDoubt, entity).toBe(0);
    }
    const moved = landed.status.ledger['deal'];
    expect(moved?.created).toBe(landed.manifest?.rows.projects);
  });

  it('every rule that has a planted case is proven here', () => {
    const proven = new Set(groups.flatMap(([, rules]) => rules.map(({ rule }) => rule)));
    expect(plantedResultsCases.length).toBeGreaterThan(20);
    expect(plantedResultsCases.map(({ rule }) => rule).filter((rule) => !proven.has(rule))).toEqual([]);
  });
});

describe('taking it back', () => {
  it('RB-01, RB-02: everything that was made is gone again, and the account is what it was before', async () => {
    const session = await openSession(landed.workspace);
    const did = await takeBack(session).finally(() => session.close());
    expect([did.kept, did.errored]).toEqual([[], 0]);
    expect(did.reversed).toBeGreaterThan(100);
    const after = landed.account.snapshot();
    expect(differences(contentsOf(landed.before), contentsOf(after))).toEqual([]);
    expect(after).toEqual(landed.before);
  });
});

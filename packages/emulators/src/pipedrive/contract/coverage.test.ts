import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COVERAGE_PATH, coveragePage, MINIMUM_PERCENT, missing } from '../../../../../scripts/coverage.ts';

const root = join(import.meta.dirname, '../../../../..');

describe.skipIf(missing !== null)(
  `the coverage of the published operations${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    test('COVERAGE.md is what `npx node scripts/coverage.ts` makes of the handlers', () => {
      expect(readFileSync(join(root, COVERAGE_PATH), 'utf8')).toBe(coveragePage().text);
    });

    test(`at least ${MINIMUM_PERCENT} % of the operations in scope are served`, () => {
      const { served, published } = coveragePage();
      expect(published).toBeGreaterThan(300);
      expect((100 * served) / published).toBeGreaterThanOrEqual(MINIMUM_PERCENT);
    });

    test('the table of costs knows the same operations', () => {
      expect(coveragePage().disputed).toEqual([]);
    });
  },
);

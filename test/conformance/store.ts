import { afterEach, beforeEach, describe } from 'vitest';
import { must } from '../../packages/landfall/src/base/assert.ts';
import type { StoreWriter } from '../../packages/landfall/src/model/store.ts';
import { writeOnce } from './store-bench.ts';
import { planTests } from './store-plan.ts';
import { recordTests } from './store-records.ts';
import { safetyTests } from './store-safety.ts';
import type { StoreBench } from './store-samples.ts';

/** The one suite every store passes: `open` gives an empty store for each test. */
export function storeConformance(name: string, open: () => Promise<StoreBench>): void {
  describe(name, () => {
    let opened: StoreBench | null = null;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(async () => {
      await opened?.dispose();
      opened = null;
    });
    const bench = () => {
      const current = must(opened, 'a test runs between beforeEach and afterEach');
      const write = <T>(work: (writer: StoreWriter) => Promise<T>) => writeOnce(current.store, work);
      return { ...current, write };
    };
    recordTests(bench);
    planTests(bench);
    safetyTests(bench);
  });
}

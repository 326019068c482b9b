import type { Store, StoreWriter } from '../../packages/landfall/src/model/store.ts';
import type { StoreBench } from './store-samples.ts';

/** The bench of the test that runs, with a shorthand to write under a lease of its own. */
export type Bench = () => StoreBench & {
  /** One transaction of `store`. */
  write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T>;
};

/** Takes a lease for one write and gives it back. */
export async function writeOnce<T>(store: Store, work: (writer: StoreWriter) => Promise<T>): Promise<T> {
  const lease = await store.lease('test', 60_000);
  try {
    return await store.write(lease, work);
  } finally {
    await lease.release();
  }
}

import { hashOf } from '../../base/hash.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { Policies } from '../../model/policy.ts';
import type { StoreReader } from '../../model/store.ts';
import { readValue } from '../values.ts';

/** The hash of what audit and plan depend on: the staged rows, the mapping, the answers and the policies. */
export async function planInputHash(
  store: StoreReader,
  mapping: Mapping,
  policies: Policies,
): Promise<string> {
  return hashOf([await readValue(store, 'extractedFrom'), mapping, await store.decisions(), policies]);
}

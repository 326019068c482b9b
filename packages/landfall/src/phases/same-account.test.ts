import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceKey } from '../model/key.ts';
import type { TargetCatalog } from '../model/target.ts';
import { configure } from './configure.ts';
import type { PhaseContext } from './context.ts';
import { load } from './load/load.ts';
import { type Bench, draft, keepDrafts, openBench, planAndLoad, record, recordsIn } from './phase-fixture.ts';
import { planRollback } from './rollback/look-ahead.ts';
import { rollback } from './rollback/rollback.ts';
import { verify } from './verify.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await keepDrafts(
    bench,
    [record('companies', '1', { name: 'Acme' })],
    [draft('organization', sourceKey('companies', '1'), { name: 'Acme' })],
  );
  await planAndLoad(bench);
});
afterEach(() => bench.close());

/** The same account, said to be another one. */
function seenAs(more: Partial<TargetCatalog>): PhaseContext {
  const { destination } = bench.context;
  const describe = async (signal: AbortSignal) => ({ ...(await destination.describe(signal)), ...more });
  return { ...bench.context, destination: { ...destination, describe } };
}

it.each([
  ['verify', verify],
  ['configure', configure],
  ['rollback', rollback],
  ['rollback --plan', planRollback],
] as const)('%s refuses another account than the one that was planned for', async (_what, phase) => {
  await expect(phase(seenAs({ account: 'Other', domain: 'other' }))).rejects.toMatchObject({
    code: 'configuration-wrong',
    message: expect.stringMatching(/destination\.url: .*Other \(other\); .*planned for Emulated Company/),
  });
  expect(recordsIn(bench, 'organizations')).toHaveLength(1);
  expect((await verify(bench.context)).findings).toBe(0);
});

it('the load refuses it before it sends anything', async () => {
  await rollback(bench.context);
  const other = seenAs({ account: 'Other', domain: 'other' });
  await expect(planAndLoad(bench, other)).rejects.toMatchObject({ code: 'configuration-wrong' });
  await expect(load(other)).rejects.toMatchObject({ code: 'configuration-wrong' });
  expect(recordsIn(bench, 'organizations')).toEqual([]);
});

it.each([
  ['name', { account: 'Renamed' }],
  ['address', { domain: 'moved' }],
])('a company with another %s is the same one', async (_what, more) => {
  expect((await verify(seenAs(more))).findings).toBe(0);
});

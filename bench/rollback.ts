// Rollback's memory without an account: a destination that answers from numbers, a store with everything loaded.
// Run: npx node bench/rollback.ts [--records 350000] [--kept 0]
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { canonicalJson } from '../packages/landfall/src/base/canonical.ts';
import { systemPorts } from '../packages/landfall/src/base/ports.ts';
import type { Destination } from '../packages/landfall/src/model/destination.ts';
import { ofEveryEntity } from '../packages/landfall/src/model/entity-table.ts';
import { sourceKey, targetId } from '../packages/landfall/src/model/key.ts';
import { defaultPolicies } from '../packages/landfall/src/model/policy-table.ts';
import type { Lease, Store } from '../packages/landfall/src/model/store.ts';
import type { TargetCatalog, TargetEntity, TargetRecord } from '../packages/landfall/src/model/target.ts';
import type { PhaseContext } from '../packages/landfall/src/phases/context.ts';
import { imageHash } from '../packages/landfall/src/phases/load/outcome.ts';
import { memorySource } from '../packages/landfall/src/phases/phase-fixture.ts';
import { planRollback } from '../packages/landfall/src/phases/rollback/look-ahead.ts';
import { rollback } from '../packages/landfall/src/phases/rollback/rollback.ts';
import { costTable } from '../packages/landfall/src/pipedrive/prices.ts';
import { openSqlite } from '../packages/landfall/src/store/open-store.ts';
import { machine, numberOption } from './support.ts';

const records = numberOption('records', 350_000);
/** One record in so many was changed by somebody; 0: none. */
const keptEvery = numberOption('kept', 0);
const batch = 1_000;
const mix: Readonly<Partial<Record<TargetEntity, number>>> = {
  organization: 0.1,
  person: 0.3,
  deal: 0.15,
  activity: 0.35,
  note: 0.1,
};
const countOf = (entity: TargetEntity) => Math.floor(records * (mix[entity] ?? 0));
const nothing = async function* () {};

function recordOf(entity: TargetEntity, number: number, isChanged: boolean): TargetRecord {
  const values = { name: `${entity} ${number}${isChanged ? ' changed' : ''}`, note: 'x'.repeat(200) };
  return { entity, id: targetId(number), values, marker: null, updatedAt: '2026-01-02T03:04:05Z' };
}

const removed = new Map<TargetEntity, Uint8Array>();
const isThere = (entity: TargetEntity, number: number) => removed.get(entity)?.[number] !== 1;

/** The list of an entity, made page by page while it is read. */
async function* walk(entity: TargetEntity): AsyncIterable<readonly TargetRecord[]> {
  for (let from = 1; from <= countOf(entity); from += 500) {
    const page: TargetRecord[] = [];
    for (let id = from; id < from + 500 && id <= countOf(entity); id += 1)
      if (isThere(entity, id)) page.push(recordOf(entity, id, keptEvery > 0 && id % keptEvery === 0));
    // as a wire would: the loop turns, and what is done with is cleared away
    await setImmediate();
    if (page.length > 0) yield page;
  }
}

const catalog = {
  account: 'bench',
  entities: ofEveryEntity(() => []),
  ...{ pipelines: [], activityTypes: [], users: [], currencies: [], selfUserId: '1' },
} as TargetCatalog;

const destination = {
  system: 'numbers',
  costs: costTable,
  describe: async () => catalog,
  walk: (entity: TargetEntity) => (entity === 'organizationRelationship' ? nothing() : walk(entity)),
  get: async () => null,
  remove: async (entity: TargetEntity, id: string) => {
    await setImmediate();
    const bits = removed.get(entity) ?? new Uint8Array(records + 1);
    bits[Number(id)] = 1;
    removed.set(entity, bits);
  },
  normalise: (_entity: TargetEntity, _field: string, value: unknown) => JSON.stringify(value),
  dependants: nothing,
  budget: () => ({ dailyTokens: 1e6, spentToday: 0, spentHere: 0, requests: 0, throttled: 0 }),
} as unknown as Destination;

/** The store of a finished load, made by a process of its own: what that needs is not what rollback needs. */
async function fillAll(folder: string): Promise<void> {
  const store = await openSqlite(join(folder, 'state.sqlite'), 'bench', systemPorts());
  const lease = await store.lease('bench', 1e9);
  for (const entity of Object.keys(mix) as TargetEntity[]) await fill(store, lease, entity);
  await lease.release();
  await store.close();
}

/** Keeps an entity as a finished load leaves it. */
async function fill(into: Store, lease: Lease, entity: TargetEntity): Promise<void> {
  for (let from = 1; from <= countOf(entity); from += batch) {
    const numbers = Array.from(
      { length: Math.min(batch, countOf(entity) - from + 1) },
      (_none, at) => from + at,
    );
    const refs = numbers.map((number) => ({ entity, key: sourceKey(entity, String(number)), part: '' }));
    await into.write(lease, async (writer) => {
      const draft = { fields: {}, links: [], title: '', position: '' };
      await writer.putDrafts(refs.map((ref) => ({ ...ref, ...draft })));
      const planned = { action: 'create', because: 'bench', costTokens: 5, links: [], extra: {} } as const;
      await writer.addOperations(
        refs.map((ref) => ({ ...ref, ...planned, targetId: null, fingerprint: ref.key })),
      );
      const seqs = (await writer.operationsByRef(refs)).map(({ seq }) => seq);
      await writer.changeOperations(
        seqs.map((seq, at) => ({ seq, state: 'done', targetId: targetId(from + at) })),
      );
      await writer.bind(refs.map((ref, at) => ({ ref, id: targetId(from + at) })));
      await writer.putBeforeImages(
        numbers.map((number) => ({
          entity,
          targetId: targetId(number),
          json: canonicalJson({
            ...{ after: imageHash(recordOf(entity, number, false), []), unseen: [], links: {} },
          }),
        })),
      );
    });
  }
}

const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);
let peak = 0;
const sampler = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 20);

async function measured<T>(
  task: () => Promise<T>,
): Promise<{ readonly seconds: number; readonly peakMb: number; readonly result: T }> {
  peak = process.memoryUsage().rss;
  const started = performance.now();
  const result = await task();
  return { seconds: Math.round((performance.now() - started) / 100) / 10, peakMb: megabytes(peak), result };
}

async function takeBack(folder: string): Promise<void> {
  const store = await openSqlite(join(folder, 'state.sqlite'), 'bench', systemPorts());
  const lease = await store.lease('bench', 1e9);
  const context: PhaseContext = {
    ...{ migration: 'bench', store, lease, source: memorySource([]), destination, policies: defaultPolicies },
    ...{ ports: systemPorts(), signal: new AbortController().signal, report: () => undefined },
  };
  const said = await measured(() => planRollback(context));
  const did = await measured(() => rollback(context));
  clearInterval(sampler);
  const told = ({ seconds, peakMb, result }: typeof did) => {
    return { seconds, peakMb, reversed: result.reversed, kept: result.kept.length };
  };
  console.log(
    JSON.stringify({
      what: 'rollback of a loaded store, the destination answers from numbers: looking ahead, then taking back',
      ...machine(),
      records,
      lookAhead: told(said),
      takeBack: told(did),
    }),
  );
  await store.close();
}

const [, script = '', ...args] = process.argv;
const at = args.indexOf('--from');
if (at >= 0) await takeBack(args[at + 1] ?? '');
else {
  clearInterval(sampler);
  const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
  await fillAll(folder);
  spawnSync(process.execPath, [script, ...args, '--from', folder], { stdio: 'inherit' });
  rmSync(folder, { recursive: true, force: true });
}

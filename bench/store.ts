import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { systemPorts } from '../packages/landfall/src/base/ports.ts';
import { createRandom } from '../packages/landfall/src/base/random.ts';
import { sourceKey, targetId } from '../packages/landfall/src/model/key.ts';
import type { LookupKey, SourceRecord } from '../packages/landfall/src/model/source.ts';
import type { Lease, NewOperation, Store } from '../packages/landfall/src/model/store.ts';
import type { TargetDraft, TargetEntity } from '../packages/landfall/src/model/target.ts';
import { openStore } from '../packages/landfall/src/store/open-store.ts';

// One migration's way through the store, without anything around it: `npx node bench/store.ts [records] [batch]`.
// With LANDFALL_DATABASE_URL the same on Postgres.

const records = Number(process.argv[2] ?? 350_000);
const batch = Number(process.argv[3] ?? 1_000);
const mix: readonly {
  source: string;
  target: TargetEntity;
  share: number;
  kinds: readonly LookupKey['kind'][];
}[] = [
  { source: 'company', target: 'organization', share: 0.08, kinds: ['id', 'name', 'domain'] },
  { source: 'contact', target: 'person', share: 0.25, kinds: ['id', 'email', 'name'] },
  { source: 'deal', target: 'deal', share: 0.12, kinds: ['id', 'name'] },
  { source: 'activity', target: 'activity', share: 0.4, kinds: ['id'] },
  { source: 'note', target: 'note', share: 0.15, kinds: ['id'] },
];
const random = createRandom(7);
const word = () => Math.floor(random() * 2 ** 40).toString(36);

function record(source: string, index: number, kinds: readonly LookupKey['kind'][]): SourceRecord {
  const fields: Record<string, string> = Object.create(null);
  for (let column = 0; column < 12; column += 1) fields[`Column ${column}`] = `${word()} ${word()} ${column}`;
  const lookup = kinds.map((kind) => ({ kind, value: kind === 'id' ? String(index) : `${word()}-${kind}` }));
  return {
    entity: source,
    key: sourceKey(source, String(index)),
    fields,
    position: `${source}.csv:${index}`,
    lookup,
  };
}

function draft(source: string, target: TargetEntity, index: number): TargetDraft & { position: string } {
  const fields: Record<string, TargetDraft['fields'][string]> = {};
  for (let row = 0; row < 8; row += 1)
    fields[`custom.Field ${row}`] = { value: `${word()} ${word()}`, effect: 'asIs', row };
  const links = [
    {
      field: 'org_id',
      entity: 'organization',
      source: 'company',
      tries: [{ kind: 'id', value: String(index), from: 'Company ID' }],
      within: null,
      whenMissing: 'leave',
      text: String(index),
      row: 9,
    },
  ] as const;
  return {
    entity: target,
    key: sourceKey(source, String(index)),
    part: '',
    title: `Record ${index}`,
    fields,
    links,
    position: `${source}.csv:${index}`,
  };
}

function operation(source: string, target: TargetEntity, index: number): NewOperation {
  const to = { entity: 'organization', key: sourceKey('company', String(index)), part: '' } as const;
  return {
    entity: target,
    key: sourceKey(source, String(index)),
    part: '',
    action: 'create',
    because: 'not in the destination yet',
    costTokens: 5,
    links: [{ field: 'org_id', entity: 'organization', to, evidence: 'id' }],
    extra: {},
    targetId: null,
    fingerprint: `main:sample:${source}:${index}`,
  };
}

let storeMs = 0;
let cpuMs = 0;
let peakMb = 0;
async function timed<T>(work: () => Promise<T>): Promise<T> {
  const from = performance.now();
  const cpuFrom = process.cpuUsage();
  const result = await work();
  const used = process.cpuUsage(cpuFrom);
  cpuMs += (used.user + used.system) / 1000;
  storeMs += performance.now() - from;
  peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1e6);
  return result;
}

async function eachBatch(
  work: (part: (typeof mix)[number], indexes: readonly number[]) => Promise<void>,
): Promise<void> {
  for (const part of mix) {
    const total = Math.round(records * part.share);
    for (let from = 0; from < total; from += batch) {
      const size = Math.min(batch, total - from);
      await work(
        part,
        Array.from({ length: size }, (_none, offset) => from + offset + 1),
      );
    }
  }
}

function line(name: string, wallMs: number, usedMs: number): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2).padStart(7)} s`;
  return `${name.padEnd(44)} ${seconds(wallMs)} wall ${seconds(usedMs)} cpu`;
}

async function step(name: string, work: () => Promise<void>): Promise<void> {
  const before = storeMs;
  const cpuBefore = cpuMs;
  await work();
  console.log(line(name, storeMs - before, cpuMs - cpuBefore));
}

async function pass(store: Store, lease: Lease): Promise<void> {
  await step('stage with lookups and ledger', () =>
    eachBatch(async (part, indexes) => {
      const staged = indexes.map((index) => record(part.source, index, part.kinds));
      await timed(() =>
        store.write(lease, async (writer) => {
          await writer.stage(staged);
          await writer.setValue(`cursor:${part.source}`, String(indexes.at(-1)));
          await writer.post([
            { side: 'source', entity: part.source, counter: 'extracted', amount: indexes.length },
          ]);
        }),
      );
    }),
  );
  await step('index the lookups', async () => {
    for (const { source } of mix) {
      while (await timed(() => store.write(lease, (writer) => writer.indexStaged(source))));
    }
  });
  await step('read staged, keep drafts and ledger', async () => {
    const after = new Map<string, number>();
    await eachBatch(async (part, indexes) => {
      const page = await timed(() =>
        store.stagedPage(part.source, after.get(part.source) ?? 0, indexes.length),
      );
      after.set(part.source, page.at(-1)?.seq ?? 0);
      const drafts = indexes.map((index) => draft(part.source, part.target, index));
      await timed(() =>
        store.write(lease, async (writer) => {
          await writer.putDrafts(drafts);
          await writer.post([
            { side: 'source', entity: part.source, counter: 'mapped', amount: indexes.length },
          ]);
        }),
      );
    });
  });
  await step('read drafts, look links up, add operations', async () => {
    const after = new Map<string, number>();
    await eachBatch(async (part, indexes) => {
      const operations = indexes.map((index) => operation(part.source, part.target, index));
      const page = await timed(() =>
        store.draftPage(part.target, after.get(part.target) ?? 0, indexes.length),
      );
      after.set(part.target, page.at(-1)?.seq ?? 0);
      await timed(() => store.findByLookup('company', 'id', indexes.map(String), 2));
      await timed(() => store.write(lease, (writer) => writer.addOperations(operations)));
    });
  });
}

/** The load of a tenth of the records, as the loader does it: intents, then outcomes, 50 at a time. */
async function load(store: Store, lease: Lease): Promise<void> {
  for (let done = 0; done < records / 10; done += 50) {
    const page = await timed(() => store.operationPage({ states: ['planned'] }, 0, 50));
    await timed(() => store.drafts(page));
    await timed(() =>
      store.write(lease, async (writer) => {
        await writer.changeOperations(page.map(({ seq }) => ({ seq, state: 'intent', attempt: 1 })));
        await writer.appendAudit(
          page.map(({ seq }) => ({ kind: 'intent', body: { seq, values: { name: word() } } })),
        );
      }),
    );
    await timed(() =>
      store.write(lease, async (writer) => {
        await writer.changeOperations(
          page.map(({ seq }) => ({ seq, state: 'done', targetId: targetId(seq) })),
        );
        await writer.bind(page.map((ref) => ({ ref, id: targetId(ref.seq) })));
        await writer.appendAudit(page.map(({ seq }) => ({ kind: 'outcome', body: { seq, id: seq } })));
        await writer.post(
          page.map(({ entity }) => ({ side: 'target', entity, counter: 'created', amount: 1 })),
        );
      }),
    );
  }
}

const folder = mkdtempSync(join(tmpdir(), 'landfall-bench-'));
const file = join(folder, 'state.sqlite');
const databaseUrl = process.env.LANDFALL_DATABASE_URL ?? null;
const cpu = cpus();
console.log(
  `${records} records, ${batch} a transaction, ${databaseUrl === null ? 'SQLite (WAL, synchronous FULL)' : 'Postgres'}`,
);
console.log(
  `Node ${process.version}, ${cpu.length} x ${cpu[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 1e9)} GB`,
);
const store = await openStore({ databaseUrl, file, migration: `bench-${Date.now()}` }, systemPorts(), {});
const lease = await store.lease('bench', 60_000);
await pass(store, lease);
console.log(`${line('so far', storeMs, cpuMs)}, peak ${Math.round(peakMb)} MB RSS`);
await step(`load ${records / 10} of them, 50 a transaction`, () => load(store, lease));
await step('totals of all operations', async () => void (await timed(() => store.operationTotals())));
await store.close();
console.log(`${line('in all', storeMs, cpuMs)}, peak ${Math.round(peakMb)} MB RSS`);
if (databaseUrl === null) console.log(`file ${Math.round(statSync(file).size / 1e6)} MB`);
rmSync(folder, { recursive: true });

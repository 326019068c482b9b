import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PipedriveOptions, servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { type Ports, systemPorts } from '../base/ports.ts';
import { lookupKeys } from '../mapping/key.ts';
import type { Destination } from '../model/destination.ts';
import { type SourceKey, sourceKey } from '../model/key.ts';
import type { Mapping } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import type { Decision } from '../model/question.ts';
import type {
  Page,
  SourceCatalog,
  SourceConnector,
  SourceEntity,
  SourceRecord,
  SourceValue,
} from '../model/source.ts';
import type { Lease, Store } from '../model/store.ts';
import type { DraftField, Link, TargetDraft, TargetEntity, TargetValue } from '../model/target.ts';
import { createPipedrive } from '../pipedrive/destination.ts';
import { openSqlite } from '../store/open-store.ts';
import { configure } from './configure.ts';
import type { PhaseContext } from './context.ts';
import { load } from './load/load.ts';
import { type PlanResult, plan } from './plan/plan.ts';
import { writeValue } from './values.ts';

/** An account, a store and a source for one test file; `context` works on them. */
export interface Bench {
  readonly context: PhaseContext;
  readonly store: Store;
  readonly account: Awaited<ReturnType<typeof servePipedrive>>;
  /** A second process that takes over: another lease and another connection, over the same store and account. */
  takeOver(more?: Partial<PhaseContext>): Promise<PhaseContext>;
  close(): Promise<void>;
}

/** How a bench is set up. */
export interface BenchOptions {
  readonly policies?: Partial<Policies>;
  readonly account?: PipedriveOptions;
  readonly source?: SourceConnector;
}

const leaseMs = 1_000_000_000;

/** Opens a bench: SQLite in a temporary folder, an emulated account over HTTP without limits, time that only sleeps move. */
export async function openBench(options: BenchOptions = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-phase-'));
  const account = await servePipedrive({ plan: 'ultimate', seats: 10, limits: 'off', ...options.account });
  let passedMs = 0;
  const ports: Ports = systemPorts({
    clock: {
      nowMs: () => Date.UTC(2026, 0, 2, 3, 4, 5) + passedMs,
      monotonicMs: () => passedMs,
      sleep: async (ms) => {
        passedMs += ms;
        account.emulator.control.advance(ms);
        await new Promise((resolve) => setImmediate(resolve));
      },
    },
  });
  const store = await openSqlite(join(folder, 'state.sqlite'), 'acme', ports);
  const opened: Destination[] = [];
  const openDestination = () => {
    const { url, token } = account;
    const destination = createPipedrive(
      { url, auth: { token }, plan: 'ultimate', seats: 10, share: 1, pace: 'off' },
      ports,
    );
    opened.push(destination);
    return destination;
  };
  const contextWith = (lease: Lease, more: Partial<PhaseContext> = {}): PhaseContext => ({
    migration: 'acme',
    store,
    lease,
    source: options.source ?? memorySource([]),
    destination: openDestination(),
    policies: { ...defaultPolicies, ...options.policies },
    ports,
    signal: new AbortController().signal,
    report: () => undefined,
    ...more,
  });
  const first = await store.lease('test', leaseMs);
  let last = first;
  return {
    context: contextWith(first),
    store,
    account,
    takeOver: async (more) => {
      await last.release();
      last = await store.lease('next', leaseMs);
      return contextWith(last, more);
    },
    close: async () => {
      for (const destination of opened) await destination.close();
      await store.close();
      await account.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The emulated account's records of a kind, by what they were given. */
export function recordsIn(bench: Bench, kind: string): readonly Readonly<Record<string, unknown>>[] {
  const all = structuredClone(bench.account.emulator.control.snapshot()) as Record<
    string,
    readonly Readonly<Record<string, unknown>>[]
  >;
  return all[kind] ?? [];
}

/** A person's own request to the account, past everything of ours. Answers `data`. */
export async function personDoes(
  bench: Bench,
  method: string,
  path: string,
  body?: unknown,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await fetch(`${bench.account.url}${path}`, {
    method,
    headers: { 'x-api-token': bench.account.token, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const json = (await answer.json()) as { readonly data: Readonly<Record<string, unknown>> };
  if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`);
  return json.data;
}

/** A source of these records, in pages of `pageSize`. */
export function memorySource(records: readonly SourceRecord[], pageSize = 2): SourceConnector {
  return {
    system: 'crm',
    capabilities: {
      exactCounts: true,
      modifiedSince: false,
      deletions: false,
      binaries: false,
      automations: false,
    },
    check: async () => ({ account: 'memory', lines: [] }),
    describe: async () => catalogOf(records),
    async *read(entity, from) {
      const mine = records.filter((one) => one.entity === entity);
      for (let at = Number(from ?? 0); at < mine.length; at += pageSize) yield pageOf(mine, at, pageSize);
    },
    async *automations() {},
  };
}

function pageOf(records: readonly SourceRecord[], at: number, size: number): Page {
  const next = at + size < records.length ? String(at + size) : null;
  return { records: records.slice(at, at + size), rejects: [], next };
}

/** The catalog a source of these records would describe. */
export function catalogOf(records: readonly SourceRecord[]): SourceCatalog {
  const groups = Map.groupBy(records, (one) => one.entity);
  return { system: 'crm', issues: [], entities: [...groups].map(([name, of]) => entityOf(name, of)) };
}

function entityOf(name: string, records: readonly SourceRecord[]): SourceEntity {
  const names = new Set(records.flatMap((record) => Object.keys(record.fields)));
  const fields = [...names].map((field) => ({
    name: field,
    standard: null,
    type: 'text' as const,
    evidence: '',
    filled: records.length,
    distinct: records.length,
    samples: [],
    values: [],
    format: null,
    formats: [],
    sensitive: false,
  }));
  return {
    name,
    label: name,
    custom: false,
    count: { value: records.length, exact: true },
    origin: [],
    fields,
  };
}

/** A record of the source; `email`, `name`, `id` and `domain` are what it is found by. */
export function record(
  entity: string,
  id: string,
  fields: Readonly<Record<string, SourceValue>> = {},
): SourceRecord {
  const lookup = (['id', 'email', 'name', 'domain'] as const).flatMap((kind) => {
    const text = kind === 'id' ? id : fields[kind];
    return typeof text === 'string' ? lookupKeys(kind, text) : [];
  });
  const position = `${entity}.csv:${id}`;
  return {
    entity,
    key: sourceKey(entity, id),
    fields: Object.assign(Object.create(null), fields),
    position,
    lookup,
  };
}

/** A draft that a test hands to the plan. */
export type SampleDraft = TargetDraft & { readonly position: string };

/** A draft with values as the source had them. */
export function draft(
  entity: TargetEntity,
  key: SourceKey,
  values: Readonly<Record<string, TargetValue>>,
  links: readonly Link[] = [],
  part = '',
): SampleDraft {
  const fields = Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, DraftField] => [
      name,
      { value, effect: 'asIs', row: 0 },
    ]),
  );
  const title = typeof values.name === 'string' ? values.name : key;
  return { entity, key, part, fields, links, title, position: `${key}` };
}

const sourceOf: Readonly<Partial<Record<TargetEntity, string>>> = {
  organization: 'companies',
  person: 'contacts',
  product: 'products',
  lead: 'leads',
  deal: 'deals',
};

/** A link that is looked for by these tries, in order: `link('org_id', 'organization', { id: '7', name: 'Acme' })`. */
export function link(
  field: string,
  entity: TargetEntity,
  tries: Readonly<Partial<Record<'id' | 'email' | 'name', string>>>,
  more: Partial<Link> = {},
): Link {
  return {
    field,
    entity,
    source: sourceOf[entity] ?? '',
    tries: Object.entries(tries).flatMap(([kind, text]) =>
      lookupKeys(kind as 'id', text)
        .slice(0, 1)
        .map((one) => ({ ...one, from: kind })),
    ),
    within: null,
    whenMissing: 'leave',
    text: Object.values(tries).join(' / '),
    row: 0,
    ...more,
  };
}

/** A mapping whose entities are told; the plan reads no rows of it. */
export const sampleMapping: Mapping = {
  version: 1,
  source: 'crm',
  entities: [
    { from: 'companies', to: 'organization', rows: [] },
    { from: 'contacts', to: 'person', rows: [] },
    { from: 'deals', to: 'deal', rows: [] },
  ],
  fields: [],
  pipelines: [],
  values: {},
  leave: [],
};

/** Stages records and keeps drafts as `extract` and `transform` would, and reads the account as `discover` would. */
export async function keepDrafts(
  bench: Bench,
  records: readonly SourceRecord[],
  drafts: readonly SampleDraft[],
): Promise<void> {
  const { context, store } = bench;
  const target = await context.destination.describe(context.signal);
  const account = await context.destination.check(context.signal);
  await store.write(context.lease, async (writer) => {
    await writer.stage(records);
    for (const entity of new Set(records.map((one) => one.entity))) while (await writer.indexStaged(entity));
    await writer.clearDrafts();
    await writer.putDrafts(drafts);
    await writer.resetLedger('target', ['drafted']);
    await writer.post(
      drafts.map(({ entity }) => ({ side: 'target', entity, counter: 'drafted', amount: 1 })),
    );
    await writer.setValue('placeholder', null);
    await writeValue(writer, 'target', target);
    await writeValue(writer, 'account', account);
    await writeValue(writer, 'transformedFrom', 'test');
  });
}

/** Answers questions; earlier answers stay. */
export async function decide(bench: Bench, answers: Readonly<Record<string, string>>): Promise<void> {
  const decisions = Object.entries(answers).map(([id, answer]): Decision => {
    const [choice = '', value] = answer.split('=');
    return { id, choice, by: 'ayse', at: '', ...(value === undefined ? {} : { value }) };
  });
  const known = await bench.store.decisions();
  await bench.store.write(null, (writer) => writer.putDecisions([...known, ...decisions]));
}

/** Plans, makes the configuration and loads. */
export async function planAndLoad(bench: Bench, context = bench.context): Promise<PlanResult> {
  const planned = await plan(context, sampleMapping);
  await configure(context);
  await load(context);
  return planned;
}

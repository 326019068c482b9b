import { serveDinamikcrm } from 'landfall-emulators/dinamikcrm/emulator.ts';
import { systemPorts } from '../base/ports.ts';
import { compileMapping, type Evaluation, evaluate } from '../mapping/evaluate.ts';
import { idOfKey } from '../model/key.ts';
import type { StageShape } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import type { SourceCatalog, SourceRecord, SourceValue } from '../model/source.ts';
import type { TargetDraft } from '../model/target.ts';
import { deriveStages } from '../propose/stages.ts';
import { proposeMapping } from '../propose/template-mapping.ts';
import { createSource } from '../sources/registry.ts';
import { testSurroundings } from '../sources/surroundings-fixture.ts';
import { dinamikcrmTemplate as template } from './dinamikcrm.ts';

const signal = new AbortController().signal;
/** What was discovered in the sample company; there after `readCompany`. */
export let catalog: SourceCatalog;
/** Its records by key. */
export const records = new Map<string, SourceRecord>();
const shapes: StageShape[] = [];

const real = systemPorts();
let aheadMs = 0;
/** Sleeping costs nothing: the pace of reading is not what is tested here. */
const ports = systemPorts({
  clock: {
    nowMs: () => real.clock.nowMs() + aheadMs,
    monotonicMs: () => real.clock.monotonicMs() + aheadMs,
    sleep: async (ms) => {
      aheadMs += ms;
    },
  },
});

/** Reads the sample company once. */
export async function readCompany(): Promise<void> {
  if (records.size > 0) return;
  const served = await serveDinamikcrm({ port: 0, limits: 'off' });
  const [apiKey, apiSecret] = served.token.split(':');
  const config = { system: 'dinamikcrm', url: served.url, auth: { apiKey, apiSecret } };
  const source = createSource(config, ports, testSurroundings());
  catalog = await source.describe(signal);
  for (const { name } of catalog.entities)
    for await (const page of source.read(name, null, signal))
      for (const record of page.records) records.set(record.key, record);
  await source.close?.();
  await served.close();
  for (const { entity, fields } of records.values()) {
    if (entity !== 'proposal' && entity !== 'sales') continue;
    const text = (name: string) => String(fields[name] ?? '');
    const [pipeline, stage, status] = [text('Pipeline'), text('Stage'), text('Stage Outcome')];
    shapes.push({ pipeline, stage, status, probability: '', count: 1, firstSeen: shapes.length });
  }
}

/** The proposal for it; `answers` are choices by the question's id. */
export function proposed(policies: Partial<Policies> = {}, answers: Readonly<Record<string, string>> = {}) {
  return proposeMapping({
    template,
    catalog,
    target: null,
    policies: { ...defaultPolicies, ...template.policies, ...policies },
    decisions: Object.entries(answers).map(([id, choice]) => ({ id, choice, by: 'tester', at: '' })),
    stages: deriveStages(shapes, [], catalog.pipelines).pipelines,
    limits: null,
  });
}

/** Proposals are made once for each set of policies. */
const compiledFor = new Map<string, ReturnType<typeof compileMapping>>();

function compiledWith(policies: Partial<Policies>): ReturnType<typeof compileMapping> {
  const name = JSON.stringify(policies);
  const { timezone, country, currency } = defaultPolicies;
  const compiled =
    compiledFor.get(name) ??
    compileMapping(proposed(policies).mapping, catalog, { timezone, country, currency });
  compiledFor.set(name, compiled);
  return compiled;
}

function evaluation(key: string, policies: Partial<Policies> = {}): Evaluation {
  const compiled = compiledWith(policies);
  const record = records.get(key) as SourceRecord;
  const fields: Record<string, SourceValue> = { ...record.fields };
  for (const { from, by, fields: names } of compiled.gathers.get(record.entity) ?? []) {
    const parent = `${by}=${idOfKey(record.key)}`;
    const below = [...records.values()].filter(
      ({ entity, lookup }) => entity === from && lookup.some(({ value }) => value === parent),
    );
    if (below.length > 0)
      for (const [name, field] of names) fields[name] = below.map((child) => child.fields[field] ?? '');
  }
  return evaluate(compiled, { ...record, fields });
}

/** The drafts of a record, gathered ones brought up to it. */
export function drafts(key: string, policies: Partial<Policies> = {}): readonly TargetDraft[] {
  const made = evaluation(key, policies);
  return made.kind === 'drafts' ? made.drafts : [];
}

/** One of them by its entity: its values, the first key of each link, and the whole. */
export function draft(key: string, entity: string, policies: Partial<Policies> = {}) {
  const found = drafts(key, policies).find((one) => one.entity === entity);
  const fields = Object.entries(found?.fields ?? {}).map(([name, field]) => [name, field.value]);
  const links = (found?.links ?? []).map(({ field, tries }) => [field, tries[0]?.value]);
  return {
    fields: Object.fromEntries(fields) as Record<string, unknown>,
    links: Object.fromEntries(links) as Record<string, unknown>,
    whole: found,
  };
}

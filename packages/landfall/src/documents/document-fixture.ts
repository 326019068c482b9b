import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemPorts } from '../base/ports.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import type { Store, StoreWriter } from '../model/store.ts';
import { openSqlite } from '../store/open-store.ts';
import { catalog, hostile, mapping, target } from './catalog-fixture.ts';
import type { DocumentContext } from './context.ts';
import { at, seedSample } from './store-fixture.ts';

const account: DocumentContext['account'] = {
  account: 'Acme',
  user: 'Ada',
  admin: true,
  plan: 'lite',
  seats: 2,
  dailyTokens: 60_000,
  tokensLeft: null,
  caps: [],
};

const proposed: DocumentContext['proposed'] = [
  {
    entity: 'companies',
    source: 'Region',
    target: 'custom:enum',
    confidence: 0.7,
    band: 'review',
    evidence: 'a dropdown',
    samples: [hostile],
    filled: 2,
    sensitive: false,
  },
  {
    entity: 'contacts',
    source: 'National ID',
    target: null,
    confidence: 0.9,
    band: 'leave',
    evidence: 'sensitive',
    samples: ['12345678901'],
    filled: 1,
    sensitive: true,
  },
];

const forecast: DocumentContext['forecast'] = {
  tokens: 1_234_567,
  requests: 2_345,
  days: 7,
  start: '2026-03-02',
  end: '2026-03-08',
  lowerBound: { tokens: 900, days: 1 },
  byteProofTokens: 0,
  calendar: [{ phase: 'run', requests: 10, tokens: 900, days: 1, start: '2026-02-03', end: '2026-02-04' }],
  rollbackTokens: 99_000,
  phases: [{ phase: 'run', entity: 'organization', operations: 1, requests: 3, tokens: 25 }],
  caps: [{ name: 'customFields', limit: 30, wanted: 34, fits: false }],
};

const owners: DocumentContext['owners'] = [
  {
    owner: 'ada@acme.com',
    records: 2,
    userId: '1',
    userName: 'Ada',
    group: 'resolved',
    evidence: 'same address',
  },
  {
    owner: 'gone@acme.com',
    records: 1,
    userId: null,
    userName: null,
    group: 'needs-account',
    evidence: 'no user has this address',
  },
];

const steps: DocumentContext['steps'] = [
  {
    seq: 1,
    step: {
      kind: 'field',
      entity: 'organization',
      name: 'Region',
      type: 'enum',
      options: ['Ege', '=1+1'],
    },
    because: 'the mapping needs it',
    costTokens: 5,
    state: 'done',
    ids: ['a'],
  },
];

const questions: DocumentContext['questions'] = [
  {
    id: 'custom-field:companies:Region',
    kind: 'custom-field',
    subject: 'companies.Region',
    question: `Where does "Region" go? ${hostile}`,
    records: [],
    recordCount: 2,
    choices: [{ id: 'create', label: 'A new field', consequence: 'It is made.', default: true }],
    blocks: 'mapping',
  },
  {
    id: 'custom-field:contacts:National-ID',
    kind: 'custom-field',
    subject: 'contacts.National ID',
    question: 'Where does "National ID" go?',
    records: [],
    recordCount: 1,
    choices: [{ id: 'leave', label: 'Leave it out', consequence: 'It stays.', default: true }],
    blocks: 'mapping',
  },
];

const automations: DocumentContext['automations'] = [
  {
    name: 'Won sets the status',
    detected: true,
    evidence: '120 of 120 deals',
    equivalent: 'An automation on the stage',
  },
];

const verify: DocumentContext['verify'] = {
  records: 1,
  fields: 10,
  links: 1,
  findings: 1,
  strays: 0,
  equal: 5,
  normalised: 2,
  byRule: 1,
  lossy: 1,
  missing: 0,
  different: 1,
};

const rollback: DocumentContext['rollback'] = {
  reversed: 1,
  restored: 0,
  errored: 0,
  kept: [{ entity: 'deal', targetId: '9', because: hostile, at: '2026-03-02T08:00:00Z', by: hostile }],
};

/** A migration at its end, over a real store in a folder that goes away afterwards. `more` adds to what it holds. */
export async function withSample<T>(
  work: (context: DocumentContext, directory: string) => Promise<T>,
  more: (writer: StoreWriter) => Promise<void> = async () => undefined,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'landfall-documents-'));
  const store = await openSqlite(join(directory, 'state.sqlite'), 'acme', systemPorts());
  try {
    const lease = await store.lease('test', 60_000);
    await store.write(lease, seedSample);
    await store.write(lease, more);
    return await work(await sampleContext(store), join(directory, 'reports'));
  } finally {
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function sampleContext(store: Store): Promise<DocumentContext> {
  return {
    name: 'acme',
    at,
    sourceSystem: 'Sample CRM',
    destinationSystem: 'Target CRM',
    account,
    policies: defaultPolicies,
    catalog,
    target,
    mapping,
    proposed,
    forecast,
    owners,
    steps,
    approvals: [{ gate: 'scope', hash: 'abcdef0123456789', by: 'Ada', at }],
    questions,
    decisions: [{ id: 'custom-field:contacts:National-ID', choice: 'leave', by: 'Ada', at }],
    automations,
    ledger: await store.ledger(),
    budget: { dailyTokens: 60_000, spentToday: 1_000, spentHere: 1_230_000, requests: 2_300, throttled: 2 },
    verify,
    rollback,
    reader: store,
  };
}

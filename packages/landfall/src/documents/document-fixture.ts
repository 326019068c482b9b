import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemPorts } from '../base/ports.ts';
import { sourceKey, targetId } from '../model/key.ts';
import type { Mapping } from '../model/mapping.ts';
import { defaultPolicies } from '../model/policy.ts';
import type { SourceCatalog, SourceField, SourceRecord } from '../model/source.ts';
import type { NewOperation, Store, StoreWriter } from '../model/store.ts';
import type { TargetCatalog, TargetDraft } from '../model/target.ts';
import { openSqlite } from '../store/open-store.ts';
import type { DocumentContext } from './context.ts';

/** What spreadsheets, Markdown and HTML must show and never run. */
export const hostile =
  '=HYPERLINK("http://evil.example","x") <img src=x onerror=alert(1)> | [a](javascript:b)';

const at = '2026-03-01T10:20:30.000Z';
const acme = sourceKey('companies', 'C-1');
const twin = sourceKey('companies', 'C-2');
const deal = sourceKey('deals', 'D-1');
const ada = sourceKey('contacts', 'P-1');

function field(name: string, more: Partial<SourceField> = {}): SourceField {
  return {
    name,
    standard: name,
    type: 'text',
    evidence: 'text',
    filled: 2,
    distinct: 2,
    samples: [`${name} 1`, `${name} 2`],
    values: [],
    format: null,
    formats: [],
    sensitive: false,
    ...more,
  };
}

const catalog: SourceCatalog = {
  system: 'sample-crm',
  entities: [
    {
      name: 'companies',
      label: 'Companies',
      custom: false,
      count: { value: 2, exact: true },
      origin: ['companies.csv'],
      fields: [
        field('Company Name'),
        field('Region', { standard: null, type: 'choice' }),
        field('Fax', { filled: 0, samples: [] }),
      ],
    },
    {
      name: 'contacts',
      label: 'Contacts',
      custom: false,
      count: { value: 1, exact: true },
      origin: ['contacts.csv'],
      fields: [
        field('Full Name'),
        field('National ID', { standard: null, sensitive: true, samples: ['12345678901'] }),
      ],
    },
    {
      name: 'deals',
      label: 'Deals',
      custom: false,
      count: { value: 1, exact: true },
      origin: ['deals.csv'],
      fields: [
        field('Deal Name'),
        field('Close Date', {
          type: 'date',
          formats: ['dd/MM/yyyy', 'MM/dd/yyyy'],
          evidence: 'no part is over 12',
        }),
        field('Currency', {
          type: 'currency',
          values: [
            { value: 'TRY', count: 900 },
            { value: 'EUR', count: 12 },
          ],
        }),
      ],
    },
  ],
  issues: [
    {
      code: 'dangling-id',
      severity: 'high',
      at: 'deals.csv',
      message: '3 deals name a company that is not there',
      hint: 'export companies again',
    },
  ],
};

const mapping: Mapping = {
  version: 1,
  source: 'sample-crm',
  entities: [
    {
      from: 'companies',
      to: 'organization',
      rows: [
        {
          to: 'organization.name',
          from: 'Company Name',
          via: ['collapse'],
          whenEmpty: 'reject',
          why: 'the name',
        },
        { to: 'organization.custom.Region', from: 'Region', via: ['choice'] },
        { to: 'organization.add_time', from: 'Created At', via: [{ dateTime: { format: 'dd.MM.yyyy' } }] },
      ],
    },
    { from: 'contacts', to: 'person', rows: [{ to: 'person.name', from: 'Full Name' }] },
    {
      from: 'deals',
      to: 'deal',
      when: { source: 'Status', notIn: ['Draft'] },
      rows: [
        { to: 'deal.title', from: 'Deal Name' },
        { to: 'deal.custom.Original created', from: 'Created At' },
      ],
    },
  ],
  fields: [
    { entity: 'organization', name: 'Region', type: 'enum', why: 'a dropdown' },
    {
      entity: 'deal',
      name: 'Margin',
      type: 'varchar',
      why: 'a formula field needs a higher plan: upgrade and build it by hand',
    },
  ],
  pipelines: [
    {
      name: 'Sales',
      from: ['Sales', ''],
      stages: [
        { name: 'New', probability: 10, from: ['New', 'new'] },
        { name: 'Proposal Sent', probability: 50, from: ['Proposal Sent', 'proposal sent'] },
      ],
      closed: [{ from: 'Closed Won', status: 'won' }],
    },
  ],
  values: { yes: { evet: 'Yes' } },
  leave: [
    { entity: 'companies', field: 'Fax', why: 'empty in all 2 records' },
    { entity: 'leads', field: '*', why: hostile },
  ],
};

const noFields = {
  organization: [],
  organizationRelationship: [],
  person: [],
  deal: [],
  activity: [],
  note: [],
};
const addTime = {
  name: 'add_time',
  label: 'Created',
  type: 'dateTime',
  custom: false,
  required: false,
  settable: 'create',
  maxLength: null,
  references: null,
  key: 'add_time',
  options: [],
} as const;

const target: TargetCatalog = {
  account: 'Acme',
  entities: { ...noFields, organization: [addTime], deal: [{ ...addTime, settable: 'never' }] },
  pipelines: [{ id: '1', name: 'Sales', stages: [{ id: '1', name: 'New', probability: 10 }] }],
  activityTypes: [],
  users: [],
  currencies: ['TRY'],
  selfUserId: '1',
};

function record(key: typeof acme, name: string, lookups: SourceRecord['lookup'], line: number): SourceRecord {
  const entity = key.slice(0, key.indexOf(':'));
  return {
    entity,
    key,
    fields: { 'Company Name': name, Region: 'Ege', Fax: null },
    position: `${entity}.csv:${line}`,
    lookup: lookups,
  };
}

function draft(
  entity: TargetDraft['entity'],
  key: typeof acme,
  title: string,
  more: Partial<TargetDraft> = {},
) {
  return {
    entity,
    key,
    part: '',
    title,
    fields: {},
    links: [],
    position: `${key.slice(0, key.indexOf(':'))}.csv:2`,
    ...more,
  };
}

function operation(
  entity: TargetDraft['entity'],
  key: typeof acme,
  more: Partial<NewOperation> = {},
): NewOperation {
  return {
    entity,
    key,
    part: '',
    action: 'create',
    because: 'new',
    costTokens: 5,
    links: [],
    extra: {},
    targetId: null,
    fingerprint: 'f',
    ...more,
  };
}

async function seed(writer: StoreWriter): Promise<void> {
  const lookup = [{ kind: 'domain', value: 'acme.com' }] as const;
  await writer.stage([
    record(acme, hostile, lookup, 2),
    record(twin, 'Acme Ltd', lookup, 3),
    record(ada, 'Ada', [], 2),
    record(deal, 'Big deal', [], 2),
  ]);
  await writer.addRejects('transform', [
    {
      entity: 'companies',
      key: acme,
      position: 'companies.csv:2',
      code: 'value-refused',
      field: 'Region',
      reason: hostile,
    },
    {
      entity: 'companies',
      key: acme,
      position: 'companies.csv:2',
      code: 'too-long',
      field: 'Fax',
      reason: 'too long',
    },
    {
      entity: 'contacts',
      key: null,
      position: 'contacts.csv:9',
      code: 'unreadable-row',
      field: null,
      reason: 'a quote is never closed',
    },
  ]);
  const owner = { value: 'gone@acme.com', effect: 'asIs', row: 0 } as const;
  const companyLink = {
    field: 'org_id',
    entity: 'organization',
    source: 'companies',
    tries: [],
    within: null,
    whenMissing: 'review',
    row: 0,
  } as const;
  await writer.putDrafts([
    draft('organization', acme, 'Acme', { fields: { owner_id: owner } }),
    draft('person', ada, 'Ada', { links: [{ ...companyLink, text: 'C-1' }] }),
    draft('deal', deal, 'Big deal'),
  ]);
  await writer.addOperations([
    operation('organization', acme, { targetId: targetId(7) }),
    operation('person', ada, {
      links: [
        {
          field: 'org_id',
          entity: 'organization',
          to: { entity: 'organization', key: acme, part: '' },
          evidence: 'id',
        },
      ],
    }),
    operation('deal', deal),
  ]);
  await writer.changeOperations([{ seq: 1, state: 'removed', targetId: targetId(7) }]);
  await writer.addTallies([{ kind: 'stage', subject: 'Sales', value: 'New', count: 911 }]);
  await writer.addFindings([
    {
      entity: 'deal',
      sourceKey: deal,
      targetId: targetId(9),
      field: 'value',
      expected: '100 TRY',
      found: '10 TRY',
      verdict: 'different',
    },
  ]);
  await writer.post([
    { side: 'source', entity: 'companies', counter: 'extracted', amount: 2 },
    { side: 'source', entity: 'companies', counter: 'mapped', amount: 1 },
    { side: 'source', entity: 'companies', counter: 'rejected', amount: 1 },
    { side: 'target', entity: 'organization', counter: 'drafted', amount: 1 },
    { side: 'target', entity: 'organization', counter: 'created', amount: 1 },
    { side: 'target', entity: 'organization', counter: 'verified', amount: 1 },
  ]);
  await writer.setValue(
    'gate:organization',
    JSON.stringify({ entity: 'organization', at, created: 1, found: 1, straysRemoved: 0 }),
  );
}

/** A migration at its end, over a real store in a folder that goes away afterwards. `more` adds to what it holds. */
export async function withSample<T>(
  work: (context: DocumentContext, directory: string) => Promise<T>,
  more: (writer: StoreWriter) => Promise<void> = async () => undefined,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'landfall-documents-'));
  const store = await openSqlite(join(directory, 'state.sqlite'), 'acme', systemPorts());
  try {
    const lease = await store.lease('test', 60_000);
    await store.write(lease, seed);
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
    account: {
      account: 'Acme',
      user: 'Ada',
      admin: true,
      plan: 'lite',
      seats: 2,
      dailyTokens: 60_000,
      tokensLeft: null,
      caps: [],
    },
    policies: defaultPolicies,
    catalog,
    target,
    mapping,
    proposed: [
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
    ],
    forecast: {
      tokens: 1_234_567,
      requests: 2_345,
      days: 7,
      start: '2026-03-02',
      end: '2026-03-08',
      rollbackTokens: 99_000,
      phases: [{ phase: 'run', entity: 'organization', operations: 1, requests: 3, tokens: 25 }],
      caps: [{ name: 'customFields', limit: 30, wanted: 34, fits: false }],
    },
    owners: [
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
    ],
    steps: [
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
    ],
    approvals: [{ gate: 'scope', hash: 'abcdef0123456789', by: 'Ada', at }],
    questions: [
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
    ],
    decisions: [{ id: 'custom-field:contacts:National-ID', choice: 'leave', by: 'Ada', at }],
    automations: [
      {
        name: 'Won sets the status',
        detected: true,
        evidence: '120 of 120 deals',
        equivalent: 'An automation on the stage',
      },
    ],
    ledger: await store.ledger(),
    budget: { dailyTokens: 60_000, spentToday: 1_000, spentHere: 1_230_000, requests: 2_300, throttled: 2 },
    verify: {
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
    },
    rollback: {
      reversed: 1,
      restored: 0,
      errored: 0,
      kept: [{ entity: 'deal', targetId: '9', because: hostile }],
    },
    reader: store,
  };
}

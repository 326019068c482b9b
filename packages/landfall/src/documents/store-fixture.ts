import { sourceKey, targetId } from '../model/key.ts';
import type { SourceRecord } from '../model/source.ts';
import type { NewOperation, StoreWriter } from '../model/store.ts';
import type { TargetDraft } from '../model/target.ts';
import { hostile } from './catalog-fixture.ts';

/** When everything in the sample happened. */
export const at = '2026-03-01T10:20:30.000Z';
const acme = sourceKey('companies', 'C-1');
const twin = sourceKey('companies', 'C-2');
const deal = sourceKey('deals', 'D-1');
const ada = sourceKey('contacts', 'P-1');

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
/** Writes the sample migration into an empty store: staged, drafted, loaded, verified. */
export async function seedSample(writer: StoreWriter): Promise<void> {
  const lookup = [{ kind: 'domain', value: 'acme.com' }] as const;
  await writer.stage([
    record(acme, hostile, lookup, 2),
    record(twin, 'Acme Ltd', lookup, 3),
    record(ada, 'Ada', [], 2),
    record(deal, 'Big deal', [], 2),
  ]);
  while (await writer.indexStaged('companies'));
  await seedRejects(writer);
  await seedPlan(writer);
  await writer.changeOperations([{ seq: 1, state: 'removed', targetId: targetId(7) }]);
  await writer.addTallies([{ kind: 'stage', subject: 'Sales', value: 'New', count: 911 }]);
  await seedProof(writer);
}

async function seedRejects(writer: StoreWriter): Promise<void> {
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
      entity: 'companies',
      key: twin,
      position: 'companies.csv:3',
      code: 'merged',
      field: 'Region',
      reason: 'its values are brought up to contacts P-1',
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
}

async function seedPlan(writer: StoreWriter): Promise<void> {
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
}

async function seedProof(writer: StoreWriter): Promise<void> {
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

import { afterEach, describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { SourceRecord } from '../../model/source.ts';
import type { Link } from '../../model/target.ts';
import {
  type Bench,
  draft,
  keepDrafts,
  link,
  openBench,
  record,
  type SampleDraft,
  sampleMapping,
} from '../phase-fixture.ts';
import { plan } from './plan.ts';

let bench: Bench;
afterEach(() => bench.close());

/** Leads know the deals that came of them; companies know what was merged into them. */
const mapping: Mapping = {
  ...sampleMapping,
  entities: [
    {
      from: 'companies',
      to: 'organization',
      gather: [{ from: 'companies', by: 'Master', as: 'Merged' }],
      rows: [],
    },
    { from: 'leads', to: 'lead', gather: [{ from: 'deals', by: 'Lead', as: 'Became' }], rows: [] },
    { from: 'deals', to: 'deal', rows: [] },
  ],
};

const leadLink = (id: string): Link => link('lead_id', 'lead', { id });
const orgLink = (id: string): Link => link('org_id', 'organization', { id });

function below(one: SourceRecord, field: string, id: string): SourceRecord {
  return { ...one, lookup: [...one.lookup, { kind: 'parent', value: `${field}=${id}` }] };
}

function activity(links: readonly Link[]): SampleDraft {
  return draft('activity', sourceKey('calls', '1'), { subject: 'Call' }, links);
}

/** Where the links of the activity lead, and what was listed. */
async function linked(records: readonly SourceRecord[], drafts: readonly SampleDraft[]) {
  bench = await openBench({ policies: { unlinkedDeals: 'leave' } });
  await keepDrafts(bench, [...records, record('calls', '1')], drafts);
  await plan(bench.context, mapping);
  const [call] = await bench.store.operationPage({ entity: 'activity' }, 0, 10);
  return {
    ends: call?.links.map(({ field, to }) => [field, 'key' in to ? to.key : to.targetId]),
    listed: (await bench.store.rejects('plan', 0, 10))
      .filter(({ key }) => key === 'calls:1')
      .map(({ code }) => code),
  };
}

describe('links to records that are moved as something else', () => {
  it('O-23(b): a lead that is a deal of its own is linked as one', async () => {
    const own = draft('deal', sourceKey('leads', '7'), { title: 'Inquiry' });
    expect(await linked([record('leads', '7')], [own, activity([leadLink('7')])])).toEqual({
      ends: [['deal_id', 'leads:7']],
      listed: [],
    });
  });

  it('O-23(b): a lead that became an opportunity is linked as its deal', async () => {
    const records = [record('leads', '7'), below(record('deals', '1'), 'Lead', '7')];
    const became = draft('deal', sourceKey('deals', '1'), { title: 'Deal' });
    expect(await linked(records, [became, activity([leadLink('7')])])).toEqual({
      ends: [['deal_id', 'deals:1']],
      listed: [],
    });
  });

  it('a deal that the activity names itself stays its deal', async () => {
    const records = [record('leads', '7'), record('deals', '2'), below(record('deals', '1'), 'Lead', '7')];
    const deals = ['1', '2'].map((id) => draft('deal', sourceKey('deals', id), { title: id }));
    const links = [link('deal_id', 'deal', { id: '2' }), leadLink('7')];
    expect(await linked(records, [...deals, activity(links)])).toEqual({
      ends: [['deal_id', 'deals:2']],
      listed: ['link-missing'],
    });
  });

  it('O-20(a): a company that was merged in the source is linked as the one it went into', async () => {
    const records = [record('companies', '1'), below(record('companies', '2'), 'Master', '1')];
    const master = draft('organization', sourceKey('companies', '1'), { name: 'Acme' });
    expect(await linked(records, [master, activity([orgLink('2')])])).toEqual({
      ends: [['org_id', 'companies:1']],
      listed: [],
    });
  });

  it('a further part of a record is found where the record itself is something else', async () => {
    const key = sourceKey('leads', '7');
    const drafts = [
      draft('lead', key, { title: 'Inquiry' }),
      draft('person', key, { name: 'Ada' }, [], 'person'),
    ];
    const own = link('person_id', 'person', { id: '7' }, { source: 'leads' });
    expect((await linked([record('leads', '7')], [...drafts, activity([own])])).ends).toEqual([
      ['person_id', 'leads:7'],
    ]);
  });

  it('a record that went nowhere is listed', async () => {
    expect(await linked([record('leads', '7')], [activity([leadLink('7')])])).toEqual({
      ends: [],
      listed: ['link-missing'],
    });
  });
});

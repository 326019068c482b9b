import { afterEach, expect, it } from 'vitest';
import { checkMapping } from '../mapping/check.ts';
import { compileMapping } from '../mapping/evaluate.ts';
import { parentValue } from '../mapping/gather.ts';
import { imbalances } from '../model/ledger.ts';
import type { SourceCatalog, SourceRecord, SourceValue } from '../model/source.ts';
import { configure } from '../phases/configure.ts';
import { discover } from '../phases/discover.ts';
import { load } from '../phases/load/load.ts';
import { type Bench, memorySource, openBench, record, recordsIn } from '../phases/phase-fixture.ts';
import { plan } from '../phases/plan/plan.ts';
import { transform } from '../phases/transform.ts';
import { readValue } from '../phases/values.ts';
import { custom, entity, field, propose } from './proposal-fixture.ts';

let bench: Bench;
afterEach(() => bench.close());

/** A record below those its parents name, as a reader gives it. */
function below(
  name: string,
  id: string,
  fields: Readonly<Record<string, SourceValue>>,
  parents: readonly string[],
) {
  const plain = record(name, id, fields);
  const keys = parents.flatMap((by) => parentValue(by, String(fields[by] ?? '')) ?? []);
  return {
    ...plain,
    lookup: [...plain.lookup, ...keys.map((value) => ({ kind: 'parent' as const, value }))],
  };
}

const records: readonly SourceRecord[] = [
  record('contacts', '1', { 'Contact ID': '1', 'Full Name': 'Ada Lovelace' }),
  record('contacts', '2', { 'Contact ID': '2', 'Full Name': 'Alan Turing' }),
  record('deals', '10', { 'Deal ID': '10', 'Deal Name': 'Engine' }),
  record('deals', '11', { 'Deal ID': '11', 'Deal Name': 'Bombe' }),
  below('contract', 'c1', { Deal: '10', Seats: '5', Start: '2026-01-31', Terms: 'net & gross' }, ['Deal']),
  below('contract', 'c2', { Deal: '11', Seats: '7', Start: '', Terms: '' }, ['Deal']),
  below('contract', 'c3', { Deal: '99', Seats: '1', Start: '', Terms: 'lost' }, ['Deal']),
  below(
    'visit',
    'v1',
    { Contact: '1', Deal: '10', Result: 'fine', 'Created On': '2025-05-06T07:08:09Z' },
    [],
  ),
  below('visit', 'v2', { Contact: '1', Deal: '', Result: 'also fine', 'Created On': '' }, []),
  below('visit', 'v3', { Contact: '8', Deal: '', Result: 'nobody', 'Created On': '' }, []),
  below('deal_contact', 'r1', { Deal: '10', Contact: '1', 'Contact Name': 'Ada Lovelace' }, [
    'Deal',
    'Contact',
  ]),
  below('deal_contact', 'r2', { Deal: '10', Contact: '2', 'Contact Name': 'Alan Turing' }, [
    'Deal',
    'Contact',
  ]),
];

const toDeal = (mostForOne: number, filled = 3) =>
  custom('Deal', { type: 'reference', references: ['deals'], mostForOne, filled, samples: ['10'] });
const toContact = (filled = 3) =>
  custom('Contact', { type: 'reference', references: ['contacts'], mostForOne: 2, filled, samples: ['1'] });
const catalog: SourceCatalog = {
  system: 'sample-crm',
  issues: [],
  entities: [
    entity('contacts', [field('Contact ID', { type: 'id' }), field('Full Name')], 2),
    entity('deals', [field('Deal ID', { type: 'id' }), field('Deal Name')], 2),
    {
      ...entity(
        'contract',
        [
          toDeal(1),
          custom('Seats', { type: 'number', filled: 3, samples: ['5'] }),
          custom('Start', { type: 'date', filled: 1, samples: ['2026-01-31'] }),
          custom('Terms', { type: 'longText', filled: 2 }),
        ],
        3,
      ),
      label: 'Contract',
      custom: true,
    },
    {
      ...entity(
        'visit',
        [
          toContact(),
          toDeal(1, 1),
          custom('Result', { filled: 3 }),
          custom('Created On', { type: 'dateTime', filled: 1, samples: ['2025-05-06T07:08:09Z'] }),
        ],
        3,
      ),
      label: 'Visit',
      custom: true,
    },
    {
      ...entity(
        'deal_contact',
        [toDeal(2, 2), toContact(2), custom('Contact Name', { type: 'name', filled: 2 })],
        2,
      ),
      custom: true,
    },
  ],
};

/** Everything from discovery to the loaded account, with the mapping as it is proposed. */
async function journey(): Promise<void> {
  bench = await openBench({
    source: { ...memorySource(records), system: 'sample-crm', describe: async () => catalog },
  });
  const { context } = bench;
  await discover(context);
  const target = await readValue(bench.store, 'target');
  const { mapping } = propose(catalog.entities, target === null ? {} : { target });
  expect(checkMapping(mapping, catalog, target)).toEqual([]);
  const compiled = compileMapping(
    mapping,
    catalog,
    { timezone: 'UTC', country: 'TR', currency: 'TRY' },
    target,
  );
  await transform(context, { mapping, compiled, catalog, optionFields: new Map() });
  await plan(context, mapping);
  await configure(context);
  await load(context);
}

it('tables without rules arrive as typed fields, notes and ids of the records they lead to, and the books balance (D-27(d), D-27(e), O-26(a), O-26(b))', async () => {
  await journey();
  const codes = new Map(recordsIn(bench, 'fields').map((made) => [made.field_name, String(made.field_code)]));
  const engine = recordsIn(bench, 'deals').find(({ title }) => title === 'Engine');
  const values = engine?.custom_fields as Readonly<Record<string, unknown>>;
  const shown = (name: string) => values[codes.get(name) ?? ''];
  expect(shown('Contract Seats')).toBe(5);
  expect(shown('Contract Start')).toBe('2026-01-31');
  expect(shown('contacts IDs')).toBe('1|2');
  expect(shown('contacts names')).toBe('Ada Lovelace | Alan Turing');

  const notes = recordsIn(bench, 'notes').map(({ content, deal_id, person_id, add_time }) => ({
    text: String(content).replace(/<[^>]+>/g, '/'),
    on: [deal_id === null ? '' : 'deal', person_id === null ? '' : 'person'].filter(Boolean),
    at: String(add_time).slice(0, 10),
  }));
  expect(notes).toEqual([
    {
      text: expect.stringContaining('Contract Terms:/ net &amp; gross'),
      on: ['deal'],
      at: expect.any(String),
    },
    {
      text: expect.stringMatching(/Record:\/ Visit.*Result:\/ fine/),
      on: ['deal', 'person'],
      at: '2025-05-06',
    },
    { text: expect.stringContaining('Result:/ also fine'), on: ['person'], at: expect.any(String) },
  ]);

  const ledger = await bench.store.ledger();
  expect(imbalances(ledger, { transform: true, load: true, verify: false })).toEqual([]);
  expect(ledger.source.contract).toMatchObject({ extracted: 3, excluded: 2, rejected: 1 });
  const lost = [
    ...(await bench.store.rejects('transform', 0, 99)),
    ...(await bench.store.rejects('plan', 0, 99)),
  ];
  expect([...new Set(lost.map(({ key, code }) => `${key} ${code}`))].sort()).toEqual([
    'contract:c1 merged',
    'contract:c2 merged',
    'contract:c3 link-missing',
    'deal_contact:r1 merged',
    'deal_contact:r2 merged',
    'visit:v3 link-missing',
  ]);
});

import { afterEach, expect, it } from 'vitest';
import { compileMapping } from '../mapping/evaluate.ts';
import type { EntityMapping } from '../model/mapping.ts';
import { extract } from './extract.ts';
import {
  type Bench,
  catalogOf,
  memorySource,
  openBench,
  planAndLoad,
  record,
  recordsIn,
  sampleMapping,
} from './phase-fixture.ts';
import { transform } from './transform.ts';
import { writeValue } from './values.ts';
import { verify } from './verify.ts';

let bench: Bench;
afterEach(() => bench.close());

it('a note of brought-up lines arrives as drafted and reads back equal, whatever is in it (D-27(d), VER-05)', async () => {
  const odd = [
    `<script>alert('x')</script> & "quotes"`,
    'a < b > c',
    'line\r\nend \u00a0 İş',
    '&amp; </p><p>',
    '',
  ];
  const note: EntityMapping = {
    from: 'deals',
    to: 'note',
    part: 'lines',
    gather: [{ from: 'lines', by: 'Deal', as: 'items' }],
    rows: [
      { to: 'note.block.Lines <b>', from: ['items.What', 'items.Price'], via: ['rows'] },
      { to: 'note.block.Total', from: 'items.Price', via: ['sum'] },
      { to: 'note.deal_id', via: [{ reference: { source: 'deals', by: { id: ['id'] } } }] },
    ],
  };
  const deal: EntityMapping = { from: 'deals', to: 'deal', rows: [{ to: 'deal.title', from: 'name' }] };
  const records = [
    record('deals', '1', { id: '1', name: 'Big' }),
    ...odd.map((What, at) => ({
      ...record('lines', `L${at}`, { What, Price: '0.1' }),
      lookup: [{ kind: 'parent' as const, value: 'Deal=1' }],
    })),
  ];
  bench = await openBench({ source: memorySource(records) });
  const { context, store } = bench;
  const catalog = catalogOf(records);
  const mapping = { ...sampleMapping, entities: [deal, note] };
  await extract(context, catalog);
  const policies = { timezone: 'Europe/Istanbul', country: 'TR', currency: 'TRY' };
  const compiled = compileMapping(mapping, catalog, policies, null);
  await transform(context, { mapping, compiled, catalog, optionFields: new Map() });
  const target = await context.destination.describe(context.signal);
  const account = await context.destination.check(context.signal);
  await store.write(context.lease, async (writer) => {
    await writeValue(writer, 'target', target);
    await writeValue(writer, 'account', account);
  });
  await planAndLoad(bench);
  const [sent] = recordsIn(bench, 'notes');
  expect(sent?.content).toContain('<b>Lines &lt;b&gt;:</b> &lt;script&gt;');
  expect(sent?.content).toContain('<b>Total:</b> 0.5</p>');
  const proof = await verify(context);
  expect(proof).toMatchObject({ records: 2, missing: 0, different: 0, findings: 0 });
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { sourceKey } from '../model/key.ts';
import { imbalances } from '../model/ledger.ts';
import type { PhaseContext } from './context.ts';
import {
  type Bench,
  draft,
  keepDrafts,
  link,
  openBench,
  personDoes,
  planAndLoad,
  record,
  recordsIn,
} from './phase-fixture.ts';
import { readValue } from './values.ts';
import { verify } from './verify.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ policies: { duplicates: 'keep' } });
  const ids = ['1', '2', '3'];
  await keepDrafts(
    bench,
    [record('companies', '1', { name: 'Acme' })],
    [
      draft('organization', sourceKey('companies', '1'), { name: 'Acme' }),
      ...ids.map((id) =>
        draft('person', sourceKey('contacts', id), { name: `Contact ${id}` }, [
          link('org_id', 'organization', { id: '1' }),
        ]),
      ),
    ],
  );
  await planAndLoad(bench);
});
afterEach(() => bench.close());

async function expectBalance(): Promise<void> {
  const ledger = await bench.store.ledger();
  expect(imbalances(ledger, { transform: false, load: true, verify: true })).toEqual([]);
}

function idOf(name: string): string {
  return String(recordsIn(bench, 'persons').find((one) => one.name === name)?.id);
}

it('proves every field and every link of every record (VER-05)', async () => {
  expect(await verify(bench.context)).toMatchObject({
    records: 4,
    fields: 7,
    links: 3,
    equal: 7,
    missing: 0,
    different: 0,
    findings: 0,
    strays: 0,
  });
  await expectBalance();
});

it('tells what a person changed and what is gone, field by field, and can be run again', async () => {
  await personDoes(bench, 'PATCH', `/api/v2/persons/${idOf('Contact 1')}`, { name: 'Renamed', org_id: null });
  await personDoes(bench, 'DELETE', `/api/v2/persons/${idOf('Contact 2')}`);
  for (const _time of [1, 2]) {
    const summary = await verify(bench.context);
    expect(summary).toMatchObject({ records: 4, fields: 7, missing: 3, different: 1, findings: 3 });
    const findings = await bench.store.findings(0, 10);
    expect(findings.map(({ sourceKey: key, field, verdict, found }) => [key, field, verdict, found])).toEqual(
      [
        ['contacts:1', 'name', 'different', 'Renamed'],
        ['contacts:1', 'org_id', 'missing', ''],
        ['contacts:2', '*', 'missing', 'not in the list of the destination'],
      ],
    );
    await expectBalance();
  }
});

it('a list that shows a record twice counts it once: the books still balance', async () => {
  const { destination } = bench.context;
  const walk: PhaseContext['destination']['walk'] = async function* (entity, options, signal) {
    for await (const page of destination.walk(entity, options, signal)) {
      yield page;
      yield page.slice(-1);
    }
  };
  expect(await verify({ ...bench.context, destination: { ...destination, walk } })).toMatchObject({
    records: 4,
  });
  await expectBalance();
});

it('a list that lags is read once more before anything is called different (reliability.md 2)', async () => {
  const { destination, ports } = bench.context;
  const waits: number[] = [];
  let walks = 0;
  const walk: PhaseContext['destination']['walk'] = async function* (entity, options, signal) {
    walks += entity === 'person' ? 1 : 0;
    for await (const page of destination.walk(entity, options, signal)) {
      const lags = entity === 'person' && walks === 1;
      yield lags
        ? page.slice(1).map((one) => ({ ...one, values: { ...one.values, name: 'as it was before' } }))
        : page;
    }
  };
  const sleep = async (ms: number) => void waits.push(ms);
  const context: PhaseContext = {
    ...bench.context,
    destination: { ...destination, walk },
    ports: { ...ports, clock: { ...ports.clock, sleep } },
  };
  expect(await verify(context)).toMatchObject({ records: 4, fields: 7, equal: 7, findings: 0, strays: 0 });
  expect(waits).toEqual([2_000]);
  expect(walks).toBe(2);
  await expectBalance();
  // nothing in doubt, nothing waited for
  expect(await verify(context)).toMatchObject({ records: 4, findings: 0 });
  expect(waits).toHaveLength(1);
});

it('one that breaks off leaves no old proof behind: it is due again', async () => {
  await verify(bench.context);
  const { destination } = bench.context;
  const walk: PhaseContext['destination']['walk'] = () => {
    throw new Error('the line is dead');
  };
  const broken = { ...bench.context, destination: { ...destination, walk } };
  await expect(verify(broken)).rejects.toThrow('the line is dead');
  expect(await readValue(bench.store, 'verified')).toBeNull();
  expect(await readValue(bench.store, 'verify')).toBeNull();
});

it('counts records that carry our marker and are not in our books', async () => {
  const [field] = (await bench.context.destination.describe(bench.context.signal)).entities.person.filter(
    (one) => one.label === 'Landfall source key',
  );
  const body = { name: 'Copy', custom_fields: { [field?.key ?? '']: 'acme:crm:contacts:1' } };
  await personDoes(bench, 'POST', '/api/v2/persons', body);
  await personDoes(bench, 'POST', '/api/v2/persons', { name: 'Somebody else' });
  expect(await verify(bench.context)).toMatchObject({ strays: 1, records: 4 });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkMapping } from '../../mapping/check.ts';
import { compileMapping } from '../../mapping/evaluate.ts';
import { imbalances } from '../../model/ledger.ts';
import type { Mapping } from '../../model/mapping.ts';
import { configure } from '../configure.ts';
import { discover } from '../discover.ts';
import {
  type Bench,
  memorySource,
  openBench,
  personDoes,
  record,
  recordsIn,
  sampleMapping,
} from '../phase-fixture.ts';
import { plan } from '../plan/plan.ts';
import { rollback } from '../rollback/rollback.ts';
import { transform } from '../transform.ts';
import { verify } from '../verify.ts';
import { load } from './load.ts';

const calls = 60;
const records = [
  record('contacts', '1', { name: 'Ada' }),
  ...Array.from({ length: calls }, (_none, at) =>
    record('calls', `${at + 1}`, {
      'Call ID': `${at + 1}`,
      Subject: `Call ${at + 1}`,
      To: `+90 212 000 00 ${String(at).padStart(2, '0')}`,
      Outcome: at % 2 === 0 ? 'Reached' : 'Busy',
      Start: '2024-05-01T09:00:00Z',
      End: '2024-05-01T09:02:30Z',
      Seconds: '150',
    }),
  ),
];

const time = { dateTime: { format: 'iso' } } as const;
/** A call becomes an activity and, as its second part, the log of it. */
const mapping: Mapping = {
  ...sampleMapping,
  entities: [
    { from: 'contacts', to: 'person', rows: [{ to: 'person.name', from: 'name' }] },
    {
      from: 'calls',
      to: 'activity',
      rows: [
        { to: 'activity.subject', from: 'Subject' },
        { to: 'activity.type', value: 'call' },
        { to: 'activity.done', value: true },
      ],
    },
    {
      from: 'calls',
      to: 'callLog',
      part: 'log',
      rows: [
        { to: 'callLog.activity_id', via: [{ reference: { source: 'calls', by: { 'Call ID': ['id'] } } }] },
        { to: 'callLog.outcome', from: 'Outcome', via: [{ lookup: { table: 'outcomes' } }] },
        { to: 'callLog.to_phone_number', from: 'To' },
        { to: 'callLog.start_time', from: 'Start', via: [time] },
        { to: 'callLog.end_time', from: 'End', via: [time] },
        { to: 'callLog.duration', from: 'Seconds' },
      ],
    },
  ],
  values: { outcomes: { Reached: 'connected', Busy: 'busy' } },
};

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ source: memorySource(records) });
});
afterEach(() => bench.close());

async function planned(): Promise<void> {
  const { context } = bench;
  const catalog = await discover(context);
  const target = await context.destination.describe(context.signal);
  expect(checkMapping(mapping, catalog, target)).toEqual([]);
  const policies = { timezone: 'Europe/Istanbul', country: 'TR', currency: 'TRY' };
  const compiled = compileMapping(mapping, catalog, policies, target);
  await transform(context, { mapping, compiled, catalog, optionFields: new Map() });
  await plan(context, mapping);
  await configure(context);
}

describe('call logs (C-02, facts.md 2.8): the log of a call beside its activity', () => {
  it('a mapping may target them, each is made on its own activity, and is proven by the list', async () => {
    await planned();
    await load(bench.context);
    const logs = recordsIn(bench, 'callLogs');
    expect(logs).toHaveLength(calls);
    expect(new Set(logs.map((log) => log.activity_id)).size).toBe(calls);
    expect(recordsIn(bench, 'activities')).toHaveLength(calls);
    expect(logs[0]).toMatchObject({ outcome: 'connected', to_phone_number: '+90 212 000 00 00' });
    expect(await verify(bench.context)).toMatchObject({
      records: 1 + 2 * calls,
      missing: 0,
      different: 0,
      strays: 0,
    });
    const ledger = await bench.store.ledger();
    expect(imbalances(ledger, { transform: true, load: true, verify: true })).toEqual([]);
  });

  it('are made once when every second answer is lost, though their ids have no order (I1)', async () => {
    await planned();
    const { control } = bench.account.emulator;
    const rule = { method: 'POST', path: '/api/v1/callLogs', kind: 'lost-answer', rate: 0.5 };
    control.faults({ seed: 2, rules: [rule] });
    await load(bench.context);
    control.faults({ seed: 2, rules: [] });
    expect(control.log().filter(({ fault }) => fault !== undefined).length).toBeGreaterThan(calls / 4);
    expect(recordsIn(bench, 'callLogs')).toHaveLength(calls);
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: 0, strays: 0 });
  });

  it('one that is not there any more is told by the proof (VER-05)', async () => {
    await planned();
    await load(bench.context);
    const [log] = recordsIn(bench, 'callLogs');
    await personDoes(bench, 'DELETE', `/v1/callLogs/${String(log?.code)}`);
    expect(await verify(bench.context)).toMatchObject({ different: 0, findings: 1 });
    expect(await bench.store.findings(0, 10)).toMatchObject([{ entity: 'callLog', verdict: 'missing' }]);
  });

  it('are taken back with their activities (7.1)', async () => {
    await planned();
    await load(bench.context);
    expect((await rollback(bench.context)).kept).toEqual([]);
    expect(recordsIn(bench, 'callLogs')).toEqual([]);
    expect(recordsIn(bench, 'activities')).toEqual([]);
  });
});

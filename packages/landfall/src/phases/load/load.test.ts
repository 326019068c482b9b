import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MigrationError } from '../../model/error.ts';
import { type SourceKey, sourceKey } from '../../model/key.ts';
import { imbalances } from '../../model/ledger.ts';
import { configure } from '../configure.ts';
import type { PhaseContext } from '../context.ts';
import {
  type Bench,
  decide,
  draft,
  keepDrafts,
  link,
  openBench,
  personDoes,
  planAndLoad,
  record,
  recordsIn,
  sampleMapping,
} from '../phase-fixture.ts';
import { ownerQuestionId } from '../plan/owners.ts';
import { plan, planOwnerTable } from '../plan/plan.ts';
import { readValue } from '../values.ts';
import { verify } from '../verify.ts';
import { load } from './load.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ policies: { duplicates: 'keep', existing: 'update-empty' } });
});
afterEach(() => bench.close());

const key = (entity: string, id: number): SourceKey => sourceKey(entity, `${id}`);
const upTo = (count: number) => Array.from({ length: count }, (_none, at) => at + 1);

/** Two companies, `people` contacts of the first, a deal, and notes on it: two of them say the same. */
function sampleDrafts(people: number) {
  const toDeal = [link('deal_id', 'deal', { id: '1' })];
  const toCompany = [link('org_id', 'organization', { id: '1' })];
  return [
    ...[1, 2].map((id) => draft('organization', key('companies', id), { name: `Company ${id}` })),
    draft(
      'organizationRelationship',
      key('companies', 2),
      { type: 'parent' },
      [
        link('rel_owner_org_id', 'organization', { id: '1' }),
        link('rel_linked_org_id', 'organization', { id: '2' }),
      ],
      'parent',
    ),
    ...upTo(people).map((id) => draft('person', key('contacts', id), { name: `Contact ${id}` }, toCompany)),
    draft('deal', key('deals', 1), { title: 'Deal 1' }, toCompany),
    ...['same', 'same', 'other'].map((content, at) =>
      draft('note', key('notes', at + 1), { content: `<p>${content}</p>` }, toDeal),
    ),
  ];
}

async function prepared(people = 3): Promise<void> {
  const records = [
    ...[1, 2].map((id) => record('companies', `${id}`, { name: `Company ${id}` })),
    ...upTo(people).map((id) => record('contacts', `${id}`, { name: `Contact ${id}` })),
    record('deals', '1'),
  ];
  await keepDrafts(bench, records, sampleDrafts(people));
  await plan(bench.context, sampleMapping);
  await configure(bench.context);
}

const whole = { organizations: 2, relationships: 1, persons: 3, deals: 1, notes: 3 };

function counts(): Record<string, number> {
  return Object.fromEntries(Object.keys(whole).map((kind) => [kind, recordsIn(bench, kind).length]));
}

async function expectWhole(people = 3): Promise<void> {
  expect(counts()).toEqual({ ...whole, persons: people });
  const ledger = await bench.store.ledger();
  expect(imbalances(ledger, { transform: false, load: true, verify: false })).toEqual([]);
}

function faults(...rules: readonly object[]): void {
  bench.account.emulator.control.faults({ seed: 7, rules });
}

const creates = { method: 'POST', path: '/api/*/*' };

describe('the load writes everything once (law 5, I1)', () => {
  it('and a second run nothing', async () => {
    await prepared();
    await load(bench.context);
    await expectWhole();
    const { requests } = bench.context.destination.budget();
    await load(bench.context);
    expect(bench.context.destination.budget().requests).toBe(requests);
  });

  it.each([
    ['is lost after the commit', { kind: 'lost-answer' }],
    ['is half a body', { kind: 'reset-mid-body' }],
    ['comes late, after the record', { kind: 'late-commit', delayMs: 61_000, status: 504 }],
    ['is an error page, and the record comes late', { kind: 'late-commit', delayMs: 5_000, status: 0 }],
  ])('when every second answer %s', async (_what, fault) => {
    await prepared();
    faults({ ...creates, ...fault, rate: 0.5 });
    await load(bench.context);
    faults();
    // what was still on its way lands
    bench.account.emulator.control.advance(3_600_000);
    await expectWhole();
    const summary = await verify(bench.context);
    expect(summary).toMatchObject({ missing: 0, different: 0, strays: 0, records: 10 });
  });

  it.each([
    ['person', '/api/v2/persons'],
    // notes carry no marker: a double is known by what it says
    ['note', '/api/v1/notes'],
  ])(
    'when a write lands after the quiet time: the double %s is found at the gate and removed',
    async (entity, path) => {
      await prepared();
      faults({
        method: 'POST',
        path,
        kind: 'late-commit',
        delayMs: 121_000,
        status: 504,
        count: 1,
      });
      const { context } = bench;
      const late = { ...context, policies: { ...context.policies, inDoubtQuietSeconds: 100 } };
      const slow = late.ports.crashPoint;
      const ports = {
        ...late.ports,
        crashPoint: (name: string) => {
          if (name === 'gate:before-walk') bench.account.emulator.control.advance(60_000);
          slow(name);
        },
      };
      await load({ ...late, ports });
      await expectWhole();
      const gate = JSON.parse((await bench.store.getValue(`gate:${entity}`)) ?? '{}') as Record<
        string,
        number
      >;
      expect(gate).toMatchObject({ created: 3, found: 3, straysRemoved: 1 });
    },
  );

  it('and refused ones are put aside in the destination’s words, their children with them', async () => {
    await prepared();
    const marked = { ...bench.context.destination, write: refuseDeals(bench.context) };
    await load({ ...bench.context, destination: marked });
    expect(counts()).toEqual({ ...whole, deals: 0, notes: 0 });
    const rejects = await bench.store.rejects('run', 0, 10);
    expect(rejects.map(({ entity, code }) => [entity, code])).toEqual([
      ['deal', 'destination-refused'],
      ...[1, 2, 3].map(() => ['note', 'parent-failed']),
    ]);
    const { target } = await bench.store.ledger();
    expect(target.note).toMatchObject({ drafted: 3, failed: 3, linksDue: 0 });
    expect(await readValue(bench.store, 'runFinished')).not.toBeNull();
  });
});

function refuseDeals({ destination }: PhaseContext): PhaseContext['destination']['write'] {
  return (request, signal) => {
    if (request.entity === 'deal') return Promise.reject(new MigrationError('refused', 'no such stage'));
    return destination.write(request, signal);
  };
}

describe('a load that is stopped', () => {
  it('by its operator: what is in flight is kept, what waits is planned again, and nothing is in doubt', async () => {
    await prepared(200);
    const stop = new AbortController();
    let sent = 0;
    const crashPoint = (name: string) => {
      if (name === 'load:after-send') sent += 1;
      if (sent === 20) stop.abort();
    };
    const { ports } = bench.context;
    const stopping = { ...bench.context, signal: stop.signal, ports: { ...ports, crashPoint } };
    await expect(load(stopping)).rejects.toThrow('aborted');
    const states = (await bench.store.operationTotals()).map((total) => total.state);
    expect(states).not.toContain('intent');
    expect(states).not.toContain('unknown');
    const before = bench.context.ports.clock.monotonicMs();
    await load(bench.context);
    await expectWhole(200);
    expect(bench.context.ports.clock.monotonicMs() - before).toBeLessThan(1_000);
  });

  it('by the day’s budget: it pauses with the hour, and goes on there', async () => {
    await prepared(100);
    faults({ method: 'POST', path: '/api/v2/persons', kind: 'daily-exhausted', after: 30, count: 1 });
    await expect(load(bench.context)).rejects.toMatchObject({ code: 'budget-exhausted' });
    const paused = await bench.store.ledger();
    expect(paused.target.person?.inDoubt ?? 0).toBe(0);
    const next = await bench.takeOver();
    await next.ports.clock.sleep(86_400_000);
    await load(next);
    await expectWhole(100);
    expect(
      (await bench.store.operationPage({ entity: 'person' }, 0, 200)).map((one) => one.attempt),
    ).not.toContain(2);
  });

  it.each([
    ['before anything was sent', 'load:before-send'],
    ['with everything sent', 'load:after-send'],
  ])(
    'by another process that takes over %s: it writes no more, and nothing is made twice',
    async (_what, point) => {
      await prepared(70);
      let next: Promise<PhaseContext> | null = null;
      const { context } = bench;
      let passed = 0;
      const crashPoint = (name: string) => {
        if (name === point) passed += 1;
        if (passed === 60) next ??= bench.takeOver();
      };
      await expect(load({ ...context, ports: { ...context.ports, crashPoint } })).rejects.toMatchObject({
        code: 'lease-lost',
      });
      if (next === null) throw new Error('nobody took over');
      await load(await next);
      await expectWhole(70);
    },
  );

  it('a process that was held up past its lease asks for it again, and sends nothing when another has it', async () => {
    await prepared(5);
    const { context } = bench;
    const before = bench.account.emulator.control.log().length;
    const gone = () => Promise.reject(new MigrationError('lease-lost', 'another process has it'));
    const expired = { ...context.lease, isCurrent: () => false, renew: gone };
    await expect(load({ ...context, lease: expired })).rejects.toMatchObject({ code: 'lease-lost' });
    const sent = bench.account.emulator.control.log().slice(before);
    expect(sent.filter((request) => request.method === 'POST')).toEqual([]);
    let renewed = 0;
    const renew = async () => {
      renewed += 1;
    };
    await load({ ...context, lease: { ...context.lease, isCurrent: () => false, renew } });
    expect(renewed).toBeGreaterThan(0);
    await expectWhole(5);
  });

  it('killed with intents on disk: they are looked up, not sent again blindly', async () => {
    await prepared(3);
    const { context } = bench;
    let dead = false;
    const dies = (name: string) => {
      if (name !== 'load:before-settle' || dead) return;
      dead = true;
      throw new Error('killed');
    };
    const store: PhaseContext['store'] = {
      ...context.store,
      write: (lease, work) => (dead ? Promise.reject(new Error('dead')) : context.store.write(lease, work)),
    };
    await expect(
      load({ ...context, store, ports: { ...context.ports, crashPoint: dies } }),
    ).rejects.toThrow();
    expect((await bench.store.operationTotals()).map((total) => total.state)).toContain('intent');
    expect(recordsIn(bench, 'organizations')).toHaveLength(2);
    const waitedFrom = context.ports.clock.monotonicMs();
    await load(await bench.takeOver());
    await expectWhole();
    expect(context.ports.clock.monotonicMs() - waitedFrom).toBeLessThan(120_000);
  });
});

describe('what other people do meanwhile', () => {
  it('a person’s own note that reads like one of ours is left alone', async () => {
    await prepared();
    const { context } = bench;
    let isDone = false;
    const destination: PhaseContext['destination'] = {
      ...context.destination,
      write: async (request, signal) => {
        const written = await context.destination.write(request, signal);
        if (request.entity === 'note' && !isDone) {
          isDone = true;
          const deal = Number(request.values.deal_id);
          await personDoes(bench, 'POST', '/api/v1/notes', { content: '<p>same</p>', deal_id: deal });
        }
        return written;
      },
    };
    await load({ ...context, destination });
    expect(recordsIn(bench, 'notes')).toHaveLength(4);
    expect(JSON.parse((await bench.store.getValue('gate:note')) ?? '{}')).toMatchObject({ straysRemoved: 0 });
  });
});

describe('records that were there before', () => {
  const email = (value: string) => [{ value, label: 'work', primary: true }];
  const ali = () =>
    draft('person', key('contacts', 1), {
      name: 'Ali Kaya',
      emails: email('ali@acme.example'),
      phones: [{ value: '+905321112233', label: 'work', primary: true }],
    });

  async function seeded(): Promise<void> {
    bench.account.emulator.control.seed({
      persons: [{ name: 'A. Kaya', emails: email('ali@acme.example') }],
    });
    await keepDrafts(bench, [record('contacts', '1', { email: 'ali@acme.example' })], [ali()]);
  }

  it('get what was empty, and nothing they had is touched', async () => {
    await seeded();
    await planAndLoad(bench);
    const [person, ...others] = recordsIn(bench, 'persons');
    expect(others).toEqual([]);
    expect(person).toMatchObject({ name: 'A. Kaya' });
    expect(JSON.stringify(person)).toContain('+905321112233');
    expect((await bench.store.ledger()).target.person).toMatchObject({ updated: 1 });
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: 0, fields: 1 });
  });

  it('and when the answer to the update is lost, it is filled once and counted once', async () => {
    await seeded();
    faults({ method: 'PATCH', kind: 'lost-answer', count: 1 });
    await planAndLoad(bench);
    const { target } = await bench.store.ledger();
    expect(target.person).toMatchObject({ updated: 1, inDoubt: 0 });
    const [operation] = await bench.store.operationPage({ entity: 'person' }, 0, 10);
    const image = await bench.store.beforeImage('person', operation?.targetId ?? ('' as never));
    expect(JSON.parse(image ?? '{}')).toMatchObject({ before: { phones: [] } });
  });

  it('left as they are, they cost nothing, not even a look', async () => {
    await seeded();
    bench = {
      ...bench,
      context: { ...bench.context, policies: { ...bench.context.policies, existing: 'skip' } },
    };
    await plan(bench.context, sampleMapping);
    await configure(bench.context);
    await load(bench.context);
    expect((await bench.store.ledger()).target.person).toMatchObject({ matched: 1 });
    const looks = bench.account.emulator.control.log().filter(({ path }) => /persons\/\d/.test(path));
    expect(looks).toEqual([]);
  });

  it('one that is gone by now is put aside, not made anew', async () => {
    await seeded();
    await plan(bench.context, sampleMapping);
    await configure(bench.context);
    const id = recordsIn(bench, 'persons')[0]?.id;
    await personDoes(bench, 'DELETE', `/api/v2/persons/${String(id)}`);
    await load(bench.context);
    expect(recordsIn(bench, 'persons')).toEqual([]);
    expect((await bench.store.rejects('run', 0, 5))[0]?.reason).toContain('is gone');
  });
});

it('owners answered while the load waits before the deals count for the deals (OWN-08, ownersGate: deals)', async () => {
  const ali = recordsIn(bench, 'users')[0];
  const deal = draft('deal', key('deals', 1), { title: 'Deal 1', owner_id: 'somebody' });
  await keepDrafts(bench, [record('deals', '1')], [deal]);
  const { context, store } = bench;
  await store.write(context.lease, (writer) =>
    writer.addTallies([{ kind: 'owner', subject: 'deal', value: 'somebody', count: 1 }]),
  );
  await plan(context, sampleMapping);
  await configure(context);
  expect((await readValue(store, 'owners'))?.[0]).toMatchObject({ group: 'open', userId: null });
  await load(context, async (entity) => {
    if (entity !== 'deal') return;
    await decide(bench, { [ownerQuestionId('somebody')]: `map=${String(ali?.email)}` });
    const decisions = await store.decisions();
    await planOwnerTable(context, new Map(decisions.map((one) => [one.id, one])));
  });
  const sent = (await store.auditPage(0, 100)).find((entry) => entry.kind === 'intent');
  expect(sent?.body.values).toMatchObject({ owner_id: String(ali?.id) });
});

it('a proof made half-way is forgotten when the load goes on: the whole is proven', async () => {
  await prepared();
  faults({ method: 'POST', path: '/api/v2/deals', kind: 'daily-exhausted', count: 1 });
  await expect(load(bench.context)).rejects.toMatchObject({ code: 'budget-exhausted' });
  const next = await bench.takeOver();
  await next.ports.clock.sleep(86_400_000);
  await verify(next);
  expect(await readValue(bench.store, 'verified')).not.toBeNull();
  await load(next);
  expect(await readValue(bench.store, 'verified')).toBeNull();
});

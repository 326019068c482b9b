import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import { imbalances } from '../../model/ledger.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { FileContent } from '../../model/target.ts';
import { configure } from '../configure.ts';
import { splitLastFields } from '../last-fields.ts';
import {
  type Bench,
  decide,
  draft,
  keepDrafts,
  link,
  openBench,
  personDoes,
  record,
  recordsIn,
  type SampleDraft,
  sampleMapping,
} from '../phase-fixture.ts';
import { ownerQuestionId } from '../plan/owners.ts';
import { plan } from '../plan/plan.ts';
import { rollback } from '../rollback/rollback.ts';
import { verify } from '../verify.ts';
import { load } from './load.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ policies: { duplicates: 'merge' } });
});
afterEach(() => bench.close());

const upTo = (count: number) => Array.from({ length: count }, (_none, at) => at + 1);

const mapping: Mapping = {
  ...sampleMapping,
  entities: [
    ...sampleMapping.entities,
    { from: 'leads', to: 'person', rows: [] },
    { from: 'leads', to: 'lead', part: 'lead', rows: [] },
  ],
};

const emails = (value: string) => [{ value, label: 'work', primary: true }];

/** Two contacts and five leads with a person each; the second contact is the first lead. */
async function keepLeads(): Promise<void> {
  const people = [1, 2].map((id) => ({ id, name: `Person ${id}`, email: `p${id}@acme.example` }));
  const leads = upTo(5).map((id) => ({ id, name: `Person ${id + 1}`, email: `p${id + 1}@acme.example` }));
  await keepDrafts(
    bench,
    [
      ...people.map(({ id, name, email }) => record('contacts', `${id}`, { name, email })),
      ...leads.map(({ id, name, email }) => record('leads', `${id}`, { name, email })),
    ],
    [
      ...people.map(({ id, name, email }) =>
        draft('person', sourceKey('contacts', `${id}`), { name, emails: emails(email) }),
      ),
      ...leads.flatMap(({ id, name, email }) => {
        const key = sourceKey('leads', `${id}`);
        const self = link('person_id', 'person', { id: `${id}` }, { source: 'leads' });
        return [
          draft('person', key, { name, emails: emails(email) }),
          draft('lead', key, { title: `Lead ${id}`, label_ids: ['Hot'] }, [self], 'lead'),
        ];
      }),
    ],
  );
  await plan(bench.context, mapping);
  await configure(bench.context);
}

async function expectProven(records: number): Promise<void> {
  expect(await verify(bench.context)).toMatchObject({ records, missing: 0, different: 0, strays: 0 });
  const ledger = await bench.store.ledger();
  expect(imbalances(ledger, { transform: false, load: true, verify: true })).toEqual([]);
}

describe('leads (C-06, decisions.md: order)', () => {
  it('are made after their people, once, with the marker in the field of deals; a lead that is a contact is that person', async () => {
    await keepLeads();
    await load(bench.context);
    expect(recordsIn(bench, 'persons')).toHaveLength(6);
    const leads = recordsIn(bench, 'leads');
    expect(leads).toHaveLength(5);
    const shared = recordsIn(bench, 'persons').find(({ name }) => name === 'Person 2');
    expect(leads.map(({ person_id }) => person_id)).toContain(shared?.id);
    await expectProven(11);
  });

  it('are made once when every second answer is lost, though their ids have no order (I1)', async () => {
    await keepLeads();
    const path = '/api/v1/leads';
    bench.account.emulator.control.faults({
      seed: 3,
      rules: [{ method: 'POST', path, kind: 'lost-answer', rate: 0.5 }],
    });
    await load(bench.context);
    bench.account.emulator.control.faults({ seed: 3, rules: [] });
    expect(recordsIn(bench, 'leads')).toHaveLength(5);
    await expectProven(11);
  });
});

describe('products, lines, participants, files, followers and archived deals (X-03, facts.md 2.4, 2.8, 2.9)', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'landfall-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function fileOf(name: string, text: string): FileContent {
    const path = join(folder, name);
    writeFileSync(path, text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { name, sizeBytes: Buffer.byteLength(text), sha256, path };
  }

  const key = (entity: string, id: number) => sourceKey(entity, `${id}`);
  const toDeal = (id: number) => link('deal_id', 'deal', { id: `${id}` });
  const toPerson = (id: number) => link('person_id', 'person', { id: `${id}` });

  function line(id: number, deal: number, product: number, price: string): SampleDraft {
    const values = { item_price: price, quantity: '2' };
    return draft('dealProduct', key('lines', id), values, [
      toDeal(deal),
      link('product_id', 'product', { id: `${product}` }),
    ]);
  }

  /** Two deals of two contacts; the first has lines, people, files and followers, and was archived. */
  async function keepShop(more: readonly SampleDraft[] = []): Promise<void> {
    const drafts = [
      ...upTo(3).map((id) => draft('person', key('contacts', id), { name: `Contact ${id}` })),
      ...upTo(2).map((id) =>
        draft('product', key('products', id), {
          name: `Product ${id}`,
          prices: { amount: '10.5', currency: 'EUR' },
        }),
      ),
      ...splitLastFields(
        draft(
          'deal',
          key('deals', 1),
          { title: 'Deal 1', is_archived: true, value: { amount: '61', currency: 'EUR' } },
          [toPerson(1)],
        ),
      ),
      draft('deal', key('deals', 2), { title: 'Deal 2' }, [toPerson(2)]),
      line(1, 1, 1, '10.5'),
      line(2, 1, 2, '20'),
      line(3, 2, 1, '9.99'),
      ...[1, 2, 2, 3].map((person, at) =>
        draft('participant', key('roles', at + 1), {}, [toDeal(1), toPerson(person)]),
      ),
      draft('note', key('notes', 1), { content: '<p>on the archived one</p>' }, [toDeal(1)]),
      draft('file', key('files', 1), { content: fileOf('offer.pdf', 'PDF şu') }, [toDeal(1)]),
      draft('dealFollower', key('followers', 1), { user_id: 'ada' }, [toDeal(1)]),
      draft('dealFollower', key('followers', 2), { user_id: 'ada' }, [toDeal(1)]),
      draft('dealFollower', key('followers', 3), { user_id: 'nobody' }, [toDeal(1)]),
      ...more,
    ].map((one) => ({ position: '', ...one }));
    const records = drafts.map(({ key: own }) => {
      const [entity = '', id = ''] = own.split(':');
      return record(entity, id);
    });
    await keepDrafts(bench, [...new Map(records.map((one) => [one.key, one])).values()], drafts);
    await bench.store.write(bench.context.lease, (writer) =>
      writer.addTallies([
        { kind: 'owner', subject: 'dealFollower', value: 'ada', count: 2 },
        { kind: 'owner', subject: 'dealFollower', value: 'nobody', count: 1 },
      ]),
    );
    const self = (await bench.context.destination.describe(bench.context.signal)).users[0]?.email ?? '';
    await decide(bench, { [ownerQuestionId('ada')]: `map=${self}` });
    await plan(bench.context, sampleMapping);
    await configure(bench.context);
  }

  async function expectShop(): Promise<void> {
    expect(recordsIn(bench, 'products')).toHaveLength(2);
    expect(recordsIn(bench, 'dealProducts')).toHaveLength(3);
    expect(recordsIn(bench, 'followers')).toHaveLength(1);
    expect(recordsIn(bench, 'files')).toMatchObject([
      { name: 'offer.pdf', size: 7, sha256: createHash('sha256').update('PDF şu').digest('hex') },
    ]);
    const [archived, open] = recordsIn(bench, 'deals');
    expect(archived).toMatchObject({ title: 'Deal 1', archive_time: expect.any(String), value: 61 });
    expect(open).toMatchObject({ title: 'Deal 2', archive_time: null });
    const ledger = await bench.store.ledger();
    expect(imbalances(ledger, { transform: false, load: true, verify: false })).toEqual([]);
  }

  it('land in an order in which nothing is refused, and are read back', async () => {
    await keepShop();
    await load(bench.context);
    await expectShop();
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: 0, strays: 0 });
  });

  it('a participant who is the contact, the same follower again and one without a user are none, and listed', async () => {
    await keepShop();
    await load(bench.context);
    const rejects = await bench.store.rejects('plan', 0, 100);
    expect(rejects.map(({ key: own, code }) => [own, code])).toEqual([
      ['roles:1', 'merged'],
      ['roles:3', 'merged'],
      ['followers:2', 'merged'],
      ['followers:3', 'link-missing'],
    ]);
    expect(recordsIn(bench, 'dealParticipants')).toHaveLength(2);
  });

  it('a deal whose value is not what its lines come to is told by the proof (C-07)', async () => {
    await keepShop([line(90, 1, 1, '0.5')]);
    await load(bench.context);
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: 1 });
    expect(await bench.store.findings(0, 10)).toMatchObject([
      { entity: 'deal', field: 'value', verdict: 'different', expected: expect.stringContaining('61') },
    ]);
  });

  it('are made once when answers are lost, lines and files among them (I1)', async () => {
    await keepShop();
    const rules = ['products', 'participants', 'followers', 'files'].map((name) => ({
      method: 'POST',
      path: name === 'files' ? '/api/v1/files' : `/api/*/deals/*/${name}`,
      kind: 'lost-answer',
      count: 1,
    }));
    bench.account.emulator.control.faults({ seed: 3, rules });
    await load(bench.context);
    bench.account.emulator.control.faults({ seed: 3, rules: [] });
    await expectShop();
  });

  it('a file that changed since it was staged, and one that is too large, are listed and not sent', async () => {
    const changed = fileOf('changed.txt', 'before');
    writeFileSync(changed.path, 'beside');
    const huge = { ...fileOf('huge.bin', 'x'), sizeBytes: 60 * 1024 * 1024 };
    await keepShop([
      draft('file', key('files', 2), { content: changed }, [toDeal(2)]),
      draft('file', key('files', 3), { content: huge }, [toDeal(2)]),
    ]);
    await load(bench.context);
    await expectShop();
    const rejects = await bench.store.rejects(null, 0, 100);
    const ofFiles = rejects.filter(({ key: own }) => own?.startsWith('files:'));
    expect(ofFiles.map(({ code, reason }) => [code, reason])).toEqual([
      ['too-large', expect.stringContaining('62914560 bytes')],
      ['bytes-wrong', expect.stringContaining('content has changed')],
    ]);
  });

  /** The requests that made lines, with their tokens. */
  function lineRequests(): readonly (readonly [string, number])[] {
    return bench.account.emulator.control
      .log()
      .filter(({ method, path }) => method === 'POST' && /deals\/\d+\/products/.test(path))
      .map(({ path, tokens }) => [path.replace(/^.*deals\//, ''), tokens] as const);
  }

  const many = (deal: number, count: number, from: number) =>
    upTo(count).map((at) => line(from + at, deal, 1, `${at}.5`));

  it.each([
    ['five alone', 5, Array.from({ length: 5 }, () => 5)],
    ['six together, wherever they stand in the source', 6, [25]],
    ['a hundred together and the three left over alone', 103, [25, 5, 5, 5]],
  ])('lines of one deal go %s (facts.md 2.9)', async (_what, count, tokens) => {
    // line 3 is of this deal, and a line of the other deal stands among them
    const more = many(2, count - 1, 100);
    await keepShop([...more.slice(0, 2), line(90, 1, 2, '0'), ...more.slice(2)]);
    await load(bench.context);
    const ofDeal = lineRequests().filter(([path]) => path.startsWith('2/'));
    expect(ofDeal.map(([, each]) => each).sort((a, b) => b - a)).toEqual(tokens);
    expect(recordsIn(bench, 'dealProducts')).toHaveLength(4 + more.length);
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: 0 });
  });

  it('lines whose common answer is lost are looked up, and none is made twice (I1)', async () => {
    await keepShop(many(2, 20, 100));
    const path = '/api/v2/deals/*/products/bulk';
    bench.account.emulator.control.faults({
      seed: 1,
      rules: [{ method: 'POST', path, kind: 'lost-answer', count: 1 }],
    });
    await load(bench.context);
    expect(recordsIn(bench, 'dealProducts')).toHaveLength(23);
    expect(lineRequests().filter(([name]) => name.endsWith('bulk'))).toHaveLength(1);
    expect(await verify(bench.context)).toMatchObject({ missing: 0, different: 0, strays: 0 });
  });

  it('killed after lines went together and before that was kept: they are looked up, not sent again (I1)', async () => {
    await keepShop(many(2, 20, 100));
    const { context } = bench;
    let dead = false;
    const crashPoint = (name: string) => {
      if (name !== 'load:before-settle' || lineRequests().length === 0 || dead) return;
      dead = true;
      throw new Error('killed');
    };
    const store: typeof context.store = {
      ...context.store,
      write: (...given) => (dead ? Promise.reject(new Error('dead')) : context.store.write(...given)),
    };
    await expect(load({ ...context, store, ports: { ...context.ports, crashPoint } })).rejects.toThrow();
    expect(dead).toBe(true);
    const next = await bench.takeOver();
    await load(next);
    expect(recordsIn(bench, 'dealProducts')).toHaveLength(23);
    expect(await verify(next)).toMatchObject({ missing: 0, different: 0, strays: 0 });
  });

  /** Eight good lines of one deal and one that is refused, so that their common request is refused too. */
  async function keepBadLine(): Promise<void> {
    const bad = line(103, 2, 1, '5');
    const start = { value: '1990-01-01', effect: 'asIs', row: 0 } as const;
    const fields = { ...bad.fields, billing_start_date: start };
    await keepShop([...many(2, 2, 100), { ...bad, fields }, ...many(2, 6, 103)]);
  }

  it('one bad line among many is put aside alone', async () => {
    await keepBadLine();
    await load(bench.context);
    const rejects = await bench.store.rejects('run', 0, 10);
    expect(rejects.map(({ key: own, code }) => [own, code])).toEqual([['lines:103', 'destination-refused']]);
    expect(recordsIn(bench, 'dealProducts')).toHaveLength(3 + 8);
  });

  it('what was made alone before the day was used up is kept, and not made again (I1)', async () => {
    await keepBadLine();
    const path = '/api/v2/deals/2/products';
    const rules = [{ method: 'POST', path, kind: 'daily-exhausted', after: 4, count: 1 }];
    bench.account.emulator.control.faults({ seed: 1, rules });
    await expect(load(bench.context)).rejects.toMatchObject({ code: 'budget-exhausted' });
    const made = recordsIn(bench, 'dealProducts').length;
    expect(made).toBeLessThan(3 + 8);
    expect((await bench.store.ledger()).target.dealProduct).toMatchObject({ created: made });
    const next = await bench.takeOver();
    await next.ports.clock.sleep(86_400_000);
    await load(next);
    expect(recordsIn(bench, 'dealProducts')).toHaveLength(3 + 8);
    expect(await verify(next)).toMatchObject({ missing: 0, different: 0, strays: 0 });
  });

  it('a deal that somebody removed has no lines any more: the rest is taken back (F14)', async () => {
    await keepShop(many(2, 8, 100));
    await load(bench.context);
    await personDoes(bench, 'DELETE', '/api/v2/deals/2');
    expect((await rollback(bench.context)).kept).toEqual([]);
    for (const kind of ['persons', 'products', 'deals', 'dealProducts'])
      expect(recordsIn(bench, kind), kind).toEqual([]);
  });

  it('are all taken back, children first and archived deals brought back before they go (7.1)', async () => {
    await keepShop(many(2, 8, 100));
    await load(bench.context);
    expect((await rollback(bench.context)).kept).toEqual([]);
    for (const kind of ['persons', 'products', 'deals', 'dealProducts', 'notes', 'files', 'followers'])
      expect(recordsIn(bench, kind), kind).toEqual([]);
  });
});

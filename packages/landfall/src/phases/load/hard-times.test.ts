import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WriteRequest } from '../../model/destination.ts';
import { MigrationError } from '../../model/error.ts';
import { sourceKey } from '../../model/key.ts';
import { imbalances } from '../../model/ledger.ts';
import { configure } from '../configure.ts';
import type { PhaseContext } from '../context.ts';
import {
  type Bench,
  draft,
  keepDrafts,
  openBench,
  personDoes,
  record,
  recordsIn,
  sampleMapping,
} from '../phase-fixture.ts';
import { plan } from '../plan/plan.ts';
import { rollback } from '../rollback/rollback.ts';
import { load } from './load.ts';

const people = 30;

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ policies: { duplicates: 'keep' } });
  const ids = Array.from({ length: people }, (_none, at) => `${at + 1}`);
  const drafts = ids.map((id) => draft('person', sourceKey('contacts', id), { name: `Contact ${id}` }));
  await keepDrafts(
    bench,
    ids.map((id) => record('contacts', id, { name: `Contact ${id}` })),
    drafts,
  );
  await plan(bench.context, sampleMapping);
  await configure(bench.context);
});
afterEach(() => bench.close());

/** The context, with something that happens before each write. */
function before(happens: (request: WriteRequest) => Promise<void>): PhaseContext {
  const { context } = bench;
  const write: PhaseContext['destination']['write'] = async (request, signal) => {
    await happens(request);
    return context.destination.write(request, signal);
  };
  return { ...context, destination: { ...context.destination, write } };
}

async function expectWhole(): Promise<void> {
  const names = recordsIn(bench, 'persons').map(({ name }) => name);
  expect([names.length, new Set(names).size]).toEqual([people, people]);
  const ledger = await bench.store.ledger();
  expect(ledger.target.person?.created).toBe(people);
  expect(imbalances(ledger, { transform: false, load: true, verify: false })).toEqual([]);
}

const lost = () => new MigrationError('outcome-unknown', 'lost');

describe('a destination that hardly answers', () => {
  it('is asked as long as something comes about, however many rounds that takes', async () => {
    let asked = 0;
    await load(
      before(async () => {
        asked += 1;
        if (asked % 10 !== 0) throw lost();
      }),
    );
    // about forty rounds; after twenty in which nothing came about it would give up
    expect(asked).toBeGreaterThan(9 * people);
    await expectWhole();
  });

  it('is left alone when nothing comes about any more: a pause, and later it goes on', async () => {
    const deaf = load(before(() => Promise.reject(lost())));
    await expect(deaf).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/person/),
    });
    await load(bench.context);
    await expectWhole();
  });
});

describe('an account that changes during the load (F8)', () => {
  const field = () =>
    recordsIn(bench, 'fields').find((one) => one.entity === 'person' && one.is_custom_field);
  const remove = () => personDoes(bench, 'DELETE', `/api/v2/personFields/${field()?.field_code}`);

  it('and has the same field under another key: what was refused is sent again with that key', async () => {
    const name = field()?.field_name;
    let changed: Promise<unknown> | null = null;
    const { requests } = bench.context.destination.budget();
    await load(
      before(async () => {
        const body = { field_name: name, field_type: 'varchar' };
        changed ??= remove().then(() => personDoes(bench, 'POST', '/api/v2/personFields', body));
        await changed;
      }),
    );
    expect(bench.context.destination.budget().requests - requests).toBeGreaterThan(people);
    await expectWhole();
  });

  it('and has lost the field of the markers: it stops and names it, and `configure` lets it go on', async () => {
    let changed: Promise<unknown> | null = null;
    const broken = load(
      before(async () => {
        changed ??= remove();
        await changed;
      }),
    );
    await expect(broken).rejects.toMatchObject({
      code: 'destination-changed',
      message: 'The account was changed during the load: the person field “Landfall source key” is gone.',
    });
    expect(recordsIn(bench, 'persons')).toEqual([]);
    await configure(bench.context);
    await load(bench.context);
    await expectWhole();
  });

  it('in that a field of ours gets another name: `configure` makes it again, and a rollback takes both back', async () => {
    await personDoes(bench, 'PATCH', `/api/v2/personFields/${field()?.field_code}`, { field_name: 'Theirs' });
    await configure(bench.context);
    await load(bench.context);
    await expectWhole();
    expect(recordsIn(bench, 'fields').filter((one) => one.is_custom_field)).toHaveLength(2);
    expect((await rollback(bench.context)).kept).toEqual([]);
    expect(recordsIn(bench, 'fields').filter((one) => one.is_custom_field)).toEqual([]);
  });

  it('or not: a record that is refused for its own sake is put aside', async () => {
    await load(
      before((request) =>
        request.values.name === 'Contact 7'
          ? Promise.reject(new MigrationError('refused', 'no'))
          : Promise.resolve(),
      ),
    );
    const ledger = await bench.store.ledger();
    expect(ledger.target.person).toMatchObject({ created: people - 1, failed: 1 });
  });
});

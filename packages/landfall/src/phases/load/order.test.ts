import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WriteRequest } from '../../model/destination.ts';
import { type SourceKey, sourceKey } from '../../model/key.ts';
import type { Operation } from '../../model/plan.ts';
import { type Durability, refName } from '../../model/store.ts';
import { configure } from '../configure.ts';
import type { PhaseContext } from '../context.ts';
import {
  type Bench,
  draft,
  keepDrafts,
  link,
  openBench,
  record,
  recordsIn,
  sampleMapping,
} from '../phase-fixture.ts';
import { plan } from '../plan/plan.ts';
import { load } from './load.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ policies: { duplicates: 'keep', existing: 'update-empty' } });
  bench.account.emulator.control.seed({ persons: [{ name: 'There before', emails: email(1) }] });
  const ids = Array.from({ length: people }, (_none, at) => at + 1);
  await keepDrafts(
    bench,
    [
      record('companies', '1', { name: 'Acme' }),
      ...ids.map((id) => record('contacts', `${id}`, { email: email(id)[0]?.value ?? '' })),
    ],
    [
      draft('organization', key('companies', 1), { name: 'Acme' }),
      ...ids.map((id) =>
        draft('person', key('contacts', id), { name: `Contact ${id}`, emails: email(id), phones: phone }, [
          link('org_id', 'organization', { id: '1' }),
        ]),
      ),
    ],
  );
  await plan(bench.context, sampleMapping);
  await configure(bench.context);
});
afterEach(() => bench.close());

/** More than one transaction of intents. */
const people = 70;
const phone = [{ value: '+905321112233', label: 'work', primary: true }];
const email = (id: number) => [{ value: `c${id}@acme.example`, label: 'work', primary: true }];
const key = (entity: string, id: number): SourceKey => sourceKey(entity, `${id}`);

interface Watch {
  /** Called before each commit is begun. */
  readonly before?: (durability: Durability) => Promise<void>;
  /** Called when a commit is done, before its answer is heard. */
  readonly after?: () => Promise<void>;
  readonly sent?: (request: WriteRequest) => Promise<void>;
}

/** The context with its commits and its writes to the account watched. */
function watched({ before, after, sent }: Watch): PhaseContext {
  const { context } = bench;
  return {
    ...context,
    store: {
      ...context.store,
      write: async (lease, work, durability) => {
        await before?.(durability ?? 'power');
        const result = await context.store.write(lease, work, durability);
        await after?.();
        return result;
      },
    },
    destination: {
      ...context.destination,
      write: async (request, signal) => {
        await sent?.(request);
        return context.destination.write(request, signal);
      },
    },
  };
}

const operations = (): Promise<readonly Operation[]> => bench.store.operationPage({}, 0, 1_000);

/** What the audit log does not know of, and what was bound without being done: nothing, after any commit. */
async function untold(): Promise<readonly string[]> {
  const all = await operations();
  const bound = await bench.store.targetIds(all);
  const entries = await bench.store.auditPage(0, 10_000);
  const told = (kind: string) =>
    new Set(entries.filter((one) => one.kind === kind).map(({ body }) => body.seq));
  const [intents, outcomes] = [told('intent'), told('outcome')];
  return all.flatMap((one) => [
    ...(one.state === 'planned' || intents.has(one.seq)
      ? []
      : [`${one.key} is ${one.state} and has no intent`]),
    ...(one.state !== 'done' || outcomes.has(one.seq) ? [] : [`${one.key} is done and has no outcome`]),
    ...(one.state === 'done' || !bound.has(refName(one)) ? [] : [`${one.key} is bound and ${one.state}`]),
  ]);
}

describe('what is on the disk before what goes onto the wire (RUN-12, F1, F2)', () => {
  it('the intent of each request is committed before it is sent, and a slow disk is waited for', async () => {
    const early: string[] = [];
    const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
    const sent = async ({ marker }: WriteRequest) => {
      const own = (await operations()).find(({ fingerprint }) => fingerprint === marker);
      if (own?.state !== 'intent') early.push(`${marker} was ${own?.state}`);
    };
    await load(watched({ before: slowly, sent }));
    expect(early).toEqual([]);
    expect(recordsIn(bench, 'persons')).toHaveLength(people);
  });

  it('every commit of the load outlives a power cut', async () => {
    const seen = new Set<Durability>();
    const before = async (durability: Durability) => {
      seen.add(durability);
    };
    await load(watched({ before }));
    expect([...seen]).toEqual(['power']);
  });

  it('how a record was is kept before it is changed', async () => {
    const unkept: string[] = [];
    let changes = 0;
    const sent = async ({ entity, id }: WriteRequest) => {
      if (id === undefined) return;
      changes += 1;
      if ((await bench.store.beforeImage(entity, id)) === null) unkept.push(`${entity} ${id}`);
    };
    await load(watched({ sent }));
    expect([changes, unkept]).toEqual([1, []]);
  });

  it('after every commit the audit log knows each intent and outcome, and only what is done has an id: a kill loses none (I7, AUD-01)', async () => {
    const found = new Set<string>();
    const after = async () => {
      for (const words of await untold()) found.add(words);
    };
    await load(watched({ after }));
    expect([...found]).toEqual([]);
    expect((await operations()).every(({ state }) => state === 'done')).toBe(true);
  });
});

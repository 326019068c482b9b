import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sourceKey, targetId } from '../../model/key.ts';
import { imbalances } from '../../model/ledger.ts';
import type { OperationState } from '../../model/plan.ts';
import type { ResolvedLink } from '../../model/target.ts';
import { type Bench, draft, keepDrafts, openBench, record } from '../phase-fixture.ts';
import { imageHash, intend, type Outcome, settle } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import { prepare } from './prepare.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const parent = { entity: 'organization' as const, key: sourceKey('companies', '1'), part: '' };
const toParent: ResolvedLink = { field: 'org_id', entity: 'organization', to: parent, evidence: 'id' };
const person = { entity: 'person' as const, key: sourceKey('contacts', '1'), part: '' };

/** Plans one person with two links due, one of them already known to lead nowhere; the books as the plan leaves them. */
async function plannedPerson(parentMade: boolean): Promise<void> {
  const { context, store } = bench;
  await keepDrafts(bench, [record('contacts', '1')], [draft('person', person.key, { name: 'Ali' })]);
  await store.write(context.lease, async (writer) => {
    await writer.clearOperations();
    await writer.clearRejects('run');
    await writer.unbind([parent, person]);
    await writer.resetLedger('target', [
      'created',
      'matched',
      'updated',
      'failed',
      'inDoubt',
      'linksDue',
      'linked',
      'unlinked',
    ]);
    const operation = { ...person, action: 'create' as const, because: '', costTokens: 5, links: [toParent] };
    await writer.addOperations([
      { ...operation, extra: {}, targetId: null, fingerprint: 'acme:crm:contacts:1' },
    ]);
    await writer.post([
      { side: 'target', entity: 'person', counter: 'linksDue', amount: 2 },
      { side: 'target', entity: 'person', counter: 'unlinked', amount: 1 },
    ]);
    if (parentMade) await writer.bind([{ ref: parent, id: targetId(7) }]);
  });
}

async function current(): Promise<Prepared> {
  const [prepared] = await prepare(bench.store, new Map(), await bench.store.operationPage({}, 0, 10));
  if (prepared === undefined) throw new Error('no operation');
  return prepared;
}

type Step = 'intend' | 'unknown' | 'again' | 'created' | 'updated' | 'matched' | 'failed';

async function take(step: Step): Promise<void> {
  const prepared = await current();
  await bench.store.write(bench.context.lease, (writer) =>
    step === 'intend' ? intend(writer, [prepared]) : settle(writer, [outcomeOf(step, prepared)]),
  );
}

function outcomeOf(step: Exclude<Step, 'intend'>, prepared: Prepared): Outcome {
  if (step === 'unknown') return { kind: step, prepared, why: 'lost' };
  if (step === 'again') return { kind: step, prepared };
  if (step === 'failed') return { kind: step, prepared, code: 'destination-refused', why: 'no' };
  const values = { name: 'Ali', update_time: 'x' };
  const id = targetId(9);
  return { kind: step, prepared, record: { entity: 'person', id, values, marker: null, updatedAt: null } };
}

const whole = { transform: true, load: true, verify: false };

describe('the books balance whatever becomes of a write (law 1, I1)', () => {
  const paths: readonly (readonly [Step[], OperationState, number])[] = [
    [['intend', 'created'], 'done', 1],
    [['intend', 'updated'], 'done', 1],
    [['intend', 'matched'], 'done', 1],
    [['intend', 'failed'], 'failed', 1],
    [['intend', 'unknown', 'created'], 'done', 1],
    [['intend', 'unknown', 'unknown', 'created'], 'done', 1],
    [['intend', 'unknown', 'again', 'intend', 'created'], 'done', 2],
    [['intend', 'unknown', 'again', 'intend', 'unknown', 'created'], 'done', 2],
    [['intend', 'unknown', 'again', 'intend', 'failed'], 'failed', 2],
    [['intend', 'again', 'intend', 'created'], 'done', 2],
  ];
  for (const [steps, state, attempt] of paths) {
    for (const parentMade of [true, false]) {
      it(`${steps.join(', ')}${parentMade ? '' : ', its company not made'}`, async () => {
        await plannedPerson(parentMade);
        for (const step of steps) await take(step);
        const { operation } = await current();
        expect(operation).toMatchObject({ state, attempt });
        const ledger = await bench.store.ledger();
        expect(imbalances({ source: {}, target: { person: ledger.target.person ?? {} } }, whole)).toEqual([]);
        expect((await bench.store.targetIds([person])).size).toBe(state === 'done' ? 1 : 0);
      });
    }
  }
});

describe('one outcome', () => {
  it('proven not to have been sent, the attempt does not count: no double is looked for', async () => {
    await plannedPerson(true);
    const prepared = await current();
    await bench.store.write(bench.context.lease, (writer) => intend(writer, [prepared]));
    expect((await current()).operation).toMatchObject({ state: 'intent', attempt: 1 });
    await bench.store.write(bench.context.lease, (writer) => settle(writer, [{ kind: 'again', prepared }]));
    expect((await current()).operation).toMatchObject({ state: 'planned', attempt: 0 });
  });

  it('an unknown one is in doubt in the books until it is known', async () => {
    await plannedPerson(true);
    await take('intend');
    await take('unknown');
    const ledger = await bench.store.ledger();
    expect(ledger.target.person?.inDoubt).toBe(1);
    expect(imbalances(ledger, whole)).toContain('person: 1 still in doubt');
  });

  it('made without its company it is listed with the field', async () => {
    await plannedPerson(false);
    await take('intend');
    await take('created');
    const rejects = await bench.store.rejects('run', 0, 10);
    expect(rejects).toMatchObject([{ code: 'parent-failed', field: 'org_id', key: 'contacts:1' }]);
  });

  it('every intent and every outcome is in the audit log, the intent with the hash of what is sent (I7)', async () => {
    await plannedPerson(true);
    const { seq } = await bench.store.auditHead();
    await take('intend');
    await take('created');
    const entries = await bench.store.auditPage(seq, 10);
    expect(entries.map(({ kind, body }) => [kind, body.result ?? typeof body.request])).toEqual([
      ['intent', 'string'],
      ['outcome', 'created'],
    ]);
    expect(entries[0]?.body.values).toEqual({ name: 'Ali', org_id: '7' });
  });
});

it('an image is the same whatever the time of change and the empty fields, and another after any edit', () => {
  const image = (values: Record<string, string | null | readonly string[]>, without: string[] = []) => {
    const id = targetId(1);
    return imageHash({ entity: 'person', id, values, marker: null, updatedAt: null }, without);
  };
  expect(image({ a: '1', update_time: 'x', b: null, c: [] })).toBe(
    image({ a: '1', update_time: 'y', b: '' }),
  );
  expect(image({ a: '1' })).not.toBe(image({ a: '2' }));
  expect(image({ a: '1', d: '4' })).not.toBe(image({ a: '1' }));
  expect(image({ a: '1', d: '4' }, ['d'])).toBe(image({ a: '1' }));
});

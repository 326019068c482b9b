import { describe, expect, it } from 'vitest';
import { targetId } from '../../packages/landfall/src/model/key.ts';
import type { Finding, PlannedStep } from '../../packages/landfall/src/model/plan.ts';
import type { Question } from '../../packages/landfall/src/model/question.ts';
import { refName } from '../../packages/landfall/src/model/store.ts';
import { verifyAudit } from '../../packages/landfall/src/store/audit-chain.ts';
import type { Bench } from './store-bench.ts';
import { idsBetween, personOperation, personRef } from './store-samples.ts';

/** Plan, identity map, books, questions, audit log. */
export function planTests(bench: Bench): void {
  describe('operations', () => {
    it('get their places in the order given, and begin planned or skipped', async () => {
      const { store, write } = bench();
      const skip = personOperation('2', { action: 'skip', because: 'there already', targetId: targetId(9) });
      await write((writer) => writer.addOperations([personOperation('1'), skip]));
      await write((writer) => writer.addOperations([personOperation('3')]));
      expect(await store.operation(1)).toEqual({
        ...personOperation('1'),
        seq: 1,
        state: 'planned',
        attempt: 0,
      });
      expect(await store.operation(2)).toEqual({ ...skip, seq: 2, state: 'skipped', attempt: 0 });
      expect(await store.operation(4)).toBe(null);
      await write((writer) => writer.clearOperations());
      await write((writer) => writer.addOperations([personOperation('5')]));
      expect((await store.operation(1))?.key).toBe('contact:5');
    });

    it('change only in what is said', async () => {
      const { store, write } = bench();
      await write((writer) => writer.addOperations(['1', '2', '3'].map((id) => personOperation(id))));
      await write((writer) =>
        writer.changeOperations([
          { seq: 1, state: 'intent', attempt: 1 },
          { seq: 2, state: 'done', targetId: targetId(70) },
          { seq: 1, state: 'unknown' },
        ]),
      );
      const states = async () =>
        (await store.operationPage({}, 0, 9)).map((one) => [one.state, one.attempt, one.targetId]);
      expect(await states()).toEqual([
        ['unknown', 1, null],
        ['done', 0, '70'],
        ['planned', 0, null],
      ]);
      await write((writer) => writer.changeOperations([{ seq: 2, state: 'planned', targetId: null }]));
      expect((await states())[1]).toEqual(['planned', 0, null]);
      expect(await store.operation(1)).toMatchObject({
        because: 'not in the destination yet',
        extra: { owner_id: '12' },
      });
    });

    it('are paged by entity and state, forwards and backwards', async () => {
      const { store, write } = bench();
      const operations = idsBetween(1, 12).map((id) =>
        personOperation(id, { entity: Number(id) % 3 === 0 ? 'deal' : 'person' }),
      );
      await write((writer) => writer.addOperations(operations));
      await write((writer) => writer.changeOperations([2, 3, 5, 6].map((seq) => ({ seq, state: 'done' }))));
      const seqs = (page: readonly { seq: number }[]) => page.map((one) => one.seq);
      const page = async (...asked: Parameters<typeof store.operationPage>) =>
        seqs(await store.operationPage(...asked));
      expect(await page({}, 0, 99)).toEqual(idsBetween(1, 12).map(Number));
      expect(await page({}, 4, 3)).toEqual([5, 6, 7]);
      expect(await page({ entity: 'deal' }, 3, 9)).toEqual([6, 9, 12]);
      expect(await page({ states: ['planned'] }, 1, 3)).toEqual([4, 7, 8]);
      expect(await page({ states: ['planned', 'done'] }, 2, 3)).toEqual([3, 4, 5]);
      expect(await page({ entity: 'person', states: ['done'] }, 0, 9)).toEqual([2, 5]);
      expect(await page({ states: [] }, 0, 9)).toEqual([]);
      expect(seqs(await store.operationsBackwards(['done'], null, 3))).toEqual([6, 5, 3]);
      expect(seqs(await store.operationsBackwards(['done', 'planned'], 5, 2))).toEqual([4, 3]);
    });

    it('are found by ref, several for one ref, thousands at once', async () => {
      const { store, write } = bench();
      const ids = idsBetween(1, 5_000);
      const link = personOperation('1', { action: 'link' });
      await write((writer) => writer.addOperations([...ids.map((id) => personOperation(id)), link]));
      const found = await store.operationsByRef([...ids, '1', 'none'].map((id) => personRef(id)));
      expect(found.map((one) => one.seq)).toEqual(idsBetween(1, 5_001).map(Number));
      await write((writer) => writer.changeOperations(found.map(({ seq }) => ({ seq, state: 'done' }))));
      expect(await store.operationPage({ states: ['planned'] }, 0, 9)).toEqual([]);
    });

    it('are counted and priced', async () => {
      const { store, write } = bench();
      const skip = personOperation('3', { action: 'skip', costTokens: 0 });
      await write((writer) => writer.addOperations([personOperation('1'), personOperation('2'), skip]));
      expect(await store.operationTotals()).toEqual([
        { entity: 'person', action: 'create', state: 'planned', count: 2, costTokens: 10 },
        { entity: 'person', action: 'skip', state: 'skipped', count: 1, costTokens: 0 },
      ]);
    });
  });

  it('configuration steps keep their order, state and ids', async () => {
    const { store, write } = bench();
    const step: Omit<PlannedStep, 'seq'> = {
      step: { kind: 'field', entity: 'deal', name: 'Region', type: 'enum', options: ['West', '😀'] },
      because: 'the mapping names it',
      costTokens: 10,
      state: 'planned',
      ids: [],
    };
    await write((writer) => writer.putSteps([step, { ...step, costTokens: 2 }]));
    await write((writer) => writer.changeStep(2, { state: 'done', ids: ['40', '41'] }));
    expect(await store.steps()).toEqual([
      { seq: 1, ...step },
      { seq: 2, ...step, costTokens: 2, state: 'done', ids: ['40', '41'] },
    ]);
    await write((writer) => writer.clearSteps());
    expect(await store.steps()).toEqual([]);
  });

  it('the identity map binds, binds anew, unbinds, and knows whose a record is', async () => {
    const { store, write } = bench();
    const ids = idsBetween(1, 5_000);
    const pairs = ids.map((id) => ({ ref: personRef(id), id: targetId(`9${id}`) }));
    await write((writer) => writer.bind(pairs));
    await write((writer) => writer.bind([{ ref: personRef('2', 'b'), id: targetId(91) }]));
    const asked = [...pairs.map((pair) => pair.ref), personRef('none')];
    const found = await store.targetIds(asked);
    expect(found.size).toBe(5_000);
    expect(found.get(refName(personRef('17')))).toBe('917');
    const targets = pairs.map((pair) => pair.id);
    const owners = await store.refsOfTargets('person', [...targets, targetId('x')]);
    expect(owners.size).toBe(5_000);
    expect(owners.get(targetId(91))).toEqual(personRef('1'));
    expect(await store.refsOfTargets('deal', targets)).toEqual(new Map());
    await write((writer) => writer.bind([{ ref: personRef('1'), id: targetId(5) }]));
    await write((writer) => writer.unbind([personRef('2'), personRef('none')]));
    expect(await store.targetIds([personRef('1'), personRef('2'), personRef('2', 'b')])).toEqual(
      new Map([
        ['person|contact:1|', '5'],
        ['person|contact:2|b', '91'],
      ]),
    );
  });

  it('records of the destination are found by key; their first before-image stays', async () => {
    const { store, write } = bench();
    const key = { entity: 'person', kind: 'email', value: 'a@example.com' } as const;
    const long = { ...key, value: 'x'.repeat(5_000), targetId: targetId(3) };
    const ids = ['12', '9', '9'].map((id) => ({ ...key, targetId: targetId(id) }));
    await write((writer) => writer.addExisting([...ids, long]));
    expect(await store.existing('person', 'email', ['a@example.com', 'none', long.value])).toEqual(
      new Map([
        ['a@example.com', ['9', '12']],
        [long.value, ['3']],
      ]),
    );
    expect(await store.existing('deal', 'email', ['a@example.com'])).toEqual(new Map());
    await write((writer) => writer.clearExisting());
    expect(await store.existing('person', 'email', ['a@example.com'])).toEqual(new Map());

    const image = (json: string) => ({ entity: 'person', targetId: targetId(9), json }) as const;
    await write((writer) => writer.putBeforeImages([image('{"a":1}')]));
    await write((writer) => writer.putBeforeImages([image('{"a":2}')]));
    expect(await store.beforeImage('person', targetId(9))).toBe('{"a":1}');
    expect(await store.beforeImage('deal', targetId(9))).toBe(null);

    const both = [targetId(9), targetId(10)];
    expect(await store.beforeImages('person', both)).toEqual(new Map([[targetId(9), '{"a":1}']]));
    await write((writer) => writer.dropBeforeImages('deal', both));
    expect(await store.beforeImage('person', targetId(9))).toBe('{"a":1}');
    await write((writer) => writer.dropBeforeImages('person', both));
    await write((writer) => writer.putBeforeImages([image('{"a":3}')]));
    expect(await store.beforeImage('person', targetId(9))).toBe('{"a":3}');
  });

  it('the ledger adds movements up, also negative ones, and is reset by counter', async () => {
    const { store, write } = bench();
    const post = (entity: string, amount: number) =>
      ({ side: 'target', entity, counter: 'created', amount }) as const;
    await write((writer) => writer.post([post('person', 2), post('deal', 1), post('person', 3)]));
    await write((writer) =>
      writer.post([
        post('person', -1),
        { side: 'source', entity: '__proto__', counter: 'extracted', amount: 4 },
        { side: 'target', entity: 'person', counter: 'failed', amount: 1 },
      ]),
    );
    const books = await store.ledger();
    expect(books.target).toEqual({ person: { created: 4, failed: 1 }, deal: { created: 1 } });
    expect(Object.entries(books.source)).toEqual([['__proto__', { extracted: 4 }]]);
    await write((writer) => writer.resetLedger('target', ['created', 'matched']));
    expect((await store.ledger()).target).toEqual({ person: { failed: 1 } });
  });

  it('findings are listed page by page', async () => {
    const { store, write } = bench();
    const finding: Finding = {
      entity: 'person',
      sourceKey: personRef('1').key,
      targetId: null,
      field: 'name',
      expected: 'Ann\0',
      found: '',
      verdict: 'missing',
    };
    await write((writer) =>
      writer.addFindings([finding, { ...finding, targetId: targetId(4), verdict: 'lossy' }]),
    );
    expect(await store.findings(0, 1)).toEqual([{ seq: 1, ...finding }]);
    expect(await store.findings(1, 9)).toEqual([{ seq: 2, ...finding, targetId: '4', verdict: 'lossy' }]);
    await write((writer) => writer.clearFindings());
    expect(await store.findings(0, 9)).toEqual([]);
  });

  it('an asker replaces its own questions; answers stay', async () => {
    const { store, write } = bench();
    const question = (id: string): Question => ({
      id,
      kind: 'owner',
      subject: 'Ann',
      question: 'Who is Ann?',
      records: ['1'],
      recordCount: 1,
      choices: [{ id: 'leave', label: 'Leave', consequence: 'nobody owns them', default: true }],
      blocks: 'owners',
    });
    await write((writer) => writer.putQuestions('plan', [question('b'), question('a')]));
    await write((writer) => writer.putQuestions('audit', [question('z')]));
    const answer = { id: 'a', choice: 'leave', by: 'ann', at: '2026-01-02T03:04:05Z' };
    await store.write(null, (writer) => writer.putDecisions([answer, { ...answer, id: 'b', value: '7' }]));
    await write((writer) => writer.putQuestions('plan', [question('a'), question('c')]));
    expect((await store.questions()).map((one) => one.id)).toEqual(['z', 'a', 'c']);
    expect((await store.questions())[0]).toEqual(question('z'));
    expect(await store.decisions()).toEqual([answer, { ...answer, id: 'b', value: '7' }]);
    await store.write(null, (writer) => writer.putDecisions([{ ...answer, choice: 'other' }]));
    expect(await store.decisions()).toEqual([{ ...answer, choice: 'other' }]);
  });

  it('single values are set, replaced and removed', async () => {
    const { store, write } = bench();
    await write((writer) => writer.setValue('cursor', 'a\0😀'));
    expect(await store.getValue('cursor')).toBe('a\0😀');
    await write((writer) => writer.setValue('cursor', ''));
    expect(await store.getValue('cursor')).toBe('');
    await write((writer) => writer.setValue('cursor', null));
    expect(await store.getValue('cursor')).toBe(null);
  });

  it('the audit log is a chain without gaps that proves itself (AUD-01, I7)', async () => {
    const { store, write } = bench();
    expect(await store.auditHead()).toEqual({ seq: 0, hash: '0'.repeat(64) });
    const body = JSON.parse('{"b":[1,{"z":null,"a":"\\ud800\\u0000"}],"__proto__":{"x":0.1},"10":true}');
    await write((writer) =>
      writer.appendAudit([
        { kind: 'intent', body },
        { kind: 'outcome', body: {} },
      ]),
    );
    await store.write(null, (writer) => writer.appendAudit([{ kind: 'approval', body: { by: 'ann' } }]));
    const entries = await store.auditPage(0, 9);
    expect(entries.map(({ seq, kind, at }) => [seq, kind, at])).toEqual([
      [1, 'intent', '2026-01-02T03:04:05.000Z'],
      [2, 'outcome', '2026-01-02T03:04:05.000Z'],
      [3, 'approval', '2026-01-02T03:04:05.000Z'],
    ]);
    expect(verifyAudit(entries)).toBe(null);
    expect(await store.auditPage(2, 9)).toEqual(entries.slice(2));
    expect(await store.auditHead()).toEqual({ seq: 3, hash: entries[2]?.hash });
  });
}

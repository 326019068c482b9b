import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
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
} from '../phase-fixture.ts';
import { rollback } from './rollback.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ policies: { duplicates: 'keep' } });
});
afterEach(() => bench.close());

const names = ['Veli', 'Can', 'Ece'];

/** Three people at one organization; the answers that made them come, or are lost so that a sweep finds them. */
async function loaded(answers: 'come' | 'are lost'): Promise<void> {
  const acme = [link('org_id', 'organization', { id: '1' })];
  const contact = (name: string, at: number) => sourceKey('contacts', `${name}${at}`);
  await keepDrafts(
    bench,
    [
      record('companies', '1', { name: 'Acme' }),
      ...names.map((name, at) => record('contacts', `${name}${at}`, { name })),
    ],
    [
      draft('organization', sourceKey('companies', '1'), { name: 'Acme' }),
      ...names.map((name, at) => draft('person', contact(name, at), { name }, acme)),
    ],
  );
  const rule = { method: 'POST', path: '/api/v2/persons', kind: 'lost-answer' };
  bench.account.emulator.control.faults({ seed: 1, rules: answers === 'come' ? [] : [rule] });
  await planAndLoad(bench);
  bench.account.emulator.control.faults({ seed: 1, rules: [] });
  expect(recordsIn(bench, 'persons')).toHaveLength(names.length);
}

/** A rollback that is stopped as soon as it has taken organizations back. */
async function brokenOff(): Promise<void> {
  const stop = new AbortController();
  const context = await bench.takeOver({
    signal: stop.signal,
    report: ({ phase, subject }) => {
      if (phase === 'rollback' && subject === 'organization') stop.abort();
    },
  });
  await expect(rollback(context)).rejects.toMatchObject({ name: 'AbortError' });
  expect(recordsIn(bench, 'organizations')).toEqual([]);
}

describe('a link that a person took away is theirs for good (I6, reliability.md 7.1)', () => {
  it.each(['come', 'are lost'] as const)(
    'when answers of the load %s: also once the rollback has removed what it led to, and goes on after a stop',
    async (answers) => {
      await loaded(answers);
      const [veli, can] = recordsIn(bench, 'persons');
      await personDoes(bench, 'PATCH', `/api/v2/persons/${veli?.id}`, { org_id: null });
      await personDoes(bench, 'PATCH', `/api/v2/persons/${can?.id}`, { name: 'Can edited', org_id: null });
      await brokenOff();
      for (let life = 0; life < 2; life += 1) {
        const { kept } = await rollback(await bench.takeOver());
        expect(kept.filter(({ entity }) => entity === 'person')).toMatchObject([
          { targetId: `${veli?.id}`, because: 'somebody has changed it since: org_id' },
          { targetId: `${can?.id}`, because: 'somebody has changed it since: name, org_id' },
        ]);
        expect(recordsIn(bench, 'persons').map(({ name }) => name)).toEqual(['Veli', 'Can edited']);
      }
    },
  );

  it('and a link that only went with what it led to is nobody’s: the record goes', async () => {
    await loaded('are lost');
    const [acme] = recordsIn(bench, 'organizations');
    await personDoes(bench, 'DELETE', `/api/v2/organizations/${acme?.id}`);
    expect((await rollback(bench.context)).kept.filter(({ entity }) => entity === 'person')).toEqual([]);
    expect(recordsIn(bench, 'persons')).toEqual([]);
  });
});

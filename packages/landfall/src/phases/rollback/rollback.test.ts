import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceKey, targetId } from '../../model/key.ts';
import { configure } from '../configure.ts';
import { load } from '../load/load.ts';
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
  sampleMapping,
} from '../phase-fixture.ts';
import { plan } from '../plan/plan.ts';
import { readValue } from '../values.ts';
import { planRollback } from './look-ahead.ts';
import { rollback } from './rollback.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench({ policies: { duplicates: 'keep', existing: 'update-empty' } });
});
afterEach(() => bench.close());

const email = [{ value: 'ali@acme.example', label: 'work', primary: true }];
const phone = (value: string) => [{ value, label: 'work', primary: true }];

/** Loads a company with a person and a deal; another person is in the account already and gets a phone and a company. */
async function loaded(): Promise<void> {
  bench.account.emulator.control.seed({ persons: [{ name: 'Ali there', emails: email }] });
  const acme = [link('org_id', 'organization', { id: '1' })];
  await keepDrafts(
    bench,
    [
      record('companies', '1', { name: 'Acme' }),
      record('contacts', '1', { email: 'ali@acme.example' }),
      record('contacts', '2', { name: 'Veli' }),
      record('deals', '1'),
    ],
    [
      draft('organization', sourceKey('companies', '1'), { name: 'Acme' }),
      draft(
        'person',
        sourceKey('contacts', '1'),
        { name: 'Ali', emails: email, phones: phone('+905321112233') },
        acme,
      ),
      draft('person', sourceKey('contacts', '2'), { name: 'Veli' }, acme),
      draft('deal', sourceKey('deals', '1'), { title: 'Deal' }, [
        ...acme,
        link('person_id', 'person', { id: '2' }),
      ]),
    ],
  );
  await planAndLoad(bench);
}

function idOf(kind: string, name: string): string {
  return String(recordsIn(bench, kind).find((one) => one.name === name || one.title === name)?.id);
}

function names(): Record<string, readonly unknown[]> {
  return Object.fromEntries(
    ['organizations', 'persons', 'deals'].map((kind) => [
      kind,
      recordsIn(bench, kind).map((one) => one.name ?? one.title),
    ]),
  );
}

const before = { organizations: [], persons: ['Ali there'], deals: [] };

describe('rollback (RB-01, reliability.md 7)', () => {
  it('leaves the account as it was, says so beforehand, and a second time does nothing (I6)', async () => {
    const empty = bench.account.emulator.control.snapshot();
    await loaded();
    const expected = { reversed: 3, restored: 1, kept: [], errored: 0 };
    expect(await planRollback(bench.context)).toMatchObject(expected);
    expect(names().persons).toHaveLength(2);
    expect(await rollback(bench.context)).toEqual(expected);
    const seeded = recordsIn(bench, 'persons');
    expect(names()).toEqual(before);
    expect(seeded[0]).toMatchObject({ name: 'Ali there', phones: [] });
    const { persons: _now, ...rest } = bench.account.emulator.control.snapshot() as Record<string, unknown>;
    const { persons: _then, ...restBefore } = empty as Record<string, unknown>;
    expect(rest).toEqual(restBefore);
    expect(await rollback(bench.context)).toEqual({ reversed: 0, restored: 0, kept: [], errored: 0 });
  });

  it('after it the same migration can be planned and loaded again: what it made and took back is made again', async () => {
    await loaded();
    await rollback(bench.context);
    await plan(bench.context, sampleMapping);
    expect(await configure(bench.context)).toEqual({ made: 3, found: 0 });
    await load(bench.context);
    expect(names()).toEqual({ organizations: ['Acme'], persons: ['Ali there', 'Veli'], deals: ['Deal'] });
  });

  it('keeps what a person changed, names the field, and keeps what it hangs on', async () => {
    await loaded();
    await personDoes(bench, 'PATCH', `/api/v2/deals/${idOf('deals', 'Deal')}`, { title: 'Theirs now' });
    const [first] = (await planRollback(bench.context)).kept;
    expect(first).toMatchObject({
      entity: 'deal',
      by: expect.stringMatching(/./),
      at: expect.stringMatching(/Z$/),
    });
    const summary = await rollback(bench.context);
    expect(summary).toMatchObject({ reversed: 0, restored: 1, errored: 0 });
    const kept = summary.kept.filter((one) => one.entity !== 'configuration');
    expect(kept.map(({ entity }) => entity)).toEqual(['deal', 'person', 'organization']);
    expect(kept[0]?.because).toMatch(/somebody has changed it since: title/);
    expect(kept[1]?.because).toMatch(/^deal \d+, which is kept, is linked to it$/);
    expect((await bench.store.ledger()).target.deal).toMatchObject({ kept: 1 });
  });

  it('keeps what something of theirs hangs on', async () => {
    await loaded();
    await personDoes(bench, 'POST', '/api/v1/notes', {
      content: 'called',
      org_id: Number(idOf('organizations', 'Acme')),
    });
    const summary = await rollback(bench.context);
    expect(summary).toMatchObject({ reversed: 2, restored: 1 });
    expect(summary.kept[0]).toMatchObject({ entity: 'organization' });
    expect(summary.kept[0]?.because).toMatch(/note \d+ of somebody else hangs on it/);
    expect(names()).toEqual({ ...before, organizations: ['Acme'] });
  });

  it('of a filled record, a field somebody changed stays theirs; one they emptied themselves needs nothing', async () => {
    await loaded();
    const id = idOf('persons', 'Ali there');
    await personDoes(bench, 'PATCH', `/api/v2/persons/${id}`, {
      phones: phone('+905559998877'),
      org_id: null,
    });
    const summary = await rollback(bench.context);
    expect(summary).toMatchObject({ reversed: 3, restored: 0 });
    expect(summary.kept).toMatchObject([
      { entity: 'person', targetId: id, because: 'changed since: phones' },
    ]);
    expect(JSON.stringify(recordsIn(bench, 'persons'))).toContain('+905559998877');
  });

  it('a second journey over the same record has an image of its own: what a person wrote in between comes back', async () => {
    await loaded();
    await rollback(bench.context);
    const id = idOf('persons', 'Ali there');
    expect(await bench.store.beforeImage('person', targetId(id))).toBeNull();
    await personDoes(bench, 'PATCH', `/api/v2/persons/${id}`, {
      org_id: null,
      phones: phone('+905550000000'),
    });
    const between = recordsIn(bench, 'persons');
    await planAndLoad(bench);
    expect(recordsIn(bench, 'persons')).not.toEqual(between);
    expect((await rollback(bench.context)).kept).toEqual([]);
    expect(recordsIn(bench, 'persons')).toEqual(between);
  });

  it('says beforehand what it will take, day and token (7.3)', async () => {
    await loaded();
    const { destination } = bench.context;
    const said = await planRollback(bench.context);
    expect(said).toMatchObject({
      entities: {
        deal: { remove: 1, restore: 0, keep: 0, gone: 0 },
        person: { remove: 1, restore: 1, keep: 0, gone: 0 },
        organization: { remove: 1, restore: 0, keep: 0, gone: 0 },
      },
      configuration: 3,
      days: 1,
      start: '2026-01-02',
      end: '2026-01-02',
    });
    const before = destination.budget();
    await rollback(bench.context);
    const now = destination.budget();
    const [tokens, requests] = [now.spentHere - before.spentHere, now.requests - before.requests];
    // an account of a few records is read far more than it is written
    expect(
      [tokens / said.tokens, requests / said.requests].every((share) => share > 0.5 && share < 1.5),
    ).toBe(true);
  });

  it('a relationship and a lead that others made keep what they hang on; `skip` does not look for relationships', async () => {
    await loaded();
    const acme = Number(idOf('organizations', 'Acme'));
    const theirs = await personDoes(bench, 'POST', '/api/v2/organizations', { name: 'Theirs' });
    const ends = { type: 'parent', rel_owner_org_id: theirs.id, rel_linked_org_id: acme };
    await personDoes(bench, 'POST', '/api/v1/organizationRelationships', ends);
    const policies = { ...bench.context.policies, rollbackRelationships: 'skip' as const };
    expect((await planRollback({ ...bench.context, policies })).kept).toEqual([]);
    const [held, ...others] = (await planRollback(bench.context)).kept;
    expect(others).toEqual([]);
    expect(held?.because).toMatch(/^organizationRelationship \d+ of somebody else hangs on it$/);
    const person_id = Number(idOf('persons', 'Veli'));
    await personDoes(bench, 'POST', '/api/v1/leads', { title: 'Lead', person_id });
    const { kept } = await rollback(bench.context);
    expect(kept.slice(0, 2).map(({ because }) => because)).toEqual([
      expect.stringMatching(/^lead [0-9a-f-]{36} of somebody else hangs on it$/),
      expect.stringMatching(/^person \d+, which is kept, is linked to it$/),
    ]);
    expect(recordsIn(bench, 'relationships')).toHaveLength(1);
  });

  it('what somebody removed already is no error and is not made again', async () => {
    await loaded();
    await personDoes(bench, 'DELETE', `/api/v2/deals/${idOf('deals', 'Deal')}`);
    expect(await rollback(bench.context)).toMatchObject({ reversed: 2, restored: 1, kept: [], errored: 0 });
  });

  it.each([
    ['rollback:after-intent', 1],
    ['rollback:after-send', 1],
    ['rollback:after-send', 3],
  ])('killed at %s (%i) it ends as if nothing had happened', async (point, pass) => {
    await loaded();
    const { context } = bench;
    let left = pass;
    const crashPoint = (name: string) => {
      if (name === point) left -= 1;
      if (name === point && left === 0) throw new Error('killed');
    };
    const dying = { ...context, ports: { ...context.ports, crashPoint } };
    await expect(rollback(dying)).rejects.toThrow('killed');
    await rollback(await bench.takeOver());
    expect(names()).toEqual(before);
    expect(await readValue(bench.store, 'rolledBack')).not.toBeNull();
  });

  it('a kept record is not made twice by the next load, and the next rollback still knows it as ours', async () => {
    await loaded();
    const deal = idOf('deals', 'Deal');
    await personDoes(bench, 'PATCH', `/api/v2/deals/${deal}`, { title: 'Theirs' });
    await rollback(bench.context);
    await planAndLoad(bench);
    expect(names()).toEqual({ organizations: ['Acme'], persons: ['Ali there', 'Veli'], deals: ['Theirs'] });
    const again = await rollback(bench.context);
    expect(again.kept.map(({ entity }) => entity)).toContain('deal');
    await planAndLoad(bench);
    expect(names().deals).toEqual(['Theirs']);
    await personDoes(bench, 'PATCH', `/api/v2/deals/${deal}`, { title: 'Deal' });
    await rollback(bench.context);
    expect(names()).toEqual(before);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sourceKey } from '../../model/key.ts';
import type { Mapping } from '../../model/mapping.ts';
import { configure } from '../configure.ts';
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
import { rollback } from './rollback.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  const acme = draft('organization', sourceKey('companies', '1'), { name: 'Acme', 'custom.Tier': 'gold' });
  await keepDrafts(bench, [record('companies', '1', { name: 'Acme' })], [acme]);
  await plan(bench.context, mapping);
});
afterEach(() => bench.close());

const mapping: Mapping = {
  ...sampleMapping,
  fields: [{ entity: 'organization', name: 'Tier', type: 'varchar' }],
};

/** Dies while the field "Tier" is made: before the request went out, or when its answer was on its way. */
async function diesAt(point: 'configure:after-intent' | 'configure:after-send'): Promise<void> {
  const { context } = bench;
  let left = (await bench.store.steps()).findIndex((one) => 'name' in one.step && one.step.name === 'Tier');
  const crashPoint = (name: string) => {
    if (name !== point) return;
    if (left === 0) throw new Error('killed');
    left -= 1;
  };
  await expect(configure({ ...context, ports: { ...context.ports, crashPoint } })).rejects.toThrow('killed');
}

const tiers = () => recordsIn(bench, 'fields').filter((field) => field.field_name === 'Tier');

describe('configuration whose answer was lost (RB-01, I6)', () => {
  it('is found by its name and taken back', async () => {
    await diesAt('configure:after-send');
    expect(tiers()).toHaveLength(1);
    expect((await rollback(await bench.takeOver())).kept).toEqual([]);
    expect(tiers()).toEqual([]);
  });

  it('is not taken for what a person made under that name since: it stays and is listed', async () => {
    await diesAt('configure:after-intent');
    await personDoes(bench, 'POST', '/api/v2/organizationFields', {
      field_name: 'Tier',
      field_type: 'double',
    });
    const because = 'the organization field "Tier" is not of the type that was asked for';
    for (let life = 0; life < 2; life += 1) {
      const { kept } = await rollback(await bench.takeOver());
      expect(kept).toEqual([{ entity: 'configuration', targetId: 'organization.Tier', because }]);
      expect(tiers()).toHaveLength(1);
    }
  });
});

describe('configuration is ours by what we made, not by its name (RB-01, I6)', () => {
  it('an option that somebody made before we made the others stays', async () => {
    const { field_code: code } = await personDoes(bench, 'POST', '/api/v2/organizationFields', {
      field_name: 'Colour',
      field_type: 'enum',
      options: [{ label: 'Red' }],
    });
    const step = {
      kind: 'option',
      entity: 'organization',
      field: 'custom.Colour',
      labels: ['Red', 'Blue'],
    } as const;
    await bench.store.write(bench.context.lease, async (writer) => {
      await writer.clearSteps();
      await writer.putSteps([{ step, because: '', costTokens: 5, state: 'planned', ids: [] }]);
    });
    const labels = () => {
      const field = recordsIn(bench, 'fields').find((one) => one.field_code === code);
      return ((field?.options ?? []) as readonly { readonly label: string }[]).map(({ label }) => label);
    };
    await configure(bench.context);
    expect(labels()).toEqual(['Red', 'Blue']);
    await rollback(bench.context);
    expect(labels()).toEqual(['Red']);
  });

  it('options that a field of theirs lacked are made, and a rollback takes back those alone', async () => {
    const step = {
      kind: 'field',
      entity: 'organization',
      name: 'Colour',
      type: 'enum',
      options: ['Red', 'Blue'],
    } as const;
    await bench.store.write(bench.context.lease, (writer) =>
      writer.putSteps([{ step, because: '', costTokens: 5, state: 'planned', ids: [] }]),
    );
    const { field_code: code } = await personDoes(bench, 'POST', '/api/v2/organizationFields', {
      field_name: 'Colour',
      field_type: 'enum',
      options: [{ label: 'Red' }],
    });
    const labels = () => {
      const field = recordsIn(bench, 'fields').find((one) => one.field_code === code);
      return ((field?.options ?? []) as readonly { readonly label: string }[]).map(({ label }) => label);
    };
    for (let time = 0; time < 2; time += 1) {
      await configure(bench.context);
      expect(labels()).toEqual(['Red', 'Blue']);
    }
    expect((await rollback(bench.context)).kept).toEqual([]);
    expect(labels()).toEqual(['Red']);
  });

  it('a field that somebody made in place of one of ours, which an earlier rollback kept, stays', async () => {
    await configure(bench.context);
    const [ours] = tiers();
    const theirs = await personDoes(bench, 'POST', '/api/v2/organizations', {
      name: 'Theirs',
      custom_fields: { [String(ours?.field_code)]: 'gold' },
    });
    expect((await rollback(bench.context)).kept).toMatchObject([{ targetId: 'organization.Tier' }]);
    await personDoes(bench, 'DELETE', `/api/v2/organizations/${theirs.id}`);
    await personDoes(bench, 'DELETE', `/api/v2/organizationFields/${ours?.field_code}`);
    const replaced = await personDoes(bench, 'POST', '/api/v2/organizationFields', {
      field_name: 'Tier',
      field_type: 'varchar',
    });
    await plan(bench.context, mapping);
    await configure(bench.context);
    expect((await rollback(bench.context)).kept).toEqual([]);
    expect(tiers()).toMatchObject([{ field_code: replaced.field_code }]);
  });
});

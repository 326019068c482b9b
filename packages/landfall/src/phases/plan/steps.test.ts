import { describe, expect, it } from 'vitest';
import { ofEveryEntity } from '../../model/entity-table.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { TargetCatalog, TargetEntity, TargetField } from '../../model/target.ts';
import { costTable } from '../../pipedrive/prices.ts';
import { sampleMapping } from '../phase-fixture.ts';
import { planSteps } from './steps.ts';

function field(name: string, more: Partial<TargetField> = {}): TargetField {
  const label = name.replace('custom.', '');
  return {
    name,
    label,
    type: 'text',
    custom: name.startsWith('custom.'),
    required: false,
    settable: 'always',
    maxLength: null,
    references: null,
    key: name,
    options: [],
    ...more,
  };
}

const labels = field('label_ids', { type: 'options', options: [{ id: '1', label: 'Hot' }] });
const marker = field('custom.Landfall source key');

function target(more: Partial<Record<TargetEntity, readonly TargetField[]>> = {}): TargetCatalog {
  const none = ofEveryEntity(() => []);
  return {
    entities: { ...none, organization: [marker], deal: [marker, labels], ...more },
    pipelines: [{ id: '1', name: 'Sales', stages: [{ id: '11', name: 'New', probability: null }] }],
    activityTypes: [{ id: '1', name: 'Call', key: 'call' }],
  } as unknown as TargetCatalog;
}

function steps(
  mapping: Partial<Mapping>,
  options: readonly (readonly [string, string])[] = [],
  account = target(),
  entities: readonly TargetEntity[] = ['organization', 'deal', 'activity'],
) {
  return planSteps({
    mapping: { ...sampleMapping, ...mapping },
    target: account,
    options: options.map(([subject, value]) => ({ kind: 'option', subject, value, count: 1 })),
    entities: new Set(entities),
    costs: costTable,
  }).map(({ step, costTokens }) => ({ ...step, costTokens }));
}

describe('what the account must have before the first record (DEST-02)', () => {
  it('nothing, when everything is there', () => {
    expect(steps({}, [['deal|label_ids', 'HOT ']])).toEqual([]);
  });

  it('the marker field where records carry it and none is there', () => {
    const account = target({ organization: [] });
    expect(steps({}, [], account)).toMatchObject([
      { kind: 'field', entity: 'organization', name: 'Landfall source key', type: 'varchar', costTokens: 5 },
    ]);
    expect(steps({}, [], account, ['deal'])).toEqual([]);
  });

  it('custom fields with the options the drafts use, each once', () => {
    const found = steps({ fields: [{ entity: 'deal', name: 'Region', type: 'enum' }] }, [
      ['deal|custom.Region', 'North'],
      ['deal|custom.Region', 'NORTH'],
      ['deal|custom.Region', 'South'],
      ['person|custom.Region', 'West'],
    ]);
    expect(found).toMatchObject([{ kind: 'field', name: 'Region', options: ['North', 'South'] }]);
  });

  it('no options for fields that take none, and no field of an entity without drafts', () => {
    const fields = [
      { entity: 'deal', name: 'Score', type: 'double' },
      { entity: 'person', name: 'Size', type: 'double' },
    ] as const;
    expect(steps({ fields })).toMatchObject([{ kind: 'field', name: 'Score', options: [] }]);
  });

  it('labels that are missing, told apart as the account does: by letters, not by case', () => {
    const found = steps({}, [
      ['deal|label_ids', 'hot'],
      ['deal|label_ids', 'Şişli'],
      ['deal|label_ids', 'Sisli'],
      ['deal|label_ids', '***'],
      ['deal|label_ids', '---'],
    ]);
    expect(found).toMatchObject([
      { kind: 'option', field: 'label_ids', labels: ['Şişli', 'Sisli', '***', '---'] },
    ]);
  });

  it('pipelines and stages in order; probabilities switch on when any stage has one (C-13, P-22(c))', () => {
    const pipelines = [
      { name: 'sales', from: [''], stages: ['New', 'Won soon'].map((name) => ({ name, from: [] })) },
      { name: 'Partners', from: ['P'], stages: [{ name: 'First', probability: 30, from: [] }] },
    ];
    expect(steps({ pipelines })).toEqual([
      { kind: 'stage', pipeline: 'sales', name: 'Won soon', probability: null, costTokens: 5 },
      { kind: 'pipeline', name: 'Partners', withProbability: true, costTokens: 5 },
      { kind: 'stage', pipeline: 'Partners', name: 'First', probability: 30, costTokens: 5 },
    ]);
    expect(steps({ pipelines }, [], target(), ['organization'])).toEqual([]);
  });

  it('activity types one by one, known ones by name or key', () => {
    const used = ['phone call', 'Call', 'Note'].map((value) => ['activity|type', value] as const);
    const account = target({
      activity: [field('type', { type: 'option', options: [{ id: 'call', label: 'Phone call' }] })],
    });
    expect(steps({}, used, account)).toEqual([{ kind: 'activityType', name: 'Note', costTokens: 10 }]);
  });

  it('lead labels one by one; the custom fields of leads are those of deals, options and marker too (C-06)', () => {
    const used = [
      ['lead|label_ids', 'Hot'],
      ['lead|label_ids', 'Neu'],
      ['lead|custom.Source', 'Web'],
      ['deal|custom.Source', 'Fair'],
    ] as const;
    const hot = { id: '0f5a7a4e-5d2c-4b7e-9a6f-0d3b8c1e2f40', label: 'hot' };
    const account = target({ deal: [], lead: [field('label_ids', { type: 'options', options: [hot] })] });
    const mapped = { fields: [{ entity: 'deal', name: 'Source', type: 'enum' }] } as const;
    expect(steps(mapped, used, account, ['lead'])).toEqual([
      {
        kind: 'field',
        entity: 'deal',
        name: 'Landfall source key',
        type: 'varchar',
        options: [],
        costTokens: 5,
      },
      {
        kind: 'field',
        entity: 'deal',
        name: 'Source',
        type: 'enum',
        options: ['Web', 'Fair'],
        costTokens: 5,
      },
      { kind: 'leadLabel', name: 'Neu', costTokens: 10 },
    ]);
  });

  it('options of a deal field that is there, for values that only leads have', () => {
    const there = field('custom.Source', { type: 'option', options: [{ id: '7', label: 'Web' }] });
    const account = target({ deal: [marker, there], lead: [marker, there] });
    expect(steps({}, [['lead|custom.Source', 'Fair']], account, ['lead'])).toMatchObject([
      { kind: 'option', entity: 'deal', field: 'custom.Source', labels: ['Fair'] },
    ]);
  });

  it('never options of a list that is closed', () => {
    const method = field('tax_method', { type: 'option', options: [{ id: 'none', label: 'none' }] });
    expect(steps({}, [['dealProduct|tax_method', 'odd']], target({ dealProduct: [method] }))).toEqual([]);
  });

  it('never options of the built-in status', () => {
    const account = target({ deal: [marker, field('status', { type: 'option' })] });
    expect(steps({}, [['deal|status', 'won']], account)).toEqual([]);
  });
});

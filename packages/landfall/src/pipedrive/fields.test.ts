import { describe, expect, it } from 'vitest';
import { findConfigured } from './configure.ts';
import { sampleAccount, sampleKey } from './sample-account.ts';

const plain = { is_custom_field: true, is_optional_response_field: false, options: null };

describe('the catalog of an account (NF-11, DEST-19)', () => {
  it('numbers custom fields of one name, and finds the first', () => {
    const twice = [1, 2].map((number) => ({
      field_name: 'Region',
      field_code: sampleKey(number),
      field_type: 'varchar',
      ...plain,
    }));
    const index = sampleAccount({ person: twice });
    const names = index.entities.person.custom.map(({ name, key }) => [name, key]);
    expect(names).toEqual([
      ['custom.Region', sampleKey(1)],
      ['custom.Region (2)', sampleKey(2)],
    ]);
    const step = { kind: 'field', entity: 'person', name: 'region', type: 'varchar', options: [] } as const;
    expect(findConfigured(index, step)).toEqual([sampleKey(1)]);
  });

  it('shows fields of types it does not know, and never sets them', () => {
    const odd = [{ field_name: 'Score', field_code: sampleKey(1), field_type: 'nova', ...plain }];
    const field = sampleAccount({ deal: odd }).entities.deal.byName.get('custom.Score');
    expect(field).toMatchObject({ settable: 'never', type: 'text' });
  });

  it.each(['organization', 'person', 'deal'] as const)(
    'finds the labels of %s under either code of the label field (UNC)',
    (entity) => {
      const step = { kind: 'option', entity, field: 'label_ids', labels: ['customer', 'None'] } as const;
      expect(findConfigured(sampleAccount(), step)).toEqual(['2']);
    },
  );

  it('has activity types as options of the type field, by their keys', () => {
    expect(sampleAccount().entities.activity.byName.get('type')?.options).toEqual([
      { id: 'call', label: 'Call' },
    ]);
  });

  it('keeps what cannot be set from being set: deals and activities have no creation date (C-11)', () => {
    const { deal, activity, person, note } = sampleAccount().entities;
    expect([deal, activity].map(({ byName }) => byName.get('add_time')?.settable)).toEqual([
      'never',
      'never',
    ]);
    expect([person, note].map(({ byName }) => byName.get('add_time')?.settable)).toEqual([
      'create',
      'always',
    ]);
  });
});

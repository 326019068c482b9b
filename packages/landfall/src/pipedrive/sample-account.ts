import type { CustomFieldType, TargetEntity } from '../model/target.ts';
import { type AccountIndex, indexAccount } from './account-index.ts';
import { catalogOf, type WireField } from './fields.ts';

const types: readonly (CustomFieldType | 'time' | 'daterange')[] = [
  'varchar',
  'text',
  'double',
  'monetary',
  'date',
  'enum',
  'set',
  'phone',
  'address',
  'user',
  'org',
  'people',
  'time',
  'daterange',
];

/** The key of the n-th custom field: 40 hex characters, as accounts give them. */
export function sampleKey(number: number): string {
  return number.toString(16).padStart(40, 'a');
}

function custom(name: string, type: string, number: number): WireField {
  const withOptions = type === 'enum' || type === 'set';
  return {
    field_name: name,
    field_code: sampleKey(number),
    field_type: type,
    is_custom_field: true,
    is_optional_response_field: false,
    options: withOptions
      ? ['One', 'Two', 'Three'].map((label, at) => ({ id: String(90 + at), label }))
      : null,
  };
}

function labels(code: string): WireField {
  const options = [
    { id: '1', label: 'Hot lead' },
    { id: '2', label: 'Customer' },
  ];
  const flags = { is_custom_field: false, is_optional_response_field: false };
  return { field_name: 'Label', field_code: code, field_type: 'set', options, ...flags };
}

/** An account with a custom field of every type on deals, for tests of what needs no connection. */
export function sampleAccount(more: Partial<Record<TargetEntity, readonly WireField[]>> = {}): AccountIndex {
  const marker = custom('Landfall source key', 'varchar', 0);
  const fields = {
    organization: [labels('label_ids'), marker],
    person: [labels('label'), marker],
    product: [marker],
    deal: [labels('label_ids'), marker, ...types.map((type, at) => custom(type, type, at + 1))],
    ...more,
  };
  return indexAccount(
    catalogOf({
      me: {
        id: '7',
        name: 'Admin',
        email: 'a@b.example',
        company_name: 'Acme',
        company_domain: 'acme',
        access: [],
      },
      fields,
      pipelines: [{ id: '1', name: 'Sales', is_deleted: false }],
      stages: ['New', 'Won soon'].map((name, at) => ({
        id: String(11 + at),
        name,
        pipeline_id: '1',
        order_nr: at,
        deal_probability: 50,
        is_deleted: false,
      })),
      leadLabels: [
        { id: '0f5a7a4e-5d2c-4b7e-9a6f-0d3b8c1e2f40', name: 'Hot' },
        { id: '1f5a7a4e-5d2c-4b7e-9a6f-0d3b8c1e2f41', name: 'Cold' },
      ],
      activityTypes: [{ id: '1', name: 'Call', key_string: 'call', active_flag: true }],
      users: [{ id: '7', name: 'Admin', email: 'a@b.example', active_flag: true }],
      currencies: [{ code: 'EUR', active_flag: true }],
    }),
  );
}

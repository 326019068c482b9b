import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WriteRequest } from '../../packages/landfall/src/model/destination.ts';
import {
  type CustomFieldEntity,
  customFieldEntities,
} from '../../packages/landfall/src/model/entity-table.ts';
import { markerFieldName, type TargetId } from '../../packages/landfall/src/model/key.ts';
import type { ConfigurationStep } from '../../packages/landfall/src/model/plan.ts';
import type {
  CustomFieldType,
  FileContent,
  TargetEntity,
  TargetValue,
} from '../../packages/landfall/src/model/target.ts';

/** The ids of the records made so far, by entity: the first of each, and the second. */
export type SampleIds = Partial<Record<TargetEntity | `second ${TargetEntity}`, TargetId>>;

const choices = ['Red, light', 'Blue', 'Çağrı'];

/** Custom fields of every type that can be made, with a value that must come back. */
function customValues(run: string, ids: SampleIds, user: string): Readonly<Record<string, TargetValue>> {
  const values: Partial<Record<CustomFieldType, TargetValue>> = {
    varchar: 'İstanbul ş 😀 "quoted" <b>',
    text: 'first line\nsecond line\twith a tab',
    double: '-1234.5678',
    monetary: { amount: '99.95', currency: 'EUR' },
    date: '1999-12-31',
    enum: 'Çağrı',
    set: ['Blue', 'Red, light'],
    phone: '+90 (212) 000 00 00',
    address: {
      value: 'Bağdat Cad. 1, Kadıköy',
      street: 'Bağdat Cad. 1',
      city: 'İstanbul',
      postalCode: '34710',
    },
    user,
    ...(ids.organization === undefined ? {} : { org: ids.organization }),
    ...(ids.person === undefined ? {} : { people: ids.person }),
  };
  return Object.fromEntries(Object.entries(values).map(([type, value]) => [`custom.${run} ${type}`, value]));
}

const types: readonly CustomFieldType[] = [
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
];

/** Everything the samples need, in the order it must be made. */
export function sampleSteps(run: string): readonly ConfigurationStep[] {
  const field = (entity: CustomFieldEntity, name: string, type: CustomFieldType): ConfigurationStep => ({
    kind: 'field',
    entity,
    name,
    type,
    options: type === 'enum' || type === 'set' ? choices : [],
  });
  return [
    ...customFieldEntities.map((entity) => field(entity, markerFieldName, 'varchar')),
    ...types.map((type) => field('deal', `${run} ${type}`, type)),
    field('organization', `${run} text`, 'text'),
    { kind: 'option', entity: 'person', field: 'label_ids', labels: [`${run} VIP`, `${run} Press`] },
    { kind: 'pipeline', name: `${run} sales`, withProbability: true },
    { kind: 'stage', pipeline: `${run} sales`, name: 'New', probability: 10 },
    { kind: 'stage', pipeline: `${run} sales`, name: 'Talking', probability: 45 },
    { kind: 'stage', pipeline: `${run} sales`, name: 'Nearly there', probability: 90 },
    { kind: 'activityType', name: run.slice(-30) },
    { kind: 'leadLabel', name: run.slice(-30) },
  ];
}

type Sample = (run: string, ids: SampleIds, user: string) => WriteRequest;

const time = '2019-08-07T06:05:04Z';
const text = 'Ünlü & Söhne <GmbH> "x" 漢字';

function idOf(ids: SampleIds, entity: keyof SampleIds): string {
  const id = ids[entity];
  if (id === undefined) throw new Error(`no ${entity} was made`);
  return id;
}

const followed = [
  ['organizationFollower', 'org_id', 'organization'],
  ['personFollower', 'person_id', 'person'],
  ['productFollower', 'product_id', 'product'],
  ['dealFollower', 'deal_id', 'second deal'],
] as const;

/** A file on this machine with bytes of every kind. */
function sampleFile(): FileContent {
  const bytes = Buffer.concat([Buffer.from('--x\r\nÜnlü'), Buffer.alloc(70_000, 0xff)]);
  const path = join(mkdtempSync(join(tmpdir(), 'landfall-conformance-')), 'file');
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: 'Teklif güncel.pdf', sizeBytes: bytes.length, sha256, path };
}

/** A request or two an entity, parents first. */
export const samples: readonly Sample[] = [
  (run, _ids, user) => ({
    entity: 'organization',
    marker: `${run}:organization`,
    values: {
      name: text,
      owner_id: user,
      add_time: time,
      address: {
        value: 'Main St 1, 10115 Berlin',
        street: 'Main St 1',
        city: 'Berlin',
        state: 'Berlin',
        postalCode: '10115',
        country: 'DE',
      },
      website: 'https://acme.example',
      linkedin: 'https://linkedin.example/acme',
      annual_revenue: '1200000',
      employee_count: '12',
    },
  }),
  (run) => ({ entity: 'organization', marker: `${run}:daughter`, values: { name: 'Daughter' } }),
  (_run, ids) => ({
    entity: 'organizationRelationship',
    marker: '',
    values: {
      type: 'parent',
      rel_owner_org_id: idOf(ids, 'organization'),
      rel_linked_org_id: idOf(ids, 'second organization'),
    },
  }),
  (run, ids, user) => ({
    entity: 'person',
    marker: `${run}:person`,
    values: {
      name: 'Ayşe Gül Yılmaz',
      org_id: idOf(ids, 'organization'),
      owner_id: user,
      add_time: time,
      emails: [
        { value: 'ayse@acme.example', label: 'work', primary: false },
        { value: 'gul@home.example', label: 'home', primary: true },
      ],
      phones: [{ value: '+90 532 000 00 00 ext. 5', label: 'mobile', primary: true }],
      label_ids: [`${run} Press`, `${run} VIP`],
    },
  }),
  (run) => ({ entity: 'person', marker: `${run}:guest`, values: { name: 'Guest' } }),
  (run, _ids, user) => ({
    entity: 'product',
    marker: `${run}:product`,
    values: {
      name: text,
      code: 'LF-1',
      description: 'first line\nsecond line',
      unit: 'box',
      tax: '20',
      owner_id: user,
      prices: { amount: '1250.5', currency: 'EUR' },
      is_linkable: true,
    },
  }),
  (run, ids, user) => ({
    entity: 'lead',
    marker: `${run}:lead`,
    values: {
      title: text,
      org_id: idOf(ids, 'organization'),
      person_id: idOf(ids, 'person'),
      owner_id: user,
      value: { amount: '1200.5', currency: 'EUR' },
      label_ids: [run.slice(-30)],
      expected_close_date: '2019-09-01',
      was_seen: true,
      ...customValues(run, ids, user),
    },
  }),
  (run, ids, user) => ({
    entity: 'deal',
    marker: `${run}:deal`,
    values: {
      title: text,
      org_id: idOf(ids, 'organization'),
      person_id: idOf(ids, 'person'),
      owner_id: user,
      value: { amount: '1234567.89', currency: 'EUR' },
      stage_id: { pipeline: `${run} sales`, stage: 'Talking' },
      status: 'lost',
      lost_time: time,
      lost_reason: 'Too dear',
      expected_close_date: '2019-09-01',
      ...customValues(run, ids, user),
    },
  }),
  (run, ids) => ({
    entity: 'deal',
    marker: `${run}:with-lines`,
    values: { title: 'With lines', person_id: idOf(ids, 'person') },
  }),
  (_run, ids) => ({
    entity: 'dealProduct',
    marker: '',
    values: {
      deal_id: idOf(ids, 'second deal'),
      product_id: idOf(ids, 'product'),
      item_price: '1000.25',
      quantity: '2.5',
      discount: '10',
      discount_type: 'percentage',
      tax: '20',
      tax_method: 'exclusive',
      comments: 'as ordered',
      is_enabled: true,
    },
  }),
  (_run, ids) => ({
    entity: 'participant',
    marker: '',
    values: { deal_id: idOf(ids, 'second deal'), person_id: idOf(ids, 'second person') },
  }),
  (run, ids, user) => ({
    entity: 'activity',
    marker: '',
    values: {
      subject: text,
      type: run.slice(-30),
      deal_id: idOf(ids, 'deal'),
      person_id: idOf(ids, 'person'),
      org_id: idOf(ids, 'organization'),
      owner_id: user,
      due_date: '2019-08-07',
      due_time: '13:45',
      duration: '01:30',
      busy: true,
      done: true,
      location: { value: 'Room 5' },
      attendees: [{ email: 'guest@acme.example', name: 'Guest' }],
      public_description: 'for all',
      note: '<p>Said &amp; done<br>twice</p>',
    },
  }),
  (_run, ids) => ({
    entity: 'activity',
    marker: '',
    values: { subject: 'A call', type: 'call', deal_id: idOf(ids, 'deal'), done: true },
  }),
  (_run, ids) => ({
    entity: 'callLog',
    marker: '',
    values: {
      activity_id: idOf(ids, 'second activity'),
      outcome: 'left_voicemail',
      to_phone_number: '+90 212 000 00 00',
      from_phone_number: '+90 532 000 00 00',
      start_time: time,
      end_time: '2019-08-07T06:07:06Z',
      duration: '122',
      subject: text,
      note: '<p>Asked to call back</p>',
    },
  }),
  (run, ids, user) => ({
    entity: 'note',
    marker: '',
    values: {
      content: `<p>${run}: <b>bold</b> &lt;kept&gt;</p><ul><li>one</li></ul>`,
      deal_id: idOf(ids, 'deal'),
      user_id: user,
      add_time: time,
      pinned_to_deal_flag: true,
    },
  }),
  (_run, ids) => ({
    entity: 'file',
    marker: '',
    values: { content: sampleFile(), deal_id: idOf(ids, 'second deal') },
  }),
  ...followed.map(
    ([entity, link, of]): Sample =>
      (_run, ids, user) => ({
        entity,
        marker: '',
        values: { [link]: idOf(ids, of), user_id: user },
      }),
  ),
  (_run, ids) => ({
    entity: 'archivedDeal',
    marker: '',
    values: { deal_id: idOf(ids, 'second deal'), archive_time: time },
  }),
];

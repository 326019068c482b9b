import { AccountView, type Seen } from '../../scenarios/account-view.ts';
import type { Snapshot, SnapshotRecord } from '../../scenarios/support/emulator.ts';
import type { Kind } from '../truth.ts';

/** A record of the account in the words the truth uses. */
export interface SeenRecord {
  readonly kind: Kind;
  readonly id: number;
  readonly marker: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly links: Readonly<Record<string, number | null>>;
}

const markerField = 'Landfall source key';

/** Reads every record of an account's snapshot, and nothing of ours but the marker on them. */
export function seeAll(snapshot: Snapshot): readonly SeenRecord[] {
  const view = new AccountView(snapshot);
  const emails = new Map(view.list('users').map((user) => [user['id'], String(user['email'])]));
  const owner = (id: unknown) => emails.get(id) ?? null;
  const types = new Map(view.list('activityTypes').map((type) => [type['key_string'], type['name']]));
  const stages = new Map(view.list('stages').map((stage) => [stage['id'], stage['name']]));
  return [
    ...view.all('organization').map((one) => seen('organization', one, organizationFields(one, owner), {})),
    ...view
      .all('person')
      .map((one) => seen('person', one, personFields(one, owner), { org_id: idOf(one['org_id']) })),
    ...view
      .all('deal')
      .map((one) => seen('deal', one, dealFields(one, owner, stages), linksOf(one, ['org_id', 'person_id']))),
    ...view
      .list('activities')
      .map((one) => bare('activity', one, activityFields(one, owner, types), activityLinks(one))),
    ...view
      .list('notes')
      .map((one) =>
        bare('note', one, noteFields(one, owner), linksOf(one, ['deal_id', 'person_id', 'org_id'])),
      ),
    ...view.all('product').map((one) => seen('product', one, { name: one['name'] }, {})),
    ...view
      .list('dealProducts')
      .map((one) => bare('line', one, lineFields(one), linksOf(one, ['deal_id', 'product_id']))),
    ...view
      .list('files')
      .map((one) => bare('file', one, fileFields(one), linksOf(one, ['deal_id', 'person_id', 'org_id']))),
    ...view
      .list('relationships')
      .map((one) =>
        bare('relationship', one, {}, { parent: idOf(one['ownerOrgId']), child: idOf(one['linkedOrgId']) }),
      ),
  ];
}

type Owner = (id: unknown) => string | null;

function seen(kind: Kind, one: Seen, fields: SeenRecord['fields'], links: SeenRecord['links']): SeenRecord {
  const marker = one.custom[markerField];
  return { kind, id: one.id, marker: typeof marker === 'string' ? marker : null, fields, links };
}

function bare(
  kind: Kind,
  one: SnapshotRecord,
  fields: SeenRecord['fields'],
  links: SeenRecord['links'],
): SeenRecord {
  return { kind, id: Number(one['id']), marker: null, fields, links };
}

function idOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function linksOf(one: SnapshotRecord, names: readonly string[]): SeenRecord['links'] {
  return Object.fromEntries(names.map((name) => [name, idOf(one[name])]));
}

function activityLinks(one: SnapshotRecord): SeenRecord['links'] {
  const people = (one['participants'] ?? []) as readonly { readonly person_id: number }[];
  return { ...linksOf(one, ['deal_id', 'org_id']), person_id: people[0]?.person_id ?? null };
}

function organizationFields(one: Seen, owner: Owner): SeenRecord['fields'] {
  const address = one['address'] as { readonly value?: string | null } | null;
  return {
    name: one['name'],
    website: one['website'] ?? null,
    address: address?.value ?? null,
    employees: one['employee_count'] ?? null,
    labels: one.labels.toSorted(),
    owner: owner(one['owner_id']),
    Segment: one.custom['Segment'] ?? null,
    'Tax number': one.custom['Tax number'] ?? null,
  };
}

function personFields(one: Seen, owner: Owner): SeenRecord['fields'] {
  const values = (name: string) =>
    ((one[name] ?? []) as readonly { readonly value: string }[]).map(({ value }) => value);
  return {
    name: one['name'],
    emails: values('emails'),
    phones: values('phones'),
    labels: one.labels.toSorted(),
    owner: owner(one['owner_id']),
    Birthday: one.custom['Birthday'] ?? null,
  };
}

function dealFields(one: Seen, owner: Owner, stages: ReadonlyMap<unknown, unknown>): SeenRecord['fields'] {
  const commission = one.custom['Commission'] as
    | { readonly value: number; readonly currency: string }
    | null
    | undefined;
  return {
    title: one['title'],
    value: one['value'],
    currency: one['currency'],
    stage: stages.get(one['stage_id']),
    status: one['status'],
    close: one['expected_close_date'] ?? null,
    reason: one['lost_reason'] ?? null,
    owner: owner(one['owner_id']),
    Region: one.custom['Region'] ?? null,
    Margin: one.custom['Margin'] ?? null,
    Commission: commission == null ? null : `${commission.value} ${commission.currency}`,
  };
}

function activityFields(
  one: SnapshotRecord,
  owner: Owner,
  types: ReadonlyMap<unknown, unknown>,
): SeenRecord['fields'] {
  return {
    subject: one['subject'],
    type: types.get(one['type']) ?? one['type'],
    done: one['done'],
    due: one['due_date'] ?? null,
    text: textOf(one['note']),
    owner: owner(one['owner_id']),
  };
}

function noteFields(one: SnapshotRecord, owner: Owner): SeenRecord['fields'] {
  return { text: textOf(one['content']), time: one['add_time'], owner: owner(one['user_id']) };
}

/** A file by what people see of it, and by its bytes. */
function fileFields({ name, size, sha256 }: SnapshotRecord): SeenRecord['fields'] {
  return { name, size, sha256 };
}

function lineFields({ quantity, item_price: price }: SnapshotRecord): SeenRecord['fields'] {
  return { quantity, price };
}

function textOf(html: unknown): string | null {
  return typeof html === 'string' && html !== '' ? html.replace(/<[^>]*>/g, '').trim() : null;
}

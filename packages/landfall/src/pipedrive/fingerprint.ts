import { canonicalJson } from '../base/canonical.ts';
import { sha256 } from '../base/hash.ts';
import type { WriteRequest } from '../model/destination.ts';
import type { TargetEntity, TargetRecord, TargetValue } from '../model/target.ts';
import type { AccountIndex } from './account-index.ts';
import { normalForm } from './normalise.ts';

type Values = Readonly<Record<string, TargetValue | null>>;

/** The strongest link first: Pipedrive adds the weaker ones itself (a deal's note gets the deal's person and company). */
const parents = ['activity_id', 'deal_id', 'lead_id', 'person_id', 'org_id', 'product_id'] as const;

/** What a record is told by where no marker can be put (reliability.md 3.1). */
const tellingFields: Readonly<Partial<Record<TargetEntity, readonly string[]>>> = {
  activity: ['subject', 'type', 'due_date', 'due_time', 'note'],
  callLog: ['outcome', 'to_phone_number', 'start_time', 'end_time'],
  note: ['content', 'add_time'],
  organizationRelationship: ['type', 'rel_owner_org_id', 'rel_linked_org_id'],
  dealProduct: ['product_id', 'item_price', 'quantity', 'discount', 'tax', 'comments'],
  participant: ['person_id'],
  file: ['content'],
  organizationFollower: ['user_id'],
  personFollower: ['user_id'],
  productFollower: ['user_id'],
  dealFollower: ['user_id'],
  archivedDeal: [],
};

/** Fields the account fills when nobody does: a note without a time gets that of its making. */
const filledByAccount: Readonly<Partial<Record<TargetEntity, readonly string[]>>> = { note: ['add_time'] };

/** What the account makes of fields nobody sent (OpenAPI v2, deal products: defaults). */
const defaults: Readonly<Partial<Record<TargetEntity, Values>>> = {
  dealProduct: { discount: '0', tax: '0' },
};

/** The fingerprint of what we would write. Entities with a marker are told by it. */
export function fingerprintOfRequest(index: AccountIndex, request: WriteRequest): string {
  const { entity, marker, values } = request;
  const isSent = (name: string) => (values[name] ?? null) !== null;
  const open = (filledByAccount[entity] ?? []).filter((name) => !isSent(name));
  return fingerprint(index, entity, marker, values, open);
}

/** The fingerprints of a record of the account; one of them is that of the request that made it. */
export function fingerprintsOfRecord(index: AccountIndex, record: TargetRecord): readonly string[] {
  const { entity, marker, values } = record;
  const open = filledByAccount[entity];
  const whole = fingerprint(index, entity, marker ?? '', values, []);
  return open === undefined ? [whole] : [whole, fingerprint(index, entity, marker ?? '', values, open)];
}

function fingerprint(
  index: AccountIndex,
  entity: TargetEntity,
  marker: string,
  values: Values,
  open: readonly string[],
): string {
  const names = tellingFields[entity]?.filter((name) => !open.includes(name));
  if (names === undefined) return marker;
  const fields = index.entities[entity].byName;
  const told = names.map((name) =>
    normalForm(fields.get(name), values[name] ?? defaults[entity]?.[name] ?? null),
  );
  const owner = entity === 'activity' ? (values.owner_id ?? index.catalog.selfUserId) : '';
  return sha256(canonicalJson([entity, parentOf(entity, values), owner, ...told]));
}

function parentOf(entity: TargetEntity, values: Values): string {
  if (entity === 'organizationRelationship') return '';
  const name = parents.find((each) => typeof values[each] === 'string' && values[each] !== '');
  return name === undefined ? '' : `${name}:${String(values[name])}`;
}

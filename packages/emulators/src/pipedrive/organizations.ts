import { z } from 'zod';
import { type Account, assertOwner, assertVisibility, nowSec } from './account.ts';
import { CORE_LIST_QUERY, type CoreEntity, CUSTOM_QUERY, type View } from './core-entity.ts';
import { countersOf, ORGANIZATION_COUNTERS } from './counters.ts';
import { addressView, customView, hasOption, mergedCustom } from './field-values.ts';
import { assertLabels, labelViews, liveLabels } from './labels.ts';
import type { OrganizationRecord, UserRecord } from './records.ts';
import { badRequest } from './refusal.ts';
import { address, customFields, id, labelIds, moment, parsed, requiredText } from './schemas.ts';
import { rfc3339 } from './times.ts';
import { defaultVisibility } from './visibility.ts';

/** Fields that the account keeps and answers only leave out unless asked for. */
const ON_REQUEST = ['website', 'linkedin', 'industry', 'annual_revenue', 'employee_count'] as const;

const shared = {
  owner_id: id.optional(),
  visible_to: z.int().optional(),
  label_ids: labelIds.optional(),
  website: z.string().max(255).nullish(),
  linkedin: z.string().max(255).nullish(),
  industry: id.nullish(),
  annual_revenue: z.int().nullish(),
  employee_count: z.int().nullish(),
  custom_fields: customFields.optional(),
};
const creation = z.strictObject({
  name: requiredText,
  add_time: moment.optional(),
  address: address.optional(),
  ...shared,
});
// INF: that PATCH takes null to clear an address or the labels.
const change = z.strictObject({
  name: requiredText.optional(),
  address: address.nullish(),
  ...shared,
  label_ids: labelIds.nullish(),
});

type Given = Omit<z.infer<typeof change>, 'name'>;

function assertGiven(account: Account, given: Given): void {
  if (given.owner_id !== undefined) assertOwner(account, given.owner_id);
  if (given.visible_to !== undefined) assertVisibility(account, given.visible_to);
  if (given.label_ids) assertLabels(account, 'organization', given.label_ids);
  if (given.industry == null) return;
  const field = account.state.fieldsByCode.get('organization')?.get('industry');
  if (!field || !hasOption(field, given.industry))
    throw badRequest(`Industry ${given.industry} does not exist`);
}

function create(account: Account, body: unknown, user: UserRecord): OrganizationRecord {
  const given = parsed(creation, body);
  const custom = mergedCustom(account, 'organization', null, given.custom_fields);
  assertGiven(account, given);
  const sec = nowSec(account);
  const table = account.state.organizations;
  return account.state.keep(
    table,
    {
      id: table.nextId,
      name: given.name,
      owner_id: given.owner_id ?? user.id,
      addedSec: given.add_time ?? sec,
      updatedSec: sec,
      deletedSec: null,
      visible_to: given.visible_to ?? defaultVisibility(account, user, 'organization'),
      label_ids: given.label_ids ?? [],
      address: given.address ?? null,
      website: given.website ?? null,
      linkedin: given.linkedin ?? null,
      industry: given.industry ?? null,
      annual_revenue: given.annual_revenue ?? null,
      employee_count: given.employee_count ?? null,
      custom,
    } as OrganizationRecord,
    account.clock.nowMs(),
  );
}

function update(account: Account, record: OrganizationRecord, body: unknown): OrganizationRecord {
  const { custom_fields, label_ids, ...given } = parsed(change, body);
  const custom = mergedCustom(account, 'organization', record.custom, custom_fields);
  assertGiven(account, { ...given, label_ids });
  return account.state.keep(account.state.organizations, {
    ...record,
    ...(given as Partial<OrganizationRecord>),
    label_ids: label_ids === undefined ? record.label_ids : (label_ids ?? []),
    custom,
    updatedSec: nowSec(account),
  });
}

function render(account: Account, record: OrganizationRecord, view: View): Record<string, unknown> {
  const rendered: Record<string, unknown> = {
    id: record.id,
    name: record.name,
    owner_id: record.owner_id,
    add_time: rfc3339(record.addedSec),
    update_time: rfc3339(record.updatedSec),
    is_deleted: record.deletedSec !== null,
    visible_to: record.visible_to,
    address: addressView(record.address),
    label_ids: liveLabels(account, 'organization', record.label_ids),
    custom_fields: customView(account, 'organization', record.custom, view.customKeys, view.optionLabels),
  };
  if (view.labels) rendered.labels = labelViews(account, 'organization', record.label_ids);
  for (const key of ON_REQUEST)
    if (view.include.includes(key) || view.customKeys?.includes(key)) rendered[key] = record[key];
  return rendered;
}

const include_fields = { words: [...ORGANIZATION_COUNTERS, ...ON_REQUEST], list: true } as const;

/** Organizations: what v2 takes and gives. */
export const ORGANIZATIONS: CoreEntity<OrganizationRecord> = {
  name: 'organization',
  title: 'Organization',
  table: (state) => state.organizations,
  listQuery: {
    ...CORE_LIST_QUERY,
    ...CUSTOM_QUERY,
    include_fields,
    sort_by: { words: ['id', 'update_time', 'add_time'] },
  },
  oneQuery: { ...CUSTOM_QUERY, include_fields },
  filter: () => () => true,
  extras: (account, records, include) => countersOf(account, 'organization', records, include),
  render,
  create,
  update,
};

import { sortKeys } from '../kit/canonical-json.ts';
import { type Account, isLive, liveLink } from './account.ts';
import { attachedShots } from './attached-shots.ts';
import { addressView } from './field-values.ts';
import { followerShots } from './followers.ts';
import { liveLabels } from './labels.ts';
import { participantShots } from './participants.ts';
import { productShots } from './products/product-shots.ts';
import { projectShots } from './projects/shots.ts';
import type {
  ActivityRecord,
  CustomValues,
  DealRecord,
  FieldEntity,
  FieldRecord,
  LeadRecord,
  NoteRecord,
  OrganizationRecord,
  PersonRecord,
} from './records.ts';
import { timeless } from './timeless.ts';
import { rfc3339 } from './times.ts';

/**
 * All live business data and configuration as plain values, keys in order, records by id. Left out is what cannot
 * come back after a change is undone: update times, stage change and done times, who changed a note last, counters,
 * tokens, and whatever is deleted. So a full rollback makes it equal to the one before.
 */
export function snapshotOf(account: Account): unknown {
  const { state } = account;
  return sortKeys({
    ...configurationShot(account),
    organizations: live(state.organizations.all()).map((each) => organizationShot(account, each)),
    relationships: live(state.relationships.all())
      .filter(
        ({ ownerOrgId, linkedOrgId }) =>
          isLive(state.organizations.get(ownerOrgId)) && isLive(state.organizations.get(linkedOrgId)),
      )
      .map(({ id, type, ownerOrgId, linkedOrgId }) => ({ id, type, ownerOrgId, linkedOrgId })),
    persons: live(state.persons.all()).map((each) => personShot(account, each)),
    deals: live(state.deals.all()).map((each) => dealShot(account, each)),
    leads: live(state.leads.all()).map((each) => leadShot(account, each)),
    activities: live(state.activities.all()).map((each) => activityShot(account, each)),
    notes: live(state.notes.all()).map((each) => noteShot(account, each)),
    ...productShots(account, (custom) => customShot(account, 'product', custom)),
    followers: followerShots(account),
    dealParticipants: participantShots(account),
    ...attachedShots(account),
    ...projectShots(account, (custom) => customShot(account, 'project', custom)),
  });
}

function live<T extends { readonly deletedSec: number | null }>(records: Iterable<T>): T[] {
  return [...records].filter(isLive);
}

function configurationShot({ state }: Account): Record<string, unknown> {
  return {
    users: [...state.users.all()].map(({ id, name, email, active, admin, roleId = 1 }) => ({
      id,
      name,
      email,
      active,
      admin,
      roleId,
    })),
    roles: live(state.roles.all()).map(({ id, name, parentId, defaults }) => ({
      id,
      name,
      parentId,
      defaults,
    })),
    webhooks: live(state.webhooks.all()).map(({ name, url, action, entity, userId }) => ({
      name,
      url,
      action,
      entity,
      userId,
    })),
    fields: live(state.fields.all()).map(fieldShot),
    pipelines: live(state.pipelines.all()).map(timeless),
    stages: live(state.stages.all()).map(timeless),
    activityTypes: live(state.activityTypes.all()).map(timeless),
    leadLabels: live(state.leadLabels.all()).map(({ uuid, name, color }) => ({ id: uuid, name, color })),
  };
}

function fieldShot(field: FieldRecord): unknown {
  return {
    entity: field.entity,
    field_code: field.code,
    field_name: field.name,
    field_type: field.type,
    description: field.description,
    options: field.options?.map(({ id, label, color }) => ({ id, label, color })) ?? null,
    is_custom_field: field.custom,
  };
}

function customShot(
  account: Account,
  entity: FieldEntity,
  custom: CustomValues | null,
): Record<string, unknown> {
  const codes = account.state.fieldsByCode.get(entity);
  return Object.fromEntries(Object.entries(custom ?? {}).filter(([code]) => codes?.has(code)));
}

function time(sec: number | null): string | null {
  return sec === null ? null : rfc3339(sec);
}

function organizationShot(account: Account, organization: OrganizationRecord): unknown {
  const { custom, address, ...rest } = timeless(organization);
  return {
    ...rest,
    address: addressView(address),
    label_ids: liveLabels(account, 'organization', organization.label_ids),
    add_time: rfc3339(organization.addedSec),
    custom_fields: customShot(account, 'organization', custom),
  };
}

function personShot(account: Account, person: PersonRecord): unknown {
  const { custom, sync, ...rest } = timeless(person);
  return {
    ...rest,
    org_id: liveLink(account.state.organizations, person.org_id),
    label_ids: liveLabels(account, 'person', person.label_ids),
    add_time: rfc3339(person.addedSec),
    ...(sync ?? {}),
    custom_fields: customShot(account, 'person', custom),
  };
}

function dealShot(account: Account, deal: DealRecord): unknown {
  const { stageChangedSec: _moved, custom, ...rest } = timeless(deal);
  const { closedSec, wonSec, lostSec, archivedSec, ...plain } = rest;
  return {
    ...plain,
    person_id: liveLink(account.state.persons, deal.person_id),
    org_id: liveLink(account.state.organizations, deal.org_id),
    pipeline_id: account.state.stages.get(deal.stage_id)?.pipeline_id ?? null,
    label_ids: liveLabels(account, 'deal', deal.label_ids),
    add_time: rfc3339(deal.addedSec),
    close_time: time(closedSec),
    won_time: time(wonSec),
    lost_time: time(lostSec),
    archive_time: time(archivedSec),
    custom_fields: customShot(account, 'deal', custom),
  };
}

function leadShot(account: Account, lead: LeadRecord): unknown {
  const { uuid, addedMs, updatedMs: _updated, deletedSec: _deleted, custom, ...rest } = lead;
  return {
    ...rest,
    id: uuid,
    person_id: liveLink(account.state.persons, lead.person_id),
    organization_id: liveLink(account.state.organizations, lead.organization_id),
    add_time: new Date(addedMs).toISOString(),
    custom_fields: customShot(account, 'deal', custom),
  };
}

function activityShot(account: Account, activity: ActivityRecord): unknown {
  const { doneSec: _done, location, ...rest } = timeless(activity);
  const { state } = account;
  const lead =
    activity.lead_id === null ? undefined : state.leads.get(state.leadIds.get(activity.lead_id) ?? 0);
  return {
    ...rest,
    location: addressView(location),
    deal_id: liveLink(state.deals, activity.deal_id),
    lead_id: isLive(lead) ? activity.lead_id : null,
    project_id: liveLink(state.projects, activity.project_id),
    org_id: liveLink(state.organizations, activity.org_id),
    participants: activity.participants.filter(({ person_id }) => isLive(state.persons.get(person_id))),
    add_time: rfc3339(activity.addedSec),
  };
}

function noteShot(account: Account, note: NoteRecord): unknown {
  const { last_update_user_id: _last, ...rest } = timeless(note);
  return {
    ...rest,
    deal_id: liveLink(account.state.deals, note.deal_id),
    person_id: liveLink(account.state.persons, note.person_id),
    org_id: liveLink(account.state.organizations, note.org_id),
    project_id: liveLink(account.state.projects, note.project_id),
    task_id: liveLink(account.state.tasks, note.task_id),
    add_time: rfc3339(note.addedSec),
  };
}

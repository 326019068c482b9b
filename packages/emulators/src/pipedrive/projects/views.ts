import { type Account, isLive } from '../account.ts';
import { customView } from '../field-values.ts';
import { liveLabels } from '../labels.ts';
import type { ProjectRecord } from './records.ts';
import { isoTime, v1MsTime } from './times.ts';

/** The linked records that still exist. */
interface Links {
  readonly deal_ids: readonly number[];
  readonly person_ids: readonly number[];
  readonly org_ids: readonly number[];
}

function liveLinks({ state }: Account, project: ProjectRecord): Links {
  return {
    deal_ids: project.deal_ids.filter((each) => isLive(state.deals.get(each))),
    person_ids: project.person_ids.filter((each) => isLive(state.persons.get(each))),
    org_ids: project.org_ids.filter((each) => isLive(state.organizations.get(each))),
  };
}

/** A project as v2 shows it. */
export function projectView(account: Account, project: ProjectRecord): Record<string, unknown> {
  return {
    id: project.id,
    title: project.title,
    description: project.description,
    status: project.deletedSec === null ? project.status : 'deleted',
    board_id: project.board_id,
    phase_id: project.phase_id,
    owner_id: project.owner_id,
    start_date: project.start_date,
    end_date: project.end_date,
    ...liveLinks(account, project),
    label_ids: liveLabels(account, 'project', project.label_ids),
    health_status: project.health_status,
    add_time: isoTime(project.addedMs),
    update_time: isoTime(project.updatedMs),
    status_change_time: isoTime(project.statusChangedMs),
    archive_time: isoTime(project.archivedMs),
    // Published: an object even where no custom field is defined.
    custom_fields: customView(account, 'project', project.custom, undefined, false) ?? {},
  };
}

/** A project as v1 shows it: one person, one organization, custom fields at the root. */
export function v1ProjectView(account: Account, project: ProjectRecord): Record<string, unknown> {
  const { deal_ids, person_ids, org_ids } = liveLinks(account, project);
  return {
    id: project.id,
    title: project.title,
    description: project.description,
    status: project.deletedSec === null ? project.status : 'deleted',
    status_change_time: v1MsTime(project.statusChangedMs),
    start_date: project.start_date,
    end_date: project.end_date,
    owner_id: project.owner_id,
    add_time: v1MsTime(project.addedMs),
    update_time: v1MsTime(project.updatedMs),
    labels: liveLabels(account, 'project', project.label_ids),
    health_status: project.health_status,
    archive_time: v1MsTime(project.archivedMs),
    deal_ids,
    person_id: person_ids[0] ?? null,
    org_id: org_ids[0] ?? null,
    board_id: project.board_id,
    phase_id: project.phase_id,
    ...customView(account, 'project', project.custom, undefined, false),
  };
}

import { type Account, isLive } from '../account.ts';
import type { CustomValues } from '../records.ts';
import { isoTime } from './times.ts';

interface Timed {
  readonly addedMs: number;
  readonly updatedMs: number;
  readonly deletedSec: number | null;
}

function timeless<T extends Timed>(record: T): Omit<T, keyof Timed> {
  const { addedMs: _added, updatedMs: _updated, deletedSec: _deleted, ...rest } = record;
  return rest;
}

/** Projects and what belongs to them, for the snapshot; `custom` makes the live custom values of a project. */
export function projectShots(
  { state }: Account,
  custom: (values: CustomValues | null) => unknown,
): Record<string, unknown> {
  const live = <T extends { readonly deletedSec: number | null }>(records: Iterable<T>) =>
    [...records].filter(isLive);
  return {
    boards: live(state.boards.all()).map(timeless),
    phases: live(state.phases.all()).map(timeless),
    projectTemplates: live(state.projectTemplates.all()).map(timeless),
    projects: live(state.projects.all()).map((project) => {
      const { custom: values, statusChangedMs: _changed, archivedMs, ...rest } = timeless(project);
      return {
        ...rest,
        deal_ids: rest.deal_ids.filter((each) => isLive(state.deals.get(each))),
        person_ids: rest.person_ids.filter((each) => isLive(state.persons.get(each))),
        org_ids: rest.org_ids.filter((each) => isLive(state.organizations.get(each))),
        archive_time: isoTime(archivedMs),
        add_time: isoTime(project.addedMs),
        custom_fields: custom(values),
      };
    }),
    projectGroups: live(state.projectGroups.all()).map(({ deletedSec: _deleted, ...rest }) => rest),
    tasks: live(state.tasks.all()).map((task) => {
      const { doneMs: _done, ...rest } = timeless(task);
      return { ...rest, add_time: isoTime(task.addedMs) };
    }),
  };
}

import { z } from 'zod';
import { type Account, assertLink, assertOwner, isLive, nowSec } from '../account.ts';
import { mergedCustom } from '../field-values.ts';
import { assertLabels } from '../labels.ts';
import type { UserRecord } from '../records.ts';
import { badRequest } from '../refusal.ts';
import { customFields, day, id, labelIds, parsed, requiredText } from '../schemas.ts';
import { liveBoards, livePhases } from './boards.ts';
import type { PhaseRecord, ProjectRecord } from './records.ts';
import { applyTemplate, liveTemplate } from './templates.ts';

const ids = z.array(id);
// INF: that null clears what is not required.
const shared = {
  description: z.string().nullish(),
  status: z.enum(['open', 'completed', 'canceled']).optional(),
  board_id: id.optional(),
  phase_id: id.optional(),
  owner_id: id.optional(),
  start_date: day.nullish(),
  end_date: day.nullish(),
  deal_ids: ids.optional(),
  person_ids: ids.optional(),
  org_ids: ids.optional(),
  label_ids: labelIds.optional(),
  health_status: z.int().nullish(),
  custom_fields: customFields.optional(),
};
const creation = z.strictObject({ title: requiredText, template_id: id.optional(), ...shared });
// The published schema of a change carries template_id too, "only used when creating a new project".
const change = z.strictObject({ title: requiredText.optional(), template_id: id.optional(), ...shared });
type Given = z.infer<typeof change>;

function assertGiven(account: Account, given: Given): void {
  const { state } = account;
  if (given.owner_id !== undefined) assertOwner(account, given.owner_id);
  if (given.label_ids) assertLabels(account, 'project', given.label_ids);
  for (const each of given.deal_ids ?? []) assertLink(account, 'Deal', state.deals.get(each), each);
  for (const each of given.person_ids ?? []) assertLink(account, 'Person', state.persons.get(each), each);
  for (const each of given.org_ids ?? [])
    assertLink(account, 'Organization', state.organizations.get(each), each);
  // INF: the order of the two dates.
  if (given.start_date && given.end_date && given.end_date < given.start_date)
    throw badRequest('end_date cannot be before start_date');
}

/**
 * Where a project stands: a phase decides the board; a board alone means its first phase; neither, the template's
 * board or the first one. INF throughout, but for a phase of another board, which is refused.
 */
function phaseFor(account: Account, given: Given, fallbackBoard: number | undefined): PhaseRecord {
  const { boards, phases } = account.state;
  if (given.board_id !== undefined) assertLink(account, 'Board', boards.get(given.board_id), given.board_id);
  if (given.phase_id !== undefined) {
    const phase = phases.get(given.phase_id);
    assertLink(account, 'Phase', phase, given.phase_id);
    if (given.board_id !== undefined && phase?.board_id !== given.board_id)
      throw badRequest(`Phase ${given.phase_id} does not belong to board ${given.board_id}`);
    return phase as PhaseRecord;
  }
  const board = given.board_id ?? fallbackBoard ?? liveBoards(account)[0]?.id;
  const [first] = board === undefined ? [] : livePhases(account, board);
  if (!first) throw badRequest('There is no phase that the project could begin in');
  return first;
}

/** Creates a project; one that is made of a template takes its board, tasks and groups. */
export function createProject(account: Account, body: unknown, user: UserRecord): ProjectRecord {
  const given = parsed(creation, body);
  const custom = mergedCustom(account, 'project', null, given.custom_fields);
  assertGiven(account, given);
  const template = given.template_id === undefined ? null : liveTemplate(account, given.template_id);
  const phase = phaseFor(account, given, template?.projects_board_id);
  const { projects } = account.state;
  const ms = account.clock.nowMs();
  const project = account.state.keep(
    projects,
    {
      id: projects.nextId,
      title: given.title,
      description: given.description ?? template?.description ?? null,
      status: given.status ?? 'open',
      board_id: phase.board_id,
      phase_id: phase.id,
      owner_id: given.owner_id ?? user.id,
      start_date: given.start_date ?? null,
      end_date: given.end_date ?? null,
      deal_ids: unique(given.deal_ids),
      person_ids: unique(given.person_ids),
      org_ids: unique(given.org_ids),
      label_ids: unique(given.label_ids),
      health_status: given.health_status ?? null,
      // The published example shows the time of creation.
      statusChangedMs: ms,
      archivedMs: null,
      custom,
      addedMs: ms,
      updatedMs: ms,
      deletedSec: null,
    },
    ms,
  );
  if (template) applyTemplate(account, template, project, user);
  return project;
}

function unique(given: readonly number[] | undefined): readonly number[] {
  return [...new Set(given)];
}

/** Changes a project. INF: an archived one is refused, as archived deals are. */
export function updateProject(account: Account, project: ProjectRecord, body: unknown): ProjectRecord {
  const given = parsed(change, body);
  if (project.archivedMs !== null) throw badRequest('Archived projects cannot be updated');
  const custom = mergedCustom(account, 'project', project.custom, given.custom_fields);
  assertGiven(account, {
    ...given,
    start_date: given.start_date === undefined ? project.start_date : given.start_date,
    end_date: given.end_date === undefined ? project.end_date : given.end_date,
  });
  const moved = given.board_id !== undefined || given.phase_id !== undefined;
  const stays = given.board_id === project.board_id && given.phase_id === undefined;
  const phase = moved && !stays ? phaseFor(account, given, undefined) : null;
  const status = given.status ?? project.status;
  const ms = account.clock.nowMs();
  const { custom_fields: _custom, template_id: _template, ...plain } = given;
  const defined = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return account.state.keep(account.state.projects, {
    ...project,
    ...defined,
    board_id: phase?.board_id ?? project.board_id,
    phase_id: phase?.id ?? project.phase_id,
    status,
    statusChangedMs: status === project.status ? project.statusChangedMs : ms,
    custom,
    updatedMs: ms,
  });
}

/** Archives a project. Throws 400 when it is archived already. */
export function archiveProject(account: Account, project: ProjectRecord): ProjectRecord {
  if (project.archivedMs !== null) throw badRequest('The project is archived already');
  const ms = account.clock.nowMs();
  return account.state.keep(account.state.projects, { ...project, archivedMs: ms, updatedMs: ms });
}

/** Marks a project as deleted. INF: its tasks go with it. */
export function removeProject(account: Account, project: ProjectRecord): void {
  const { state } = account;
  const deletedSec = nowSec(account);
  state.keep(state.projects, { ...project, deletedSec, updatedMs: account.clock.nowMs() });
  for (const task of state.tasks.all())
    if (isLive(task) && task.project_id === project.id) state.keep(state.tasks, { ...task, deletedSec });
}

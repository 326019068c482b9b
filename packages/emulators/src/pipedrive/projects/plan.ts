import { z } from 'zod';
import { type Account, assertLink, isLive } from '../account.ts';
import { done, type Exchange, type Handler, looseBody, page, pathId } from '../exchange-context.ts';
import type { ActivityRecord } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { id } from '../schemas.ts';
import { parsedV1 } from '../v1-body.ts';
import { v1Activity } from '../v1-views.ts';
import { byOrder } from './order.ts';
import { liveProject } from './project-of-path.ts';
import type { PlannedActivityRecord, ProjectRecord } from './records.ts';
import { v1TaskView } from './tasks.ts';

const change = z.strictObject({ phase_id: id.nullish(), group_id: id.nullish() });

interface Place {
  readonly phase_id: number | null;
  readonly group_id: number | null;
}

function item(type: 'task' | 'activity', itemId: number, { phase_id, group_id }: Place) {
  return { item_id: itemId, item_type: type, phase_id, group_id };
}

function tasksOf({ state }: Account, project: ProjectRecord) {
  return [...state.tasks.all()].filter((task) => isLive(task) && task.project_id === project.id);
}

function activitiesOf({ state }: Account, project: ProjectRecord) {
  return [...state.activities.all()].filter((each) => isLive(each) && each.project_id === project.id);
}

function placeOf(
  { state }: Account,
  activityId: number,
  projectId: number,
): PlannedActivityRecord | undefined {
  for (const place of state.plannedActivities.all())
    if (place.activity_id === activityId && place.project_id === projectId) return place;
  return undefined;
}

const NOWHERE: Place = { phase_id: null, group_id: null };

function placeAsked(account: Account, project: ProjectRecord, body: unknown, before: Place): Place {
  const given = parsedV1(change, body);
  const { phases, projectGroups } = account.state;
  const phase = given.phase_id == null ? undefined : phases.get(given.phase_id);
  if (given.phase_id != null) assertLink(account, 'Phase', phase, given.phase_id);
  // INF: that phase and group must belong to the project; the texts.
  if (phase && phase.board_id !== project.board_id)
    throw new Refusal(400, `Phase ${phase.id} does not belong to the board of the project`);
  const group = given.group_id == null ? undefined : projectGroups.get(given.group_id);
  if (given.group_id != null) assertLink(account, 'Group', group, given.group_id);
  if (group && group.project_id !== project.id)
    throw new Refusal(400, `Group ${group.id} does not belong to the project`);
  return {
    phase_id: given.phase_id === undefined ? before.phase_id : given.phase_id,
    group_id: given.group_id === undefined ? before.group_id : given.group_id,
  };
}

/** What is published of the activities of a project; v1 shows more of them elsewhere. */
const ACTIVITY_KEYS = [
  'id',
  'company_id',
  'user_id',
  'done',
  'type',
  'conference_meeting_client',
  'conference_meeting_url',
  'conference_meeting_id',
  'due_date',
  'due_time',
  'duration',
  'busy_flag',
  'add_time',
  'marked_as_done_time',
  'subject',
  'public_description',
  'location',
  'org_id',
  'person_id',
  'deal_id',
  'lead_id',
  'project_id',
  'active_flag',
  'update_time',
  'update_user_id',
  'source_timezone',
  'location_subpremise',
  'location_street_number',
  'location_route',
  'location_sublocality',
  'location_locality',
  'location_admin_area_level_1',
  'location_admin_area_level_2',
  'location_country',
  'location_postal_code',
  'location_formatted_address',
] as const;

function activityView(account: Account, activity: ActivityRecord): Record<string, unknown> {
  const whole = v1Activity(account, activity);
  return Object.fromEntries(ACTIVITY_KEYS.map((key) => [key, whole[key]]));
}

function planTask(exchange: Exchange) {
  const { account } = exchange;
  const project = liveProject(exchange);
  const task = account.state.tasks.get(pathId(exchange, 'taskId'));
  if (!task || !isLive(task) || task.project_id !== project.id) throw new Refusal(404, 'Task not found');
  const place = placeAsked(account, project, looseBody(exchange), task);
  account.state.keep(account.state.tasks, { ...task, ...place });
  return done(item('task', task.id, place));
}

function planActivity(exchange: Exchange) {
  const { account } = exchange;
  const { activities, plannedActivities } = account.state;
  const project = liveProject(exchange);
  const activity = activities.get(pathId(exchange, 'activityId'));
  if (!activity || !isLive(activity) || activity.project_id !== project.id)
    throw new Refusal(404, 'Activity not found');
  const before = placeOf(account, activity.id, project.id);
  const place = placeAsked(account, project, looseBody(exchange), before ?? NOWHERE);
  const planned = { id: before?.id ?? plannedActivities.nextId, project_id: project.id };
  account.state.keep(plannedActivities, { ...planned, activity_id: activity.id, ...place });
  return done(item('activity', activity.id, place));
}

/** The v1 operations on the plan of a project, and on what lies in it. */
export const PLAN_HANDLERS: Readonly<
  Record<'plan' | 'planTask' | 'planActivity' | 'groups' | 'tasks' | 'activities', Handler>
> = {
  plan(exchange) {
    const { account } = exchange;
    const project = liveProject(exchange);
    const tasks = tasksOf(account, project).map((task) => item('task', task.id, task));
    const activities = activitiesOf(account, project).map(({ id: activityId }) =>
      item('activity', activityId, placeOf(account, activityId, project.id) ?? NOWHERE),
    );
    return done([...tasks, ...activities]);
  },
  planTask,
  planActivity,
  groups(exchange) {
    const project = liveProject(exchange);
    const groups = [...exchange.account.state.projectGroups.all()]
      .filter((group) => isLive(group) && group.project_id === project.id)
      .sort(byOrder);
    return done(groups.map(({ id: groupId, name, order_nr }) => ({ id: groupId, name, order_nr })));
  },
  // The published answers carry a cursor, the requests take none: everything is on one page.
  tasks: (exchange) => page(tasksOf(exchange.account, liveProject(exchange)).map(v1TaskView), null),
  activities({ account, ...exchange }) {
    const own = activitiesOf(account, liveProject({ account, ...exchange }));
    return page(
      own.map((each) => activityView(account, each)),
      null,
    );
  },
};

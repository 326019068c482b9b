import { z } from 'zod';
import {
  type Account,
  assertBelowCap,
  assertLink,
  assertOwner,
  isLive,
  liveCount,
  nowSec,
} from '../account.ts';
import { done, type Exchange, type Handler, jsonBody, looseBody, page, pathId } from '../exchange-context.ts';
import { type QuerySpec, readQuery } from '../query.ts';
import type { UserRecord } from '../records.ts';
import { badRequest, notFound, schemaRefusal } from '../refusal.ts';
import { day, id, parsed, requiredText } from '../schemas.ts';
import { parsedV1 } from '../v1-body.ts';
import { walk } from '../walk.ts';
import type { TaskRecord } from './records.ts';
import { isoTime, v1MsTime } from './times.ts';

const flag = z.literal([0, 1]).transform((value) => value === 1);
const shared = {
  parent_task_id: id.nullish(),
  description: z.string().nullish(),
  done: flag.optional(),
  due_date: day.nullish(),
  assignee_id: id.nullish(),
  assignee_ids: z.array(id).optional(),
};
const later = { milestone: flag.optional(), start_date: day.nullish(), priority: z.int().min(0).nullish() };
const creation = z.strictObject({ title: requiredText, project_id: id, ...shared, ...later });
const change = creation.partial();
const v1Creation = z.strictObject({ title: requiredText, project_id: id, ...shared });
const v1Change = v1Creation.partial();
type Given = z.infer<typeof change>;

function assertGiven(account: Account, given: Given, task: TaskRecord): void {
  const { projects, tasks } = account.state;
  assertLink(account, 'Project', projects.get(task.project_id), task.project_id);
  for (const each of task.assignee_ids) assertOwner(account, each);
  if (given.parent_task_id == null) return;
  const parent = tasks.get(given.parent_task_id);
  assertLink(account, 'Task', parent, given.parent_task_id);
  // Published: no subtask of a subtask. INF: the texts, and that parent and child share a project.
  if (parent?.parent_task_id != null) throw badRequest('A subtask cannot be the parent of a task');
  if (parent?.id === task.id) throw badRequest('A task cannot be its own parent');
  if (parent?.project_id !== task.project_id)
    throw badRequest('A subtask must belong to the project of its parent');
}

/** What a request leaves of a task. Published: `assignee_id` takes the place of `assignee_ids`. */
function merged(account: Account, given: Given, before: TaskRecord): TaskRecord {
  const ms = account.clock.nowMs();
  const isDone = given.done ?? before.done;
  const keep = <T>(value: T | undefined, old: T): T => (value === undefined ? old : value);
  const assignees =
    given.assignee_id === undefined
      ? (given.assignee_ids ?? before.assignee_ids)
      : given.assignee_id === null
        ? []
        : [given.assignee_id];
  return {
    ...before,
    title: given.title ?? before.title,
    project_id: given.project_id ?? before.project_id,
    parent_task_id: keep(given.parent_task_id, before.parent_task_id),
    description: keep(given.description, before.description),
    done: isDone,
    doneMs: isDone ? (before.done ? before.doneMs : ms) : null,
    milestone: given.milestone ?? before.milestone,
    start_date: keep(given.start_date, before.start_date),
    due_date: keep(given.due_date, before.due_date),
    assignee_ids: [...new Set(assignees)],
    priority: keep(given.priority, before.priority),
    updatedMs: ms,
  };
}

/** Creates a task of a project. */
export function createTask(account: Account, body: unknown, user: UserRecord): TaskRecord {
  return made(account, parsed(creation, body), user);
}

function made(account: Account, given: Given, user: UserRecord): TaskRecord {
  const { tasks } = account.state;
  assertBelowCap(account, account.switches.tasksCap, 'task', () => liveCount(tasks.all()));
  const ms = account.clock.nowMs();
  const blank: TaskRecord = {
    id: tasks.nextId,
    title: '',
    creator_id: user.id,
    description: null,
    project_id: 0,
    parent_task_id: null,
    done: false,
    doneMs: null,
    milestone: false,
    start_date: null,
    due_date: null,
    assignee_ids: [],
    priority: null,
    phase_id: null,
    group_id: null,
    addedMs: ms,
    updatedMs: ms,
    deletedSec: null,
  };
  const task = merged(account, given, blank);
  assertGiven(account, given, task);
  return account.state.keep(tasks, task, ms);
}

function changed(account: Account, task: TaskRecord, given: Given): TaskRecord {
  const after = merged(account, given, task);
  assertGiven(account, given, after);
  if (given.parent_task_id != null && childrenOf(account, task).length > 0)
    throw badRequest('A task with subtasks cannot become a subtask');
  return account.state.keep(account.state.tasks, after);
}

function childrenOf({ state }: Account, task: TaskRecord): readonly TaskRecord[] {
  return [...state.tasks.all()].filter((each) => isLive(each) && each.parent_task_id === task.id);
}

/** Published: subtasks are deleted with their task. */
function remove(account: Account, task: TaskRecord): void {
  const deletedSec = nowSec(account);
  for (const each of [task, ...childrenOf(account, task)])
    account.state.keep(account.state.tasks, { ...each, deletedSec });
}

function view(task: TaskRecord): Record<string, unknown> {
  return {
    id: task.id,
    title: task.title,
    creator_id: task.creator_id,
    description: task.description,
    project_id: task.project_id,
    is_done: task.done,
    is_milestone: task.milestone,
    due_date: task.due_date,
    start_date: task.start_date,
    parent_task_id: task.parent_task_id,
    assignee_ids: task.assignee_ids,
    priority: task.priority,
    add_time: isoTime(task.addedMs),
    update_time: isoTime(task.updatedMs),
    marked_as_done_time: isoTime(task.doneMs),
  };
}

/** A task as v1 shows it. */
export function v1TaskView(task: TaskRecord): Record<string, unknown> {
  return {
    id: task.id,
    title: task.title,
    creator_id: task.creator_id,
    description: task.description,
    done: task.done ? 1 : 0,
    due_date: task.due_date,
    parent_task_id: task.parent_task_id,
    assignee_id: task.assignee_ids[0] ?? null,
    assignee_ids: task.assignee_ids,
    add_time: v1MsTime(task.addedMs),
    update_time: v1MsTime(task.updatedMs),
    marked_as_done_time: v1MsTime(task.doneMs),
    project_id: task.project_id,
  };
}

const LIST_QUERY: QuerySpec = {
  is_done: 'bool',
  is_milestone: 'bool',
  assignee_id: 'id',
  project_id: 'id',
  parent_task_id: 'text',
  limit: 'id',
  cursor: 'text',
};
const V1_LIST_QUERY: QuerySpec = {
  done: { words: ['0', '1'] },
  assignee_id: 'id',
  project_id: 'id',
  parent_task_id: 'text',
  limit: 'id',
  cursor: 'text',
};

/** Published: `null` asks for the tasks without a parent. */
function parentAsked(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === 'null') return null;
  if (!/^\d{1,15}$/.test(text))
    throw schemaRefusal([{ key: 'parent_task_id', text: 'must be an integer or null' }]);
  return Number(text);
}

function list({ account, call }: Exchange, spec: QuerySpec, show: (task: TaskRecord) => object) {
  const query = readQuery(call, spec);
  const isDone = query.bool('is_done') ?? wordFlag(query.text('done'));
  const isMilestone = query.bool('is_milestone');
  const assignee = query.id('assignee_id');
  const project = query.id('project_id');
  const parent = parentAsked(query.text('parent_task_id'));
  const keep = (task: TaskRecord) =>
    isLive(task) &&
    (isDone === undefined || task.done === isDone) &&
    (isMilestone === undefined || task.milestone === isMilestone) &&
    (assignee === undefined || task.assignee_ids.includes(assignee)) &&
    (project === undefined || task.project_id === project) &&
    (parent === undefined || task.parent_task_id === parent);
  const found = walk(account, account.state.tasks, query, keep, (task) => task.id);
  return page(found.items.map(show), found.nextCursor);
}

function wordFlag(word: string | undefined): boolean | undefined {
  return word === undefined ? undefined : word === '1';
}

function one(exchange: Exchange): TaskRecord {
  const task = exchange.account.state.tasks.get(pathId(exchange));
  if (!task || !isLive(task)) throw notFound('Task');
  return task;
}

const removeOne: Handler = (exchange) => {
  const task = one(exchange);
  remove(exchange.account, task);
  return done({ id: task.id });
};

type Handlers = Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>>;

/** The v2 operations on tasks. */
export const TASK_HANDLERS: Handlers = {
  list: (exchange) => list(exchange, LIST_QUERY, view),
  get: (exchange) => done(view(one(exchange))),
  add: (exchange) => done(view(createTask(exchange.account, jsonBody(exchange), exchange.user)), 201),
  update: (exchange) =>
    done(view(changed(exchange.account, one(exchange), parsed(change, jsonBody(exchange))))),
  remove: removeOne,
};

/** The v1 operations on tasks. */
export const V1_TASK_HANDLERS: Handlers = {
  list: (exchange) => list(exchange, V1_LIST_QUERY, v1TaskView),
  get: (exchange) => done(v1TaskView(one(exchange))),
  add: (exchange) =>
    done(v1TaskView(made(exchange.account, parsedV1(v1Creation, looseBody(exchange)), exchange.user)), 201),
  update: (exchange) =>
    done(v1TaskView(changed(exchange.account, one(exchange), parsedV1(v1Change, looseBody(exchange))))),
  remove: removeOne,
};

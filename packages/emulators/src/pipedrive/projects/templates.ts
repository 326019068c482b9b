import { z } from 'zod';
import { type Account, assertLink, isLive } from '../account.ts';
import { done, type Exchange, type Handler, page, pathId } from '../exchange-context.ts';
import { readQuery } from '../query.ts';
import type { UserRecord } from '../records.ts';
import { notFound } from '../refusal.ts';
import { id, parsed, requiredText } from '../schemas.ts';
import { walk } from '../walk.ts';
import type { ProjectRecord, ProjectTemplateRecord } from './records.ts';
import { createTask } from './tasks.ts';
import { isoTime, v1MsTime } from './times.ts';

const seed = z.strictObject({
  title: requiredText,
  description: z.string().nullish(),
  projects_board_id: id,
  owner_id: id.optional(),
  tasks: z.array(requiredText).default([]),
  groups: z.array(requiredText).default([]),
});

/** Seeds a template: the API only reads them. `tasks` are titles, `groups` names. */
export function createTemplate(account: Account, body: unknown, user: UserRecord): ProjectTemplateRecord {
  const given = parsed(seed, body);
  const { projectTemplates, boards } = account.state;
  assertLink(account, 'Board', boards.get(given.projects_board_id), given.projects_board_id);
  const ms = account.clock.nowMs();
  return account.state.keep(projectTemplates, {
    ...given,
    id: projectTemplates.nextId,
    description: given.description ?? null,
    owner_id: given.owner_id ?? user.id,
    addedMs: ms,
    updatedMs: ms,
    deletedSec: null,
  });
}

/** The live template with this id. Throws as for any link to nothing. */
export function liveTemplate(account: Account, templateId: number): ProjectTemplateRecord {
  const template = account.state.projectTemplates.get(templateId);
  assertLink(account, 'Template', template, templateId);
  return template as ProjectTemplateRecord;
}

/** Gives a new project the groups and tasks of its template. INF: what a template brings. */
export function applyTemplate(
  account: Account,
  template: ProjectTemplateRecord,
  project: ProjectRecord,
  user: UserRecord,
): void {
  const { projectGroups } = account.state;
  for (const [index, name] of template.groups.entries())
    account.state.keep(projectGroups, {
      id: projectGroups.nextId,
      project_id: project.id,
      name,
      order_nr: index + 1,
      deletedSec: null,
    });
  for (const title of template.tasks) createTask(account, { title, project_id: project.id }, user);
}

function view(template: ProjectTemplateRecord, time: (ms: number) => string | null) {
  return {
    id: template.id,
    title: template.title,
    description: template.description,
    projects_board_id: template.projects_board_id,
    owner_id: template.owner_id,
    add_time: time(template.addedMs),
    update_time: time(template.updatedMs),
  };
}

function one(exchange: Exchange): ProjectTemplateRecord {
  const template = exchange.account.state.projectTemplates.get(pathId(exchange));
  if (!template || !isLive(template)) throw notFound('Project template');
  return template;
}

function handlers(time: (ms: number) => string | null): Readonly<Record<'list' | 'get', Handler>> {
  return {
    list({ account, call }) {
      const query = readQuery(call, { limit: 'id', cursor: 'text' });
      const found = walk(account, account.state.projectTemplates, query, isLive, (each) => each.id);
      return page(
        found.items.map((each) => view(each, time)),
        found.nextCursor,
      );
    },
    get: (exchange) => done(view(one(exchange), time)),
  };
}

/** The v2 operations on templates; they only read. */
export const TEMPLATE_HANDLERS = handlers(isoTime);
/** The v1 operations on templates; they only read. */
export const V1_TEMPLATE_HANDLERS = handlers(v1MsTime);

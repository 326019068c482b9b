import { type Account, isLive } from '../account.ts';
import { done, type Exchange, type Handler, jsonBody, page, pathId } from '../exchange-context.ts';
import { filterMatcher } from '../filters/matching.ts';
import { markerPage } from '../history/change-log.ts';
import type { Change } from '../history/changes.ts';
import { type QuerySpec, readQuery } from '../query.ts';
import { notFound } from '../refusal.ts';
import { walk } from '../walk.ts';
import { liveProject } from './project-of-path.ts';
import { archiveProject, createProject, removeProject, updateProject } from './projects.ts';
import type { ProjectRecord } from './records.ts';
import { isoTime } from './times.ts';
import { projectView } from './views.ts';

const STATUSES = { words: ['open', 'completed', 'canceled', 'deleted'], list: true } as const;
const PAGING = { limit: 'id', cursor: 'text' } as const;
const ARCHIVED_QUERY: QuerySpec = { filter_id: 'id', status: STATUSES, phase_id: 'id', ...PAGING };
const LIST_QUERY: QuerySpec = { ...ARCHIVED_QUERY, deal_id: 'id', person_id: 'id', org_id: 'id' };

/** One page of projects: those in a state of the archive, narrowed as the query asks. */
export function projectPage(
  { account, call }: Exchange,
  spec: QuerySpec,
  inArchive: (archived: boolean) => boolean,
  show: (account: Account, project: ProjectRecord) => Record<string, unknown>,
) {
  const query = readQuery(call, spec);
  const filterId = query.id('filter_id');
  const statuses = query.list('status');
  const phase = query.id('phase_id');
  const deal = query.id('deal_id');
  const person = query.id('person_id');
  const org = query.id('org_id');
  // Published: deleted ones only where they are asked for.
  const stands = ({ deletedSec, status }: ProjectRecord) =>
    deletedSec === null ? statuses === undefined || statuses.includes(status) : statuses?.includes('deleted');
  const asked = (project: ProjectRecord) =>
    stands(project) === true &&
    (phase === undefined || project.phase_id === phase) &&
    (deal === undefined || project.deal_ids.includes(deal)) &&
    (person === undefined || project.person_ids.includes(person)) &&
    (org === undefined || project.org_ids.includes(org));
  // INF: as elsewhere, a filter takes the place of the other conditions.
  const filtered = filterId === undefined ? null : filterMatcher(account, filterId, 'projects');
  const keep = (project: ProjectRecord) =>
    (filtered ? isLive(project) && filtered(project) : asked(project)) &&
    inArchive(project.archivedMs !== null);
  const found = walk(account, account.state.projects, query, keep, (each) => each.id);
  return page(
    found.items.map((project) => show(account, project)),
    found.nextCursor,
  );
}

/** Keys of a record under their names in the API; others are the same. */
const NAMES: Readonly<Record<string, string>> = {
  archivedMs: 'archive_time',
  statusChangedMs: 'status_change_time',
};

/** What changed, old and new; custom fields one by one. */
function valuesOf({ keys }: Change, side: 'before' | 'after'): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { key, before, after } of keys) {
    if (JSON.stringify(before) === JSON.stringify(after)) continue;
    if (key === 'custom') Object.assign(values, customValues(before, after, side));
    else if (key in NAMES)
      values[NAMES[key] ?? key] = isoTime((side === 'before' ? before : after) as number | null);
    else values[key] = side === 'before' ? before : after;
  }
  return values;
}

function customValues(before: unknown, after: unknown, side: 'before' | 'after'): Record<string, unknown> {
  const old = (before ?? {}) as Record<string, unknown>;
  const now = (after ?? {}) as Record<string, unknown>;
  const codes = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  const changed = codes.filter((code) => JSON.stringify(old[code]) !== JSON.stringify(now[code]));
  return Object.fromEntries(changed.map((code) => [code, (side === 'before' ? old : now)[code] ?? null]));
}

function changelog(exchange: Exchange) {
  readQuery(exchange.call, PAGING);
  const project = liveProject(exchange);
  const changes = [...exchange.account.state.history.of('projects', project.id)].map((change) => ({
    id: change.nr,
    change,
  }));
  const found = markerPage(exchange, changes);
  return page(
    found.items.map(({ change }) => ({
      change_source: 'api',
      change_source_user_agent: null,
      time: isoTime(change.atSec * 1_000),
      new_values: valuesOf(change, 'after'),
      old_values: valuesOf(change, 'before'),
      actor_user_id: change.userId,
    })),
    found.nextCursor,
  );
}

/** The v2 operations on projects. */
export const PROJECT_HANDLERS: Readonly<
  Record<
    'list' | 'archived' | 'get' | 'add' | 'update' | 'remove' | 'archive' | 'changelog' | 'permittedUsers',
    Handler
  >
> = {
  list: (exchange) => projectPage(exchange, LIST_QUERY, (archived) => !archived, projectView),
  archived: (exchange) => projectPage(exchange, ARCHIVED_QUERY, (archived) => archived, projectView),
  get(exchange) {
    const { account } = exchange;
    const project = account.state.projects.get(pathId(exchange));
    if (!project || (!isLive(project) && account.switches.deletedV2Get === '404')) throw notFound('Project');
    return done(projectView(account, project));
  },
  add(exchange) {
    const project = createProject(exchange.account, jsonBody(exchange), exchange.user);
    return done(projectView(exchange.account, project), 201);
  },
  update(exchange) {
    const project = updateProject(exchange.account, liveProject(exchange), jsonBody(exchange));
    return done(projectView(exchange.account, project));
  },
  remove(exchange) {
    const project = liveProject(exchange);
    removeProject(exchange.account, project);
    return done({ id: project.id });
  },
  archive: (exchange) =>
    done(projectView(exchange.account, archiveProject(exchange.account, liveProject(exchange)))),
  changelog,
  // INF: projects have no visibility of their own; everybody who is active sees them.
  permittedUsers(exchange) {
    liveProject(exchange);
    const users = [...exchange.account.state.users.all()].filter(({ active }) => active);
    return done(users.map(({ id }) => id));
  },
};

import { z } from 'zod';
import { done, type Exchange, type Handler, looseBody } from '../exchange-context.ts';
import type { QuerySpec } from '../query.ts';
import { id } from '../schemas.ts';
import { looseId, parsedV1 } from '../v1-body.ts';
import { projectPage } from './handlers.ts';
import { liveProject } from './project-of-path.ts';
import { archiveProject, createProject, removeProject, updateProject } from './projects.ts';
import { v1ProjectView } from './views.ts';

const LIST_QUERY: QuerySpec = {
  filter_id: 'id',
  status: { words: ['open', 'completed', 'canceled', 'deleted'], list: true },
  phase_id: 'id',
  include_archived: 'bool',
  limit: 'id',
  cursor: 'text',
};

const HASH = /^[0-9a-f]{40}$/;
/** What v1 names in another way than v2; everything else goes through as it is and is checked there. */
const renamed = z.looseObject({
  person_id: looseId.nullish(),
  org_id: looseId.nullish(),
  labels: z.array(id).optional(),
});

/** A v1 body as the v2 body that means the same. */
function v2Body(body: unknown): Record<string, unknown> {
  const { person_id, org_id, labels, ...rest } = parsedV1(renamed, body);
  const entries = Object.entries(rest);
  const custom_fields = Object.fromEntries(entries.filter(([key]) => HASH.test(key)));
  return {
    ...Object.fromEntries(entries.filter(([key]) => !HASH.test(key))),
    ...(person_id === undefined ? {} : { person_ids: person_id === null ? [] : [person_id] }),
    ...(org_id === undefined ? {} : { org_ids: org_id === null ? [] : [org_id] }),
    ...(labels === undefined ? {} : { label_ids: labels }),
    ...(Object.keys(custom_fields).length === 0 ? {} : { custom_fields }),
  };
}

function list(exchange: Exchange) {
  const all = exchange.call.query.get('include_archived') === 'true';
  return projectPage(exchange, LIST_QUERY, (archived) => all || !archived, v1ProjectView);
}

/** The v1 operations on projects. */
export const V1_PROJECT_HANDLERS: Readonly<
  Record<'list' | 'get' | 'add' | 'update' | 'remove' | 'archive', Handler>
> = {
  list,
  get: (exchange) => done(v1ProjectView(exchange.account, liveProject(exchange))),
  add(exchange) {
    const project = createProject(exchange.account, v2Body(looseBody(exchange)), exchange.user);
    return done(v1ProjectView(exchange.account, project), 201);
  },
  update(exchange) {
    const project = updateProject(exchange.account, liveProject(exchange), v2Body(looseBody(exchange)));
    return done(v1ProjectView(exchange.account, project));
  },
  remove(exchange) {
    const project = liveProject(exchange);
    removeProject(exchange.account, project);
    return done({ id: project.id });
  },
  archive: (exchange) =>
    done(v1ProjectView(exchange.account, archiveProject(exchange.account, liveProject(exchange)))),
};

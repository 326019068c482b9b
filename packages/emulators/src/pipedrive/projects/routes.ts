import type { Handler } from '../exchange-context.ts';
import { fieldHandlers } from '../fields.ts';
import { Refusal } from '../refusal.ts';
import { BOARD_HANDLERS, PHASE_HANDLERS, V1_BOARD_HANDLERS, V1_PHASE_HANDLERS } from './boards.ts';
import { PROJECT_HANDLERS } from './handlers.ts';
import { PLAN_HANDLERS } from './plan.ts';
import { searchProjects } from './search.ts';
import { TASK_HANDLERS, V1_TASK_HANDLERS } from './tasks.ts';
import { TEMPLATE_HANDLERS, V1_TEMPLATE_HANDLERS } from './templates.ts';
import { V1_PROJECT_HANDLERS } from './v1.ts';

const fields = fieldHandlers('project');
const FIELD = '/projectFields/{field_code}';

const ROUTES: readonly (readonly [route: string, handler: Handler])[] = [
  ['v2 GET /projects', PROJECT_HANDLERS.list],
  ['v2 POST /projects', PROJECT_HANDLERS.add],
  ['v2 GET /projects/archived', PROJECT_HANDLERS.archived],
  ['v2 GET /projects/search', searchProjects],
  ['v2 GET /projects/{id}', PROJECT_HANDLERS.get],
  ['v2 PATCH /projects/{id}', PROJECT_HANDLERS.update],
  ['v2 DELETE /projects/{id}', PROJECT_HANDLERS.remove],
  ['v2 POST /projects/{id}/archive', PROJECT_HANDLERS.archive],
  ['v2 GET /projects/{id}/changelog', PROJECT_HANDLERS.changelog],
  ['v2 GET /projects/{id}/permittedUsers', PROJECT_HANDLERS.permittedUsers],
  ['v2 GET /boards', BOARD_HANDLERS.list],
  ['v2 POST /boards', BOARD_HANDLERS.add],
  ['v2 GET /boards/{id}', BOARD_HANDLERS.get],
  ['v2 PATCH /boards/{id}', BOARD_HANDLERS.update],
  ['v2 DELETE /boards/{id}', BOARD_HANDLERS.remove],
  ['v2 GET /phases', PHASE_HANDLERS.list],
  ['v2 POST /phases', PHASE_HANDLERS.add],
  ['v2 GET /phases/{id}', PHASE_HANDLERS.get],
  ['v2 PATCH /phases/{id}', PHASE_HANDLERS.update],
  ['v2 DELETE /phases/{id}', PHASE_HANDLERS.remove],
  ['v2 GET /tasks', TASK_HANDLERS.list],
  ['v2 POST /tasks', TASK_HANDLERS.add],
  ['v2 GET /tasks/{id}', TASK_HANDLERS.get],
  ['v2 PATCH /tasks/{id}', TASK_HANDLERS.update],
  ['v2 DELETE /tasks/{id}', TASK_HANDLERS.remove],
  ['v2 GET /projectTemplates', TEMPLATE_HANDLERS.list],
  ['v2 GET /projectTemplates/{id}', TEMPLATE_HANDLERS.get],
  ['v2 GET /projectFields', fields.list],
  ['v2 POST /projectFields', fields.add],
  [`v2 GET ${FIELD}`, fields.get],
  [`v2 PATCH ${FIELD}`, fields.update],
  [`v2 DELETE ${FIELD}`, fields.remove],
  [`v2 POST ${FIELD}/options`, fields.addOptions],
  [`v2 PATCH ${FIELD}/options`, fields.updateOptions],
  [`v2 DELETE ${FIELD}/options`, fields.removeOptions],
  ['v1 GET /projects', V1_PROJECT_HANDLERS.list],
  ['v1 POST /projects', V1_PROJECT_HANDLERS.add],
  ['v1 GET /projects/{id}', V1_PROJECT_HANDLERS.get],
  ['v1 PUT /projects/{id}', V1_PROJECT_HANDLERS.update],
  ['v1 DELETE /projects/{id}', V1_PROJECT_HANDLERS.remove],
  ['v1 POST /projects/{id}/archive', V1_PROJECT_HANDLERS.archive],
  ['v1 GET /projects/{id}/plan', PLAN_HANDLERS.plan],
  ['v1 PUT /projects/{id}/plan/activities/{activityId}', PLAN_HANDLERS.planActivity],
  ['v1 PUT /projects/{id}/plan/tasks/{taskId}', PLAN_HANDLERS.planTask],
  ['v1 GET /projects/{id}/groups', PLAN_HANDLERS.groups],
  ['v1 GET /projects/{id}/tasks', PLAN_HANDLERS.tasks],
  ['v1 GET /projects/{id}/activities', PLAN_HANDLERS.activities],
  ['v1 GET /projects/boards', V1_BOARD_HANDLERS.list],
  ['v1 GET /projects/boards/{id}', V1_BOARD_HANDLERS.get],
  ['v1 GET /projects/phases', V1_PHASE_HANDLERS.list],
  ['v1 GET /projects/phases/{id}', V1_PHASE_HANDLERS.get],
  ['v1 GET /projectTemplates', V1_TEMPLATE_HANDLERS.list],
  ['v1 GET /projectTemplates/{id}', V1_TEMPLATE_HANDLERS.get],
  ['v1 GET /tasks', V1_TASK_HANDLERS.list],
  ['v1 POST /tasks', V1_TASK_HANDLERS.add],
  ['v1 GET /tasks/{id}', V1_TASK_HANDLERS.get],
  ['v1 PUT /tasks/{id}', V1_TASK_HANDLERS.update],
  ['v1 DELETE /tasks/{id}', V1_TASK_HANDLERS.remove],
];

/** Published: 415 where a feature is not enabled. INF: that Projects is such a one; the text. */
function withAddOn(handler: Handler): Handler {
  return (exchange) => {
    if (exchange.account.switches.projectsAddOn) return handler(exchange);
    throw new Refusal(415, 'Feature is not enabled', 'ERR_FEATURE_NOT_ENABLED');
  };
}

/** The operations on projects and all that belongs to them, by their routes. */
export const PROJECT_ROUTES: readonly (readonly [route: string, handler: Handler])[] = ROUTES.map(
  ([route, handler]) => [route, withAddOn(handler)],
);

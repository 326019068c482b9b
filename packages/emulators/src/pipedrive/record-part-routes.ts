import { duplicateDeal } from './deal-copy.ts';
import { dealsWithin, listArchivedV1, summaryHandler, timelineHandler } from './deal-statistics.ts';
import type { Handler } from './exchange-context.ts';
import { followerHandlers, v1FollowerHandlers } from './followers.ts';
import { mergeHandler } from './merge.ts';
import { PARTICIPANT_HANDLERS } from './participants.ts';
import { PERMISSION_SET_HANDLERS } from './permission-sets.ts';
import { conversionStatistics, movementStatistics } from './pipeline-statistics.ts';
import { ROLE_HANDLERS, ROLE_PART_HANDLERS } from './roles.ts';
import { PERMITTED_USER_ROUTES, USER_RIGHT_ROUTES } from './user-rights.ts';

/** Operations on deals, persons and organizations beyond creating, reading, changing and deleting. */
export const RECORD_PART_ROUTES: readonly (readonly [string, Handler])[] = [
  ['v1 GET /deals/{id}/participants', PARTICIPANT_HANDLERS.list],
  ['v1 POST /deals/{id}/participants', PARTICIPANT_HANDLERS.add],
  ['v1 DELETE /deals/{id}/participants/{deal_participant_id}', PARTICIPANT_HANDLERS.remove],
  ['v1 GET /deals/{id}/participantsChangelog', PARTICIPANT_HANDLERS.changelog],
  ['v1 PUT /deals/{id}/merge', mergeHandler('deal')],
  ['v1 PUT /persons/{id}/merge', mergeHandler('person')],
  ['v1 PUT /organizations/{id}/merge', mergeHandler('organization')],
  ['v1 POST /deals/{id}/duplicate', duplicateDeal],
  ['v1 GET /deals/archived', listArchivedV1],
  ['v1 GET /deals/summary', summaryHandler(false)],
  ['v1 GET /deals/summary/archived', summaryHandler(true)],
  ['v1 GET /deals/timeline', timelineHandler(false)],
  ['v1 GET /deals/timeline/archived', timelineHandler(true)],
  ['v1 GET /pipelines/{id}/deals', dealsWithin('pipeline')],
  ['v1 GET /pipelines/{id}/conversion_statistics', conversionStatistics],
  ['v1 GET /pipelines/{id}/movement_statistics', movementStatistics],
  ['v1 GET /stages/{id}/deals', dealsWithin('stage')],
];

const FOLLOWED = { deals: 'deal', persons: 'person', organizations: 'organization' } as const;

/** Followers of deals, persons and organizations. */
export const FOLLOWER_ROUTES: readonly (readonly [string, Handler])[] = Object.entries(FOLLOWED).flatMap(
  ([path, entity]) => {
    const { list, add, remove, changelog } = followerHandlers(entity);
    const v1 = v1FollowerHandlers(entity);
    const place = `/${path}/{id}/followers`;
    return [
      [`v2 GET ${place}`, list],
      [`v2 POST ${place}`, add],
      [`v2 DELETE ${place}/{follower_id}`, remove],
      [`v2 GET ${place}/changelog`, changelog],
      [`v1 GET ${place}`, v1.list],
      [`v1 POST ${place}`, v1.add],
      [`v1 DELETE ${place}/{follower_id}`, v1.remove],
    ];
  },
);

/** Operations on who may do and see what. */
export const RIGHT_ROUTES: readonly (readonly [string, Handler])[] = [
  ...USER_RIGHT_ROUTES,
  ...PERMITTED_USER_ROUTES,
  ['v1 GET /permissionSets', PERMISSION_SET_HANDLERS.list],
  ['v1 GET /permissionSets/{id}', PERMISSION_SET_HANDLERS.get],
  ['v1 GET /permissionSets/{id}/assignments', PERMISSION_SET_HANDLERS.assignments],
  ['v1 GET /roles', ROLE_HANDLERS.list],
  ['v1 POST /roles', ROLE_HANDLERS.add],
  ['v1 GET /roles/{id}', ROLE_HANDLERS.get],
  ['v1 PUT /roles/{id}', ROLE_HANDLERS.update],
  ['v1 DELETE /roles/{id}', ROLE_HANDLERS.remove],
  ['v1 GET /roles/{id}/assignments', ROLE_PART_HANDLERS.assignments],
  ['v1 POST /roles/{id}/assignments', ROLE_PART_HANDLERS.assign],
  ['v1 DELETE /roles/{id}/assignments', ROLE_PART_HANDLERS.unassign],
  ['v1 GET /roles/{id}/settings', ROLE_PART_HANDLERS.settings],
  ['v1 POST /roles/{id}/settings', ROLE_PART_HANDLERS.setSetting],
];

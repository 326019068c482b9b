import { isLive } from '../account.ts';
import { type Exchange, pathId } from '../exchange-context.ts';
import { notFound } from '../refusal.ts';
import type { ProjectRecord } from './records.ts';

/** The live project that the path names. Throws 404 when there is none. */
export function liveProject(exchange: Exchange): ProjectRecord {
  const project = exchange.account.state.projects.get(pathId(exchange));
  if (!project || !isLive(project)) throw notFound('Project');
  return project;
}

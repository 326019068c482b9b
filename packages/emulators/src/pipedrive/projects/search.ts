import { type Account, isLive } from '../account.ts';
import type { Handler } from '../exchange-context.ts';
import { type Query, type QuerySpec, readQuery } from '../query.ts';
import {
  customTexts,
  noteTexts,
  organizationBrief,
  personBrief,
  SEARCH_QUERY,
  type SearchItem,
  searchAnswer,
} from '../search-engine.ts';
import type { ProjectRecord } from './records.ts';

const QUERY: QuerySpec = {
  ...SEARCH_QUERY,
  fields: { words: ['custom_fields', 'notes', 'title', 'description'], list: true },
  person_id: 'id',
  organization_id: 'id',
};

/** GET /v2/projects/search. */
export const searchProjects: Handler = ({ account, call }) => {
  const query = readQuery(call, QUERY);
  return searchAnswer(account, query, 500, projectItems(account, query));
};

/** The live projects that a search may find, archived ones too. */
export function* projectItems(account: Account, query: Query): Generator<SearchItem> {
  const { projects } = account.state;
  const person = query.id('person_id');
  const organization = query.id('organization_id');
  const notes = noteTexts(account, (note) => note.project_id);
  const newest = projects.visibleUpTo(account.clock.nowMs(), account.switches.searchLagMs);
  for (const project of projects.all())
    if (
      isLive(project) &&
      project.id <= newest &&
      (person === undefined || project.person_ids.includes(person)) &&
      (organization === undefined || project.org_ids.includes(organization))
    )
      yield projectFound(account, project, notes.get(project.id) ?? []);
}

function projectFound(account: Account, project: ProjectRecord, notes: readonly string[]): SearchItem {
  const { state } = account;
  const phase = state.phases.get(project.phase_id);
  const deals = project.deal_ids.flatMap((each) => state.deals.get(each) ?? []).filter(isLive);
  const custom_fields = customTexts(account, 'project', project.custom);
  const item = {
    id: project.id,
    type: 'project',
    title: project.title,
    status: project.status,
    owner: { id: project.owner_id },
    board_id: project.board_id,
    phase: phase ? { id: phase.id, name: phase.name } : null,
    person: personBrief(account, project.person_ids[0] ?? null),
    organization: organizationBrief(account, project.org_ids[0] ?? null),
    deal: deals[0] ? { id: deals[0].id, title: deals[0].title } : null,
    deal_count: deals.length,
    description: project.description,
    end_date: project.end_date,
    custom_fields,
    notes,
  };
  const description = project.description === null ? [] : [project.description];
  return { item, texts: { title: [project.title], description, custom_fields, notes } };
}

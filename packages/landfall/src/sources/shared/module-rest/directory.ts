import type { SourceOwner, SourcePipeline } from '../../../model/source.ts';
import { personText } from '../person-text.ts';
import { type Json, memberAt, plainText } from './member.ts';
import type { SharedLists } from './rest-catalog.ts';

/** Where a record stands, by the number of its stage. */
export interface Place {
  readonly pipeline: string;
  readonly stage: string;
  readonly outcome: 'open' | 'won' | 'lost';
}

/** What records name by id everywhere. */
export interface Directory {
  /** Users by id. */
  readonly people: ReadonlyMap<string, SourceOwner>;
  readonly pipelines: readonly SourcePipeline[];
  readonly pipelineNames: ReadonlyMap<string, string>;
  readonly places: ReadonlyMap<string, Place>;
  /** The group of a tag; tags without one are not in it. */
  readonly tagGroups: ReadonlyMap<string, string>;
}

/** Users by their id, named as owner fields name them. */
export function peopleOf(
  rows: readonly Json[],
  { members, active }: SharedLists['users'],
): Map<string, SourceOwner> {
  return new Map(
    rows.map((row) => {
      const text = (name: keyof typeof members) => plainText(memberAt(row, members[name]));
      const name = [text('name'), text('surname')].filter((part) => part !== '').join(' ');
      const isActive = active.every((member) => memberAt(row, member) === true);
      return [text('id'), { owner: personText(name, text('email')), kind: 'user', active: isActive }];
    }),
  );
}

/** The user of an id as text; somebody who is not among the users is named by the id. */
export function personOf({ people }: Directory, id: string): string {
  return id === '' ? '' : (people.get(id)?.owner ?? `User ${id} (not listed)`);
}

/** A stage as it was read. */
export interface StageRow {
  readonly id: string;
  readonly name: string;
  readonly order: number;
  readonly probability: number | null;
  readonly outcome: 'open' | 'won' | 'lost';
}

/** Pipelines with their stages in order, and where each stage is. */
export function pipelinesOf(
  rows: readonly { readonly id: string; readonly name: string; readonly stages: readonly StageRow[] }[],
): Pick<Directory, 'pipelines' | 'pipelineNames' | 'places'> {
  const places = new Map<string, Place>();
  const pipelines = rows.map(({ name, stages }) => {
    const ordered = stages.toSorted((left, right) => left.order - right.order);
    for (const { id, name: stage, outcome } of ordered) places.set(id, { pipeline: name, stage, outcome });
    return {
      name,
      stages: ordered.map(({ name: stage, probability, outcome }) => ({ name: stage, probability, outcome })),
    };
  });
  return { pipelines, pipelineNames: new Map(rows.map(({ id, name }) => [id, name])), places };
}

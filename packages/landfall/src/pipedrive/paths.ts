import type { TargetEntity } from '../model/target.ts';

/** Paths of an account: everything lies below `api/v2` or `api/v1`. */
export type ApiVersion = 'v1' | 'v2';

/** Where an entity lives and how it is changed. */
export interface EntityPath {
  readonly version: ApiVersion;
  readonly plural: string;
  readonly update: 'PATCH' | 'PUT';
  /** Members that a plain answer leaves out; those the account itself marks so come on top. */
  readonly include: readonly string[];
}

/** v2 where there is one, v1 for what only v1 serves (facts.md 1.1). */
export const entityPaths: Readonly<Record<TargetEntity, EntityPath>> = {
  organization: { version: 'v2', plural: 'organizations', update: 'PATCH', include: [] },
  person: { version: 'v2', plural: 'persons', update: 'PATCH', include: [] },
  deal: { version: 'v2', plural: 'deals', update: 'PATCH', include: [] },
  activity: { version: 'v2', plural: 'activities', update: 'PATCH', include: ['attendees'] },
  note: { version: 'v1', plural: 'notes', update: 'PUT', include: [] },
  organizationRelationship: {
    version: 'v1',
    plural: 'organizationRelationships',
    update: 'PUT',
    include: [],
  },
};

/** How an entity is called in a sentence. */
export const entityWords: Readonly<Record<TargetEntity, string>> = {
  organization: 'an organization',
  person: 'a person',
  deal: 'a deal',
  activity: 'an activity',
  note: 'a note',
  organizationRelationship: 'an organization relationship',
};

import type { Account } from '../account.ts';
import { ACTIVITIES } from '../activities.ts';
import type { CoreEntity } from '../core-entity.ts';
import { DEALS } from '../deals.ts';
import { createLead, updateLead } from '../leads.ts';
import { createNote } from '../notes.ts';
import { ORGANIZATIONS } from '../organizations.ts';
import { PERSONS } from '../persons.ts';
import type { CoreRecord, OrganizationRecord, PersonRecord, Reach, UserRecord } from '../records.ts';
import type { Duplicates } from './duplicates.ts';
import type { ImportedEntity } from './import-record.ts';
import { type ItemDraft, inWords, type RowDrafts } from './row-drafts.ts';

/** What happened to one record of a row. */
export interface ItemResult {
  readonly entity: ImportedEntity;
  readonly how: 'created' | 'updated' | 'merged';
  /** The id of the record in its table. */
  readonly id: number;
}

/** What rows are carried out with. */
interface Committing {
  readonly account: Account;
  readonly user: UserRecord;
  /** Null where the wizard was told to add everything. */
  readonly duplicates: Duplicates | null;
}

/** The ids of what a row has made or found so far. */
type Links = Partial<Record<ImportedEntity, number>>;

/** Origin of what an import makes, as the records show it. INF. */
const ORIGIN = 'Import';

/**
 * Makes, merges and changes the records of a row, each linked to the others of it. Throws `Skip` where the account
 * refuses one after all; what stands before it in the row stays.
 */
export function commitRow(committing: Committing, drafts: RowDrafts): readonly ItemResult[] {
  const links: Links = {};
  const results: ItemResult[] = [];
  for (const draft of drafts.values()) {
    const result = inWords(() => commitItem(committing, draft, links));
    links[draft.entity] = result.id;
    results.push(result);
  }
  return results;
}

function commitItem(committing: Committing, draft: ItemDraft, links: Links): ItemResult {
  switch (draft.entity) {
    case 'organization':
      return commitOrganization(committing, draft);
    case 'person':
      return commitPerson(committing, draft, links);
    case 'deal':
      return commitCore(committing, DEALS, draft, {
        ...titled(draft, committing, links),
        ...defined({ org_id: links.organization, person_id: links.person }),
      });
    case 'lead':
      return commitLead(committing, draft, links);
    case 'activity':
      return commitActivity(committing, draft, links);
    case 'note':
      return commitNote(committing, draft, links);
  }
}

function defined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Published: a missing title is made up of the organization or person. INF: its words. */
function titled({ entity, body, targetId }: ItemDraft, { account }: Committing, links: Links) {
  if (targetId !== null || body.title !== undefined) return {};
  const { organizations, persons } = account.state;
  const of = organizations.get(links.organization ?? 0) ?? persons.get(links.person ?? 0);
  return { title: `${of?.name ?? ''} ${entity}`.slice(0, 255) };
}

function commitOrganization(committing: Committing, draft: ItemDraft): ItemResult {
  const { account, duplicates } = committing;
  const address = (draft.body.address as { value?: string } | undefined)?.value ?? '';
  const same = draft.targetId === null ? duplicates?.organization(String(draft.body.name), address) : null;
  if (same) return merged(committing, ORGANIZATIONS, draft, same);
  const result = commitCore(committing, ORGANIZATIONS, draft, {});
  if (result.how === 'created')
    duplicates?.addOrganization(account.state.organizations.get(result.id) as OrganizationRecord);
  return result;
}

function commitPerson(committing: Committing, draft: ItemDraft, links: Links): ItemResult {
  const { account, duplicates } = committing;
  const { body } = draft;
  const values = (key: string) => ((body[key] ?? []) as readonly Reach[]).map(({ value }) => value);
  const name = body.name ?? [body.first_name, body.last_name].filter(Boolean).join(' ');
  const likeness = {
    name: String(name),
    orgId: links.organization ?? null,
    emails: values('emails'),
    phones: values('phones'),
  };
  const withLink = { ...draft, body: { ...body, ...defined({ org_id: links.organization }) } };
  const same = draft.targetId === null ? duplicates?.person(likeness) : null;
  if (same) return merged(committing, PERSONS, withLink, same);
  const result = commitCore(committing, PERSONS, withLink, {});
  if (result.how === 'created') duplicates?.addPerson(account.state.persons.get(result.id) as PersonRecord);
  return result;
}

function commitCore<T extends CoreRecord>(
  { account, user }: Committing,
  entity: CoreEntity<T>,
  draft: ItemDraft,
  more: Readonly<Record<string, unknown>>,
): ItemResult {
  const table = entity.table(account.state);
  const custom = Object.keys(draft.custom).length === 0 ? {} : { custom_fields: draft.custom };
  const body = { ...draft.body, ...more, ...custom };
  const before = draft.targetId === null ? undefined : table.get(draft.targetId);
  const record = before
    ? entity.update(account, before, withReaches(body, before), user)
    : entity.create(account, body, user, ORIGIN);
  const times = {
    ...(draft.addedSec === null ? {} : { addedSec: draft.addedSec }),
    ...(draft.doneSec === null ? {} : { doneSec: draft.doneSec }),
  };
  if (Object.keys(times).length > 0) account.state.keep(table, { ...record, ...times });
  return { entity: draft.entity, how: before ? 'updated' : 'created', id: record.id };
}

/** INF: e-mails and phones of the file come to those that are there. */
function withReaches(body: Record<string, unknown>, before: unknown): Record<string, unknown> {
  const joined = { ...body };
  for (const key of ['emails', 'phones'] as const) {
    const given = body[key] as readonly Reach[] | undefined;
    const old = (before as Partial<PersonRecord>)[key];
    if (!given || !old) continue;
    const known = new Set(old.map(({ value }) => value.toLowerCase()));
    joined[key] = [...old, ...given.filter(({ value }) => !known.has(value.toLowerCase()))];
  }
  return joined;
}

/** Merges a row into a record that is there; the switch `importMergeWins` says whose value stays. */
function merged<T extends OrganizationRecord | PersonRecord>(
  committing: Committing,
  entity: CoreEntity<T>,
  draft: ItemDraft,
  same: T,
): ItemResult {
  const keeps = committing.account.switches.importMergeWins === 'account';
  const old = same as unknown as Record<string, unknown>;
  const free = (value: unknown) =>
    value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  const reachable = (key: string) => key === 'emails' || key === 'phones';
  const body = Object.fromEntries(
    Object.entries(draft.body).filter(
      ([key]) => key !== 'name' && (!keeps || reachable(key) || free(old[key])),
    ),
  );
  const custom = Object.fromEntries(
    Object.entries(draft.custom).filter(([code]) => !keeps || free(same.custom?.[code])),
  );
  const change = { ...draft, body, custom, targetId: same.id, addedSec: keeps ? null : draft.addedSec };
  return { ...commitCore(committing, entity, change, {}), how: 'merged' };
}

function commitLead(committing: Committing, draft: ItemDraft, links: Links): ItemResult {
  const { account, user } = committing;
  const { leads } = account.state;
  const body = {
    ...draft.body,
    ...titled(draft, committing, links),
    ...draft.custom,
    ...defined({ organization_id: links.organization, person_id: links.person }),
  };
  const before = draft.targetId === null ? undefined : leads.get(draft.targetId);
  const lead = before ? updateLead(account, before, body) : createLead(account, body, user);
  return { entity: 'lead', how: before ? 'updated' : 'created', id: lead.id };
}

function leadUuid({ state }: Account, id: number | undefined): string | undefined {
  return id === undefined ? undefined : state.leads.get(id)?.uuid;
}

function commitActivity(committing: Committing, draft: ItemDraft, links: Links): ItemResult {
  const participants = links.person === undefined ? undefined : [{ person_id: links.person, primary: true }];
  return commitCore(committing, ACTIVITIES, draft, {
    ...defined({
      deal_id: links.deal,
      lead_id: leadUuid(committing.account, links.lead),
      org_id: links.organization,
      participants,
    }),
    // INF: a time of doing says that it was done.
    ...(draft.doneSec === null ? {} : { done: true }),
  });
}

function commitNote({ account, user }: Committing, { body }: ItemDraft, links: Links): ItemResult {
  const parents = defined({
    deal_id: links.deal,
    lead_id: leadUuid(account, links.lead),
    person_id: links.person,
    org_id: links.organization,
  });
  return { entity: 'note', how: 'created', id: createNote(account, { ...body, ...parents }, user).id };
}

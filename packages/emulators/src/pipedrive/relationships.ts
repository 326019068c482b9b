import { z } from 'zod';
import { type Account, assertBelowCap, assertLink, isLive, liveCount, nowSec } from './account.ts';
import { done, type Exchange, type Handler, looseBody, pathId } from './exchange-context.ts';
import { offsetPage, offsetReply, optionalWhole } from './offset.ts';
import type { RelationshipRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { v1Time } from './times.ts';
import { looseId, parsedV1 } from './v1-body.ts';

const creation = z.strictObject({
  org_id: looseId.optional(),
  type: z.enum(['parent', 'related']),
  rel_owner_org_id: looseId,
  rel_linked_org_id: looseId,
});
const change = creation.partial();

function assertOrganizations(account: Account, owner: number, linked: number): void {
  const { organizations } = account.state;
  assertLink(account, 'Organization', organizations.get(owner), owner);
  assertLink(account, 'Organization', organizations.get(linked), linked);
  // INF: the real answer to a loop of one is not described.
  if (owner === linked) throw new Refusal(400, 'An organization cannot be related to itself');
}

/** Relates two organizations; with `parent` the owner is the parent. */
export function createRelationship(account: Account, body: unknown): RelationshipRecord {
  const given = parsedV1(creation, body);
  assertOrganizations(account, given.rel_owner_org_id, given.rel_linked_org_id);
  const sec = nowSec(account);
  const { relationships } = account.state;
  assertBelowCap(account, account.switches.relationshipsCap, 'organization relationship', () =>
    liveCount(relationships.all()),
  );
  return account.state.keep(relationships, {
    id: relationships.nextId,
    type: given.type,
    ownerOrgId: given.rel_owner_org_id,
    linkedOrgId: given.rel_linked_org_id,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

function organizationView(account: Account, id: number): Record<string, unknown> {
  const organization = account.state.organizations.get(id);
  return {
    name: organization?.name ?? null,
    people_count: account.state.peopleByOrganization.get(id) ?? 0,
    owner_id: organization?.owner_id ?? null,
    address: organization?.address?.value ?? null,
    active_flag: isLive(organization),
    cc_email: 'emulated@pipedrivemail.com',
    value: id,
  };
}

function view(
  account: Account,
  record: RelationshipRecord,
  seenFrom: number | undefined,
): Record<string, unknown> {
  const base = {
    id: record.id,
    type: record.type,
    rel_owner_org_id: organizationView(account, record.ownerOrgId),
    rel_linked_org_id: organizationView(account, record.linkedOrgId),
    add_time: v1Time(record.addedSec),
    update_time: v1Time(record.updatedSec),
    active_flag: String(record.deletedSec === null),
  };
  if (seenFrom === undefined) return base;
  const owns = record.ownerOrgId === seenFrom;
  const other = owns ? record.linkedOrgId : record.ownerOrgId;
  return {
    ...base,
    calculated_type: record.type === 'related' ? 'related' : owns ? 'daughter' : 'parent',
    calculated_related_org_id: other,
    related_organization_name: account.state.organizations.get(other)?.name ?? null,
  };
}

function live(exchange: Exchange): RelationshipRecord {
  const record = exchange.account.state.relationships.get(pathId(exchange));
  if (!record || record.deletedSec !== null) throw new Refusal(404, 'Organization relationship not found');
  return record;
}

/** A relationship ends with either of its organizations (INF). */
function stands(account: Account, record: RelationshipRecord): boolean {
  const { organizations } = account.state;
  return (
    isLive(record) &&
    isLive(organizations.get(record.ownerOrgId)) &&
    isLive(organizations.get(record.linkedOrgId))
  );
}

/** The operations on organization relationships. */
export const RELATIONSHIP_HANDLERS: Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>> =
  {
    list({ account, call }) {
      const org = optionalWhole(call, 'org_id');
      if (org === undefined) throw new Refusal(400, 'org_id must be given');
      const found = [...account.state.relationships.all()].filter(
        (each) => stands(account, each) && (each.ownerOrgId === org || each.linkedOrgId === org),
      );
      const page = offsetPage(account, call, found);
      return offsetReply(
        page.items.map((each) => view(account, each, org)),
        page,
        false,
      );
    },
    get: (exchange) => done(view(exchange.account, live(exchange), optionalWhole(exchange.call, 'org_id'))),
    add: (exchange) =>
      done(view(exchange.account, createRelationship(exchange.account, looseBody(exchange)), undefined)),
    update(exchange) {
      const given = parsedV1(change, looseBody(exchange));
      const record = live(exchange);
      const { account } = exchange;
      const ownerOrgId = given.rel_owner_org_id ?? record.ownerOrgId;
      const linkedOrgId = given.rel_linked_org_id ?? record.linkedOrgId;
      assertOrganizations(account, ownerOrgId, linkedOrgId);
      const changed = account.state.keep(account.state.relationships, {
        ...record,
        type: given.type ?? record.type,
        ownerOrgId,
        linkedOrgId,
        updatedSec: nowSec(account),
      });
      return done(view(account, changed, undefined));
    },
    remove(exchange) {
      const record = live(exchange);
      const sec = nowSec(exchange.account);
      const { state } = exchange.account;
      state.keep(state.relationships, { ...record, deletedSec: sec, updatedSec: sec });
      return done({ id: record.id });
    },
  };

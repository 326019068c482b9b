import { type Account, isLive } from '../account.ts';
import { addedParticipants } from '../deal-persons.ts';
import type { Exchange, Handler } from '../exchange-context.ts';
import { view as noteView } from '../notes.ts';
import { offsetPage, offsetReply } from '../offset.ts';
import { v1Time } from '../times.ts';
import { relatedObjects } from '../v1-parts.ts';
import { v1Activity, v1Deals } from '../v1-views.ts';
import { changesOf, loggedId, loggedTable } from './change-log.ts';
import type { LoggedEntity } from './field-changes.ts';

/** One thing that happened to a record or around it. `kinds` are the words of `items` that ask for it. */
interface Step {
  readonly atSec: number;
  readonly object: string;
  readonly kinds: readonly string[];
  readonly data: () => unknown;
}

/** How the records of an account name the record whose flow is asked for. */
const PARENT = { deal: 'deal_id', person: 'person_id', organization: 'org_id' } as const;

function changeSteps(account: Account, entity: LoggedEntity, recordId: number, withCustom: boolean): Step[] {
  const object = `${entity}Change`;
  const step = (
    id: number,
    atSec: number,
    userId: number,
    key: string,
    before: unknown,
    after: unknown,
  ): Step => ({
    atSec,
    object,
    kinds: ['change', object],
    data: () => ({
      id,
      item_id: recordId,
      user_id: userId,
      field_key: key,
      old_value: before,
      new_value: after,
      is_bulk_update_flag: null,
      log_time: v1Time(atSec),
      change_source: 'api',
      change_source_user_agent: null,
      additional_data: [],
    }),
  });
  const changed = changesOf(account.state, entity, recordId)
    .filter(({ custom }) => withCustom || !custom)
    .map((each) => step(each.id, each.atSec, each.userId, each.fieldKey, each.oldValue, each.newValue));
  const record = loggedTable(account.state, entity).get(recordId);
  if (!record) return changed;
  const maker = 'creator_user_id' in record ? record.creator_user_id : record.owner_id;
  // A creation shows as the change of add_time from nothing.
  return [...changed, step(0, record.addedSec, maker, 'add_time', null, v1Time(record.addedSec))];
}

function activitySteps(account: Account, entity: LoggedEntity, recordId: number): Step[] {
  const steps: Step[] = [];
  for (const activity of account.state.activities.all()) {
    if (!isLive(activity)) continue;
    const concerned =
      entity === 'person'
        ? activity.participants.some((each) => each.person_id === recordId)
        : activity[entity === 'deal' ? 'deal_id' : 'org_id'] === recordId;
    if (!concerned) continue;
    const kinds = activity.done
      ? ['activity', ...(activity.type === 'call' ? ['call'] : [])]
      : ['plannedActivity'];
    const atSec = activity.doneSec ?? activity.addedSec;
    steps.push({ atSec, object: 'activity', kinds, data: () => v1Activity(account, activity) });
  }
  return steps;
}

function noteSteps({ account, user }: Exchange, entity: LoggedEntity, recordId: number): Step[] {
  const steps: Step[] = [];
  for (const note of account.state.notes.all())
    if (isLive(note) && note[PARENT[entity]] === recordId)
      steps.push({
        atSec: note.addedSec,
        object: 'note',
        kinds: ['note'],
        data: () => noteView(account, note, user),
      });
  return steps;
}

/** Deals of a person or an organization. */
function dealSteps(account: Account, entity: LoggedEntity, recordId: number): Step[] {
  if (entity === 'deal') return [];
  const steps: Step[] = [];
  for (const deal of account.state.deals.all())
    if (isLive(deal) && deal[entity === 'person' ? 'person_id' : 'org_id'] === recordId)
      steps.push({
        atSec: deal.addedSec,
        object: 'deal',
        kinds: ['deal'],
        data: () => v1Deals(account, [deal])[0],
      });
  return steps;
}

function participantSteps(account: Account, entity: LoggedEntity, recordId: number): Step[] {
  if (entity !== 'deal') return [];
  return addedParticipants(account, recordId).map((row) => ({
    atSec: row.addedSec,
    object: 'participant',
    kinds: ['participant'],
    data: () => ({
      id: row.id,
      person_id: row.personId,
      related_item_id: row.dealId,
      related_item_type: 'deal',
      user_id: row.addedByUserId,
      add_time: v1Time(row.addedSec),
    }),
  }));
}

function followerSteps({ state }: Account, entity: LoggedEntity, recordId: number): Step[] {
  return [...state.followersByRecord.of(`${entity} ${recordId}`)].filter(isLive).map((row) => ({
    atSec: row.addedSec,
    object: `${entity}Follower`,
    kinds: ['follower', `${entity}Follower`],
    data: () => ({ id: row.id, user_id: row.userId, item_id: recordId, add_time: v1Time(row.addedSec) }),
  }));
}

function fileSteps({ state }: Account, entity: LoggedEntity, recordId: number): Step[] {
  const steps: Step[] = [];
  for (const file of state.files.all())
    if (isLive(file) && file[PARENT[entity]] === recordId)
      steps.push({
        atSec: file.addedSec,
        object: 'file',
        kinds: ['file'],
        data: () => ({ id: file.id, name: file.name, add_time: v1Time(file.addedSec) }),
      });
  return steps;
}

/** GET /v1/{deals,persons,organizations}/{id}/flow: what happened to a record and around it, newest first. */
export function flowHandler(entity: LoggedEntity): Handler {
  return (exchange) => {
    const { account, call } = exchange;
    const recordId = loggedId(exchange, entity);
    const asked = call.query.get('items')?.split(',');
    const steps = [
      ...changeSteps(account, entity, recordId, call.query.get('all_changes') === '1'),
      ...activitySteps(account, entity, recordId),
      ...noteSteps(exchange, entity, recordId),
      ...dealSteps(account, entity, recordId),
      ...participantSteps(account, entity, recordId),
      ...followerSteps(account, entity, recordId),
      ...fileSteps(account, entity, recordId),
    ].filter(({ kinds }) => !asked || kinds.some((kind) => asked.includes(kind)));
    const found = offsetPage(
      account,
      call,
      steps.sort((a, b) => b.atSec - a.atSec),
    );
    const data = found.items.map((step) => ({
      object: step.object,
      timestamp: v1Time(step.atSec),
      data: step.data(),
    }));
    const { status, value } = offsetReply(data, found);
    return { status, value: { ...(value as object), related_objects: related(account, entity, recordId) } };
  };
}

/** The record's own links, as far as INF goes: the published example names users, persons, organizations and deals. */
function related(account: Account, entity: LoggedEntity, recordId: number): Record<string, object> {
  const { state } = account;
  const deal = entity === 'deal' ? state.deals.get(recordId) : undefined;
  const person = entity === 'person' ? state.persons.get(recordId) : undefined;
  const owner = loggedTable(state, entity).get(recordId)?.owner_id;
  return relatedObjects(account, {
    users: owner === undefined ? [] : [owner],
    persons: [deal?.person_id ?? person?.id ?? null],
    organizations: [deal?.org_id ?? person?.org_id ?? (entity === 'organization' ? recordId : null)],
    deals: [deal?.id ?? null],
  });
}

import { type Account, isLive } from './account.ts';
import { sourceOf } from './conversion-source.ts';
import { personsOfDeal } from './deal-persons.ts';
import { followedKey } from './followers.ts';
import { mailCounts } from './mail/mail-owners.ts';
import type { ActivityRecord, DealRecord } from './records.ts';
import { rfc3339 } from './times.ts';

/** Counters and times that `include_fields` may name, by entity. */
export const ORGANIZATION_COUNTERS = [
  'next_activity_id',
  'last_activity_id',
  'open_deals_count',
  'related_open_deals_count',
  'closed_deals_count',
  'related_closed_deals_count',
  'email_messages_count',
  'people_count',
  'activities_count',
  'done_activities_count',
  'undone_activities_count',
  'files_count',
  'notes_count',
  'followers_count',
  'won_deals_count',
  'related_won_deals_count',
  'lost_deals_count',
  'related_lost_deals_count',
  'smart_bcc_email',
] as const;
/** What `include_fields` may name for a person; shown only when it is asked for. */
export const PERSON_COUNTERS = [
  'next_activity_id',
  'last_activity_id',
  'open_deals_count',
  'related_open_deals_count',
  'closed_deals_count',
  'related_closed_deals_count',
  'participant_open_deals_count',
  'participant_closed_deals_count',
  'email_messages_count',
  'activities_count',
  'done_activities_count',
  'undone_activities_count',
  'files_count',
  'notes_count',
  'followers_count',
  'won_deals_count',
  'related_won_deals_count',
  'lost_deals_count',
  'related_lost_deals_count',
  'last_incoming_mail_time',
  'last_outgoing_mail_time',
  'marketing_status',
  'doi_status',
  'smart_bcc_email',
] as const;
/** What `include_fields` may name for a deal; shown only when it is asked for. */
export const DEAL_COUNTERS = [
  'next_activity_id',
  'last_activity_id',
  'first_won_time',
  'products_count',
  'files_count',
  'notes_count',
  'followers_count',
  'email_messages_count',
  'activities_count',
  'done_activities_count',
  'undone_activities_count',
  'participants_count',
  'last_incoming_mail_time',
  'last_outgoing_mail_time',
  'smart_bcc_email',
  'source_lead_id',
] as const;

type Owner = 'organization' | 'person' | 'deal';
type Tally = Record<string, unknown>;

/** Counted here; the others stay 0, and names that are no counters null. */
const EMPTY_WHEN_UNKNOWN = /_count$/;

/** The values of the asked-for counters for a page of records: one pass over each table that has to be counted. */
export function countersOf(
  account: Account,
  owner: Owner,
  records: readonly { readonly id: number }[],
  include: readonly string[],
): Map<number, Tally> {
  const names = include.filter((name) => name !== 'marketing_status' && !ON_RECORD.has(name));
  const tallies = new Map<number, Tally>();
  for (const { id } of records)
    tallies.set(
      id,
      Object.fromEntries(names.map((name) => [name, EMPTY_WHEN_UNKNOWN.test(name) ? 0 : null])),
    );
  if (names.some((name) => name.includes('activit'))) countActivities(account, owner, tallies);
  if (names.some((name) => name.includes('deals'))) countDeals(account, owner, tallies);
  if (names.includes('notes_count')) countNotes(account, owner, tallies);
  if (names.includes('files_count')) countFiles(account, owner, tallies);
  if (names.some((name) => name.includes('mail_'))) countMails(account, owner, tallies);
  if (names.includes('people_count')) countPeople(account, tallies);
  if (names.includes('source_lead_id'))
    for (const [id, tally] of tallies) tally.source_lead_id = sourceOf(account, 'lead-to-deal', id);
  if (names.includes('products_count')) countLines(account, tallies);
  if (names.includes('followers_count')) countFollowers(account, owner, tallies);
  if (names.includes('participants_count')) countParticipants(account, tallies);
  if (owner === 'person' && names.some((name) => name.startsWith('participant_')))
    countRoles(account, tallies);
  return tallies;
}

const ON_RECORD = new Set(['website', 'linkedin', 'industry', 'annual_revenue', 'employee_count']);

function add(tally: Tally | undefined, name: string): void {
  const count = tally?.[name];
  if (tally && typeof count === 'number') tally[name] = count + 1;
}

function countActivities(account: Account, owner: Owner, tallies: Map<number, Tally>): void {
  for (const activity of account.state.activities.all()) {
    const tally = activity.deletedSec === null ? tallies.get(parentOf(activity, owner) ?? 0) : undefined;
    if (!tally) continue;
    add(tally, 'activities_count');
    add(tally, activity.done ? 'done_activities_count' : 'undone_activities_count');
    // INF: next = the first undone one, last = the latest done one, by id.
    if (!activity.done && tally.next_activity_id === null) tally.next_activity_id = activity.id;
    if (activity.done && 'last_activity_id' in tally) tally.last_activity_id = activity.id;
  }
}

function parentOf(activity: ActivityRecord, owner: Owner): number | null {
  if (owner === 'deal') return activity.deal_id;
  if (owner === 'organization') return activity.org_id;
  return activity.participants.find((each) => each.primary)?.person_id ?? null;
}

function countDeals(account: Account, owner: Owner, tallies: Map<number, Tally>): void {
  for (const deal of account.state.deals.all()) {
    if (deal.deletedSec !== null) continue;
    const tally = tallies.get((owner === 'person' ? deal.person_id : deal.org_id) ?? 0);
    if (tally) countDeal(deal, tally);
  }
}

function countDeal(deal: DealRecord, tally: Tally): void {
  add(tally, deal.status === 'open' ? 'open_deals_count' : 'closed_deals_count');
  if (deal.status !== 'open') add(tally, `${deal.status}_deals_count`);
}

function countNotes(account: Account, owner: Owner, tallies: Map<number, Tally>): void {
  const key = owner === 'deal' ? 'deal_id' : owner === 'person' ? 'person_id' : 'org_id';
  for (const note of account.state.notes.all())
    if (isLive(note)) add(tallies.get(note[key] ?? 0), 'notes_count');
}

function countFiles(account: Account, owner: Owner, tallies: Map<number, Tally>): void {
  const key = owner === 'deal' ? 'deal_id' : owner === 'person' ? 'person_id' : 'org_id';
  for (const file of account.state.files.all())
    if (isLive(file)) add(tallies.get(file[key] ?? 0), 'files_count');
}

function countMails(account: Account, owner: Owner, tallies: Map<number, Tally>): void {
  const counts = mailCounts(account, `${owner}s`, tallies.keys());
  const timeOf = (sec: number | null) => (sec === null ? null : rfc3339(sec));
  for (const [id, tally] of tallies) {
    const { count, lastInSec, lastOutSec } = counts.get(id) ?? {
      count: 0,
      lastInSec: null,
      lastOutSec: null,
    };
    if ('email_messages_count' in tally) tally.email_messages_count = count;
    if ('last_incoming_mail_time' in tally) tally.last_incoming_mail_time = timeOf(lastInSec);
    if ('last_outgoing_mail_time' in tally) tally.last_outgoing_mail_time = timeOf(lastOutSec);
  }
}

function countPeople(account: Account, tallies: Map<number, Tally>): void {
  for (const [id, tally] of tallies) tally.people_count = account.state.peopleByOrganization.get(id) ?? 0;
}

function countLines(account: Account, tallies: Map<number, Tally>): void {
  for (const [id, tally] of tallies)
    tally.products_count = [...account.state.linesByDeal.of(id)].filter(isLive).length;
}

function countFollowers(account: Account, owner: Owner, tallies: Map<number, Tally>): void {
  for (const [id, tally] of tallies) {
    const followers = account.state.followersByRecord.of(followedKey(owner, id));
    tally.followers_count = [...followers].filter(isLive).length;
  }
}

function countParticipants(account: Account, tallies: Map<number, Tally>): void {
  for (const [id, tally] of tallies) {
    const deal = account.state.deals.get(id);
    if (deal) tally.participants_count = personsOfDeal(account, deal).size;
  }
}

/** Deals to which persons were added, without those that name them as their own. */
function countRoles({ state }: Account, tallies: Map<number, Tally>): void {
  for (const row of state.dealParticipants.all()) {
    const tally = row.added && isLive(row) ? tallies.get(row.personId) : undefined;
    const deal = tally && state.deals.get(row.dealId);
    if (!deal || !isLive(deal) || deal.person_id === row.personId) continue;
    add(tally, deal.status === 'open' ? 'participant_open_deals_count' : 'participant_closed_deals_count');
  }
}

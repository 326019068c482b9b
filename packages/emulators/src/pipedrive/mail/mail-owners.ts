import { type Account, isLive } from '../account.ts';
import type { MailMessageRecord, MailParty, PersonRecord } from '../records.ts';

/** The addresses of a mail, in the order in which the API shows them. */
export const ADDRESSES = ['from', 'to', 'cc', 'bcc'] as const;

/** Finds the live person who has an e-mail address. */
export type PersonByEmail = (email: string) => PersonRecord | undefined;

/** Looks every person up once; make it once a request. The first person with an address has it. */
export function personByEmail({ state }: Account): PersonByEmail {
  const known = new Map<string, PersonRecord>();
  for (const person of state.persons.all())
    if (isLive(person))
      for (const { value } of person.emails)
        if (!known.has(value.toLowerCase())) known.set(value.toLowerCase(), person);
  return (email) => known.get(email.toLowerCase());
}

/** The ids of the records that a mail belongs to. */
export interface MailOwners {
  readonly deals: ReadonlySet<number>;
  readonly persons: ReadonlySet<number>;
  readonly organizations: ReadonlySet<number>;
}

/** INF: a mail belongs to the deal of its thread, to the persons with its addresses, and to their organizations. */
export function mailOwners({ state }: Account, message: MailMessageRecord, find: PersonByEmail): MailOwners {
  const parties: readonly MailParty[] = ADDRESSES.flatMap((each) => message[each]);
  const people = parties.flatMap(({ email }) => find(email) ?? []);
  const deal = state.mailThreads.get(message.thread_id)?.deal_id ?? null;
  return {
    deals: new Set(deal === null ? [] : [deal]),
    persons: new Set(people.map(({ id }) => id)),
    organizations: new Set(people.flatMap(({ org_id }) => org_id ?? [])),
  };
}

/** How many mails a record has, and when the last ones came and went (seconds since 1970). */
export interface MailCount {
  count: number;
  lastInSec: number | null;
  lastOutSec: number | null;
}

/** Counts the mails of some records of one table; drafts and deleted threads do not count. */
export function mailCounts(
  account: Account,
  table: keyof MailOwners,
  ids: Iterable<number>,
): ReadonlyMap<number, MailCount> {
  const counts = new Map<number, MailCount>();
  for (const id of ids) counts.set(id, { count: 0, lastInSec: null, lastOutSec: null });
  const { mailMessages, mailThreads } = account.state;
  if (mailMessages.rows.length === 0) return counts;
  const find = personByEmail(account);
  for (const message of mailMessages.all()) {
    if (message.draft || !isLive(mailThreads.get(message.thread_id))) continue;
    const key = message.sent ? 'lastOutSec' : 'lastInSec';
    for (const id of mailOwners(account, message, find)[table]) {
      const count = counts.get(id);
      if (!count) continue;
      count.count += 1;
      count[key] = Math.max(count[key] ?? 0, message.messageSec);
    }
  }
  return counts;
}

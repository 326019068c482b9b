import { z } from 'zod';
import { type Account, nowSec } from '../account.ts';
import { checkedLinks } from '../files/links.ts';
import type { MailMessageRecord, MailThreadRecord, UserRecord } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { id, moment, requiredText } from '../schemas.ts';
import { parsedV1 } from '../v1-body.ts';

/** The most characters of a snippet (published). */
const SNIPPET = 225;

const party = z.strictObject({ email: z.email(), name: z.string().default('') });
const parties = z.array(party).default([]);
const mail = z.strictObject({
  subject: requiredText,
  body: z.string().default(''),
  from: z.array(party).min(1),
  to: parties,
  cc: parties,
  bcc: parties,
  message_time: moment.optional(),
  /** Absent: sent where the sender is the user of the thread. */
  sent: z.boolean().optional(),
  draft: z.boolean().default(false),
  has_attachments: z.boolean().default(false),
  /** An earlier mail's thread goes on; absent: a new one. What follows is then that of the thread. */
  thread_id: id.optional(),
  user_id: id.optional(),
  deal_id: id.optional(),
  lead_id: z.uuid().optional(),
  shared: z.boolean().default(false),
  read: z.boolean().default(false),
  archived: z.boolean().default(false),
});
type Given = z.infer<typeof mail>;

/** Puts a mail in, as a mail account that is synchronised would. The API itself cannot make mails. */
export function seedMail(account: Account, item: unknown, user: UserRecord): MailMessageRecord {
  const given = parsedV1(mail, item);
  const sec = nowSec(account);
  const thread = given.thread_id === undefined ? newThread(account, given, user) : oldThread(account, given);
  const { state } = account;
  const owner = state.users.get(thread.user_id);
  return state.keep(state.mailMessages, {
    id: state.mailMessages.nextId,
    thread_id: thread.id,
    user_id: thread.user_id,
    subject: given.subject,
    snippet: snippetOf(given.body),
    sha256: given.body === '' ? null : state.blobs.put(Buffer.from(given.body, 'utf8')),
    from: given.from,
    to: given.to,
    cc: given.cc,
    bcc: given.bcc,
    sent: given.sent ?? given.from.some(({ email }) => email === owner?.email),
    draft: given.draft,
    hasAttachments: given.has_attachments,
    messageSec: given.message_time ?? sec,
    addedSec: sec,
  });
}

function newThread(account: Account, given: Given, user: UserRecord): MailThreadRecord {
  const { state } = account;
  const { deal_id, lead_id } = checkedLinks(account, { deal_id: given.deal_id, lead_id: given.lead_id });
  const owner = given.user_id === undefined ? user : state.users.get(given.user_id);
  if (!owner) throw new Refusal(400, `User ${given.user_id} does not exist`);
  const sec = nowSec(account);
  return state.keep(state.mailThreads, {
    id: state.mailThreads.nextId,
    user_id: owner.id,
    subject: given.subject,
    deal_id,
    lead_id,
    shared: given.shared,
    read: given.read,
    archived: given.archived,
    version: 1,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  });
}

function oldThread({ state }: Account, given: Given): MailThreadRecord {
  const thread = state.mailThreads.get(given.thread_id ?? 0);
  if (!thread) throw new Refusal(400, `Mail thread ${given.thread_id} does not exist`);
  return state.keep(state.mailThreads, { ...thread, version: thread.version + 1 });
}

function snippetOf(body: string): string {
  const text = body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  return text.trim().slice(0, SNIPPET);
}

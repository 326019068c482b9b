import { z } from 'zod';
import { isLive, nowSec } from '../account.ts';
import { done, type Exchange, type Handler, looseBody, pathId, type Reply } from '../exchange-context.ts';
import { checkedLinks } from '../files/links.ts';
import { offsetPage, offsetReply } from '../offset.ts';
import type { MailMessageRecord, MailThreadRecord } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { looseFlag, looseId, parsedV1 } from '../v1-body.ts';
import { type MailOwners, mailOwners, type PersonByEmail, personByEmail } from './mail-owners.ts';
import { foldersOf, listedView, messageView, threadView, timeOf } from './mail-views.ts';

const FOLDERS = ['inbox', 'drafts', 'sent', 'archive'];

const change = z.strictObject({
  deal_id: looseId.nullish(),
  lead_id: z.uuid().nullish(),
  shared_flag: looseFlag.optional(),
  read_flag: looseFlag.optional(),
  archived_flag: looseFlag.optional(),
});

/** The envelope of some answers of the mailbox, which is a service of its own. */
function served(data: unknown): Reply {
  return {
    status: 200,
    value: { success: true, statusCode: 2000, statusText: 'Success', service: 'email-api', data },
  };
}

/** The mails of a thread, oldest first. */
function messagesOf({ account }: Exchange, thread: MailThreadRecord): readonly MailMessageRecord[] {
  const found = [...account.state.messagesByThread.of(thread.id)];
  return found.sort((a, b) => a.messageSec - b.messageSec || a.id - b.id);
}

/** INF: a user sees the own threads, and those that others share. */
function sees({ user }: Exchange, thread: MailThreadRecord): boolean {
  return thread.user_id === user.id || thread.shared;
}

function liveThread(exchange: Exchange): MailThreadRecord {
  const thread = exchange.account.state.mailThreads.get(pathId(exchange));
  if (!thread || thread.deletedSec !== null || !sees(exchange, thread))
    throw new Refusal(404, 'Mail thread not found');
  return thread;
}

function shown(exchange: Exchange, thread: MailThreadRecord, find: PersonByEmail): Record<string, unknown> {
  return threadView(exchange.account, thread, messagesOf(exchange, thread), find);
}

function listThreads(exchange: Exchange): Reply {
  const { account, call, user } = exchange;
  const folder = call.query.get('folder') ?? 'inbox';
  if (!FOLDERS.includes(folder)) throw new Refusal(400, `folder must be one of ${FOLDERS.join(', ')}`);
  const found = [...account.state.mailThreads.all()]
    .filter((thread) => isLive(thread) && thread.user_id === user.id)
    .map((thread) => ({ thread, messages: messagesOf(exchange, thread) }))
    .filter(({ thread, messages }) => foldersOf(thread, messages).includes(folder))
    .sort((a, b) => (timeOf(b.messages) ?? 0) - (timeOf(a.messages) ?? 0) || b.thread.id - a.thread.id);
  const page = offsetPage(account, call, found);
  const find = personByEmail(account);
  const data = page.items.map(({ thread, messages }) => threadView(account, thread, messages, find));
  return { status: 200, value: { success: true, data } };
}

function updateThread(exchange: Exchange): Reply {
  const thread = liveThread(exchange);
  const given = parsedV1(change, looseBody(exchange));
  const { account } = exchange;
  if (given.deal_id != null && given.lead_id != null)
    throw new Refusal(400, 'A mail thread can be linked to a deal or a lead, not to both');
  checkedLinks(account, { deal_id: given.deal_id, lead_id: given.lead_id });
  // INF: a thread has one of the two, so a new one takes the place of the other.
  const deal_id = given.lead_id != null ? null : given.deal_id === undefined ? thread.deal_id : given.deal_id;
  const lead_id = given.deal_id != null ? null : given.lead_id === undefined ? thread.lead_id : given.lead_id;
  const changed = account.state.keep(account.state.mailThreads, {
    ...thread,
    deal_id,
    lead_id,
    shared: given.shared_flag ?? thread.shared,
    read: given.read_flag ?? thread.read,
    archived: given.archived_flag ?? thread.archived,
    version: thread.version + 1,
    updatedSec: nowSec(account),
  });
  return done(shown(exchange, changed, personByEmail(account)));
}

/** The operations on the mailbox. Mails themselves come from nowhere but the control plane's seed. */
export const MAILBOX_HANDLERS: Readonly<
  Record<'list' | 'get' | 'update' | 'remove' | 'messages' | 'message', Handler>
> = {
  list: listThreads,
  get: (exchange) => done(shown(exchange, liveThread(exchange), personByEmail(exchange.account))),
  update: updateThread,
  remove(exchange) {
    const thread = liveThread(exchange);
    const { state } = exchange.account;
    const sec = nowSec(exchange.account);
    state.keep(state.mailThreads, { ...thread, deletedSec: sec, updatedSec: sec });
    return served({ id: thread.id });
  },
  messages(exchange) {
    const find = personByEmail(exchange.account);
    return done(
      messagesOf(exchange, liveThread(exchange)).map((message) => messageView(exchange, message, find)),
    );
  },
  message(exchange) {
    const { account } = exchange;
    const message = account.state.mailMessages.get(pathId(exchange));
    const thread = message && account.state.mailThreads.get(message.thread_id);
    if (!message || !thread || thread.deletedSec !== null || !sees(exchange, thread))
      throw new Refusal(404, 'Mail message not found');
    return served(messageView(exchange, message, personByEmail(account)));
  },
};

/** GET /v1/{table}/{id}/mailMessages: newest first. */
export function mailsOf(table: keyof MailOwners): Handler {
  return (exchange) => {
    const { account, call } = exchange;
    const { state } = account;
    const id = pathId(exchange);
    if (!isLive(state[table].get(id))) throw new Refusal(404, 'Item not found');
    const find = personByEmail(account);
    const found = [...state.mailMessages.all()].filter((message) => {
      const thread = state.mailThreads.get(message.thread_id);
      if (!thread || thread.deletedSec !== null || !sees(exchange, thread)) return false;
      return mailOwners(account, message, find)[table].has(id);
    });
    found.sort((a, b) => b.messageSec - a.messageSec || b.id - a.id);
    const page = offsetPage(account, call, found);
    return offsetReply(
      page.items.map((message) => listedView(exchange, message, find)),
      page,
      false,
    );
  };
}

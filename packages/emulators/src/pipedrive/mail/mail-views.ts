import type { Account } from '../account.ts';
import { isLive } from '../account.ts';
import type { Exchange } from '../exchange-context.ts';
import { storageLink } from '../files/storage.ts';
import type { MailMessageRecord, MailParty, MailThreadRecord } from '../records.ts';
import { v1Time } from '../times.ts';
import { COMPANY_ID } from '../v1-parts.ts';
import { ADDRESSES, type PersonByEmail } from './mail-owners.ts';

/** The id of the mail account that everything was synchronised with. */
const MAIL_ACCOUNT = 'emulated-mail-account';

function flag(holds: boolean): 0 | 1 {
  return holds ? 1 : 0;
}

/** A time as the mailbox writes it. */
function time(sec: number): string {
  return new Date(sec * 1_000).toISOString();
}

function partyView(party: MailParty, partyId: number, find: PersonByEmail): Record<string, unknown> {
  const person = find(party.email);
  return {
    id: partyId,
    email_address: party.email,
    name: party.name,
    linked_person_id: person?.id ?? null,
    linked_person_name: person?.name ?? '',
    mail_message_party_id: partyId,
  };
}

/** As above, with the organization: what threads show. */
function memberView(party: MailParty, partyId: number, find: PersonByEmail): Record<string, unknown> {
  const view = partyView(party, partyId, find);
  return { ...view, linked_organization_id: find(party.email)?.org_id ?? null };
}

/** The addresses of a mail, each with an id that follows from its place. */
function addressViews(message: MailMessageRecord, find: PersonByEmail): Record<string, unknown> {
  let partyId = message.id * 1_000;
  const view = (party: MailParty) => {
    partyId += 1;
    return partyView(party, partyId, find);
  };
  return Object.fromEntries(ADDRESSES.map((each) => [each, message[each].map(view)]));
}

/** A mail as v1 shows it, with its body where the request says `include_body=1`. */
export function messageView(
  { account, call }: Exchange,
  message: MailMessageRecord,
  find: PersonByEmail,
): Record<string, unknown> {
  const { sha256 } = message;
  const body = sha256 === null ? new Uint8Array() : account.state.blobs.get(sha256);
  const thread = account.state.mailThreads.get(message.thread_id);
  return {
    id: message.id,
    ...addressViews(message, find),
    body_url: sha256 === null ? '' : storageLink(call, sha256, 'body', 'text/html', account.clock.nowMs()),
    ...(call.query.get('include_body') === '1' ? { body: Buffer.from(body ?? []).toString('utf8') } : {}),
    account_id: MAIL_ACCOUNT,
    user_id: message.user_id,
    mail_thread_id: message.thread_id,
    subject: message.subject,
    snippet: message.snippet,
    mail_tracking_status: null,
    mail_link_tracking_enabled_flag: 0,
    read_flag: flag(thread?.read === true),
    draft: '',
    draft_flag: flag(message.draft),
    synced_flag: 1,
    deleted_flag: flag(!isLive(thread)),
    has_body_flag: flag(sha256 !== null),
    sent_flag: flag(message.sent),
    sent_from_pipedrive_flag: 0,
    smart_bcc_flag: 0,
    message_time: time(message.messageSec),
    add_time: time(message.addedSec),
    update_time: time(message.addedSec),
    has_attachments_flag: flag(message.hasAttachments),
    has_inline_attachments_flag: 0,
    has_real_attachments_flag: flag(message.hasAttachments),
  };
}

/** A mail as the lists of deals, persons and organizations show it. */
export function listedView(
  exchange: Exchange,
  message: MailMessageRecord,
  find: PersonByEmail,
): Record<string, unknown> {
  const key = `emulated-${message.id}`;
  const data = {
    ...messageView(exchange, message, find),
    nylas_id: key,
    s3_bucket: '',
    s3_bucket_path: '',
    external_deleted_flag: false,
    mua_message_id: `${key}@mail.example`,
    item_type: 'mailMessage',
    timestamp: time(message.messageSec),
    company_id: COMPANY_ID,
  };
  return { object: 'mailMessage', timestamp: v1Time(message.messageSec), data };
}

/** The folders that a thread lies in. */
export function foldersOf(
  thread: MailThreadRecord,
  messages: readonly MailMessageRecord[],
): readonly string[] {
  if (thread.archived) return ['archive'];
  const folders = messages.map(({ draft, sent }) => (draft ? 'drafts' : sent ? 'sent' : 'inbox'));
  return [...new Set(folders)];
}

/** When the newest (or with `-1` the oldest) of some mails came, or null. */
export function timeOf(messages: readonly MailMessageRecord[], sign: 1 | -1 = 1): number | null {
  if (messages.length === 0) return null;
  return sign * Math.max(...messages.map(({ messageSec }) => sign * messageSec));
}

function timeView(sec: number | null): string | null {
  return sec === null ? null : time(sec);
}

/** Who wrote and who was written to, each address once. */
function threadParties(messages: readonly MailMessageRecord[], find: PersonByEmail): Record<string, unknown> {
  const newest = messages[messages.length - 1];
  const side = (each: 'from' | 'to') => {
    const byEmail = new Map<string, Record<string, unknown>>();
    for (const message of messages)
      message[each].forEach((party, place) => {
        byEmail.set(party.email, {
          ...memberView(party, message.id * 1_000 + place, find),
          latest_sent: message === newest && each === 'from',
          message_time: message.messageSec * 1_000,
        });
      });
    return [...byEmail.values()];
  };
  return { to: side('to'), from: side('from') };
}

/** A thread as v1 shows it; `messages` are all of its mails, oldest first. */
export function threadView(
  { state }: Account,
  thread: MailThreadRecord,
  messages: readonly MailMessageRecord[],
  find: PersonByEmail,
): Record<string, unknown> {
  const drafts = messages.filter(({ draft }) => draft);
  const sent = messages.filter((each) => each.sent && !each.draft);
  const received = messages.filter((each) => !each.sent && !each.draft);
  const attached = flag(messages.some(({ hasAttachments }) => hasAttachments));
  const deal = thread.deal_id === null ? undefined : state.deals.get(thread.deal_id);
  return {
    id: thread.id,
    parties: threadParties(messages, find),
    drafts_parties: [],
    folders: foldersOf(thread, messages),
    account_id: MAIL_ACCOUNT,
    user_id: thread.user_id,
    version: thread.version,
    subject: thread.subject,
    snippet: messages[messages.length - 1]?.snippet ?? '',
    snippet_draft: drafts[drafts.length - 1]?.snippet ?? null,
    snippet_sent: sent[sent.length - 1]?.snippet ?? '',
    message_count: messages.length,
    read_flag: flag(thread.read),
    mail_tracking_status: null,
    has_attachments_flag: attached,
    has_inline_attachments_flag: 0,
    has_real_attachments_flag: attached,
    has_draft_flag: flag(drafts.length > 0),
    has_sent_flag: flag(sent.length > 0),
    archived_flag: flag(thread.archived),
    deleted_flag: flag(thread.deletedSec !== null),
    shared_flag: flag(thread.shared),
    synced_flag: 1,
    external_deleted_flag: 0,
    smart_bcc_flag: 0,
    first_message_to_me_flag: flag(messages[0]?.sent === false),
    mail_link_tracking_enabled_flag: 0,
    last_message_timestamp: timeView(timeOf(messages)),
    first_message_timestamp: timeView(timeOf(messages, -1)),
    last_message_sent_timestamp: timeView(timeOf(sent)),
    last_message_received_timestamp: timeView(timeOf(received)),
    add_time: time(thread.addedSec),
    update_time: time(thread.updatedSec),
    deal_id: isLive(deal) ? thread.deal_id : null,
    deal_status: isLive(deal) ? (deal?.status ?? null) : null,
    lead_id: thread.lead_id,
    all_messages_sent_flag: flag(messages.length > 0 && sent.length === messages.length),
  };
}

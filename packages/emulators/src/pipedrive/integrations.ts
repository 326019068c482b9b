import { z } from 'zod';
import { isLive, nowSec } from './account.ts';
import { done, type Exchange, type Handler, looseBody, type Reply } from './exchange-context.ts';
import type { ChannelRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { requiredText } from './schemas.ts';
import { v1Time } from './times.ts';
import { looseId, parsedV1 } from './v1-body.ts';
import { COMPANY_ID } from './v1-parts.ts';

const channel = z.strictObject({
  name: requiredText,
  provider_channel_id: requiredText,
  avatar_url: z.url().optional(),
  template_support: z.boolean().default(false),
  provider_type: z.enum(['facebook', 'whatsapp', 'other']).default('other'),
});
const attachment = z.strictObject({
  id: z.string(),
  type: z.string(),
  name: z.string().nullish(),
  size: z.number().nullish(),
  url: z.url(),
  preview_url: z.url().nullish(),
  link_expires: z.boolean().optional(),
});
const message = z.strictObject({
  id: z.string(),
  channel_id: z.string(),
  sender_id: z.string(),
  conversation_id: z.string(),
  message: z.string(),
  status: z.enum(['sent', 'delivered', 'read', 'failed']),
  created_at: z.string(),
  reply_by: z.string().nullish(),
  conversation_link: z.url().nullish(),
  attachments: z.array(attachment).default([]),
});
const providerLink = z.object({
  user_provider_id: z.uuid(),
  user_id: looseId,
  company_id: looseId,
  marketplace_client_id: requiredText,
});

const NO_DATA: Reply = { status: 200, value: { success: true } };

/** The id of the app that the emulated integrations belong to. */
const APP = '57da5c3c55a82bb4';

/** The live channel under the id that its provider gave it. */
function channelOf({ account }: Exchange, id: string | undefined): ChannelRecord | undefined {
  const live = [...account.state.channels.all()].filter(isLive);
  return live.find((each) => each.provider_channel_id === id);
}

function assertAdmin({ user }: Exchange): void {
  // Published: admins only. INF: the text.
  if (!user.admin) throw new Refusal(403, 'Only admin users can register channels');
}

function channelView(record: ChannelRecord): Record<string, unknown> {
  return {
    id: record.uuid,
    name: record.name,
    avatar_url: record.avatar_url ?? '',
    provider_channel_id: record.provider_channel_id,
    marketplace_client_id: APP,
    pd_company_id: COMPANY_ID,
    pd_user_id: record.user_id,
    created_at: v1Time(record.addedSec),
    provider_type: record.provider_type,
    template_support: record.template_support,
  };
}

function removeMessages({ account }: Exchange, channelId: number, conversation?: string): number {
  const { state } = account;
  const gone = [...state.channelMessages.all()].filter(
    (each) =>
      isLive(each) &&
      each.channelId === channelId &&
      (conversation === undefined || each.conversation_id === conversation),
  );
  for (const each of gone) state.keep(state.channelMessages, { ...each, deletedSec: nowSec(account) });
  return gone.length;
}

/** The operations on messaging channels, which are deprecated and still there. */
export const CHANNEL_HANDLERS: Readonly<
  Record<'add' | 'remove' | 'receive' | 'removeConversation', Handler>
> = {
  add(exchange) {
    assertAdmin(exchange);
    const given = parsedV1(channel, looseBody(exchange));
    const { state, random } = exchange.account;
    const record: ChannelRecord = {
      id: state.channels.nextId,
      uuid: random.uuid(),
      ...given,
      avatar_url: given.avatar_url ?? null,
      user_id: exchange.user.id,
      addedSec: nowSec(exchange.account),
      deletedSec: null,
    };
    return done(channelView(state.keep(state.channels, record)));
  },
  remove(exchange) {
    const { state } = exchange.account;
    const found = channelOf(exchange, exchange.params.id);
    // Published: 400 and no 404. INF: the text.
    if (!found) throw new Refusal(400, 'Channel not found.');
    removeMessages(exchange, found.id);
    state.keep(state.channels, { ...found, deletedSec: nowSec(exchange.account) });
    return NO_DATA;
  },
  receive(exchange) {
    const given = parsedV1(message, looseBody(exchange));
    const { state } = exchange.account;
    const found = channelOf(exchange, given.channel_id);
    if (!found) throw new Refusal(400, 'Channel not found.');
    const { conversation_id } = given;
    const id = state.channelMessages.nextId;
    state.keep(state.channelMessages, { id, channelId: found.id, conversation_id, given, deletedSec: null });
    return done(given);
  },
  removeConversation(exchange) {
    const found = channelOf(exchange, exchange.params.channel_id);
    if (!found) throw new Refusal(404, 'Channel not found.');
    const conversation = exchange.params.conversation_id ?? '';
    if (removeMessages(exchange, found.id, conversation) === 0)
      throw new Refusal(404, 'Conversation not found.');
    return NO_DATA;
  },
};

/** Refusals of the video calls have an envelope of their own. */
function refused(status: number, words: string): Reply {
  return { status, value: { success: false, message: words } };
}

/** The operations on links between users and video-call integrations. */
export const PROVIDER_LINK_HANDLERS: Readonly<Record<'add' | 'remove', Handler>> = {
  add(exchange) {
    const given = providerLink.safeParse(looseBody(exchange));
    const { state } = exchange.account;
    if (!given.success || given.data.company_id !== COMPANY_ID || !state.users.get(given.data.user_id))
      return refused(401, 'Missing user id or company id');
    const { company_id: _company, ...link } = given.data;
    state.keep(state.providerLinks, { id: state.providerLinks.nextId, ...link, deletedSec: null });
    return done({ message: 'The user was added successfully' });
  },
  remove(exchange) {
    const { state } = exchange.account;
    const links = [...state.providerLinks.all()].filter(isLive);
    const found = links.find((each) => each.user_provider_id === exchange.params.id);
    if (!found) return refused(403, 'Incorrect parameter provided');
    state.keep(state.providerLinks, { ...found, deletedSec: nowSec(exchange.account) });
    return done({ message: 'The user data was successfully removed' });
  },
};

import { assertRoomForOpen, isLive, nowSec } from './account.ts';
import { addedParticipants } from './deal-persons.ts';
import { done, type Handler, pathId } from './exchange-context.ts';
import { addParticipant } from './participants.ts';
import { Refusal } from './refusal.ts';
import { v1Deals } from './v1-views.ts';

/** POST /v1/deals/{id}/duplicate: a new deal with the same values, links and participants. INF: neither notes nor activities. */
export const duplicateDeal: Handler = (exchange) => {
  const { account, user } = exchange;
  const { state, clock } = account;
  const deal = state.deals.get(pathId(exchange));
  if (!deal || !isLive(deal)) throw new Refusal(404, 'Deal not found');
  assertRoomForOpen(account, 'deal');
  const sec = nowSec(account);
  const copy = state.keep(
    state.deals,
    {
      ...deal,
      id: state.deals.nextId,
      creator_user_id: user.id,
      addedSec: sec,
      updatedSec: sec,
      stageChangedSec: null,
      archivedSec: null,
      origin: exchange.tokenKind === 'oauth' ? 'Marketplace' : 'API',
    },
    clock.nowMs(),
  );
  for (const { personId } of addedParticipants(account, deal.id))
    addParticipant(account, copy, personId, user);
  return done(v1Deals(account, [copy])[0]);
};

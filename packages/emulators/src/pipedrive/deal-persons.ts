import { type Account, isLive, liveLink } from './account.ts';
import type { DealParticipantRecord, DealRecord } from './records.ts';

/** Those who were added to a deal and are still there; the deal's own person is not looked for. */
export function addedParticipants({ state }: Account, dealId: number): readonly DealParticipantRecord[] {
  return [...state.participantsByDeal.of(dealId)].filter(
    (each) => each.added && isLive(each) && isLive(state.persons.get(each.personId)),
  );
}

/** The persons of a deal: its own first, then those who were added. */
export function personsOfDeal(account: Account, deal: DealRecord): ReadonlySet<number> {
  const own = liveLink(account.state.persons, deal.person_id);
  const added = addedParticipants(account, deal.id).map(({ personId }) => personId);
  return new Set(own === null ? added : [own, ...added]);
}

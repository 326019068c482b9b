import { type Account, isLive, nowSec } from './account.ts';
import type { ActivityRecord, FieldEntity, NoteRecord } from './records.ts';

/** Which notes and activities belong to a record of an entity. */
const OF: Readonly<
  Partial<
    Record<
      FieldEntity,
      {
        readonly note: (note: NoteRecord, id: number) => boolean;
        readonly activity: (activity: ActivityRecord, id: number) => boolean;
      }
    >
  >
> = {
  deal: { note: (note, id) => note.deal_id === id, activity: (activity, id) => activity.deal_id === id },
  organization: {
    note: (note, id) => note.org_id === id,
    activity: (activity, id) => activity.org_id === id,
  },
  person: {
    note: (note, id) => note.person_id === id,
    activity: ({ participants }, id) => participants.some((each) => each.primary && each.person_id === id),
  },
};

/** Deletes what hangs on a deleted record, in accounts that do so (switch `deleteCascade`). */
export function removeAttached(account: Account, entity: FieldEntity, id: number): void {
  const of = OF[entity];
  if (!of || account.switches.deleteCascade === 'kept') return;
  const { state } = account;
  const sec = nowSec(account);
  for (const note of state.notes.all())
    if (isLive(note) && of.note(note, id))
      state.keep(state.notes, { ...note, deletedSec: sec, updatedSec: sec });
  for (const activity of state.activities.all())
    if (isLive(activity) && of.activity(activity, id))
      state.keep(state.activities, { ...activity, deletedSec: sec, updatedSec: sec });
}

import type { Account } from './account.ts';
import type { NoteRecord, UserRecord } from './records.ts';
import { maySee, VISIBLE, type VisibleEntity } from './visibility.ts';

const PARENTS = [
  ['deal', 'deal_id'],
  ['person', 'person_id'],
  ['organization', 'org_id'],
  ['lead', 'lead_id'],
] as const satisfies readonly (readonly [VisibleEntity, keyof NoteRecord])[];

/** What a note hangs on, or shall hang on. */
type NoteLinks = { readonly [key in (typeof PARENTS)[number][1]]?: number | string | null | undefined };

/** The kinds of those parents of a note that are hidden from the user, and of those that are not. */
function parentsOf(account: Account, user: UserRecord, links: NoteLinks) {
  const hidden: VisibleEntity[] = [];
  const seen: VisibleEntity[] = [];
  for (const [entity, key] of PARENTS) {
    const id = links[key];
    const record = id == null ? undefined : VISIBLE[entity].find(account.state, String(id));
    if (record) (maySee(account, user, entity, record) ? seen : hidden).push(entity);
  }
  return { hidden, seen };
}

/** The kind of the first parent that is hidden from the user; null: they may see all of them. */
export function hiddenParent(account: Account, user: UserRecord, links: NoteLinks): VisibleEntity | null {
  return parentsOf(account, user, links).hidden[0] ?? null;
}

/** Whether the user may see a note. INF: its author may, and whoever sees one of the records that it hangs on. */
export function maySeeNote(account: Account, user: UserRecord, note: NoteRecord): boolean {
  if (user.admin || note.user_id === user.id) return true;
  const { hidden, seen } = parentsOf(account, user, note);
  return hidden.length === 0 || seen.length > 0;
}

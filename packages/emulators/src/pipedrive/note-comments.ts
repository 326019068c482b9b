import { z } from 'zod';
import { type Account, isLive } from './account.ts';
import { done, type Exchange, type Handler, looseBody, pathId } from './exchange-context.ts';
import { sanitisedHtml } from './note-html.ts';
import { offsetPage, offsetReply } from './offset.ts';
import type { NoteCommentRecord, NoteRecord, UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { parsedV1 } from './v1-body.ts';
import { COMPANY_ID } from './v1-parts.ts';

const body = z.strictObject({ content: z.string().refine((text) => text.trim() !== '', 'must be given') });

/** Creates a comment on a note, by the user whose token it came with: nobody else, and at no other time. */
export function createNoteComment(
  account: Account,
  note: NoteRecord,
  given: unknown,
  user: UserRecord,
): NoteCommentRecord {
  const { content } = parsedV1(body, given);
  const { noteComments } = account.state;
  const ms = account.clock.nowMs();
  return account.state.keep(
    noteComments,
    {
      id: noteComments.nextId,
      uuid: account.random.uuid(),
      note_id: note.id,
      content: sanitisedHtml(account, content),
      user_id: user.id,
      updater_id: user.id,
      addedMs: ms,
      updatedMs: ms,
      deletedSec: null,
    },
    ms,
  );
}

/** The live note with this id. Throws 404 when there is none. */
export function liveNote(account: Account, noteId: number): NoteRecord {
  const note = account.state.notes.get(noteId);
  if (!note || note.deletedSec !== null) throw new Refusal(404, 'Note not found');
  return note;
}

function view(comment: NoteCommentRecord): Record<string, unknown> {
  return {
    uuid: comment.uuid,
    active_flag: comment.deletedSec === null,
    add_time: new Date(comment.addedMs).toISOString(),
    update_time: new Date(comment.updatedMs).toISOString(),
    content: comment.content,
    object_id: String(comment.note_id),
    object_type: 'note',
    user_id: comment.user_id,
    updater_id: comment.updater_id,
    company_id: COMPANY_ID,
  };
}

function commentsOf(exchange: Exchange): NoteCommentRecord[] {
  const note = liveNote(exchange.account, pathId(exchange));
  return [...exchange.account.state.noteCommentsByNote.of(note.id)].filter(isLive);
}

function one(exchange: Exchange): NoteCommentRecord {
  const found = commentsOf(exchange).find(({ uuid }) => uuid === exchange.params.commentId);
  if (!found) throw new Refusal(404, 'Comment not found');
  return found;
}

/** The operations on the comments of a note. */
export const NOTE_COMMENT_HANDLERS: Readonly<Record<'list' | 'get' | 'add' | 'update' | 'remove', Handler>> =
  {
    list(exchange) {
      const page = offsetPage(exchange.account, exchange.call, commentsOf(exchange));
      return offsetReply(page.items.map(view), page);
    },
    get: (exchange) => done(view(one(exchange))),
    add(exchange) {
      const note = liveNote(exchange.account, pathId(exchange));
      return done(view(createNoteComment(exchange.account, note, looseBody(exchange), exchange.user)));
    },
    update(exchange) {
      const comment = one(exchange);
      const { content } = parsedV1(body, looseBody(exchange));
      const { account } = exchange;
      const changed: NoteCommentRecord = {
        ...comment,
        content: sanitisedHtml(account, content),
        updater_id: exchange.user.id,
        updatedMs: account.clock.nowMs(),
      };
      return done(view(account.state.keep(account.state.noteComments, changed)));
    },
    remove(exchange) {
      const comment = one(exchange);
      const { state, clock } = exchange.account;
      const ms = clock.nowMs();
      state.keep(state.noteComments, { ...comment, updatedMs: ms, deletedSec: Math.floor(ms / 1_000) });
      return done(true);
    },
  };

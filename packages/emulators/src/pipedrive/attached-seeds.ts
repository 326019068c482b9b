import { z } from 'zod';
import type { Account } from './account.ts';
import { createCallLog } from './call-logs.ts';
import { createFile } from './files/files.ts';
import { createPicture } from './files/pictures.ts';
import { createFilter } from './filters/filters.ts';
import { seedMail } from './mail/mail-seeds.ts';
import { createNoteComment, liveNote } from './note-comments.ts';
import type { FileRecord, PictureRecord, UserRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { id, moment, requiredText } from './schemas.ts';
import { each, records } from './seed-items.ts';
import { parsedV1 } from './v1-body.ts';

/** What `POST seed` takes of what hangs on records; bytes come as `content` (text) or `content_base64`. */
export const ATTACHED_SEED = {
  files: records,
  pictures: records,
  noteComments: records,
  callLogs: records,
  filters: records,
  mails: records,
};
type Given = { readonly [key in keyof typeof ATTACHED_SEED]: readonly Record<string, unknown>[] };

/** The ids of what was put in, in the order it was given. */
export interface AttachedAnswer {
  readonly files: readonly number[];
  readonly pictures: readonly number[];
  readonly noteComments: readonly string[];
  readonly callLogs: readonly string[];
  readonly filters: readonly number[];
  readonly mails: readonly { readonly id: number; readonly mail_thread_id: number }[];
}

const content = { content: z.string().optional(), content_base64: z.base64().optional() };
const file = z.strictObject({
  ...content,
  name: requiredText,
  type: z.string().default('application/octet-stream'),
  add_time: moment.optional(),
  deal_id: id.optional(),
  person_id: id.optional(),
  org_id: id.optional(),
  product_id: id.optional(),
  activity_id: id.optional(),
  lead_id: z.uuid().optional(),
  project_id: id.optional(),
});
const picture = z.strictObject({ ...content, person_id: id });
const comment = z.strictObject({ note_id: id, content: z.string() });

/** Puts in what hangs on records. Throws at the first item that is refused. */
export function seedAttached(account: Account, given: Given, admin: UserRecord): AttachedAnswer {
  return {
    files: each('files', given.files, (item) => seedFile(account, item, admin).id),
    pictures: each('pictures', given.pictures, (item) => seedPicture(account, item, admin).id),
    noteComments: each('noteComments', given.noteComments, (item) => {
      const { note_id, content: words } = parsedV1(comment, item);
      return createNoteComment(account, liveNote(account, note_id), { content: words }, admin).uuid;
    }),
    callLogs: each('callLogs', given.callLogs, (item) => createCallLog(account, item, admin).code),
    filters: each('filters', given.filters, (item) => createFilter(account, item, admin).id),
    mails: each('mails', given.mails, (item) => {
      const mail = seedMail(account, item, admin);
      return { id: mail.id, mail_thread_id: mail.thread_id };
    }),
  };
}

function bytesOf(given: {
  readonly content?: string | undefined;
  readonly content_base64?: string | undefined;
}) {
  return given.content_base64 === undefined
    ? Buffer.from(given.content ?? '', 'utf8')
    : Buffer.from(given.content_base64, 'base64');
}

function seedFile(account: Account, item: unknown, admin: UserRecord): FileRecord {
  const { content: _text, content_base64: _base64, name, type, add_time, ...links } = parsedV1(file, item);
  const bytes = bytesOf(item as { content?: string; content_base64?: string });
  const made = createFile(account, { name, type, bytes }, links, admin);
  if (add_time === undefined) return made;
  return account.state.keep(account.state.files, { ...made, addedSec: add_time });
}

function seedPicture(account: Account, item: unknown, admin: UserRecord): PictureRecord {
  const given = parsedV1(picture, item);
  const person = account.state.persons.get(given.person_id);
  if (!person) throw new Refusal(400, `Person ${given.person_id} does not exist`);
  return createPicture(account, person, { bytes: bytesOf(given) }, {}, admin);
}

import { type Account, isLive } from './account.ts';
import { liveLinks } from './files/links.ts';
import type { CallLogRecord, FileRecord } from './records.ts';
import { timeless } from './timeless.ts';
import { rfc3339, v1Time } from './times.ts';

/**
 * What hangs on records, and the filters, as the snapshot shows them: bytes by their SHA-256, and nothing of what
 * lies on a record that is deleted alone.
 */
export function attachedShots(account: Account): Record<string, unknown> {
  const { state } = account;
  return {
    files: [...state.files.all()].filter(isLive).map((file) => fileShot(account, file)),
    pictures: [...state.pictureByPerson.values()]
      .filter(({ person_id }) => isLive(state.persons.get(person_id)))
      .sort((a, b) => a.person_id - b.person_id)
      .map(({ person_id, contentType, size, sha256 }) => ({ person_id, contentType, size, sha256 })),
    noteComments: [...state.noteComments.all()]
      .filter((each) => isLive(each) && isLive(state.notes.get(each.note_id)))
      .map(({ uuid, note_id, content, user_id }) => ({ uuid, note_id, content, user_id })),
    callLogs: [...state.callLogs.all()].filter(isLive).map((log) => callLogShot(account, log)),
    filters: [...state.filters.all()].filter(isLive).map(timeless),
    mailThreads: [...state.mailThreads.all()].filter(isLive).map((thread) => {
      const { version: _version, ...rest } = timeless(thread);
      return rest;
    }),
    mailMessages: [...state.mailMessages.all()]
      .filter(({ thread_id }) => isLive(state.mailThreads.get(thread_id)))
      .map(({ addedSec: _added, messageSec, ...rest }) => ({ ...rest, message_time: rfc3339(messageSec) })),
    channels: [...state.channels.all()].filter(isLive).map(({ uuid, name, provider_channel_id }) => ({
      id: uuid,
      name,
      provider_channel_id,
    })),
    channelMessages: [...state.channelMessages.all()].filter(isLive).map(({ given }) => given),
  };
}

/** A file without the name under which it is stored. */
function fileShot(account: Account, file: FileRecord): unknown {
  const { file_name: _stored, ...rest } = timeless(file);
  return { ...rest, ...liveLinks(account, file), add_time: v1Time(file.addedSec) };
}

function callLogShot({ state }: Account, log: CallLogRecord): unknown {
  const { deletedSec: _deleted, startSec, endSec, ...rest } = log;
  return {
    ...rest,
    activity_id: isLive(state.activities.get(log.activity_id ?? 0)) ? log.activity_id : null,
    start_time: rfc3339(startSec),
    end_time: rfc3339(endSec),
  };
}

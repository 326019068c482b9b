import { CALL_LOG_HANDLERS } from './call-logs.ts';
import type { Handler } from './exchange-context.ts';
import { FILE_HANDLERS, filesOf } from './files/files.ts';
import { PICTURE_HANDLERS } from './files/pictures.ts';
import { FILTER_HANDLERS } from './filters/filters.ts';
import { CHANNEL_HANDLERS, PROVIDER_LINK_HANDLERS } from './integrations.ts';
import { MAILBOX_HANDLERS, mailsOf } from './mail/mailbox.ts';
import { NOTE_COMMENT_HANDLERS } from './note-comments.ts';
import { readUserConnections, readUserSettings } from './user-settings.ts';
import { V1_FIELD_ROUTES } from './v1-field-handlers.ts';
import { listActivityFields, listLeadFields, listLeadSources, listNoteFields } from './v1-fields.ts';

/** Operations on what hangs on records: files, pictures, comments, calls, mails, messages. */
export const ATTACHED_ROUTES: readonly (readonly [string, Handler])[] = [
  ['v1 GET /files', FILE_HANDLERS.list],
  ['v1 POST /files', FILE_HANDLERS.add],
  ['v1 GET /files/{id}', FILE_HANDLERS.get],
  ['v1 PUT /files/{id}', FILE_HANDLERS.update],
  ['v1 DELETE /files/{id}', FILE_HANDLERS.remove],
  ['v1 GET /files/{id}/download', FILE_HANDLERS.download],
  ['v1 POST /files/remote', FILE_HANDLERS.addRemote],
  ['v1 POST /files/remoteLink', FILE_HANDLERS.linkRemote],
  ['v1 GET /deals/{id}/files', filesOf('deals', 'deal_id')],
  ['v1 GET /persons/{id}/files', filesOf('persons', 'person_id')],
  ['v1 GET /organizations/{id}/files', filesOf('organizations', 'org_id')],
  ['v1 GET /products/{id}/files', filesOf('products', 'product_id')],
  ['v1 POST /persons/{id}/picture', PICTURE_HANDLERS.add],
  ['v1 DELETE /persons/{id}/picture', PICTURE_HANDLERS.remove],
  ['v2 GET /persons/{id}/picture', PICTURE_HANDLERS.get],
  ['v1 GET /notes/{id}/comments', NOTE_COMMENT_HANDLERS.list],
  ['v1 POST /notes/{id}/comments', NOTE_COMMENT_HANDLERS.add],
  ['v1 GET /notes/{id}/comments/{commentId}', NOTE_COMMENT_HANDLERS.get],
  ['v1 PUT /notes/{id}/comments/{commentId}', NOTE_COMMENT_HANDLERS.update],
  ['v1 DELETE /notes/{id}/comments/{commentId}', NOTE_COMMENT_HANDLERS.remove],
  ['v1 GET /callLogs', CALL_LOG_HANDLERS.list],
  ['v1 POST /callLogs', CALL_LOG_HANDLERS.add],
  ['v1 GET /callLogs/{id}', CALL_LOG_HANDLERS.get],
  ['v1 DELETE /callLogs/{id}', CALL_LOG_HANDLERS.remove],
  ['v1 POST /callLogs/{id}/recordings', CALL_LOG_HANDLERS.record],
  ['v1 GET /mailbox/mailThreads', MAILBOX_HANDLERS.list],
  ['v1 GET /mailbox/mailThreads/{id}', MAILBOX_HANDLERS.get],
  ['v1 PUT /mailbox/mailThreads/{id}', MAILBOX_HANDLERS.update],
  ['v1 DELETE /mailbox/mailThreads/{id}', MAILBOX_HANDLERS.remove],
  ['v1 GET /mailbox/mailThreads/{id}/mailMessages', MAILBOX_HANDLERS.messages],
  ['v1 GET /mailbox/mailMessages/{id}', MAILBOX_HANDLERS.message],
  ['v1 GET /deals/{id}/mailMessages', mailsOf('deals')],
  ['v1 GET /persons/{id}/mailMessages', mailsOf('persons')],
  ['v1 GET /organizations/{id}/mailMessages', mailsOf('organizations')],
  ['v1 POST /channels', CHANNEL_HANDLERS.add],
  ['v1 DELETE /channels/{id}', CHANNEL_HANDLERS.remove],
  ['v1 POST /channels/messages/receive', CHANNEL_HANDLERS.receive],
  ['v1 DELETE /channels/{channel-id}/conversations/{conversation-id}', CHANNEL_HANDLERS.removeConversation],
  ['v1 POST /meetings/userProviderLinks', PROVIDER_LINK_HANDLERS.add],
  ['v1 DELETE /meetings/userProviderLinks/{id}', PROVIDER_LINK_HANDLERS.remove],
];

/** Operations on filters, on the fields of v1, and on what is fixed and only read. */
export const FILTER_AND_SETTING_ROUTES: readonly (readonly [string, Handler])[] = [
  ...V1_FIELD_ROUTES,
  ['v1 GET /filters', FILTER_HANDLERS.list],
  ['v1 POST /filters', FILTER_HANDLERS.add],
  ['v1 DELETE /filters', FILTER_HANDLERS.removeMany],
  ['v1 GET /filters/helpers', FILTER_HANDLERS.helpers],
  ['v1 GET /filters/{id}', FILTER_HANDLERS.get],
  ['v1 PUT /filters/{id}', FILTER_HANDLERS.update],
  ['v1 DELETE /filters/{id}', FILTER_HANDLERS.remove],
  ['v1 GET /leadFields', listLeadFields],
  ['v1 GET /leadSources', listLeadSources],
  ['v1 GET /noteFields', listNoteFields],
  ['v1 GET /activityFields', listActivityFields],
  ['v1 GET /userSettings', readUserSettings],
  ['v1 GET /userConnections', readUserConnections],
];

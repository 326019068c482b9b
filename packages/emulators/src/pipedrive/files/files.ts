import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { z } from 'zod';
import { type Account, isLive, nowSec } from '../account.ts';
import { done, type Exchange, type Handler, looseBody, pathId, type Reply } from '../exchange-context.ts';
import { offsetPage, offsetReply, offsetScan, sorted, sortSteps } from '../offset.ts';
import type { FileLinks, FileRecord, UserRecord } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { requiredText } from '../schemas.ts';
import { silentlyStored } from '../silent-changes.ts';
import { v1Time } from '../times.ts';
import { looseId, parsedV1 } from '../v1-body.ts';
import { FILE_TYPES, REMOTE_TYPES } from './file-types.ts';
import { checkedLinks, type GivenLinks, inheritedLinks, linkNames, liveLinks } from './links.ts';
import { bytesHeaders, originOf, storageLink } from './storage.ts';
import { uploadOf } from './upload.ts';

/** Published: no more files on a page. */
const PAGE = 100;

const links = z.strictObject({
  deal_id: looseId.optional(),
  person_id: looseId.optional(),
  org_id: looseId.optional(),
  product_id: looseId.optional(),
  activity_id: looseId.optional(),
  lead_id: z.uuid().optional(),
  project_id: looseId.optional(),
});
const remoteItem = {
  item_type: z.enum(['deal', 'organization', 'person']),
  item_id: looseId,
  remote_location: z.literal('googledrive'),
};
const remoteCreation = z.strictObject({
  file_type: z.enum(REMOTE_TYPES),
  title: requiredText,
  ...remoteItem,
});
const remoteLink = z.strictObject({ remote_id: requiredText, ...remoteItem });
const change = z.strictObject({ name: requiredText.optional(), description: z.string().optional() });

type Content = Omit<
  FileRecord,
  keyof FileLinks | 'id' | 'user_id' | 'addedSec' | 'updatedSec' | 'deletedSec'
>;

function added(account: Account, links: FileLinks, content: Content, user: UserRecord): FileRecord {
  const { files } = account.state;
  const sec = nowSec(account);
  const record: FileRecord = {
    id: files.nextId,
    user_id: user.id,
    ...inheritedLinks(account, links),
    ...content,
    addedSec: sec,
    updatedSec: sec,
    deletedSec: null,
  };
  return account.state.keep(files, record, account.clock.nowMs());
}

/** Keeps an uploaded file. Throws when it is too large (switches), or a link leads nowhere. */
export function createFile(
  account: Account,
  file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array },
  given: GivenLinks,
  user: UserRecord,
): FileRecord {
  assertRoom(account, file.bytes.byteLength);
  const hangsOn = checkedLinks(account, given);
  const sha256 = account.state.blobs.put(silentlyStored(file.bytes, account.switches.silentChanges));
  return added(
    account,
    hangsOn,
    {
      name: file.name,
      file_name: storedName(file.name, `${account.state.files.nextId}:${sha256}`),
      file_type: fileType(file.name),
      contentType: file.type,
      description: '',
      size: file.bytes.byteLength,
      sha256,
      remote_location: 's3',
      remote_id: file.name,
    },
    user,
  );
}

// UNC: neither limit is published, nor how an upload over it is answered.
function assertRoom({ state, switches, seeding }: Account, bytes: number): void {
  if (seeding) return;
  if (bytes > switches.fileBytesMax)
    throw new Refusal(400, `File is larger than the maximum of ${switches.fileBytesMax} bytes`);
  if (switches.fileQuotaBytes !== null && state.fileBytes + bytes > switches.fileQuotaBytes)
    throw new Refusal(403, 'The file storage of this company is full', 'feature_capping_file_storage_limit');
}

function fileType(name: string): string {
  const extension = extname(name).slice(1).toLowerCase();
  return FILE_TYPES[extension] ?? 'file';
}

/** The name in the storage: the given one with 40 hex digits before its extension (published by example only). */
function storedName(name: string, salt: string): string {
  const extension = extname(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length);
  return `${stem}_${createHash('sha1').update(salt).digest('hex')}${extension}`;
}

/** Keeps a file of the other service: made there (`gdoc` and so on), or only linked. */
function createRemote(
  exchange: Exchange,
  given: z.infer<typeof remoteCreation> | z.infer<typeof remoteLink>,
): FileRecord {
  const { account, user } = exchange;
  const key = ({ deal: 'deal_id', organization: 'org_id', person: 'person_id' } as const)[given.item_type];
  const name = 'title' in given ? given.title : given.remote_id;
  const content: Content = {
    name,
    file_name: 'title' in given ? '' : name,
    // INF: what kind of file a link leads to is only known to the other service.
    file_type: 'file_type' in given ? given.file_type : 'gdoc',
    contentType: '',
    description: '',
    size: 0,
    sha256: null,
    remote_location: 'googledocs',
    remote_id: 'remote_id' in given ? given.remote_id : account.random.hex(33),
  };
  return added(account, checkedLinks(account, { [key]: given.item_id }), content, user);
}

/** A file as v1 shows it. */
export function view({ account, call }: Exchange, file: FileRecord): Record<string, unknown> {
  const live = liveLinks(account, file);
  return {
    id: file.id,
    user_id: file.user_id,
    ...live,
    log_id: null,
    add_time: v1Time(file.addedSec),
    update_time: v1Time(file.updatedSec),
    file_name: file.file_name,
    file_type: file.file_type,
    file_size: file.size,
    active_flag: file.deletedSec === null,
    inline_flag: false,
    remote_location: file.remote_location,
    remote_id: file.remote_id,
    cid: '',
    s3_bucket: '',
    mail_message_id: '',
    mail_template_id: '',
    ...linkNames(account, live),
    url: `${originOf(call)}/api/v1/files/${file.id}/download`,
    name: file.name,
    description: file.description,
  };
}

function one(exchange: Exchange): FileRecord {
  const file = exchange.account.state.files.get(pathId(exchange));
  if (!file) throw new Refusal(404, 'File not found');
  return file;
}

function live(exchange: Exchange): FileRecord {
  const file = one(exchange);
  if (file.deletedSec !== null) throw new Refusal(410, 'File has been deleted');
  return file;
}

/** A page of the files that `keep` leaves. */
function listed(exchange: Exchange, keep: (file: FileRecord) => boolean, withNextStart: boolean): Reply {
  const { account, call } = exchange;
  const { files } = account.state;
  const steps = sortSteps(call, ['id', 'update_time']);
  const newest = files.visibleUpTo(account.clock.nowMs(), account.switches.listLagMs);
  const visible = (file: FileRecord) => file.id <= newest && isLive(file) && keep(file);
  const page =
    (steps[0]?.field ?? 'id') === 'id'
      ? offsetScan(account, call, files, steps[0]?.sign ?? 1, visible, PAGE)
      : offsetPage(account, call, sorted([...files.all()].filter(visible), steps, sortKey), PAGE);
  return offsetReply(
    page.items.map((file) => view(exchange, file)),
    page,
    withNextStart,
  );
}

function sortKey(file: FileRecord, field: string): number {
  return field === 'id' ? file.id : file.updatedSec;
}

/** Published: bytes. INF: in truth a redirect to the storage, which needs no token. A switch decides. */
function download(exchange: Exchange): Reply {
  const { account, call } = exchange;
  const file = live(exchange);
  if (file.sha256 === null) return redirect(`https://drive.google.example/open?id=${file.remote_id}`);
  if (account.switches.fileDownload === 'redirect')
    return redirect(storageLink(call, file.sha256, file.name, file.contentType, account.clock.nowMs()));
  const body = account.state.blobs.get(file.sha256) ?? new Uint8Array();
  return { status: 200, value: null, raw: { headers: bytesHeaders(file.name, file.contentType), body } };
}

function redirect(location: string): Reply {
  return { status: 302, value: null, raw: { headers: { location }, body: '' } };
}

/** The files of one record of this table, by the link that names it. */
export function filesOf(
  table: 'deals' | 'persons' | 'organizations' | 'products',
  key: keyof FileLinks,
): Handler {
  return (exchange) => {
    const { state } = exchange.account;
    const id = pathId(exchange);
    const record = state.named(table)?.get(id) as { readonly deletedSec?: number | null } | undefined;
    if (!record || (record.deletedSec ?? null) !== null) throw new Refusal(404, 'Item not found');
    return listed(exchange, (file) => file[key] === id, false);
  };
}

/** The operations on files. */
export const FILE_HANDLERS: Readonly<
  Record<'list' | 'get' | 'add' | 'update' | 'remove' | 'download' | 'addRemote' | 'linkRemote', Handler>
> = {
  list: (exchange) => listed(exchange, () => true, true),
  get(exchange) {
    const file = exchange.account.switches.deletedV1Get === '410' ? live(exchange) : one(exchange);
    return done(view(exchange, file));
  },
  add(exchange) {
    const { file, given } = uploadOf(exchange, links);
    return done(view(exchange, createFile(exchange.account, file, given, exchange.user)));
  },
  update(exchange) {
    const given = parsedV1(change, looseBody(exchange));
    const file = live(exchange);
    const { account } = exchange;
    const changed: FileRecord = {
      ...file,
      name: given.name ?? file.name,
      description: given.description ?? file.description,
      updatedSec: nowSec(account),
    };
    return done(view(exchange, account.state.keep(account.state.files, changed)));
  },
  remove(exchange) {
    const file = live(exchange);
    const sec = nowSec(exchange.account);
    const { state } = exchange.account;
    state.keep(state.files, { ...file, deletedSec: sec, updatedSec: sec });
    return done({ id: file.id });
  },
  download,
  addRemote: (exchange) =>
    done(view(exchange, createRemote(exchange, parsedV1(remoteCreation, looseBody(exchange))))),
  linkRemote: (exchange) =>
    done(view(exchange, createRemote(exchange, parsedV1(remoteLink, looseBody(exchange))))),
};

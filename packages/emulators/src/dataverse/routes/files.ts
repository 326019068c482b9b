import type { Answer } from '../../kit/exchange.ts';
import { type Exchange, emptyAnswer, odataAnswer, textAnswer } from '../exchange.ts';
import { lyingSize } from '../query/paths.ts';
import type { Organization, Row } from '../records/organization.ts';
import { noRecord, Refusal } from '../refusal.ts';
import type { Column, Table } from '../schema/schema.ts';
import { SCHEMA } from '../schema/schema.ts';
import { contractName } from '../world/attached.ts';
import { attachmentBody, type Body, bytesOf, contractBody, noteBody, pictureBody } from '../world/bodies.ts';
import { isRef } from '../world/content.ts';

/** The most bytes of one answer, and the size of a block. */
const BLOCK_BYTES = 4_194_304;

/** A file with what is said of it. */
interface Stored {
  readonly bytes: (from: number, to: number) => Buffer;
  readonly sizeBytes: number;
  /** The size that is told; another one when sizes lie. */
  readonly toldBytes: number;
  readonly name: string;
  readonly mimeType: string;
}

/** Whether a column is the body of a note or an attachment. */
export function isBody(table: Table, { name }: Column): boolean {
  return name === 'documentbody'
    ? table.name === 'annotation'
    : name === 'body' && table.columns.has('filesize');
}

/** `.../documentbody/$value`: base64 as plain text, without size or name. */
export function bodyAnswer({ organization }: Exchange, table: Table, row: Row): Answer {
  const column = table.name === 'annotation' ? 'documentbody' : 'body';
  const text = organization.value(table, row, column);
  return typeof text === 'string' ? textAnswer(text) : emptyAnswer();
}

/** A file or image column: bytes with `/$value` (also in ranges), else base64 in JSON. */
export function fileAnswer(exchange: Exchange, table: Table, row: Row, column: Column, raw: boolean): Answer {
  const stored = columnFile(exchange.organization, table, row, column);
  if (stored === null) return emptyAnswer();
  const headers = {
    'x-ms-file-size': String(stored.toldBytes),
    'x-ms-file-name': encodeURIComponent(stored.name),
    mimetype: stored.mimeType,
  };
  const range = rangeOf(exchange, stored);
  if (range === null) return unsatisfiable(stored, headers);
  const { from, to, partial } = range;
  const bytes = stored.bytes(from, to);
  const status = partial ? 206 : 200;
  const part = partial
    ? {
        'content-range': `bytes ${from}-${Math.max(from, to - 1)}/${stored.sizeBytes}`,
        'x-ms-chunk-size': String(BLOCK_BYTES),
      }
    : {};
  if (raw) {
    const type = { 'content-type': 'application/octet-stream', 'odata-version': '4.0' };
    return { status, headers: { ...type, ...headers, ...part }, body: bytes, costTokens: 0 };
  }
  const disposition = `attachment; filename="${encodeURIComponent(stored.name)}"`;
  const body = JSON.stringify({ value: bytes.toString('base64') });
  return odataAnswer(exchange, status, body, { 'content-disposition': disposition, ...headers, ...part });
}

function unsatisfiable({ sizeBytes }: Stored, headers: Readonly<Record<string, string>>): Answer {
  return {
    status: 416,
    headers: { ...headers, 'content-range': `bytes */${sizeBytes}` },
    body: '',
    costTokens: 0,
  };
}

/** The bytes that a request wants; null: they begin behind the end. Throws where ranges are not served. */
function rangeOf(
  { call, organization }: Exchange,
  { sizeBytes }: Stored,
): { from: number; to: number; partial: boolean } | null {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(call.header('range') ?? '') ?? [];
  if (start === undefined) return { from: 0, to: sizeBytes, partial: false };
  if (organization.switches.onPremises) throw noBlocks();
  const from = Number(start);
  if (from >= sizeBytes) return null;
  const last = end === undefined || end === '' ? sizeBytes : Number(end) + 1;
  return { from, to: Math.min(sizeBytes, last), partial: true };
}

function noBlocks(): Refusal {
  return new Refusal(400, '0x80090017', 'Chunk download is not supported for this storage.');
}

/** The file in a column of an account; null: there is none. */
function columnFile(organization: Organization, table: Table, row: Row, column: Column): Stored | null {
  if (table.name !== 'account' || row < 0) return null;
  const body = column.type === 'image' ? pictureBody(row) : contractBody(row);
  if (body === null) return null;
  const name = column.type === 'image' ? 'image.png' : contractName(row);
  return stored(organization, row, body, name, column.type === 'image' ? 'image/png' : 'application/pdf');
}

function stored(organization: Organization, row: Row, body: Body, name: string, mimeType: string): Stored {
  const told = organization.switches.lyingSizes ? Number(lyingSize(body.sizeBytes, row)) : body.sizeBytes;
  return {
    bytes: (from, to) => bytesOf(body, from, to),
    sizeBytes: body.sizeBytes,
    toldBytes: told,
    name,
    mimeType,
  };
}

/** The file of a note or an attachment; null: there is none. */
function bodyFile(organization: Organization, table: Table, row: Row): Stored | null {
  const name = String(organization.value(table, row, 'filename') ?? '');
  const mimeType = String(organization.value(table, row, 'mimetype') ?? '');
  if (row < 0) return addedFile(organization, table, row, name, mimeType);
  if (table.name === 'annotation') {
    const body = noteBody(row, organization.world);
    return body === null ? null : stored(organization, row, body, name, mimeType);
  }
  const link = organization.value(table, row, 'attachmentid');
  const file = isRef(link) ? organization.world.indexOf('attachment', link.id) : row;
  return file === null
    ? null
    : stored(organization, row, attachmentBody(file, organization.world), name, mimeType);
}

function addedFile(
  organization: Organization,
  table: Table,
  row: Row,
  name: string,
  mimeType: string,
): Stored | null {
  const text = organization.value(table, row, table.name === 'annotation' ? 'documentbody' : 'body');
  if (typeof text !== 'string') return null;
  const all = Buffer.from(text, 'base64');
  return {
    bytes: (from, to) => all.subarray(from, to),
    sizeBytes: all.length,
    toldBytes: all.length,
    name,
    mimeType,
  };
}

const STARTS = new Set([
  ...[
    'InitializeAnnotationBlocksDownload',
    'InitializeAttachmentBlocksDownload',
    'InitializeFileBlocksDownload',
  ],
]);

/** Whether an action belongs to downloads in blocks. */
export function isDownload(name: string): boolean {
  return STARTS.has(name) || name === 'DownloadBlock';
}

interface DownloadBody {
  readonly Target?: Readonly<Record<string, unknown>>;
  readonly FileAttributeName?: string;
  readonly FileContinuationToken?: string;
  readonly Offset?: number;
  readonly BlockLength?: number;
}

/** Answers the actions of downloads in blocks. Tokens hold where to read: nothing is kept. */
export function downloadAnswer(exchange: Exchange, action: string): Answer {
  const body = parsedBody(exchange);
  return action === 'DownloadBlock' ? blockAnswer(exchange, body) : startAnswer(exchange, action, body);
}

function parsedBody({ call }: Exchange): DownloadBody {
  try {
    return JSON.parse(call.text()) as DownloadBody;
  } catch {
    throw new Refusal(
      400,
      '0x80048d19',
      'Error identified in Payload provided by the user for Entity: the body is no JSON.',
    );
  }
}

function startAnswer(
  exchange: Exchange,
  action: string,
  { Target, FileAttributeName }: DownloadBody,
): Answer {
  const { organization, root } = exchange;
  const type = String(Target?.['@odata.type'] ?? '').replace(/^.*\./, '');
  const table = SCHEMA.tables.get(type);
  if (!table) throw new Refusal(400, '0x80048d19', `The target names no table: '${type}'.`);
  const id = String(Target?.[table.key] ?? '').toLowerCase();
  const row = organization.find(table, id);
  if (row === null) throw noRecord(table.name, id);
  const stored = fileOf(organization, table, row, FileAttributeName ?? null);
  if (stored === null)
    throw new Refusal(404, '0x80040217', `No file attachment found for ${table.name} ${id}.`);
  const token = Buffer.from(JSON.stringify([table.name, id, FileAttributeName ?? null])).toString(
    'base64url',
  );
  const chunking = action === 'InitializeFileBlocksDownload' || organization.switches.onPremises;
  const answer = {
    '@odata.context': `${root}/$metadata#Microsoft.Dynamics.CRM.${action}Response`,
    FileContinuationToken: token,
    FileSizeInBytes: stored.toldBytes,
    FileName: stored.name,
    ...(chunking ? { IsChunkingSupported: !organization.switches.onPremises } : {}),
  };
  return odataAnswer(exchange, 200, JSON.stringify(answer));
}

function fileOf(organization: Organization, table: Table, row: Row, attribute: string | null): Stored | null {
  const column = attribute === null ? undefined : table.columns.get(attribute);
  if (column) return columnFile(organization, table, row, column);
  return isBodied(table) ? bodyFile(organization, table, row) : null;
}

function isBodied({ name }: Table): boolean {
  return name === 'annotation' || name === 'activitymimeattachment' || name === 'attachment';
}

function blockAnswer(
  exchange: Exchange,
  { FileContinuationToken, Offset = 0, BlockLength }: DownloadBody,
): Answer {
  const { organization, root } = exchange;
  const [name, id, attribute] = tokenParts(FileContinuationToken);
  const table = SCHEMA.tables.get(name);
  const row = table ? organization.find(table, id) : null;
  const stored = table && row !== null ? fileOf(organization, table, row, attribute) : null;
  if (stored === null) throw new Refusal(400, '0x80090001', 'The file continuation token is not valid.');
  const wanted = BlockLength ?? BLOCK_BYTES;
  if (organization.switches.onPremises && (Offset > 0 || wanted < stored.sizeBytes)) throw noBlocks();
  const most = organization.switches.onPremises ? stored.sizeBytes : Math.min(wanted, BLOCK_BYTES);
  const bytes = stored.bytes(Math.min(Offset, stored.sizeBytes), Math.min(Offset + most, stored.sizeBytes));
  const context = JSON.stringify(`${root}/$metadata#Microsoft.Dynamics.CRM.DownloadBlockResponse`);
  return odataAnswer(exchange, 200, `{"@odata.context":${context},"Data":"${bytes.toString('base64')}"}`);
}

function tokenParts(token: string | undefined): [string, string, string | null] {
  try {
    return JSON.parse(Buffer.from(token ?? '', 'base64url').toString('utf8')) as [
      string,
      string,
      string | null,
    ];
  } catch {
    return ['', '', null];
  }
}

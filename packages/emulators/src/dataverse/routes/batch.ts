import { type Answer, type Call, createCall } from '../../kit/exchange.ts';
import type { Exchange } from '../exchange.ts';
import { metadataId } from '../metadata/definitions.ts';
import { notEmulated, Refusal } from '../refusal.ts';

const MOST_PARTS = 1_000;
/** The longest address of a part. */
const LONGEST_URL = 65_536;

interface Part {
  readonly contentId: string | null;
  readonly call: Call;
}

function broken(message: string): Refusal {
  return new Refusal(400, '0x80048d19', `Error identified in Payload provided by the user: ${message}`);
}

/** Answers `$batch`: parts one after the other; the first failure ends it unless the client prefers to go on. */
export function batchAnswer(exchange: Exchange): Answer {
  const { call, preferences } = exchange;
  const boundary = boundaryOf(call.header('content-type'));
  if (boundary === null) throw broken('a batch is multipart/mixed with a boundary.');
  const parts = piecesOf(call.text(), boundary);
  if (parts.length > MOST_PARTS) throw broken(`a batch has at most ${MOST_PARTS} requests.`);
  const mark = `batchresponse_${metadataId(`${call.text().length} ${parts.length}`)}`;
  const texts: string[] = [];
  let failed = false;
  for (const piece of parts) {
    const inner = boundaryOf(headerOf(piece, 'content-type'));
    const answer = inner === null ? partText(exchange, piece) : changesetText(exchange, piece, inner, mark);
    texts.push(answer.text);
    failed ||= answer.failed;
    if (answer.failed && !preferences.continueOnError) break;
  }
  const status = failed && !preferences.continueOnError ? 400 : 200;
  const body = `${texts.map((text) => `--${mark}\r\n${text}\r\n`).join('')}--${mark}--\r\n`;
  const headers = { 'content-type': `multipart/mixed; boundary=${mark}`, 'odata-version': '4.0' };
  return { status, headers, body, costTokens: 0 };
}

function boundaryOf(contentType: string | null): string | null {
  const [, quoted, bare] =
    /^multipart\/mixed\s*;.*boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '') ?? [];
  return quoted ?? bare ?? null;
}

/** The pieces between the boundaries; what stands before the first one does not matter. */
function piecesOf(text: string, boundary: string): string[] {
  const pieces = text.split(`--${boundary}`).slice(1);
  return pieces.filter((piece) => !piece.startsWith('--')).map((piece) => piece.replace(/^\r?\n/, ''));
}

function headerOf(piece: string, name: string): string | null {
  const [head = ''] = piece.split(/\r?\n\r?\n/, 1);
  const [, value] = new RegExp(`^${name}\\s*:\\s*(.+)$`, 'im').exec(head) ?? [];
  return value?.trim() ?? null;
}

function partOf(exchange: Exchange, piece: string): Part {
  const start = piece.search(/\r?\n\r?\n/);
  const request = start < 0 ? '' : piece.slice(start).replace(/^(?:\r?\n)+/, '');
  const [head = '', ...rest] = request.split(/\r?\n\r?\n/);
  const [line = '', ...headerLines] = head.split(/\r?\n/);
  const [, method, address] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(line.trim()) ?? [];
  if (method === undefined || address === undefined)
    throw broken(`'${line.trim().slice(0, 80)}' is no request.`);
  if (address.length > LONGEST_URL) throw broken('the address of a request is too long.');
  const headers = new Map(headerLines.map((each) => headerPair(each)));
  const body = new TextEncoder().encode(rest.join('\r\n\r\n').replace(/(?:\r?\n)+$/, ''));
  const header = (name: string) => headers.get(name) ?? outerHeader(exchange.call, name);
  const call = createCall(method, targetOf(exchange, address), body, header);
  return { contentId: headerOf(piece, 'content-id'), call };
}

/** Of the outer request only who asks counts for its parts. */
function outerHeader(call: Call, name: string): string | null {
  return ['host', 'authorization'].includes(name) ? call.header(name) : null;
}

function headerPair(line: string): [string, string] {
  const mark = line.indexOf(':');
  return [line.slice(0, mark).trim().toLowerCase(), line.slice(mark + 1).trim()];
}

/** Addresses are absolute, begin at the host, or are relative to the API. */
function targetOf({ root }: Exchange, address: string): string {
  const { pathname } = new URL(root);
  if (/^https?:\/\//.test(address)) return address.replace(/^https?:\/\/[^/]+/, '');
  return address.startsWith('/') ? address : `${pathname}/${address}`;
}

interface PartText {
  readonly text: string;
  readonly failed: boolean;
}

function partText(exchange: Exchange, piece: string): PartText {
  const { call, contentId } = partOf(exchange, piece);
  const answer = exchange.serve(call);
  return { text: httpText(answer, contentId), failed: answer.status >= 400 };
}

/** A changeset holds only changes, and is carried out as a whole or not at all. */
function changesetText(exchange: Exchange, piece: string, boundary: string, mark: string): PartText {
  const parts = piecesOf(piece, boundary).map((each) => partOf(exchange, each));
  if (parts.some(({ call }) => call.method === 'GET'))
    throw broken('a changeset may not contain GET requests.');
  const inner = mark.replace('batch', 'changeset');
  const texts: string[] = [];
  const undo = exchange.organization.checkpoint();
  for (const { call, contentId } of parts) {
    if (/(?:^|\/)\$\d+/.test(call.path)) throw notEmulated('references to other parts of a changeset');
    const answer = exchange.serve(call);
    if (answer.status >= 400) {
      undo();
      return { text: httpText(answer, contentId), failed: true };
    }
    texts.push(`--${inner}\r\n${httpText(answer, contentId)}\r\n`);
  }
  return {
    text: `Content-Type: multipart/mixed; boundary=${inner}\r\n\r\n${texts.join('')}--${inner}--`,
    failed: false,
  };
}

const REASONS: Readonly<Record<number, string>> = {
  ...{ 200: 'OK', 201: 'Created', 204: 'No Content', 206: 'Partial Content', 304: 'Not Modified' },
  ...{
    400: 'Bad Request',
    403: 'Forbidden',
    404: 'Not Found',
    412: 'Precondition Failed',
    501: 'Not Implemented',
  },
};

function httpText({ status, headers, body }: Answer, contentId: string | null): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === null ? [] : [`Content-ID: ${contentId}`]),
    '',
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}`.trim(),
    ...lines,
    '',
    typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
  ].join('\r\n');
}

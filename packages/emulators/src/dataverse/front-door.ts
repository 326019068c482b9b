import type { Answer, Call } from '../kit/exchange.ts';
import { htmlAnswer, jsonAnswer } from '../kit/exchange.ts';
import type { FaultKind } from '../kit/faults.ts';
import { type Auth, type Caller, unauthorized } from './access/auth.ts';
import { AFFINITY_COOKIE, type Protection } from './access/protection.ts';
import { createExchange, type Exchange, type Work } from './exchange.ts';
import { csdlOf } from './metadata/csdl.ts';
import { definitionsAnswer, isDefinitions } from './metadata/routes.ts';
import { UNSERVED_CALLS } from './operations.ts';
import type { Organization } from './records/organization.ts';
import { noSegment, notEmulated, ODATA_CODE, Refusal, refusalAnswer } from './refusal.ts';
import { parsePath, type Segment } from './resource-path.ts';
import { batchAnswer } from './routes/batch.ts';
import { collectionAnswer, countAnswer, setTarget } from './routes/collection.ts';
import { downloadAnswer, isDownload } from './routes/files.ts';
import { FUNCTIONS, serviceDocument } from './routes/functions.ts';
import { belowRecordAnswer } from './routes/links.ts';
import { recordAnswer } from './routes/record.ts';
import { createAnswer, deleteAnswer, updateAnswer } from './routes/writes.ts';
import { parsePrefer } from './rows/preferences.ts';
import { tableOfSet } from './rows/sets.ts';

/** What the front door of an emulated organisation consists of. Each part is replaced by `reset`. */
export interface Door {
  readonly organization: Organization;
  readonly auth: Auth;
  readonly protection: Protection;
}

const ONLINE = /^\/api\/data\/v9\.[0-2](?=\/|$)/;
const ON_PREMISES = /^\/[^/]+\/api\/data\/v9\.[0-2](?=\/|$)/;
/** The longest address of a GET. */
const LONGEST_URL = 32_768;
const BAD_GATEWAY =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';

/** How long an answer took the server, beside the answer. */
export interface Served {
  readonly answer: Answer;
  readonly serverMs: number;
  /** Ends the request: until then it counts as one that is under way. */
  readonly leave: () => void;
}

const FREE = { serverMs: 0, leave: () => {} };

function originOf(call: Call): string {
  return `http://${call.header('host') ?? '127.0.0.1'}`;
}

/** Lets one request in and carries it out. */
export function serveCall(door: Door, call: Call): Served {
  const { organization, auth } = door;
  const origin = originOf(call);
  const identity = auth.answer(call, origin);
  if (identity) return { answer: identity, ...FREE };
  const [prefix] = (organization.switches.onPremises ? ON_PREMISES : ONLINE).exec(call.path) ?? [];
  if (prefix === undefined)
    return { answer: htmlAnswer(404, '<h1>404 - File or directory not found.</h1>'), ...FREE };
  const root = origin + prefix;
  let caller: Caller | null;
  try {
    caller = auth.caller(call);
  } catch (error) {
    return { answer: refused(call, error), ...FREE };
  }
  if (!caller) return { answer: unauthorized(root, auth.app), ...FREE };
  return protectedly(door, call, caller, root);
}

function protectedly({ organization, protection }: Door, call: Call, caller: Caller, root: string): Served {
  const cookie = call.header('cookie');
  const server = protection.serverFor(cookie);
  const admission = protection.enter(caller.userId, server);
  const hadCookie = cookie?.includes(AFFINITY_COOKIE) ?? false;
  if (!admission.admitted) {
    const headers = { ...admission.answer.headers, ...protection.headers(null, server, hadCookie) };
    return { answer: { ...admission.answer, headers }, ...FREE };
  }
  const work: Work = { rows: 0 };
  const answer = carriedOut(organization, call, caller, root, work);
  const serverMs = serverTime(organization, answer, work);
  const headers = { ...answer.headers, ...protection.headers(admission.window, server, hadCookie) };
  const leave = () => protection.leave(admission, serverMs);
  return { answer: { ...answer, headers }, serverMs, leave };
}

/** The model of what a request costs the server: something for itself, for each row, for each megabyte. */
function serverTime({ switches }: Organization, { body }: Answer, { rows }: Work): number {
  const bytes = typeof body === 'string' ? body.length : body.byteLength;
  return switches.requestMs + rows * switches.rowMs + (bytes / 1_000_000) * switches.megabyteMs;
}

function carriedOut(
  organization: Organization,
  call: Call,
  caller: Caller,
  root: string,
  work: Work,
): Answer {
  const serve = (part: Call): Answer => carriedOut(organization, part, caller, root, work);
  try {
    if (call.method === 'GET' && call.target.length > LONGEST_URL)
      throw new Refusal(414, ODATA_CODE, 'The request URL is longer than 32,768 characters.');
    const exchange = createExchange({ organization, call, caller, root, work, serve });
    return route(exchange);
  } catch (error) {
    return refused(call, error);
  }
}

function refused(call: Call, error: unknown): Answer {
  if (!(error instanceof Refusal)) throw error;
  const { annotations } = parsePrefer(call.header('prefer'));
  return refusalAnswer(error, { 'odata-version': '4.0' }, annotations?.includes('*') ?? false);
}

function route(exchange: Exchange): Answer {
  const { call, root } = exchange;
  const { pathname } = new URL(root);
  const segments = parsePath(call.path.slice(pathname.length));
  const [first, ...rest] = segments;
  if (!first) return serviceDocument(exchange);
  if (first.name === '$batch' && call.method === 'POST') return batchAnswer(exchange);
  if (first.name === '$metadata') return metadataAnswer(exchange);
  if (isDefinitions(first.name)) return definitionsAnswer(exchange, segments);
  const unbound = FUNCTIONS[first.name];
  if (unbound && call.method === 'GET') return unbound(exchange, first.key ?? '');
  if (isDownload(first.name) && call.method === 'POST') return downloadAnswer(exchange, first.name);
  if (UNSERVED_CALLS.has(first.name)) throw notEmulated(first.name);
  return tableRoute(exchange, first, rest);
}

function metadataAnswer({ organization, query }: Exchange): Answer {
  const annotated = query.some(([name, value]) => name === 'annotations' && value === 'true');
  const headers = { 'content-type': 'application/xml', 'odata-version': '4.0' };
  return { status: 200, headers, body: csdlOf(organization, annotated), costTokens: 0 };
}

function tableRoute(exchange: Exchange, { name, key }: Segment, rest: readonly Segment[]): Answer {
  const { organization, call } = exchange;
  const table = tableOfSet(organization, name);
  if (!table) throw noSegment(name);
  if (key === null) {
    const [next] = rest;
    if (call.method === 'POST' && !next) return createAnswer(exchange, table);
    if (call.method !== 'GET') throw notEmulated(`${call.method} ${name}`);
    if (next?.name === '$count') return countAnswer(exchange, setTarget(exchange, table));
    if (next) throw notEmulated(`GET ${name}/${next.name}`);
    return collectionAnswer(exchange, setTarget(exchange, table));
  }
  if (call.method === 'PATCH' && rest.length === 0) return updateAnswer(exchange, table, key);
  if (call.method === 'DELETE' && rest.length === 0) return deleteAnswer(exchange, table, key);
  if (call.method !== 'GET') return belowRecordAnswer(exchange, table, key, rest);
  return recordAnswer(exchange, table, key, rest);
}

/** The vendor's own answer to an injected fault; null where the fault does not concern it. */
export function faultAnswer(
  { organization, auth, protection }: Door,
  kind: FaultKind,
  call: Call,
): Answer | null {
  if (call.path.includes('/oauth2/') && kind === 'token-expired') return null;
  switch (kind) {
    case 'status-429':
      return organization.switches.onPremises ? null : protection.throttled('requests', 5);
    case 'status-500':
      return jsonAnswer(500, { error: { code: '0x80040216', message: 'An unexpected error occurred.' } });
    case 'status-502-html':
      return htmlAnswer(502, BAD_GATEWAY);
    case 'status-503':
      return jsonAnswer(503, {
        error: { code: '0x80060890', message: 'The service is temporarily unavailable.' },
      });
    case 'token-expired':
      auth.expire(call);
      return unauthorized(originOf(call), auth.app);
    default:
      return null;
  }
}

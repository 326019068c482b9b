import { type Answer, type Call, htmlAnswer, jsonAnswer } from '../kit/exchange.ts';
import type { FaultKind } from '../kit/faults.ts';
import type { PathRouter } from '../kit/router.ts';
import { type Account, nowSec } from './account.ts';
import { told } from './answer-channel.ts';
import type { Auth, Caller } from './auth.ts';
import type { Exchange, Reply } from './exchange-context.ts';
import { answerStorage } from './files/storage.ts';
import type { Burst, Limits } from './limits.ts';
import { isMultipart, type Multipart, readMultipart } from './multipart.ts';
import { answerOauth } from './oauth.ts';
import { createOperationRouter, type Operation } from './operations.ts';
import { Refusal, refusalBody } from './refusal.ts';
import { assertAllowed } from './rights.ts';

/** What the front door of an emulated account consists of. Each part is replaced by `reset`. */
export interface Door {
  readonly account: Account;
  readonly auth: Auth;
  readonly limits: Limits;
}

const PREFIX = /^(?:\/api)?\/(v[12])(\/.*)$/;
const router: PathRouter<Operation> = createOperationRouter();

const CLOUDFLARE_PAGE =
  '<!DOCTYPE html><html><head><title>Access denied</title></head><body><h1>Error 1015</h1><p>You are being rate limited.</p><p>This error is produced by Cloudflare.</p></body></html>';
const BAD_GATEWAY_PAGE =
  '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>';
const UNAUTHORIZED = {
  success: false,
  error: 'unauthorized access',
  errorCode: 401,
  error_info: 'Please check developers.pipedrive.com',
};

/** Answers one request. */
export function answerCall(door: Door, call: Call): Answer | Promise<Answer> {
  const admitted = admitCall(door, call);
  return typeof admitted === 'function' ? admitted() : admitted;
}

/**
 * Lets one request in or turns it away: who, how often, what for. Answers the refusal, or a function that carries
 * the request out; so it can be let in now and carried out later.
 */
export function admitCall(door: Door, call: Call): Answer | (() => Answer | Promise<Answer>) {
  const { account, auth, limits } = door;
  const origin = `http://${call.header('host') ?? '127.0.0.1'}`;
  const oauth = answerOauth(auth, call, origin, account.switches.oauthScopes);
  if (oauth) return oauth;
  const stored = answerStorage(account, call);
  if (stored) return stored;
  const caller = auth.caller(call);
  if (!caller) return unauthorized(call);
  if (limits.blocked(caller.token)) return htmlAnswer(403, CLOUDFLARE_PAGE);
  const [, api, path] = PREFIX.exec(call.path) ?? [];
  const found = api && path ? router.find(call.method, `/${api}${path}`) : null;
  if (!found || isGone(account, found.route)) return unknownPath(api, found !== null);
  return admitToOperation(door, call, caller, found.route, found.params);
}

function admitToOperation(
  door: Door,
  call: Call,
  caller: Caller,
  operation: Operation,
  params: Readonly<Record<string, string>>,
): Answer | (() => Answer | Promise<Answer>) {
  const { limits } = door;
  if (
    caller.scopes &&
    operation.scopes.length > 0 &&
    !operation.scopes.some((each) => caller.scopes?.includes(each))
  )
    return jsonAnswer(403, { success: false, error: 'Scope and URL mismatch', errorCode: 403 });
  if (limits.exhausted) return refusedForTheDay(door, caller);
  const burst = limits.enter(caller.token, caller.kind, operation.isSearch);
  if (!burst.allowed) return refusedForTheMoment(door, caller, burst);
  const writesLeft = caller.kind === 'api' ? limits.writesLeft(caller.token, call.method) : null;
  const headers = {
    ...dailyHeaders(door),
    ...burstHeaders(burst),
    ...(writesLeft === null ? {} : { 'x-daily-requests-left': String(Math.max(0, writesLeft)) }),
  };
  if (writesLeft !== null && writesLeft < 0) return overLimit(door.account, headers, limits.untilMidnightSec);
  const carryOut = (form: Multipart | null) =>
    carriedOut(door, { call, form }, caller, operation, params, headers);
  return () => (isMultipart(call) ? readMultipart(call).then(carryOut) : carryOut(null));
}

/** Runs the handler, charges it, and makes sure that what it changed is safe before the answer leaves. */
function carriedOut(
  door: Door,
  sent: Pick<Exchange, 'call' | 'form'>,
  caller: Caller,
  operation: Operation,
  params: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Answer {
  const { account, limits } = door;
  if (!operation.handler) return notEmulated(operation, headers);
  account.state.history.actAs(caller.user.id, nowSec(account));
  let status: number;
  let value: unknown;
  let raw: Reply['raw'];
  try {
    assertAllowed(account, caller.user, operation, params);
    const reply = operation.handler({ ...sent, account, params, user: caller.user, tokenKind: caller.kind });
    ({ status, value, raw } = reply);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    status = error.status;
    value = refusalBody(operation.api, error);
  }
  const costTokens = status < 400 || account.switches.chargeFailed ? costOf(account, operation) : 0;
  limits.charge(costTokens);
  account.state.flush();
  const answer = raw
    ? { status, headers: { ...headers, ...raw.headers }, body: raw.body }
    : jsonAnswer(status, value, headers);
  return told(sent.call, { ...answer, costTokens });
}

function costOf({ switches }: Account, { method, costTokens }: Operation): number {
  return method === 'GET' ? costTokens : costTokens * switches.writeCostFactor;
}

function notEmulated(operation: Operation, headers: Readonly<Record<string, string>>): Answer {
  const { api, method, path, name } = operation;
  return jsonAnswer(
    501,
    {
      success: false,
      error: `Not emulated: ${name} (${method} /api/${api}${path})`,
      code: 'ERR_NOT_EMULATED',
      operation: name,
    },
    headers,
  );
}

function unauthorized(call: Call): Answer {
  const bearer = call.header('authorization');
  if (bearer !== null && !/^Bearer .+$/i.test(bearer))
    return jsonAnswer(400, { success: false, error: 'Invalid request: malformed authorization header' });
  if (bearer !== null)
    return jsonAnswer(401, {
      success: false,
      error: 'Invalid token: `access_token` is invalid',
      errorCode: 401,
    });
  return jsonAnswer(401, UNAUTHORIZED, { 'x-401-by-gw': 'true' });
}

/** Whether this account no longer knows an operation that was removed for its v2 twin. */
function isGone({ switches }: Account, { removed, method, path }: Operation): boolean {
  if (!removed) return false;
  const bulkDelete = method === 'DELETE' && !path.endsWith('}');
  return switches.legacyV1 === 'absent' || (bulkDelete && switches.legacyBulkDelete === 'absent');
}

function unknownPath(api: string | undefined, gone: boolean): Answer {
  const refusal = new Refusal(
    404,
    gone ? 'This v1 endpoint was removed; use API v2.' : 'Unknown method .',
    'ERR_NOT_FOUND',
  );
  return jsonAnswer(404, refusalBody(api === 'v2' ? 'v2' : 'v1', refusal));
}

function dailyHeaders({ account, limits }: Door): Record<string, string> {
  const { omitDailyHeaders } = account.switches;
  if (omitDailyHeaders > 0 && account.random.next() < omitDailyHeaders) return {};
  return {
    'x-daily-ratelimit-token-limit': String(limits.dailyTokens),
    'x-daily-ratelimit-token-remaining': String(limits.remainingTokens),
  };
}

function burstHeaders(burst: Burst): Record<string, string> {
  return {
    'x-ratelimit-limit': String(burst.limit),
    'x-ratelimit-remaining': String(burst.remaining),
    'x-ratelimit-reset': String(burst.resetSec),
  };
}

// UNC: no source shows the body of a 429.
function overLimit(
  { switches }: Account,
  headers: Readonly<Record<string, string>>,
  retryAfterSec: number,
): Answer {
  const body = { success: false, error: 'request over limit', errorCode: 429 };
  const answer = jsonAnswer(429, body, { ...headers, 'retry-after': String(retryAfterSec) });
  return switches.limitBody === 'error' ? answer : { ...answer, body: '' };
}

function refusedForTheDay(door: Door, caller: Caller): Answer {
  door.limits.refused(caller.token, caller.kind);
  const limit = String(door.limits.dailyTokens);
  const headers = { 'x-daily-ratelimit-token-limit': limit, 'x-daily-ratelimit-token-remaining': '0' };
  return overLimit(door.account, headers, door.limits.untilMidnightSec);
}

function refusedForTheMoment(door: Door, caller: Caller, burst: Burst): Answer {
  door.limits.refused(caller.token, caller.kind);
  return overLimit(door.account, { ...dailyHeaders(door), ...burstHeaders(burst) }, burst.resetSec);
}

/** The vendor's own answer to an injected fault; null where the fault does not concern the request. */
export function faultAnswer(door: Door, kind: FaultKind, call: Call): Answer | null {
  switch (kind) {
    case 'status-429': {
      const headers = { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2' };
      return overLimit(door.account, { ...dailyHeaders(door), ...headers }, 2);
    }
    case 'status-500':
      return jsonAnswer(500, {
        success: false,
        error: 'Internal server error',
        code: 'ERR_INTERNAL_SERVER_ERROR',
      });
    case 'status-502-html':
      return htmlAnswer(502, BAD_GATEWAY_PAGE);
    case 'status-503':
      return jsonAnswer(503, { success: false, error: 'Service unavailable' });
    case 'cloudflare-403':
      return htmlAnswer(403, CLOUDFLARE_PAGE);
    case 'daily-exhausted':
      door.limits.exhaust();
      door.account.state.flush();
      return null;
    case 'token-expired':
      return expired(door, call);
    default:
      return null;
  }
}

function expired({ auth }: Door, call: Call): Answer | null {
  if (call.path.startsWith('/oauth/')) return null;
  const caller = auth.caller(call);
  if (caller?.kind !== 'oauth') return jsonAnswer(401, UNAUTHORIZED, { 'x-401-by-gw': 'true' });
  auth.revoke(caller.token);
  return jsonAnswer(401, {
    success: false,
    error: 'Invalid token: `access_token` is invalid',
    errorCode: 401,
  });
}

import { type Answer, type Call, htmlAnswer } from '../kit/exchange.ts';
import type { FaultKind } from '../kit/faults.ts';
import { challengeOf, isSignedIn } from './access.ts';
import type { Account } from './account.ts';
import type { RequestWindow } from './limits.ts';
import { API_PATH, apiAnswer, failure, loginPage } from './routes.ts';
import type { Switches } from './switches.ts';

const BAD_GATEWAY = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';

/** What the front door of an emulated account consists of. */
export interface Door {
  readonly account: Account;
  readonly switches: Switches;
  readonly key: string;
  readonly window: RequestWindow;
}

/** Lets one request in and answers it: the sign-in page, the key, the limit, then the API. */
export function serveCall(door: Door, call: Call, nowMs: number, turn: number): Answer {
  const { switches, account, window, key } = door;
  if (switches.loginPage) return loginPage();
  if (!call.path.startsWith(`${API_PATH}/`) && call.path !== API_PATH)
    return htmlAnswer(404, '<h1>Not Found</h1>');
  if (call.method !== 'OPTIONS' && !isSignedIn(call, switches.auth, key)) return notSignedIn(switches);
  const { admitted, headers } = window.enter(switches, nowMs);
  if (!admitted) return failure(429, 'Too many requests', headers);
  const answer = apiAnswer({ account, switches, call, nowMs, turn });
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function notSignedIn({ wrongKey, auth }: Switches): Answer {
  if (wrongKey === 'login-page') return loginPage();
  if (wrongKey === 403) return failure(403, 'Invalid API key');
  const challenge = challengeOf(auth);
  const headers = challenge === null ? {} : { 'www-authenticate': challenge };
  return failure(401, 'Invalid or missing credentials', headers);
}

/** The vendor's own answer to an injected fault; null where the fault does not concern it. */
export function faultAnswer({ switches }: Door, kind: FaultKind): Answer | null {
  switch (kind) {
    case 'status-429':
      return failure(429, 'Too many requests', switches.retryAfter ? { 'retry-after': '5' } : {});
    case 'status-500':
      return failure(500, 'Internal server error');
    case 'status-502-html':
      return htmlAnswer(502, BAD_GATEWAY);
    case 'status-503':
      return failure(503, 'Down for maintenance', { 'retry-after': '10' });
    case 'token-expired':
      return notSignedIn(switches);
    default:
      return null;
  }
}

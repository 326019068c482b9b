import { type Answer, type Call, htmlAnswer, jsonAnswer } from '../kit/exchange.ts';
import type { FaultKind } from '../kit/faults.ts';
import { type BurstLimit, throttled } from './burst-limit.ts';
import { exceptionAnswer, legacyAnswer } from './legacy-api/routes.ts';
import { uploadAnswer } from './module-api/files.ts';
import { type Ground, MODULE_API_WORDS, moduleApiAnswer } from './module-api/routes.ts';
import { notFound, Refusal, refusalAnswer, textAnswer } from './refusal.ts';

/** What the front door of an emulated account consists of. Each part is replaced by `reset`. */
export interface Door extends Ground {
  readonly credentials: Credentials;
  readonly burst: BurstLimit;
  readonly clock: { nowMs(): number };
}

/** The two keys of an account; both travel in headers. */
export interface Credentials {
  readonly key: string;
  readonly secret: string;
}

/** Lets one request in and carries it out. */
export function serveCall(door: Door, call: Call): Answer {
  const parts = partsOf(call.path);
  const [root, first = '', ...rest] = parts;
  if (root === 'Uploads' && door.switches.uploads === 'open') return uploadAnswer(door.account, parts);
  if (root !== 'api') return htmlAnswer(404, '<h1>404</h1>');
  const isModuleApi = MODULE_API_WORDS.has(first);
  const refused = keyRefusal(door, call, isModuleApi) ?? door.burst.enter(door.switches, door.clock.nowMs());
  if (refused) return refused;
  if (door.switches.forbidden.some((path) => call.path.startsWith(`/api/${path}`)))
    return forbidden(isModuleApi);
  try {
    if (!(isModuleApi ? door.switches.moduleApi : door.switches.legacyApi)) throw notFound(call.path);
    return isModuleApi
      ? moduleApiAnswer(door, call, [first, ...rest])
      : legacyAnswer(door, call, [first, ...rest]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusalAnswer(error);
  }
}

function partsOf(path: string): string[] {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
}

/** The legacy dialect says in plain text what is wrong with the keys: 400 when they are missing, 200 when they are wrong. */
function keyRefusal({ credentials }: Door, call: Call, isModuleApi: boolean): Answer | null {
  const key = call.header('apikey');
  const secret = call.header('apisecret');
  if (key === null || secret === null) {
    if (isModuleApi) return unauthorized('ApiKey ve ApiSecret başlıkları gerekli.');
    return textAnswer(400, 'Missing requeired keys!');
  }
  if (key === credentials.key && secret === credentials.secret) return null;
  return isModuleApi
    ? unauthorized('ApiKey veya ApiSecret hatalı.')
    : textAnswer(200, 'ApiKey or ApiSecret is wrong.');
}

function unauthorized(message: string): Answer {
  return jsonAnswer(401, { error: { code: 'UNAUTHORIZED', message } });
}

/** UNC: the words, and that the legacy dialect uses the status at all. */
function forbidden(isModuleApi: boolean): Answer {
  const message = 'Bu modül için yetkiniz yok.';
  return isModuleApi ? jsonAnswer(403, { error: { code: 'FORBIDDEN', message } }) : textAnswer(403, message);
}

/** The account's own answer to an injected fault; null where the fault does not concern it. */
export function faultAnswer(door: Door, kind: FaultKind, call: Call): Answer | null {
  const isModuleApi = MODULE_API_WORDS.has(partsOf(call.path)[1] ?? '');
  switch (kind) {
    case 'status-429':
      return throttled(door.switches, door.clock.nowMs(), 2_000);
    case 'status-500':
      return isModuleApi
        ? jsonAnswer(500, { error: { code: 'SERVER_ERROR', message: 'Beklenmeyen hata.' } })
        : exceptionAnswer('Object reference not set to an instance of an object.');
    case 'status-502-html':
      return htmlAnswer(502, '<html><body><h1>502 Bad Gateway</h1></body></html>');
    case 'status-503':
      return jsonAnswer(503, { error: { code: 'UNAVAILABLE', message: 'Bakım çalışması.' } });
    case 'token-expired':
      return isModuleApi
        ? unauthorized('ApiKey veya ApiSecret hatalı.')
        : textAnswer(200, 'ApiKey or ApiSecret is wrong.');
    default:
      return null;
  }
}

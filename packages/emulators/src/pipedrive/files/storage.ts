import { type Answer, type Call, htmlAnswer } from '../../kit/exchange.ts';
import type { Account } from '../account.ts';

/** How long a link to stored bytes works, in seconds. INF: signed links of storage services live for minutes. */
const LINK_SEC = 900;
const PATH = /^\/storage\/([0-9a-f]{64})$/;

/** The address that the request came to, without a slash at its end. */
export function originOf(call: Call): string {
  return `http://${call.header('host') ?? '127.0.0.1'}`;
}

/**
 * A link to stored bytes that needs no token and works for `lifeSec` seconds. `type` is the content type it answers;
 * without `nowMs` it never ends.
 */
export function storageLink(
  call: Call,
  sha256: string,
  name: string,
  type: string,
  nowMs?: number,
  lifeSec = LINK_SEC,
): string {
  const query = new URLSearchParams({ type, name });
  if (nowMs !== undefined) query.set('expires', String(Math.floor(nowMs / 1_000) + lifeSec));
  return `${originOf(call)}/storage/${sha256}?${query}`;
}

/** Answers a request to the emulated storage service; null when it is none. It costs no tokens. */
export function answerStorage(account: Account, call: Call): Answer | null {
  const sha256 = PATH.exec(call.path)?.[1];
  if (sha256 === undefined || call.method !== 'GET') return null;
  const expires = call.query.get('expires');
  if (expires !== null && Number(expires) < account.clock.nowMs() / 1_000)
    return denied(403, 'AccessDenied', 'Request has expired');
  const bytes = account.state.blobs.get(sha256);
  if (!bytes) return denied(404, 'NoSuchKey', 'The specified key does not exist.');
  return {
    status: 200,
    headers: bytesHeaders(call.query.get('name') ?? sha256, call.query.get('type') ?? ''),
    body: bytes,
    costTokens: 0,
  };
}

/** The headers of an answer that is a file. */
export function bytesHeaders(name: string, type: string): Record<string, string> {
  return {
    'content-type': type === '' ? 'application/octet-stream' : type,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
}

function denied(status: number, code: string, message: string): Answer {
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { ...htmlAnswer(status, xml), headers: { 'content-type': 'application/xml' } };
}

import type { Raw } from './raw.ts';
import { createReadLimits, type ReadLimits } from './read-limits.ts';

/** How a live account is reached. */
export interface AccountAccess {
  /** The bare host, as `https://acme.pipedrive.com`. Plain http is taken for loopback addresses only. */
  readonly url: string;
  /** An API token, or an OAuth access token. */
  readonly token: string;
  readonly fetch: (request: Request) => Promise<Response>;
  /** Waits so many milliseconds. */
  readonly sleep: (delayMs: number) => Promise<void>;
}

/** Why a live account could not be copied; the message is a sentence for people. */
export class CopyFailure extends Error {
  readonly why: 'address' | 'token' | 'day-over' | 'no-answer' | 'wrong-answer';

  constructor(why: CopyFailure['why'], message: string) {
    super(message);
    this.why = why;
  }
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const PAGE = 500;
const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 1_000;

/** Answers of the live account: what it said and with which status. */
interface Read {
  readonly status: number;
  readonly body: Raw;
}

/** Reads a live account through its public API: GET requests only, one after the other. */
export class AccountReader {
  readonly #access: AccountAccess;
  readonly limits: ReadLimits = createReadLimits();
  requests = 0;

  /** Throws when a token would go out unprotected. */
  constructor(access: AccountAccess) {
    if (!URL.canParse(access.url)) throw new CopyFailure('address', `${access.url} is not a URL`);
    const { protocol, hostname } = new URL(access.url);
    if (protocol !== 'https:' && !LOOPBACK.has(hostname))
      throw new CopyFailure('address', `${access.url} is not https: the token would travel in the clear`);
    this.#access = access;
  }

  /** The kind of token, which decides the burst limit. */
  get tokenKind(): 'api' | 'oauth' {
    return this.#access.token.startsWith('v1u:') ? 'oauth' : 'api';
  }

  /** `data` of one answer. Null where the account does not have it (402, 403, 404, 415, 501). */
  async one(path: string): Promise<unknown> {
    const { status, body } = await this.#get(path);
    if (ABSENT.has(status)) return null;
    return this.#checked(path, status, body).data;
  }

  /** A v2 list, page by page. Null instead of the first page where the account does not have it. */
  async *pages(
    path: string,
    query: Readonly<Record<string, string>> = {},
  ): AsyncGenerator<readonly Raw[] | null> {
    let cursor: string | null = null;
    let asked = query;
    for (;;) {
      const target = `${path}?${new URLSearchParams({ ...asked, limit: String(PAGE), ...(cursor ? { cursor } : {}) })}`;
      const { status, body } = await this.#get(target);
      if (cursor === null && ABSENT.has(status)) {
        yield null;
        return;
      }
      // Optional values that this account does not know are not worth failing for.
      if (status === 400 && 'include_fields' in asked) {
        asked = withoutInclude(asked);
        continue;
      }
      const answer = this.#checked(path, status, body);
      yield (answer.data ?? []) as readonly Raw[];
      cursor = (answer.additional_data as { next_cursor?: string | null } | undefined)?.next_cursor ?? null;
      if (cursor === null) return;
    }
  }

  /** A v1 list, page by page. Null instead of the first page where the account does not have it. */
  async *offsetPages(path: string): AsyncGenerator<readonly Raw[] | null> {
    for (let start = 0; ; ) {
      const { status, body } = await this.#get(`${path}?start=${start}&limit=${PAGE}`);
      if (start === 0 && ABSENT.has(status)) {
        yield null;
        return;
      }
      const answer = this.#checked(path, status, body);
      const data = (answer.data ?? []) as readonly Raw[];
      yield data;
      const pagination = (answer.additional_data as { pagination?: Raw } | undefined)?.pagination;
      if (pagination?.more_items_in_collection !== true) return;
      start += data.length;
    }
  }

  #checked(path: string, status: number, body: Raw): Raw {
    if (status === 200 && body.success !== false) return body;
    const said = typeof body.error === 'string' ? `: ${body.error}` : '';
    if (status === 401) throw new CopyFailure('token', `the live account does not know the token${said}`);
    throw new CopyFailure('wrong-answer', `the live account answered GET ${path} with ${status}${said}`);
  }

  /** One GET; waits and tries again where the account asks for it. Throws when it goes on refusing. */
  async #get(path: string): Promise<Read> {
    const { url, token, sleep } = this.#access;
    const headers: Record<string, string> =
      this.tokenKind === 'oauth' ? { authorization: `Bearer ${token}` } : { 'x-api-token': token };
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#sent(new Request(new URL(path, url), { headers, redirect: 'error' }));
      const text = response ? await response.text().catch(() => null) : null;
      if (response) this.limits.hear(response.headers);
      const body = text === null ? null : parsed(text);
      if (response?.status === 429 && this.limits.dayIsOver)
        throw new CopyFailure(
          'day-over',
          'the day’s tokens of the live account are used up; try again after its midnight',
        );
      if (response && body && response.status !== 429 && response.status < 500)
        return { status: response.status, body };
      if (response?.status === 501 && body) return { status: 501, body };
      if (attempt === MOST_TRIES)
        throw new CopyFailure(
          'no-answer',
          `the live account did not answer GET ${path} (${response?.status ?? 'no connection'})`,
        );
      const askedMs = Number(response?.headers.get('retry-after') ?? 0) * 1_000;
      await sleep(Math.max(askedMs, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
    }
  }

  async #sent(request: Request): Promise<Response | null> {
    this.requests += 1;
    try {
      return await this.#access.fetch(request);
    } catch (error) {
      // The built-in fetch tells a lost connection by a TypeError; anything else is not the network's.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }
}

/** What a plan, a right or the account lacks; the twin then goes without. */
const ABSENT = new Set([402, 403, 404, 415, 501]);

function withoutInclude({ include_fields: _include, ...rest }: Readonly<Record<string, string>>) {
  return rest;
}

function parsed(text: string): Raw | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Raw) : null;
  } catch {
    return null;
  }
}

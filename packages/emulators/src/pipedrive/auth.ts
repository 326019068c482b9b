import type { Call } from '../kit/exchange.ts';
import type { Account } from './account.ts';
import { firstAdmin } from './account.ts';
import type { UserRecord } from './records.ts';

const ACCESS_SEC = 3_600;
const CODE_SEC = 300;
const REFRESH_SEC = 60 * 24 * 3_600;
/** The convenience token that the emulator prints lives longer than those it grants. */
const PRINTED_SEC = 10 * 365 * 24 * 3_600;

/** Whose token a request came with. */
export interface Caller {
  readonly user: UserRecord;
  readonly token: string;
  readonly kind: 'api' | 'oauth';
  readonly scopes: readonly string[] | null;
}

interface Access {
  readonly userId: number;
  readonly expiresMs: number;
}

/** What an OAuth client needs to know of the emulated app. */
export interface OauthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly refreshToken: string;
}

/** The tokens of an account and the OAuth app that asks for them. */
export class Auth {
  readonly #account: Account;
  readonly #access = new Map<string, Access>();
  readonly #codes = new Map<string, number>();
  readonly app: OauthApp;
  readonly oauthToken: string;
  #refreshUsedMs: number;
  #grants = 0;

  constructor(account: Account, seed: number) {
    this.#account = account;
    this.app = {
      clientId: `emulated-client-${seed}`,
      clientSecret: `emulated-secret-${seed}`,
      redirectUri: 'http://127.0.0.1/callback',
      refreshToken: `7000001:${seed}:emulated-refresh`,
    };
    this.#refreshUsedMs = account.clock.nowMs();
    this.oauthToken = `v1u:emulated-access-${seed}-0`;
    this.#grant(this.oauthToken, PRINTED_SEC);
  }

  /** The API token of the first administrator. */
  get apiToken(): string {
    return firstAdmin(this.#account).apiToken;
  }

  /** Who is calling, or null for a token that is unknown or has expired. */
  caller(call: Call): Caller | null {
    const bearer = /^Bearer (.+)$/i.exec(call.header('authorization') ?? '')?.[1];
    if (bearer !== undefined) return this.#oauthCaller(bearer);
    const token = call.header('x-api-token') ?? call.query.get('api_token');
    if (!token) return null;
    for (const user of this.#account.state.users.all())
      if (user.apiToken === token && user.active) return { user, token, kind: 'api', scopes: null };
    return null;
  }

  /** Ends an access token before its time. */
  revoke(token: string): void {
    this.#access.delete(token);
  }

  /** A new authorization code, good for five minutes. */
  newCode(): string {
    this.#grants += 1;
    const code = `emulated-code-${this.#grants}`;
    this.#codes.set(code, this.#account.clock.nowMs() + CODE_SEC * 1_000);
    return code;
  }

  /** Whether a code is good; it is used up by asking. */
  takeCode(code: string): 'valid' | 'invalid' | 'expired' {
    const until = this.#codes.get(code);
    this.#codes.delete(code);
    if (until === undefined) return 'invalid';
    return until > this.#account.clock.nowMs() ? 'valid' : 'expired';
  }

  /** Whether the refresh token is good; using it gives it another 60 days. */
  useRefreshToken(token: string): boolean {
    const now = this.#account.clock.nowMs();
    if (token !== this.app.refreshToken || now - this.#refreshUsedMs > REFRESH_SEC * 1_000) return false;
    this.#refreshUsedMs = now;
    return true;
  }

  /** A new access token, good for an hour. */
  newAccess(): { readonly token: string; readonly expiresSec: number } {
    this.#grants += 1;
    const token = `v1u:emulated-access-${this.app.clientId}-${this.#grants}`;
    this.#grant(token, ACCESS_SEC);
    return { token, expiresSec: ACCESS_SEC };
  }

  #grant(token: string, lifeSec: number): void {
    this.#access.set(token, { userId: 1, expiresMs: this.#account.clock.nowMs() + lifeSec * 1_000 });
  }

  #oauthCaller(token: string): Caller | null {
    const access = this.#access.get(token);
    if (!access || access.expiresMs <= this.#account.clock.nowMs()) return null;
    const user = this.#account.state.users.get(access.userId) ?? firstAdmin(this.#account);
    return { user, token, kind: 'oauth', scopes: this.#account.switches.oauthScopes };
  }
}

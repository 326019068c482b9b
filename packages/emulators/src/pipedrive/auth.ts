import type { Call } from '../kit/exchange.ts';
import type { Account } from './account.ts';
import { tokenHolder } from './account.ts';
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

interface Code {
  readonly userId: number;
  readonly redirectUri: string;
  readonly expiresMs: number;
}

interface Refresh {
  readonly userId: number;
  readonly usedMs: number;
}

/** How the exchange of a code ended: whose it was and where it was sent, or why it is none. */
type TakenCode = { readonly userId: number; readonly redirectUri: string } | 'invalid' | 'expired';

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
  readonly #codes = new Map<string, Code>();
  readonly #refresh = new Map<string, Refresh>();
  readonly app: OauthApp;
  readonly oauthToken: string;
  #grants = 0;

  constructor(account: Account, seed: number) {
    this.#account = account;
    this.app = {
      clientId: `emulated-client-${seed}`,
      clientSecret: `emulated-secret-${seed}`,
      redirectUri: 'http://127.0.0.1/callback',
      refreshToken: `7000001:${seed}:emulated-refresh`,
    };
    const { id: userId } = tokenHolder(account);
    this.#refresh.set(this.app.refreshToken, { userId, usedMs: account.clock.nowMs() });
    this.oauthToken = `v1u:emulated-access-${seed}-0`;
    this.#grant(this.oauthToken, userId, PRINTED_SEC);
  }

  /** The API token of who holds the printed tokens. */
  get apiToken(): string {
    return tokenHolder(this.#account).apiToken;
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

  /** Ends an access token before its time, or with a refresh token all tokens of its user. */
  revoke(token: string): void {
    const owner = this.#refresh.get(token)?.userId;
    this.#access.delete(token);
    this.#refresh.delete(token);
    for (const [access, { userId }] of this.#access) if (userId === owner) this.#access.delete(access);
  }

  /** A new authorization code of a user, good for five minutes. Null: there is no such active user. */
  newCode(userId: number, redirectUri: string): string | null {
    if (this.#account.state.users.get(userId)?.active !== true) return null;
    this.#grants += 1;
    const code = `emulated-code-${this.#grants}`;
    const expiresMs = this.#account.clock.nowMs() + CODE_SEC * 1_000;
    this.#codes.set(code, { userId, redirectUri, expiresMs });
    return code;
  }

  /** Whose code it is; it is used up by asking. */
  takeCode(code: string): TakenCode {
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    if (known === undefined) return 'invalid';
    return known.expiresMs > this.#account.clock.nowMs() ? known : 'expired';
  }

  /** Whose refresh token it is; using it gives it another 60 days. Null: it is none, or none any more. */
  useRefreshToken(token: string): number | null {
    const now = this.#account.clock.nowMs();
    const known = this.#refresh.get(token);
    if (!known || now - known.usedMs > REFRESH_SEC * 1_000) return null;
    if (this.#account.state.users.get(known.userId)?.active !== true) return null;
    this.#refresh.set(token, { ...known, usedMs: now });
    return known.userId;
  }

  /** A new access token of a user, good for an hour, and the one refresh token that this user has. */
  newAccess(userId: number): {
    readonly token: string;
    readonly refreshToken: string;
    readonly expiresSec: number;
  } {
    this.#grants += 1;
    const token = `v1u:emulated-access-${this.app.clientId}-${this.#grants}`;
    this.#grant(token, userId, ACCESS_SEC);
    const refreshToken =
      userId === tokenHolder(this.#account).id ? this.app.refreshToken : `${this.app.refreshToken}-${userId}`;
    this.#refresh.set(refreshToken, { userId, usedMs: this.#account.clock.nowMs() });
    return { token, refreshToken, expiresSec: ACCESS_SEC };
  }

  #grant(token: string, userId: number, lifeSec: number): void {
    this.#access.set(token, { userId, expiresMs: this.#account.clock.nowMs() + lifeSec * 1_000 });
  }

  #oauthCaller(token: string): Caller | null {
    const access = this.#access.get(token);
    if (!access || access.expiresMs <= this.#account.clock.nowMs()) return null;
    const user = this.#account.state.users.get(access.userId);
    if (!user?.active) return null;
    return { user, token, kind: 'oauth', scopes: this.#account.switches.oauthScopes };
  }
}

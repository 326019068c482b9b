import {
  // biome-ignore lint/suspicious/noDeprecatedImports: marked so as a warning; used for loopback addresses only
  allowInsecureRequests,
  type ClientAuth,
  customFetch,
  processRefreshTokenResponse,
  refreshTokenGrantRequest,
} from 'oauth4webapi';
import { fetch as undiciFetch } from 'undici';
import type { Ports } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import { isLoopback } from './address.ts';
import type { Authorization } from './client.ts';
import type { Redact } from './redact.ts';
import { backoffMs, defaultRetry } from './retry.ts';

/** A connection made by a person once, kept alive by its refresh token. */
export interface OAuthGrant {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** Keeps a new refresh token safe *before* its access token is used: a crash must not lose it. */
  keep(refreshToken: string): Promise<void>;
}

const earlyMs = 60_000;
const assumedLifeMs = 3_600_000;
const refreshTries = 4;

/** A fixed key in fixed headers: nothing to renew. */
export function fixedAuthorization(headers: Readonly<Record<string, string>>): Authorization {
  return {
    ready: () => headers,
    headers: () => Promise.resolve(headers),
    renew: () => Promise.resolve(false),
  };
}

/**
 * Basic authentication as Pipedrive documents it: base64 of `client_id:client_secret` as they are. The library's own
 * one percent-encodes both first (RFC 6749, 2.3.1), which such servers refuse.
 */
function plainBasic(clientSecret: string): ClientAuth {
  return (_server, client, _body, headers) => {
    const pair = Buffer.from(`${client.client_id}:${clientSecret}`).toString('base64');
    headers.set('authorization', `Basic ${pair}`);
  };
}

/**
 * Bearer tokens by refresh token. However many workers find the token dead, one refresh is sent; the others wait
 * for it. A refused refresh is `unauthorized`: a person must connect again. A refresh without an answer is
 * `unavailable`.
 */
export class OAuthAuthorization implements Authorization {
  readonly #grant: OAuthGrant;
  readonly #ports: Ports;
  readonly #redact: Redact;
  readonly #hide: (secret: string) => void;
  #refreshToken: string;
  #headers: Readonly<Record<string, string>> | null = null;
  #goodUntilMs = 0;
  #underWay: Promise<void> | null = null;

  /** `hide` is told every secret that comes along, so that it can be removed from messages. */
  constructor(grant: OAuthGrant, ports: Ports, redact: Redact, hide: (secret: string) => void) {
    this.#grant = grant;
    this.#ports = ports;
    this.#redact = redact;
    this.#hide = hide;
    this.#refreshToken = grant.refreshToken;
  }

  ready(): Readonly<Record<string, string>> | null {
    return this.#ports.clock.monotonicMs() < this.#goodUntilMs ? this.#headers : null;
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    const headers = this.ready();
    if (headers !== null) return headers;
    await this.#refresh();
    return this.#headers ?? {};
  }

  async renew(refused: Readonly<Record<string, string>>): Promise<boolean> {
    if (this.#headers === refused || this.#headers === null) await this.#refresh();
    return true;
  }

  #refresh(): Promise<void> {
    this.#underWay ??= this.#refreshOnce().finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  async #refreshOnce(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const response = await this.#ask();
      if (response !== null) return this.#take(response);
      if (tries === refreshTries) {
        throw new MigrationError(
          'unavailable',
          `${new URL(this.#grant.tokenUrl).host} gives no new access token.`,
        );
      }
      await this.#ports.clock.sleep(backoffMs(defaultRetry, tries, null, this.#ports.random));
    }
  }

  /** The answer of the authority; null when there is none worth reading. */
  async #ask(): Promise<Response | null> {
    const { tokenUrl, clientId, clientSecret } = this.#grant;
    const url = new URL(tokenUrl);
    const server = { issuer: url.origin, token_endpoint: tokenUrl };
    const send = undiciFetch as unknown as NonNullable<
      Parameters<typeof refreshTokenGrantRequest>[4]
    >[typeof customFetch];
    try {
      const response = await refreshTokenGrantRequest(
        server,
        { client_id: clientId },
        plainBasic(clientSecret),
        this.#refreshToken,
        { [customFetch]: send, [allowInsecureRequests]: isLoopback(url.hostname) } as Parameters<
          typeof refreshTokenGrantRequest
        >[4],
      );
      return response.status >= 500 || response.status === 429 ? null : response;
    } catch {
      return null;
    }
  }

  async #take(response: Response): Promise<void> {
    const server = { issuer: new URL(this.#grant.tokenUrl).origin };
    const granted = await processRefreshTokenResponse(
      server,
      { client_id: this.#grant.clientId },
      response,
    ).catch((error: unknown) => {
      const words = this.#redact(error instanceof Error ? error.message : String(error));
      throw new MigrationError('unauthorized', `The connection was refused a new access token: ${words}.`, {
        hint: 'Connect the account again; everything up to here is kept.',
      });
    });
    this.#hide(granted.access_token);
    if (granted.refresh_token !== undefined && granted.refresh_token !== this.#refreshToken) {
      this.#hide(granted.refresh_token);
      await this.#grant.keep(granted.refresh_token);
      this.#refreshToken = granted.refresh_token;
    }
    const lifeMs = granted.expires_in === undefined ? assumedLifeMs : granted.expires_in * 1_000;
    this.#goodUntilMs = this.#ports.clock.monotonicMs() + Math.max(lifeMs - earlyMs, lifeMs / 2);
    this.#headers = { authorization: `Bearer ${granted.access_token}` };
  }
}

import { type ClientAuth, processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi';
import type { Ports } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import {
  answerOfAuthority,
  authorityAt,
  BearerAuthorization,
  type Granted,
  wordsOfRefusal,
} from './bearer.ts';
import type { Authorization } from './client.ts';
import type { Redact } from './redact.ts';

/** A connection made by a person once, kept alive by its refresh token. */
export interface OAuthGrant {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  /** Keeps a new refresh token safe *before* its access token is used: a crash must not lose it. */
  keep(refreshToken: string): Promise<void>;
}

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
  readonly #bearer: BearerAuthorization;
  #refreshToken: string;

  /** `hide` is told every secret that comes along, so that it can be removed from messages. */
  constructor(grant: OAuthGrant, ports: Ports, redact: Redact, hide: (secret: string) => void) {
    this.#grant = grant;
    this.#ports = ports;
    this.#redact = redact;
    this.#hide = hide;
    this.#refreshToken = grant.refreshToken;
    this.#bearer = new BearerAuthorization(() => this.#obtain(), ports.clock);
  }

  ready(): Readonly<Record<string, string>> | null {
    return this.#bearer.ready();
  }

  headers(): Promise<Readonly<Record<string, string>>> {
    return this.#bearer.headers();
  }

  renew(refused: Readonly<Record<string, string>>): Promise<boolean> {
    return this.#bearer.renew(refused);
  }

  async #obtain(): Promise<Granted> {
    const response = await answerOfAuthority(this.#grant.tokenUrl, () => this.#ask(), this.#ports);
    return this.#take(response);
  }

  #ask(): Promise<Response> {
    const { tokenUrl, clientId, clientSecret } = this.#grant;
    const { server, options } = authorityAt(tokenUrl);
    return refreshTokenGrantRequest(
      server,
      { client_id: clientId },
      plainBasic(clientSecret),
      this.#refreshToken,
      options,
    );
  }

  async #take(response: Response): Promise<Granted> {
    const { server } = authorityAt(this.#grant.tokenUrl);
    const granted = await processRefreshTokenResponse(
      server,
      { client_id: this.#grant.clientId },
      response,
    ).catch((error: unknown) => {
      const words = wordsOfRefusal(error, this.#redact);
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
    return granted;
  }
}

import {
  // biome-ignore lint/suspicious/noDeprecatedImports: marked so as a warning; used for loopback addresses only
  allowInsecureRequests,
  customFetch,
  type TokenEndpointRequestOptions,
} from 'oauth4webapi';
import { fetch as undiciFetch } from 'undici';
import type { Ports } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import { isLoopback } from './address.ts';
import type { Authorization } from './client.ts';
import type { Redact } from './redact.ts';
import { backoffMs, defaultRetry } from './retry.ts';

/** A token as an authority gave it out. */
export interface Granted {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in?: number | undefined;
}

const earlyMs = 60_000;
const assumedLifeMs = 3_600_000;
const tokenTries = 4;

/** The authority behind an address for tokens, as the OAuth library wants it and what it asks with. */
export function authorityAt(tokenUrl: string) {
  const { origin, hostname } = new URL(tokenUrl);
  const options = { [customFetch]: undiciFetch, [allowInsecureRequests]: isLoopback(hostname) };
  return {
    server: { issuer: origin, token_endpoint: tokenUrl },
    options: options as unknown as TokenEndpointRequestOptions,
  };
}

/**
 * Bearer tokens of some grant. However many workers find the token dead, one is asked for; the others wait for it.
 * It is asked for anew a minute before its time is over. Whatever `obtain` throws, all of them throw.
 */
export class BearerAuthorization implements Authorization {
  readonly #obtain: () => Promise<Granted>;
  readonly #clock: Ports['clock'];
  #headers: Readonly<Record<string, string>> | null = null;
  #goodUntilMs = 0;
  #underWay: Promise<void> | null = null;

  constructor(obtain: () => Promise<Granted>, clock: Ports['clock']) {
    this.#obtain = obtain;
    this.#clock = clock;
  }

  ready(): Readonly<Record<string, string>> | null {
    return this.#clock.monotonicMs() < this.#goodUntilMs ? this.#headers : null;
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
    const granted = await this.#obtain();
    // A life of nothing would mean a new token for every request: whether it is dead, a 401 says.
    const lifeMs = (granted.expires_in ?? 0) > 0 ? (granted.expires_in ?? 0) * 1_000 : assumedLifeMs;
    this.#goodUntilMs = this.#clock.monotonicMs() + Math.max(lifeMs - earlyMs, lifeMs / 2);
    this.#headers = { authorization: `Bearer ${granted.access_token}` };
  }
}

/** Asks an authority until it answers something worth reading. Throws `unavailable` when it does not. */
export async function answerOfAuthority(
  tokenUrl: string,
  ask: () => Promise<Response>,
  ports: Ports,
): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await ask().catch(() => null);
    if (response !== null && response.status < 500 && response.status !== 429) return response;
    if (tries === tokenTries)
      throw new MigrationError('unavailable', `${new URL(tokenUrl).host} gives no new access token.`);
    await ports.clock.sleep(backoffMs(defaultRetry, tries, null, ports.random));
  }
}

/** What an authority's refusal says, without secrets. */
export function wordsOfRefusal(error: unknown, redact: Redact): string {
  const told =
    typeof error === 'object' && error !== null && 'error_description' in error
      ? error.error_description
      : null;
  const message = error instanceof Error ? error.message : String(error);
  return redact(typeof told === 'string' && told !== '' ? told : message).replace(/\.$/, '');
}

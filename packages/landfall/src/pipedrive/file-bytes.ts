import type { Ports } from '../base/ports.ts';
import type { BytesDigest } from '../model/destination.ts';
import { MigrationError } from '../model/error.ts';
import type { TargetId } from '../model/key.ts';
import type { TargetEntity } from '../model/target.ts';
import { isLoopback } from '../wire/address.ts';
import { defaultLimits, type Exchange, type ExchangeLimits, openExchange } from '../wire/exchange.ts';
import { backoffMs, defaultRetry, type RetryRules } from '../wire/retry.ts';
import { type Account, answerWrong } from './account.ts';
import { tokensOf } from './prices.ts';
import { onePath } from './routes.ts';

const what = 'reading the bytes of a file';

/**
 * Reads the bytes of files back. Published: the answer is the bytes (OpenAPI v1). In truth it may be a link to a storage
 * that needs no token (UNC): it is followed once, and no credentials of ours go there.
 */
export class FileBytes {
  readonly #account: Account;
  readonly #origin: string;
  readonly #limits: ExchangeLimits;
  readonly #retry: RetryRules;
  readonly #ports: Ports;
  readonly #storages = new Map<string, Exchange>();

  constructor(
    account: Account,
    origin: string,
    { limits, retry }: { readonly limits?: Partial<ExchangeLimits>; readonly retry?: Partial<RetryRules> },
    ports: Ports,
  ) {
    this.#account = account;
    this.#origin = origin;
    this.#limits = { ...defaultLimits, ...limits };
    this.#retry = { ...defaultRetry, ...retry };
    this.#ports = ports;
  }

  /** Number and hash of a file's bytes; null when the file is gone. Throws as the client does. */
  async digest(entity: TargetEntity, id: TargetId, signal: AbortSignal): Promise<BytesDigest | null> {
    const { client } = this.#account;
    const path = this.#account.path('v1', `${onePath(entity, id)}/download`);
    const costTokens = tokensOf.fileBytes;
    const reply = await client.send(
      { method: 'GET', path, effect: 'read', costTokens, what, digest: true },
      signal,
    );
    if (reply.gone) return null;
    if (reply.digest !== undefined) return reply.digest;
    const location = [reply.headers.location].flat()[0];
    if (location === undefined || !URL.canParse(location, this.#origin))
      throw answerWrong(what, 'it holds neither bytes nor where they are');
    const place = new URL(location, this.#origin);
    // the open road is for an emulator on this machine, and only to this machine
    const isHere = this.#origin.startsWith('http:') && isLoopback(place.hostname);
    if (place.protocol !== 'https:' && !isHere)
      throw answerWrong(what, 'it points to an address without https');
    return this.#stored(place, signal);
  }

  /** Ends the connections to storages. */
  async close(): Promise<void> {
    for (const storage of this.#storages.values()) await storage.close();
  }

  async #stored(place: URL, signal: AbortSignal): Promise<BytesDigest> {
    const storage = this.#storageAt(place.origin);
    const sending = { method: 'GET', path: place.pathname + place.search, headers: {}, body: null } as const;
    for (let tries = 1; ; tries += 1) {
      const outcome = await storage.send({ ...sending, digest: true }, signal);
      signal.throwIfAborted();
      if (outcome.kind === 'answer' && outcome.digest !== undefined) return outcome.digest;
      const isFinal = outcome.kind === 'answer' && outcome.status < 500 && outcome.status !== 429;
      if (isFinal || tries >= this.#retry.tries)
        throw noBytes(outcome.kind === 'answer' ? outcome.status : null);
      await this.#ports.clock.sleep(backoffMs(this.#retry, tries, null, this.#ports.random), signal);
    }
  }

  #storageAt(origin: string): Exchange {
    const known = this.#storages.get(origin);
    if (known !== undefined) return known;
    const opened = openExchange(origin, this.#limits, this.#ports.dispatcher?.(origin));
    this.#storages.set(origin, opened);
    return opened;
  }
}

function noBytes(status: number | null): MigrationError {
  const answer = status === null ? 'no answer' : `an answer of status ${status}`;
  return new MigrationError('unavailable', `The storage of Pipedrive gave ${answer} while ${what}.`);
}

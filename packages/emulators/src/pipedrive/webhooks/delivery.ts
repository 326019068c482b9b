import type { SendPost } from '../../kit/http-post.ts';
import { seededRandom } from '../../kit/random.ts';
import type { Account } from '../account.ts';
import type { DeliveryStatus, WebhookRecord } from '../records.ts';
import type { State } from '../state.ts';
import { bodyOf, concerns, eventOf, type WebhookEvent } from './event.ts';

/** A receiver must answer within so long; then the attempt has failed. */
const ANSWER_MS = 10_000;
/** After the first failed attempt there are three more, so long after the one before. */
const RETRY_AFTER_MS: readonly number[] = [3_000, 30_000, 150_000];
/** So many failed first attempts in a row bring a ban. */
const BAN_AFTER = 10;
/** A banned webhook is told nothing for so long; what happens meanwhile is lost. */
const BAN_MS = 30 * 60_000;
/** Without a successful delivery for so long a webhook is deleted. */
const DELETED_AFTER_MS = 3 * 24 * 3_600_000;

const FRESH: DeliveryStatus = {
  lastMs: null,
  lastStatus: null,
  failures: 0,
  failingSinceMs: null,
  bannedUntilMs: 0,
};

/** Tells the webhooks of an account of what is kept from now on, except while it is seeded. Numbers are published. */
export function deliverWebhooks(account: Account, send: SendPost): void {
  const { state } = account;
  const random = seededRandom(state.webhooks.nextId);
  state.history.tellTo((table, now, before) => {
    if (state.webhooks.nextId === 1 || account.seeding) return;
    const event = eventOf(account, table, now, before, () => random.uuid());
    if (event === null) return;
    // After the request has been carried out: what a receiver sees is then already answered, or about to be.
    for (const webhook of state.webhooks.all())
      if (concerns(account, webhook, event))
        void Promise.resolve().then(() => first(new Delivery(account, send, webhook, event)));
  });
}

/** Delivers an event, or loses it while the webhook is banned. */
function first(delivery: Delivery): Promise<void> | undefined {
  return delivery.banned ? undefined : delivery.attempt(1);
}

/** One event on its way to one webhook. */
class Delivery {
  readonly #account: Account;
  readonly #state: State;
  readonly #send: SendPost;
  readonly #webhook: WebhookRecord;
  readonly #event: WebhookEvent;

  constructor(account: Account, send: SendPost, webhook: WebhookRecord, event: WebhookEvent) {
    this.#account = account;
    this.#state = account.state;
    this.#send = send;
    this.#webhook = webhook;
    this.#event = event;
  }

  get banned(): boolean {
    return this.#status.bannedUntilMs > this.#nowMs;
  }

  get #nowMs(): number {
    return this.#account.clock.nowMs();
  }

  get #status(): DeliveryStatus {
    return this.#state.deliveries.get(this.#webhook.id) ?? FRESH;
  }

  #remember(change: Partial<DeliveryStatus>): void {
    this.#state.deliveries.set(this.#webhook.id, { ...this.#status, ...change });
  }

  async attempt(nr: number): Promise<void> {
    const status = await this.#post(nr);
    this.#remember({ lastMs: this.#nowMs, lastStatus: status });
    if (status !== null && status >= 200 && status < 300) {
      this.#remember({ failures: 0, failingSinceMs: null });
      return;
    }
    if (nr === 1) this.#countFailure();
    this.#remember({ failingSinceMs: this.#status.failingSinceMs ?? this.#nowMs });
    const delayMs = RETRY_AFTER_MS[nr - 1];
    if (delayMs === undefined) this.#giveUp();
    else this.#account.clock.later(delayMs, () => void this.#again(nr + 1));
  }

  /** A world that was started anew, or a webhook that is gone, gets no further attempts. */
  #again(nr: number): Promise<void> | undefined {
    const gone = this.#state.webhooks.get(this.#webhook.id)?.deletedSec !== null;
    return gone || this.#account.state !== this.#state ? undefined : this.attempt(nr);
  }

  async #post(nr: number): Promise<number | null> {
    const { url, authUser, authPassword } = this.#webhook;
    const basic = Buffer.from(`${authUser ?? ''}:${authPassword ?? ''}`, 'utf8').toString('base64');
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Pipedrive Webhooks',
      ...(authUser === null ? {} : { authorization: `Basic ${basic}` }),
    };
    try {
      return await this.#send({
        url,
        headers,
        body: bodyOf(this.#event, this.#webhook, nr),
        timeoutMs: ANSWER_MS,
      });
    } catch {
      return null;
    }
  }

  /** Published: only first attempts count. INF: a delivery that succeeds sets the count back. */
  #countFailure(): void {
    const failures = this.#status.failures + 1;
    if (failures < BAN_AFTER) this.#remember({ failures });
    else this.#remember({ failures: 0, bannedUntilMs: this.#nowMs + BAN_MS });
  }

  #giveUp(): void {
    const { failingSinceMs } = this.#status;
    if (failingSinceMs === null || this.#nowMs - failingSinceMs < DELETED_AFTER_MS) return;
    const deletedSec = Math.floor(this.#nowMs / 1_000);
    const removeReason = 'no successful deliveries for 3 days';
    this.#state.keep(this.#state.webhooks, { ...this.#webhook, deletedSec, removeReason });
    this.#state.flush();
  }
}

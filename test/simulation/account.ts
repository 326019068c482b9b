import { createCall } from 'landfall-emulators/kit/exchange.ts';
import {
  createPipedrive,
  type PipedriveEmulator,
  type PipedriveOptions,
} from 'landfall-emulators/pipedrive/emulator.ts';
import type { Snapshot } from '../scenarios/support/emulator.ts';
import type { Timeline } from './timeline.ts';

/** An answer of the account as bytes on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A request on its way to the account. */
export interface Request {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

/** Who sent a request that reached the account: the migration, a person, or another integration. */
export type Sender = 'migration' | 'person' | 'other';

/** One line of the account's own log, with who sent it. */
export interface LogEntry {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly tokens: number;
  readonly at: string;
  readonly fault?: string;
  readonly sender: Sender;
}

const nothing = new Uint8Array();

/** The address every simulated account has. */
export const origin = 'https://simulated.pipedrive.com';

/** The emulated account, called in process on simulated time. */
export class Account {
  readonly emulator: PipedriveEmulator;
  readonly #senders: Sender[] = [];
  /** Tokens of users by their place in the seed. */
  userTokens: readonly string[] = [];

  constructor(timeline: Timeline, options: PipedriveOptions) {
    this.emulator = createPipedrive({
      ...options,
      nowMs: () => timeline.nowMs,
      sleep: (ms) => timeline.wait(ms),
    });
  }

  get token(): string {
    return this.emulator.token;
  }

  /** Carries a request to the account and brings its answer. */
  async carry(sender: Sender, request: Request): Promise<Answer> {
    this.#senders.push(sender);
    const { method, path, headers, body } = request;
    const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : (body ?? nothing);
    const call = createCall(method, path, bytes, (name) => headers[name] ?? null);
    const answer = await this.emulator.app.carry(call);
    const text = answer.body;
    return { ...answer, body: typeof text === 'string' ? Buffer.from(text, 'utf8') : text };
  }

  /** What a person does with a token of their own; answers `data`, or null when it was refused. */
  async person(
    method: string,
    path: string,
    body?: unknown,
    sender: Sender = 'person',
  ): Promise<Readonly<Record<string, unknown>> | null> {
    const token = this.userTokens[0] ?? this.token;
    const answer = await this.carry(sender, {
      method,
      path,
      headers: { 'x-api-token': token, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (answer.status >= 300) return null;
    return (JSON.parse(Buffer.from(answer.body).toString('utf8')) as { data: Record<string, unknown> }).data;
  }

  /** All business data as plain values of its own. */
  snapshot(): Snapshot {
    return this.emulator.control.snapshot() as Snapshot;
  }

  /** Every request that reached the account, with who sent it. */
  log(): readonly LogEntry[] {
    return this.emulator.control
      .log()
      .map((line, at) => ({ ...line, sender: this.#senders[at] ?? 'migration' }));
  }

  /** Requests that reached the account so far. */
  get arrivals(): number {
    return this.#senders.length;
  }
}

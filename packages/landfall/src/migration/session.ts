import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../base/hash.ts';
import type { Ports } from '../base/ports.ts';
import type { Destination } from '../model/destination.ts';
import { MigrationError } from '../model/error.ts';
import type { Decision } from '../model/question.ts';
import type { SourceConnector } from '../model/source.ts';
import type { Lease, Store, StoreWriter } from '../model/store.ts';
import type { PhaseContext, Progress } from '../phases/context.ts';
import { createPipedrive, type PipedriveConfig } from '../pipedrive/destination.ts';
import { createSource } from '../sources/registry.ts';
import { holderName } from '../store/holder.ts';
import { openStore } from '../store/open-store.ts';
import { readDecisions } from './record-file.ts';
import { openSourceFiles } from './source-files.ts';
import { sourceSurroundings } from './source-surroundings.ts';
import { nothingSpent, type Spending, spendingName, spendingOf, sumOf } from './spending.ts';
import { openVault } from './vault.ts';
import { type Environment, readConfig, reveal, type WorkspaceConfig } from './workspace-config.ts';

/** What a migration is opened with. */
export interface SessionOptions {
  readonly directory: string;
  readonly ports: Ports;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  report(progress: Progress): void;
}

/** How long a lease holds without being renewed; a dead process on this machine is noticed at once. */
const leaseMs = 60_000;
const renewEveryMs = 20_000;

interface Counted {
  spending: Spending | null;
}

/** One workspace, opened: configuration, store, and the two connectors (made when first needed). */
export class Session {
  readonly directory: string;
  readonly config: WorkspaceConfig;
  readonly store: Store;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly #options: SessionOptions;
  #source: SourceConnector | null = null;
  #destination: Destination | null = null;
  #kept: Spending = nothingSpent;

  private constructor(options: SessionOptions, config: WorkspaceConfig, store: Store) {
    this.directory = options.directory;
    this.config = config;
    this.store = store;
    this.ports = options.ports;
    this.signal = options.signal;
    this.#options = options;
  }

  /** Opens the workspace and takes over the answers of `decisions.yaml`. */
  static async open(options: SessionOptions): Promise<Session> {
    const config = readConfig(options.directory);
    const state = join(options.directory, '.landfall');
    mkdirSync(state, { recursive: true, mode: 0o700 });
    const databaseUrl = config.database ?? options.environment.LANDFALL_DATABASE_URL ?? null;
    const place = { databaseUrl, file: join(state, 'state.sqlite'), migration: config.name };
    const store = await openStore(place, options.ports, { noValues: config.policies.noValues });
    const session = new Session(options, config, store);
    await session.takeDecisions();
    return session;
  }

  get source(): SourceConnector {
    this.#source ??= createSource(
      this.config.source,
      this.ports,
      sourceSurroundings(this.directory, this.#options.environment),
    );
    return this.#source;
  }

  get destination(): Destination {
    this.#destination ??= createPipedrive(this.#destinationConfig(), this.ports);
    return this.#destination;
  }

  /** Brings the store's answers up to those in `decisions.yaml` and returns them. */
  async takeDecisions(): Promise<readonly Decision[]> {
    const decisions = readDecisions(this.directory);
    const known = JSON.stringify(await this.store.decisions());
    if (known !== JSON.stringify(decisions)) {
      await this.store.write(null, (writer) => writer.putDecisions(decisions));
    }
    return decisions;
  }

  /** Does work that writes: takes the lease, keeps it alive, gives it back. Throws `lease-held` while another has it. */
  async work<T>(task: (context: PhaseContext) => Promise<T>): Promise<T> {
    const lease = await this.store.lease(holderName('landfall'), leaseMs);
    const done = new AbortController();
    const lost = new AbortController();
    const keeper = this.#keepAlive(lease, done.signal, lost);
    try {
      return await task(this.#context(lease, AbortSignal.any([this.signal, lost.signal])));
    } finally {
      done.abort();
      await keeper;
      await this.keepSpending().finally(() => lease.release());
    }
  }

  async close(): Promise<void> {
    await this.#destination?.close();
    await this.#source?.close?.();
    await this.store.close();
  }

  /** Adds what was spent here since the last time to the day's count of the workspace. */
  async keepSpending(): Promise<void> {
    if (this.#destination !== null) await this.#keepingSpent(this.store).write(null, async () => undefined);
  }

  /** The store, with what was spent kept by every transaction: a process that is killed has told what it spent. */
  #keepingSpent(store: Store): Store {
    return {
      ...store,
      write: (lease, work, durability) => {
        const counted: Counted = { spending: null };
        const withSpending = async (writer: StoreWriter) => {
          const result = await work(writer);
          counted.spending = await this.#count(writer);
          return result;
        };
        return store.write(lease, withSpending, durability).catch((error: unknown) => {
          // it was not kept: it is still to be counted
          if (counted.spending !== null) this.#kept = sumOf(this.#kept, counted.spending, -1);
          throw error;
        });
      },
    };
  }

  async #count(writer: StoreWriter): Promise<Spending | null> {
    if (this.#destination === null) return null;
    const { spentHere, requests, throttled } = this.#destination.budget();
    const fresh = sumOf({ tokens: spentHere, requests, throttled }, this.#kept, -1);
    if (fresh.tokens === 0 && fresh.requests === 0 && fresh.throttled === 0) return null;
    const name = spendingName(this.ports.clock.nowMs());
    const now = sumOf(spendingOf(await writer.getValue(name)), fresh, 1);
    await writer.setValue(name, JSON.stringify(now));
    this.#kept = sumOf(this.#kept, fresh, 1);
    return fresh;
  }

  #context(lease: Lease, signal: AbortSignal): PhaseContext {
    const { config, ports, source, destination } = this;
    const store = this.#keepingSpent(this.store);
    const report = (progress: Progress) => this.#options.report(progress);
    destination.fence?.(() => lease.isCurrent());
    return {
      migration: config.name,
      store,
      lease,
      source,
      destination,
      policies: config.policies,
      ports,
      signal,
      report,
    };
  }

  /** A renewal that fails for another reason than a lost lease is tried again: the store may be busy. */
  async #keepAlive(lease: Lease, done: AbortSignal, lost: AbortController): Promise<void> {
    for (;;) {
      await this.ports.clock.sleep(renewEveryMs, done);
      if (done.aborted) return;
      await lease.renew().catch((error: unknown) => {
        if (error instanceof MigrationError && error.code === 'lease-lost') lost.abort(error);
      });
    }
  }

  #destinationConfig(): PipedriveConfig {
    const { url, auth, plan, seats, pace } = this.config.destination;
    const { budgetShare, offPeak, offPeakShare, timezone } = this.config.policies;
    const openFile = openSourceFiles(() => this.source, join(this.directory, '.landfall', 'files'));
    const common = { url, plan, seats, pace, share: budgetShare, offPeak, offPeakShare, timezone, openFile };
    const { environment } = this.#options;
    if ('token' in auth)
      return { ...common, auth: { token: reveal(auth.token, environment, 'destination.auth.token') } };
    const vault = openVault(join(this.directory, '.landfall'), environment);
    const given = reveal(auth.refreshToken, environment, 'destination.auth.refreshToken');
    // what came of a sign-in is kept under it: the token of a new one is not overruled by what the old one led to
    const kept = `refreshToken after ${sha256(given).slice(0, 16)}`;
    const refreshToken = vault.read(kept) ?? given;
    return {
      ...common,
      auth: {
        oauth: {
          clientId: auth.clientId,
          clientSecret: reveal(auth.clientSecret, environment, 'destination.auth.clientSecret'),
          refreshToken,
          tokenUrl: auth.tokenUrl,
          keep: async (token: string) => vault.write(kept, token),
        },
      },
    };
  }
}

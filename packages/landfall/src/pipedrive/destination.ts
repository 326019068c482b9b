import { must } from '../base/assert.ts';
import type { Ports } from '../base/ports.ts';
import type { AccountFacts, BudgetView, Destination } from '../model/destination.ts';
import { MigrationError } from '../model/error.ts';
import { checkedAddress } from '../wire/address.ts';
import type { AnswerKind, Dialect } from '../wire/answer.ts';
import { type Authorization, Client } from '../wire/client.ts';
import { type Hours, parseHours } from '../wire/day.ts';
import { defaultLimits, type ExchangeLimits, openExchange } from '../wire/exchange.ts';
import { Gate, type GateRules } from '../wire/gate.ts';
import { fixedAuthorization, OAuthAuthorization, type OAuthGrant } from '../wire/oauth.ts';
import { createRedact } from '../wire/redact.ts';
import { defaultRetry, type RetryRules } from '../wire/retry.ts';
import { Account } from './account.ts';
import { lastChange } from './change-log.ts';
import { configureStep, findConfigured } from './configure.ts';
import { walkDependants } from './dependants.ts';
import { FileBytes } from './file-bytes.ts';
import { fingerprintOfRequest, fingerprintsOfRecord } from './fingerprint.ts';
import { capsOf, capWords } from './limits.ts';
import { normalForm } from './normalise.ts';
import { dailyTokensOf, type Plan, planNamed, plans } from './plans.ts';
import { costTable } from './prices.ts';
import { getRecord, walkRecords, watermarkOf } from './reads.ts';
import { Unconfigure } from './unconfigure.ts';
import { type OpenFile, openLocalFile } from './upload.ts';
import { dealsAndLeads } from './usage.ts';
import { removeRecord, writeRecord, writeTogether } from './writes.ts';

/** How we reach a Pipedrive account, and how much of it we may use. */
export interface PipedriveConfig {
  /** `https://acme.pipedrive.com`; http on this machine only. */
  readonly url: string;
  readonly auth:
    | { readonly token: string }
    | {
        readonly oauth: Omit<OAuthGrant, 'tokenUrl' | 'keep'> &
          Partial<Pick<OAuthGrant, 'tokenUrl' | 'keep'>>;
      };
  /** `lite`, `growth`, `premium`, `ultimate`, or an old name. */
  readonly plan: string;
  readonly seats: number;
  /** Our share of the day's tokens, above 0 up to 1. */
  readonly share: number;
  /** `20:00-06:00` in `timezone`, when `offPeakShare` holds; null: never. */
  readonly offPeak?: string | null;
  readonly offPeakShare?: number;
  /** IANA zone. */
  readonly timezone?: string;
  /** Tokens that stay in the account whoever used the rest; null (default): the part that is not our share. */
  readonly reserveTokens?: number | null;
  /** When the account's day begins, in minutes after midnight UTC. Not documented (UNC): 0. */
  readonly resetMinuteUtc?: number;
  /** `off`: no burst and no daily limit is kept, whatever headers say; for an emulator that enforces none. */
  readonly pace?: 'plan' | 'off';
  /** Whether refused requests are charged: not documented (UNC), true is the careful guess. */
  readonly chargeRefused?: boolean;
  /** The most bytes of one file. Not published (UNC): 50 MB, an assumption [A]. */
  readonly mostFileBytes?: number;
  /** Opens the bytes of files; left out: files on this machine, by their path. */
  readonly openFile?: OpenFile;
  readonly retry?: Partial<RetryRules>;
  readonly limits?: Partial<ExchangeLimits>;
}

/** Where Pipedrive says what, as data (facts.md 3.4, 6.1). */
const pipedriveDialect: Dialect = {
  dayRemainingHeader: 'x-daily-ratelimit-token-remaining',
  dayLimitHeader: 'x-daily-ratelimit-token-limit',
  burstLimitHeader: 'x-ratelimit-limit',
  burstRemainingHeader: 'x-ratelimit-remaining',
  burstResetHeader: 'x-ratelimit-reset',
  meterHeader: 'x-ratelimit-limit',
  capCodePrefix: 'feature_capping_',
  successMember: 'success',
};

const withoutLimits: Dialect = {
  ...pipedriveDialect,
  dayLimitHeader: null,
  burstLimitHeader: null,
  burstRemainingHeader: null,
};

const usualFileBytes = 50 * 1024 * 1024;
const burstWindowMs = 2_000;
const burstGuardMs = 500;
const searchBurst = 10;
const oauthTokenUrl = 'https://oauth.pipedrive.com/oauth/token';

/** Answers that say nothing was done, and may or may not be charged. */
const refusals: ReadonlySet<AnswerKind> = new Set(['refused', 'gone', 'cap', 'forbidden']);
/** Answers given before the account's budget is looked at. */
const free: ReadonlySet<AnswerKind> = new Set([
  'burst',
  'day',
  'blocked',
  'unauthorized',
  'notSent',
  'notServed',
]);

/**
 * Opens a Pipedrive account as a destination. Sends nothing yet.
 * Throws `configuration-wrong` when address, plan, seats, share or hours cannot be right.
 */
export function createPipedrive(config: PipedriveConfig, ports: Ports): Destination {
  const plan = checkedPlan(config);
  const { origin, basePath } = checkedAddress(config.url);
  const gate = new Gate(gateRules(config, plan), ports.clock);
  const { authorization, redact } = authorize(config, ports);
  const client = new Client({
    exchange: openExchange(origin, { ...defaultLimits, ...config.limits }, ports.dispatcher?.(origin)),
    gate,
    authorization,
    dialect: config.pace === 'off' ? withoutLimits : pipedriveDialect,
    retry: { ...defaultRetry, ...config.retry },
    redact,
    ports,
    system: 'Pipedrive',
    charged: (kind) => !free.has(kind) && (!refusals.has(kind) || (config.chargeRefused ?? true)),
    capWords: (code, words) => capWords(plan, config.seats, code, words),
  });
  const account = new Account(client, basePath, config.openFile ?? openLocalFile);
  return destinationOf(account, new FileBytes(account, origin, config, ports), gate, plan, config);
}

function destinationOf(
  account: Account,
  bytes: FileBytes,
  gate: Gate,
  plan: Plan,
  config: PipedriveConfig,
): Destination {
  const unconfigure = new Unconfigure(account);
  const index = () => must(account.known, 'the catalog is read (describe) before it is used');
  return {
    system: 'pipedrive',
    costs: costTable,
    mostFileBytes: config.mostFileBytes ?? usualFileBytes,
    check: (signal) => check(account, gate, plan, config, signal),
    describe: (signal) => account.describe(signal),
    watermark: (entity, signal) => watermarkOf(account, entity, signal),
    walk: (entity, options, signal) => walkRecords(account, entity, options, signal),
    get: (entity, id, signal) => getRecord(account, entity, id, signal),
    digest: (entity, id, signal) => bytes.digest(entity, id, signal),
    fence: (holds) => account.client.fence(holds),
    write(request, signal) {
      unconfigure.forget();
      return writeRecord(account, request, signal);
    },
    writeTogether(requests, signal) {
      unconfigure.forget();
      return writeTogether(account, requests, signal);
    },
    remove(entity, id, signal) {
      unconfigure.forget();
      return removeRecord(account, entity, id, signal);
    },
    configure: (step, signal) => configureStep(account, step, signal),
    lookFor: (step, signal) => account.look(step, signal),
    findConfigured: (step) => findConfigured(index(), step),
    unconfigure: (step, ids, signal) => unconfigure.takeBack(step, ids, signal),
    fingerprint: (request) => fingerprintOfRequest(index(), request),
    fingerprintsOf: (record) => fingerprintsOfRecord(index(), record),
    normalise: (entity, field, value) => normalForm(index().entities[entity].byName.get(field), value),
    dependants: (of, signal) => walkDependants(account, of, signal),
    lastChange: (entity, id, signal) => lastChange(account, entity, id, signal),
    budget: () => budgetView(account, gate, plan, config.seats),
    close: async () => {
      await bytes.close();
      await account.client.close();
    },
  };
}

async function check(
  account: Account,
  gate: Gate,
  plan: Plan,
  config: PipedriveConfig,
  signal: AbortSignal,
): Promise<AccountFacts> {
  const me = await account.me(signal);
  const domain = me.company_domain === '' ? new URL(config.url).host : `${me.company_domain}.pipedrive.com`;
  const deals = await dealsAndLeads(account, signal);
  const fields = account.wire?.fields;
  const customFields =
    fields === undefined
      ? null
      : Object.values(fields)
          .flat()
          .filter((field) => field.is_custom_field).length;
  return {
    account: me.company_name === '' ? domain : `${me.company_name} (${domain})`,
    user: me.email === '' ? me.name : `${me.name} <${me.email}>`,
    admin: me.access.some(({ admin }) => admin),
    plan: plan.name,
    seats: config.seats,
    dailyTokens: gate.tokens.dailyTokens ?? dailyTokensOf(plan, config.seats),
    tokensLeft: gate.tokens.leftTokens,
    caps: capsOf(plan, config.seats, { customFields, deals }),
  };
}

function budgetView(account: Account, gate: Gate, plan: Plan, seats: number): BudgetView {
  const { tally } = account.client;
  return {
    dailyTokens: gate.tokens.dailyTokens ?? dailyTokensOf(plan, seats),
    spentToday: gate.tokens.spentTokens,
    spentHere: tally.tokens,
    requests: tally.requests,
    throttled: tally.throttled,
  };
}

function checkedPlan(config: PipedriveConfig): Plan {
  const plan = planNamed(config.plan);
  if (plan === null)
    throw wrong(`There is no Pipedrive plan "${config.plan}". Plans: ${Object.keys(plans).join(', ')}.`);
  if (!Number.isInteger(config.seats) || config.seats < 1)
    throw wrong('seats must be a whole number, 1 or more.');
  for (const share of [config.share, config.offPeakShare ?? config.share]) {
    if (!(share > 0 && share <= 1)) throw wrong('A share of the budget must be above 0 and at most 1.');
  }
  return plan;
}

function gateRules(config: PipedriveConfig, plan: Plan): GateRules {
  const paced = config.pace !== 'off';
  const limit = 'token' in config.auth ? plan.burst.token : plan.burst.oauth;
  const window = { windowMs: burstWindowMs, guardMs: burstGuardMs };
  return {
    tokens: {
      dailyTokens: paced ? dailyTokensOf(plan, config.seats) : null,
      share: config.share,
      offPeak: offPeakHours(config),
      offPeakShare: config.offPeakShare ?? config.share,
      reserveTokens: config.reserveTokens ?? null,
      resetMinuteUtc: config.resetMinuteUtc ?? 0,
    },
    burst: { ...window, limit: paced ? limit : null },
    lanes: { search: { ...window, limit: paced ? searchBurst : null } },
  };
}

function offPeakHours(config: PipedriveConfig): Hours | null {
  if (config.offPeak === undefined || config.offPeak === null) return null;
  const hours = parseHours(config.offPeak, config.timezone ?? 'UTC');
  if (hours === null) throw wrong(`offPeak must be hours like "20:00-06:00", not "${config.offPeak}".`);
  return hours;
}

function authorize(config: PipedriveConfig, ports: Ports) {
  const { auth } = config;
  const secrets = 'token' in auth ? [auth.token] : [auth.oauth.clientSecret, auth.oauth.refreshToken];
  let filter = createRedact(secrets);
  const redact = (text: string) => filter(text);
  const hide = (secret: string) => {
    secrets.push(secret);
    filter = createRedact(secrets);
  };
  const grant = 'token' in auth ? null : { tokenUrl: oauthTokenUrl, keep: async () => {}, ...auth.oauth };
  if (grant !== null) checkedAddress(grant.tokenUrl);
  const authorization: Authorization =
    'token' in auth
      ? fixedAuthorization({ 'x-api-token': auth.token, accept: 'application/json' })
      : new OAuthAuthorization(must(grant, 'an OAuth grant'), ports, redact, hide);
  return { authorization, redact };
}

function wrong(message: string): MigrationError {
  return new MigrationError('configuration-wrong', message);
}

import { join } from 'node:path';
import { z } from 'zod';
import type { Ports } from '../../base/ports.ts';
import { MigrationError } from '../../model/error.ts';
import type { SourceConnector } from '../../model/source.ts';
import type { Address } from '../../wire/address.ts';
import { plainDialect } from '../../wire/answer.ts';
import { parseBodyKeepingDigits } from '../../wire/body.ts';
import { type Authorization, Client } from '../../wire/client.ts';
import { clientCredentialsAuthorization } from '../../wire/client-credentials.ts';
import { defaultLimits, openExchange } from '../../wire/exchange.ts';
import { Gate, type GateRules } from '../../wire/gate.ts';
import { fixedAuthorization } from '../../wire/oauth.ts';
import { createRedact, type Redact } from '../../wire/redact.ts';
import { defaultRetry } from '../../wire/retry.ts';
import { odataSource } from '../shared/odata/connector.ts';
import { WebApi } from '../shared/odata/web-api.ts';
import { addressSetting, parseSettings, secretSetting } from '../shared/settings.ts';
import type { SourceSurroundings } from '../surroundings.ts';
import { opex365 } from './catalog.ts';

const text = z.string().min(1);

const signIn = z.strictObject({
  tenant: text.optional(),
  authority: text.optional(),
  clientId: text,
  clientSecret: secretSetting,
});
const fixedToken = z.strictObject({ token: secretSetting });

/** One of the two ways to sign in; which one is told by what stands there. */
function signInOf(
  value: unknown,
  context: z.RefinementCtx,
): z.infer<typeof fixedToken> | z.infer<typeof signIn> {
  const given = typeof value === 'object' && value !== null ? value : {};
  const way = 'token' in given ? fixedToken : 'clientId' in given || 'clientSecret' in given ? signIn : null;
  const parsed = way?.safeParse(value);
  if (parsed?.success === true) return parsed.data;
  const choice =
    'must be { tenant, clientId, clientSecret }, with authority for one of your own, or { token }';
  const issues = parsed?.error.issues ?? [{ path: [], message: choice }];
  for (const { path, message } of issues) context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
}

/** Some pages of a wide table: a minute, not an hour, before anything can be decided. */
const usualWholeRows = 20_000;

const shape = z.strictObject({
  system: z.string(),
  url: text,
  auth: z.unknown().transform(signInOf),
  /** A server of the customer's own: no limits of the service, no recommendation. */
  onPremises: z.boolean().default(false),
  /** The language of labels: 1033 English, 1055 Turkish, 1031 German. Absent: the signed-in user's. */
  language: z.int().positive().optional(),
  /** Bundles whose members have no lines: `true` also takes members that somebody would have had to choose. */
  optionalMembers: z.boolean().default(false),
  limits: z
    .strictObject({
      /** Requests at once; absent: what the service recommends. */
      parallel: z.int().min(1).max(52).optional(),
      pageRows: z.int().min(1).max(5_000).optional(),
      /** Larger tables are looked at by a sample, not whole, before the move. */
      wholeRows: z.int().min(4).default(usualWholeRows),
      /** Sendings of one request, the first included. */
      tries: z.int().min(1).max(20).optional(),
    })
    .prefault({}),
});
type Settings = z.infer<typeof shape>;

const publicAuthority = 'https://login.microsoftonline.com';
/** Whoever belongs to some organisation: the authority finds out which by the program's id. */
const anyTenant = 'organizations';

/** The windows of service protection slide over five minutes: no wait it asks for is longer (facts 2). */
const windowMs = 300_000;
/** A page of long texts, or a block of 4 MB in base64; on-premises a whole file comes at once. */
const mostBodyBytes = { online: 64 * 1024 * 1024, onPremises: 256 * 1024 * 1024 } as const;

/** Nothing is counted in advance: one ramps up, and waits when told so (facts 2). */
const gateRules: GateRules = {
  tokens: {
    dailyTokens: null,
    share: 1,
    offPeak: null,
    offPeakShare: 1,
    reserveTokens: null,
    resetMinuteUtc: 0,
  },
  burst: { limit: null, windowMs, guardMs: 0, mostBlockMs: windowMs },
  lanes: {},
};

/**
 * OPEX 365 CRM through its Dataverse Web API (O-01, O-02). `config` is the `source` part of `landfall.yaml`:
 * `{ system, url, auth: { tenant, authority?, clientId, clientSecret } | { token }, onPremises?, language?, limits? }`.
 * Throws `configuration-wrong` with every fault of it, `secret-missing` for a secret that is not there.
 */
export function opex365Source(
  config: unknown,
  ports: Ports,
  surroundings: SourceSurroundings,
): SourceConnector {
  const settings = parseSettings(shape, config);
  const { origin, basePath } = addressSetting(settings.url, 'source.url');
  const address = { origin, basePath: basePath.replace(/\/api\/data\/v9\.[0-2]$/, '') };
  const { authorization, redact } = authorize(settings, address, ports, surroundings);
  const { onPremises, limits, language, optionalMembers } = settings;
  const client = new Client({
    exchange: openExchange(
      address.origin,
      {
        ...defaultLimits,
        connections: limits.parallel ?? 52,
        mostBodyBytes: onPremises ? mostBodyBytes.onPremises : mostBodyBytes.online,
      },
      ports.dispatcher?.(address.origin),
      parseBodyKeepingDigits,
    ),
    gate: new Gate(gateRules, ports.clock),
    authorization,
    dialect: plainDialect,
    retry: { ...defaultRetry, tries: limits.tries ?? defaultRetry.tries },
    redact,
    ports,
    system: opex365.label,
    charged: () => false,
    capWords: (_code, words) => words,
  });
  const root = `${address.basePath}${opex365.apiPath}`;
  const service = new WebApi(client, opex365.label, address.origin, root, limits.parallel ?? null);
  return odataSource(service, opex365, {
    language: language ?? null,
    pageRows: limits.pageRows ?? null,
    wholeRows: limits.wholeRows,
    optionalMembers,
    directory: join(surroundings.directory, '.landfall', 'shared-files'),
  });
}

function authorize(
  { auth, onPremises }: Settings,
  address: Address,
  ports: Ports,
  surroundings: SourceSurroundings,
): { readonly authorization: Authorization; readonly redact: Redact } {
  const secrets: string[] = [];
  let filter = createRedact(secrets);
  const redact = (told: string) => filter(told);
  const hide = (value: string) => {
    secrets.push(value);
    filter = createRedact(secrets);
  };
  if ('token' in auth) {
    const token = surroundings.secret(auth.token, 'source.auth.token');
    hide(token);
    return { authorization: fixedAuthorization({ authorization: `Bearer ${token}` }), redact };
  }
  const clientSecret = surroundings.secret(auth.clientSecret, 'source.auth.clientSecret');
  hide(clientSecret);
  const tokenUrl = tokenUrlOf(auth, onPremises);
  const parameters = onPremises
    ? { resource: `${address.origin}/` }
    : { scope: `${address.origin}/.default` };
  const credentials = { tokenUrl, clientId: auth.clientId, clientSecret, parameters };
  return { authorization: clientCredentialsAuthorization(credentials, ports, redact, hide), redact };
}

/** Where tokens come from: below the tenant at the public authority, or at one of the customer's own (AD FS). */
function tokenUrlOf({ authority, tenant }: z.infer<typeof signIn>, onPremises: boolean): string {
  const { origin, basePath } = addressSetting(authority ?? publicAuthority, 'source.auth.authority');
  const path = tenantPath(basePath, tenant, authority === undefined);
  return `${origin}${path}${onPremises ? '/oauth2/token' : '/oauth2/v2.0/token'}`;
}

function tenantPath(basePath: string, tenant: string | undefined, isPublic: boolean): string {
  if (tenant === undefined && isPublic) {
    throw new MigrationError(
      'configuration-wrong',
      'source.auth.tenant: the directory to sign in to is missing.',
      {
        at: 'landfall.yaml',
        hint: 'Write the tenant id (or its domain) beside clientId and clientSecret.',
      },
    );
  }
  const last = tenant ?? (basePath === '' ? anyTenant : null);
  return last === null || basePath.endsWith(`/${last}`) ? basePath : `${basePath}/${last}`;
}

import type { Answer, Call } from '../../kit/exchange.ts';
import { jsonAnswer } from '../../kit/exchange.ts';
import type { SeededRandom } from '../../kit/random.ts';
import type { Organization } from '../records/organization.ts';
import { Refusal } from '../refusal.ts';
import { tableNamed } from '../schema/schema.ts';
import { APPLICATION_USER } from '../world/people.ts';

/** What a client needs to sign in. */
export interface OauthApp {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who asks: the signed-in user, and the one they act for. */
export interface Caller {
  /** The systemuserid that requests are counted for. */
  readonly userId: string;
  /** The systemuserid whose rights hold. */
  readonly actingId: string;
}

const TOKEN_PATH = /^\/([^/]+)\/oauth2(?:\/v2\.0)?\/token$/;
const DISCOVERY_PATH = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/;

/** Tokens of an organisation and who they belong to. */
export class Auth {
  readonly app: OauthApp;
  /** An access token that does not expire. */
  readonly token: string;
  readonly #organization: Organization;
  readonly #random: SeededRandom;
  readonly #tokens = new Map<string, number>();

  constructor(organization: Organization, random: SeededRandom) {
    this.#organization = organization;
    this.#random = random;
    this.app = { tenantId: random.uuid(), clientId: random.uuid(), clientSecret: random.hex(40) };
    this.token = random.hex(64);
    this.#tokens.set(this.token, Number.POSITIVE_INFINITY);
  }

  /** Answers requests to the identity platform; null: the request is none. `origin` is this server's address. */
  answer(call: Call, origin: string): Answer | null {
    const [, discovered] = DISCOVERY_PATH.exec(call.path) ?? [];
    if (discovered !== undefined && call.method === 'GET') return discovery(origin, discovered);
    const [, tenant] = TOKEN_PATH.exec(call.path) ?? [];
    if (tenant === undefined) return null;
    return call.method === 'POST'
      ? this.#grant(call, tenant)
      : jsonAnswer(405, { error: 'method_not_allowed' });
  }

  /** The user of a request; null: it must be answered 401. Throws a refusal for an impersonation that may not be. */
  caller(call: Call): Caller | null {
    const [, token] = /^Bearer (.+)$/i.exec(call.header('authorization') ?? '') ?? [];
    const expiresMs = token === undefined ? undefined : this.#tokens.get(token);
    if (expiresMs === undefined || expiresMs <= this.#organization.clock.nowMs()) return null;
    const userId = this.#organization.world.id('systemuser', APPLICATION_USER);
    return { userId, actingId: this.#impersonated(call) ?? userId };
  }

  /** Ends the token of a request, as if its time were over; the one that never expires only fails this once. */
  expire(call: Call): void {
    const [, token] = /^Bearer (.+)$/i.exec(call.header('authorization') ?? '') ?? [];
    if (token !== undefined && token !== this.token) this.#tokens.delete(token);
  }

  #impersonated(call: Call): string | null {
    const object = call.header('callerobjectid');
    const id = call.header('mscrmcallerid') ?? object;
    if (id === null) return null;
    const organization = this.#organization;
    if (!organization.switches.mayImpersonate)
      throw new Refusal(
        403,
        '0x80040220',
        'SecLib::CheckPrivilege failed. Missing prvActOnBehalfOfAnotherUser.',
      );
    const users = tableNamed('systemuser');
    const wanted = id.toLowerCase();
    for (const row of organization.rows(users)) {
      const own =
        object === null
          ? organization.id(users, row)
          : organization.value(users, row, 'azureactivedirectoryobjectid');
      if (own !== wanted) continue;
      if (organization.value(users, row, 'isdisabled') === true)
        throw new Refusal(
          403,
          '0x80040225',
          `The specified user(Id = ${wanted}) is disabled. Consider enabling this user.`,
        );
      return organization.id(users, row);
    }
    throw new Refusal(
      403,
      '0x80040225',
      `The specified user(Id = ${wanted}) is not a member of the organization.`,
    );
  }

  #grant(call: Call, tenant: string): Answer {
    const form = new URLSearchParams(call.text());
    const { tenantId, clientId, clientSecret } = this.app;
    const basic = basicCredentials(call.header('authorization'));
    if (tenant !== tenantId && tenant !== 'organizations')
      return refused(400, 'invalid_request', 90_002, `Tenant '${tenant}' not found.`);
    if (form.get('grant_type') !== 'client_credentials')
      return refused(400, 'unsupported_grant_type', 70_003, 'The app requested an unsupported grant type.');
    if ((form.get('client_id') ?? basic?.id) !== clientId)
      return refused(400, 'unauthorized_client', 700_016, 'Application was not found in the directory.');
    if ((form.get('client_secret') ?? basic?.secret) !== clientSecret)
      return refused(401, 'invalid_client', 7_000_215, 'Invalid client secret provided.');
    const scope = form.get('scope') ?? form.get('resource') ?? '';
    if (form.has('scope') && !scope.endsWith('/.default'))
      return refused(
        400,
        'invalid_scope',
        70_011,
        `The provided value for the input parameter 'scope' is not valid: ${scope}`,
      );
    return this.#granted();
  }

  #granted(): Answer {
    const { clock, switches } = this.#organization;
    const token = this.#random.hex(64);
    this.#tokens.set(token, clock.nowMs() + switches.tokenSec * 1_000);
    const body = {
      token_type: 'Bearer',
      expires_in: switches.tokenSec,
      ext_expires_in: switches.tokenSec,
      access_token: token,
    };
    return jsonAnswer(200, body, { 'cache-control': 'no-store' });
  }
}

function basicCredentials(header: string | null): { id: string; secret: string } | null {
  const [, encoded] = /^Basic (.+)$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return null;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return { id: decodeURIComponent(id), secret: decodeURIComponent(secret) };
}

function refused(status: number, error: string, code: number, text: string): Answer {
  return jsonAnswer(status, { error, error_description: `AADSTS${code}: ${text}`, error_codes: [code] });
}

function discovery(origin: string, tenant: string): Answer {
  return jsonAnswer(200, {
    issuer: `${origin}/${tenant}/v2.0`,
    token_endpoint: `${origin}/${tenant}/oauth2/v2.0/token`,
    authorization_endpoint: `${origin}/${tenant}/oauth2/v2.0/authorize`,
    jwks_uri: `${origin}/${tenant}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  });
}

/** The answer to a request without a valid token. The text of the header is general knowledge, not published. */
export function unauthorized(root: string, { tenantId }: OauthApp): Answer {
  const authority = `https://login.microsoftonline.com/${tenantId}/oauth2/authorize`;
  return {
    status: 401,
    headers: { 'www-authenticate': `Bearer authorization_uri=${authority}, resource_id=${root}/` },
    body: '',
    costTokens: 0,
  };
}

/** Throws a refusal when a table may not be read. */
export function assertReadable(organization: Organization, name: string, callerId: string): void {
  const { unreadableTables, readableIntersects } = organization.switches;
  const table = tableNamed(name);
  if (table.isIntersect && !readableIntersects)
    throw new Refusal(
      405,
      '0x80040800',
      `The 'RetrieveMultiple' method does not support entities of type '${name}'.`,
    );
  if (!unreadableTables.includes(name)) return;
  const text = `Principal user (Id=${callerId}, type=8, roleCount=1, privilegeCount=812, accessMode=4), is missing prvRead${table.schemaName} privilege (Id=${organization.world.id('organization', 0)}) on OTC=${table.code} for entity '${name}' (LocalizedName='${table.label}'). context.Caller=${callerId}.`;
  throw new Refusal(403, '0x80040220', text);
}

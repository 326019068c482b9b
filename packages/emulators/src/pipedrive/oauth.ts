import { type Answer, type Call, jsonAnswer } from '../kit/exchange.ts';
import type { Auth } from './auth.ts';

/** Scopes that a token names when the account's switch does not narrow them. */
const ALL_SCOPES =
  'base deals:full contacts:full activities:full leads:full products:full deal-fields:full contact-fields:full product-fields:full users:read admin search:read recents:read';

/** Answers `/oauth/token` and `/oauth/authorize`; null for any other path. Neither costs tokens. */
export function answerOauth(
  auth: Auth,
  call: Call,
  origin: string,
  scopes: readonly string[] | null,
): Answer | null {
  if (call.path === '/oauth/authorize' && call.method === 'GET') return authorize(auth, call);
  if (call.path === '/oauth/token' && call.method === 'POST') return token(auth, call, origin, scopes);
  return null;
}

function refuse(message: string, error = 'invalid_request'): Answer {
  return jsonAnswer(400, { success: false, error, message });
}

function authorize(auth: Auth, call: Call): Answer {
  const redirect = call.query.get('redirect_uri') ?? auth.app.redirectUri;
  if (call.query.get('client_id') !== auth.app.clientId) return refuse('Invalid client: client is invalid');
  const target = new URL(redirect);
  target.searchParams.set('code', auth.newCode());
  const state = call.query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { location: target.href }, body: '', costTokens: 0 };
}

function token(auth: Auth, call: Call, origin: string, scopes: readonly string[] | null): Answer {
  if (!(call.header('content-type') ?? '').includes('application/x-www-form-urlencoded'))
    return refuse('Invalid request: content must be `application/x-www-form-urlencoded`');
  const form = new URLSearchParams(call.text());
  if (!clientIsKnown(auth, call, form)) return refuse('Invalid client: client is invalid', 'invalid_client');
  const refusal = grantRefusal(auth, form);
  if (refusal !== null)
    return refuse(refusal, refusal.startsWith('Invalid grant') ? 'invalid_grant' : undefined);
  const access = auth.newAccess();
  return jsonAnswer(200, {
    access_token: access.token,
    token_type: 'Bearer',
    refresh_token: auth.app.refreshToken,
    scope: scopes?.join(' ') ?? ALL_SCOPES,
    expires_in: access.expiresSec,
    api_domain: origin,
  });
}

function clientIsKnown(auth: Auth, call: Call, form: URLSearchParams): boolean {
  const basic = /^Basic (.+)$/i.exec(call.header('authorization') ?? '')?.[1];
  const [id, secret] =
    basic === undefined
      ? [form.get('client_id'), form.get('client_secret')]
      : Buffer.from(basic, 'base64').toString('utf8').split(':');
  return id === auth.app.clientId && secret === auth.app.clientSecret;
}

function grantRefusal(auth: Auth, form: URLSearchParams): string | null {
  switch (form.get('grant_type')) {
    case null:
      return 'Missing parameter: `grant_type`';
    case 'refresh_token':
      return auth.useRefreshToken(form.get('refresh_token') ?? '')
        ? null
        : 'Invalid grant: `refresh_token` is invalid';
    case 'authorization_code': {
      const state = auth.takeCode(form.get('code') ?? '');
      if (state === 'valid') return null;
      return `Invalid grant: \`authorization_code\` ${state === 'expired' ? 'has expired' : 'is invalid'}`;
    }
    default:
      return 'Unsupported grant type: `grant_type` is invalid';
  }
}

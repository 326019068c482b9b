import { type Answer, type Call, jsonAnswer } from '../kit/exchange.ts';
import type { Auth } from './auth.ts';

/** Scopes that a token names when the account's switch does not narrow them. */
const ALL_SCOPES =
  'base deals:full contacts:full activities:full leads:full products:full deal-fields:full contact-fields:full product-fields:full users:read admin search:read recents:read';

/** Answers `/oauth/token`, `/oauth/authorize` and `/oauth/revoke`; null for any other path. They cost no tokens. */
export function answerOauth(
  auth: Auth,
  call: Call,
  origin: string,
  scopes: readonly string[] | null,
): Answer | null {
  if (call.path === '/oauth/authorize' && call.method === 'GET') return authorize(auth, call);
  if (call.path === '/oauth/token' && call.method === 'POST') return token(auth, call, origin, scopes);
  if (call.path === '/oauth/revoke' && call.method === 'POST') return revoke(auth, call);
  return null;
}

/** An access token ends; with the refresh token the app is uninstalled, and all its tokens end. */
function revoke(auth: Auth, call: Call): Answer {
  const form = new URLSearchParams(call.text());
  if (!clientIsKnown(auth, call, form)) return refuse('Invalid client: client is invalid', 'invalid_client');
  auth.revoke(decodeURIComponent(form.get('token') ?? ''));
  return jsonAnswer(200, { success: true });
}

function refuse(message: string, error = 'invalid_request'): Answer {
  return jsonAnswer(400, { success: false, error, message });
}

/**
 * Consents without asking and sends back with a code. Which user consents is the emulator's own parameter
 * `emulated_user` (an id; absent: the first administrator), in the place of the vendor's sign-in page.
 */
function authorize(auth: Auth, call: Call): Answer {
  const redirect = call.query.get('redirect_uri') ?? auth.app.redirectUri;
  if (call.query.get('client_id') !== auth.app.clientId) return refuse('Invalid client: client is invalid');
  if (!URL.canParse(redirect)) return refuse('Invalid request: `redirect_uri` is invalid');
  const code = auth.newCode(Number(call.query.get('emulated_user') ?? 1), redirect);
  if (code === null) return refuse('Invalid request: `emulated_user` is no active user');
  const target = new URL(redirect);
  target.searchParams.set('code', code);
  const state = call.query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { location: target.href }, body: '', costTokens: 0 };
}

function token(auth: Auth, call: Call, origin: string, scopes: readonly string[] | null): Answer {
  if (!(call.header('content-type') ?? '').includes('application/x-www-form-urlencoded'))
    return refuse('Invalid request: content must be `application/x-www-form-urlencoded`');
  const form = new URLSearchParams(call.text());
  if (!clientIsKnown(auth, call, form)) return refuse('Invalid client: client is invalid', 'invalid_client');
  const granted = grantOf(auth, form);
  if (typeof granted === 'string')
    return refuse(granted, granted.startsWith('Invalid grant') ? 'invalid_grant' : undefined);
  const access = auth.newAccess(granted.userId);
  return jsonAnswer(200, {
    access_token: access.token,
    token_type: 'Bearer',
    refresh_token: access.refreshToken,
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

/** Whose the grant is, or the published words of the refusal. */
function grantOf(auth: Auth, form: URLSearchParams): { readonly userId: number } | string {
  switch (form.get('grant_type')) {
    case null:
      return 'Missing parameter: `grant_type`';
    case 'refresh_token': {
      const userId = auth.useRefreshToken(form.get('refresh_token') ?? '');
      return userId === null ? 'Invalid grant: `refresh_token` is invalid' : { userId };
    }
    case 'authorization_code':
      return codeGrant(auth, form);
    default:
      return 'Unsupported grant type: `grant_type` is invalid';
  }
}

/** A `redirect_uri` that is sent along must be the one that the code was sent to. */
function codeGrant(auth: Auth, form: URLSearchParams): { readonly userId: number } | string {
  const code = auth.takeCode(form.get('code') ?? '');
  if (code === 'expired') return 'Invalid grant: `authorization_code` has expired';
  if (code === 'invalid') return 'Invalid grant: `authorization_code` is invalid';
  const redirectUri = form.get('redirect_uri');
  if (redirectUri !== null && redirectUri !== code.redirectUri)
    return 'Invalid request: `redirect_uri` is invalid';
  return { userId: code.userId };
}

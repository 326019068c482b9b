import type { Call } from '../kit/exchange.ts';
import type { SeededRandom } from '../kit/random.ts';
import type { AuthScheme } from './switches.ts';

/** The header that an API key may stand in. */
const KEY_HEADER = 'x-api-key';
/** The query parameter that an API key may stand in. */
const KEY_PARAMETER = 'api_key';

/** Makes the key of an emulated account: the seed decides it. */
export function keyOf(random: SeededRandom): string {
  return `pxc_${random.hex(32)}`;
}

/** Whether the request carries the key in the way the account wants it. */
export function isSignedIn(call: Call, scheme: AuthScheme, key: string): boolean {
  return presented(call, scheme) === key;
}

function presented(call: Call, scheme: AuthScheme): string | null {
  const authorization = call.header('authorization') ?? '';
  switch (scheme) {
    case 'bearer':
      return /^bearer (.+)$/i.exec(authorization)?.[1] ?? null;
    case 'api-key':
      return call.header(KEY_HEADER);
    case 'query-key':
      return call.query.get(KEY_PARAMETER);
    default:
      return basicUser(authorization);
  }
}

/** The key is the user's name; what stands as password is not looked at. */
function basicUser(authorization: string): string | null {
  const encoded = /^basic (.+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return null;
  return Buffer.from(encoded, 'base64').toString('utf8').split(':')[0] ?? null;
}

/** What a refused caller is told he should have done; null where the vendor says nothing. */
export function challengeOf(scheme: AuthScheme): string | null {
  if (scheme === 'bearer') return 'Bearer realm="promoxcrm"';
  return scheme === 'basic' ? 'Basic realm="promoxcrm"' : null;
}

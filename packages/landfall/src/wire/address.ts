import { MigrationError } from '../model/error.ts';

const loopbackNames = new Set(['localhost', '[::1]', '::1']);

/** Whether a host name is this machine: only there may a connection go without TLS. */
export function isLoopback(hostname: string): boolean {
  return loopbackNames.has(hostname) || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/** The address of a system as it stands in the configuration: origin and path, without a slash at the end. */
export interface Address {
  readonly origin: string;
  readonly basePath: string;
}

/**
 * Reads and checks an address: https, or http on this machine; no user, query or fragment in it.
 * Throws `configuration-wrong`.
 */
export function checkedAddress(url: string): Address {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null) throw wrong(`"${url}" is not an address.`);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
    throw wrong(`"${parsed.protocol}" is not https.`);
  if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname)) {
    throw wrong(`${parsed.hostname} must be reached by https: an API key would travel in the open.`);
  }
  if (parsed.username !== '' || parsed.password !== '')
    throw wrong('The address must not hold a user or password.');
  if (parsed.search !== '' || parsed.hash !== '') throw wrong('The address must end before "?" and "#".');
  return { origin: parsed.origin, basePath: parsed.pathname.replace(/\/+$/, '') };
}

function wrong(message: string): MigrationError {
  return new MigrationError('configuration-wrong', message);
}

import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';

/** SHA-256 of a text (as UTF-8) or of bytes, in lower-case hex (64 characters). */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 of a value's canonical JSON: equal values, equal hash. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

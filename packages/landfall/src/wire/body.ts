/** A body as text and, when it is JSON, as its value. */
export type Body =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly text: string };

const decoder = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');
const longDigits = /[:,[\s-]\d{16,}/;
const keptText = 500;

/**
 * Parses a body as JSON (UTF-8, strictly). Integers that a double cannot hold are given as text, so that an id
 * above 2^53 stays what it is. Never throws: what is no JSON comes back as `broken` with its first characters.
 */
export function parseBody(bytes: Uint8Array): Body {
  if (bytes.length === 0) return { kind: 'empty' };
  try {
    const text = decoder.decode(bytes);
    return { kind: 'json', value: longDigits.test(text) ? parseExactly(text) : JSON.parse(text) };
  } catch {
    return { kind: 'broken', text: lenient.decode(bytes.subarray(0, keptText)) };
  }
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

const keepLongIntegers: Reviver = (_key, value, context) =>
  typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(context.source ?? '')
    ? context.source
    : value;

function parseExactly(text: string): unknown {
  return JSON.parse(text, keepLongIntegers as (key: string, value: unknown) => unknown);
}

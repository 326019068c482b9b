/** A body as text and, when it is JSON, as its value. */
export type Body =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly text: string };

const decoder = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');
const doubtful = /[:,[\s-]\d{16,}|[:,[\s-]\d+(?:\.\d+)?[eE]\+?\d{3}/;
const keptText = 500;

/**
 * Parses a body as JSON (UTF-8, strictly). Integers that a double cannot hold are given as text, so that an id
 * above 2^53 stays what it is, and so are numbers beyond all doubles. Never throws: what is no JSON comes back as `broken` with its first characters.
 */
export function parseBody(bytes: Uint8Array): Body {
  return parsedWith(bytes, (text) => (doubtful.test(text) ? parseExactly(text) : JSON.parse(text)));
}

/**
 * A member's number, outside of texts: in valid JSON a quote behind a letter or digit ends a text (inside of one it
 * would stand behind a backslash), and only a name's quote is followed by a colon.
 */
const memberNumber = /(?<=\w)"(\s*:\s*)(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,}])/g;

/**
 * As `parseBody`, but every number that is a member of an object is given as the text it was written in: money keeps
 * its scale, and no digit is lost.
 */
export function parseBodyKeepingDigits(bytes: Uint8Array): Body {
  return parsedWith(bytes, (text) => JSON.parse(text.replace(memberNumber, '"$1"$2"')));
}

function parsedWith(bytes: Uint8Array, parse: (text: string) => unknown): Body {
  if (bytes.length === 0) return { kind: 'empty' };
  try {
    return { kind: 'json', value: parse(decoder.decode(bytes)) };
  } catch {
    return { kind: 'broken', text: lenient.decode(bytes.subarray(0, keptText)) };
  }
}

type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

const keepDigits: Reviver = (_key, value, context) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  return !Number.isFinite(value) || /^-?\d+$/.test(context.source ?? '') ? context.source : value;
};

function parseExactly(text: string): unknown {
  return JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown);
}

const secretKeys =
  'api[_-]?token|x-api-token|api[_-]?key|api[_-]?secret|access[_-]?token|refresh[_-]?token|id[_-]?token|client[_-]?secret|authorization|password|passwd|secret|set-cookie|cookie|code_verifier';

const patterns: readonly (readonly [RegExp, string])[] = [
  // "name": "value" and name=value, name: value
  [
    new RegExp(
      `(["']?(?:${secretKeys})["']?\\s*[:=]\\s*)(?:"[^"]*"|'[^']*'|(?:bearer |basic )?[^\\s,;&"'}]+)`,
      'gi',
    ),
    '$1[removed]',
  ],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [removed]'],
  // JSON Web Token
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '[removed]'],
  // user:password@ in an address
  [/(\/\/)[^\s/:@]+:[^\s/@]+@/g, '$1[removed]@'],
];

/** Removes secrets from a text. */
export type Redact = (text: string) => string;

/**
 * Makes the one filter that every message passes before it becomes an error or a line of a log:
 * the secrets known by value, then everything that looks like one by its name or form; line breaks are escaped,
 * so that no text can forge a line.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const known = secrets
    .filter((secret) => secret.length >= 4)
    .sort((left, right) => right.length - left.length);
  return (text) => {
    let clean = text;
    for (const secret of known) {
      clean = clean.replaceAll(secret, '[removed]').replaceAll(encodeURIComponent(secret), '[removed]');
    }
    for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
    return clean.replace(/[\r\n\u2028\u2029]+/g, ' ');
  };
}

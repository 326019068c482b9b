/**
 * JSON with object keys sorted and no white space, so that equal values give equal text.
 * `undefined` members are left out, as JSON does. Numbers must be finite.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value, ''));
}

/** The value as JSON would see it, keys in order; made beforehand, for a replacer is called for every single member. */
function sorted(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner, index) => sorted(inner, String(index)));
  if ('toJSON' in value && typeof value.toJSON === 'function') return sorted(value.toJSON(name), name);
  const source = value as Record<string, unknown>;
  const result: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(source).sort()) result[key] = sorted(source[key], key);
  return result;
}

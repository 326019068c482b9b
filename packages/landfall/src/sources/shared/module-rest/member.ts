/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What lies at a dotted path of a body (`meta.total`; `''`: the body itself); undefined where there is nothing. */
export function memberAt(body: unknown, path: string): unknown {
  if (path === '') return body;
  let value = body;
  for (const name of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

/** What lies at the first of some paths where there is something. */
export function firstMember(body: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const value = memberAt(body, path);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** The text of an id, a number or a word; '' for anything else. */
export function plainText(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

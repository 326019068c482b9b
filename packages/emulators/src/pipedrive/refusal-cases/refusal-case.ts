/** name, method, path, body, status, code or null (v1), words of the message */
export type RefusalCase = readonly [
  name: string,
  method: string,
  path: string,
  body: unknown,
  status: number,
  code: string | null,
  words: string,
];

/** The code of a body or query that breaks its schema. */
export const SCHEMA = 'ERR_SCHEMA_VALIDATION_FAILED';
/** The code of a request that is well formed and still cannot be. */
export const BAD = 'ERR_BAD_REQUEST';
/** A field code that no field has. */
export const HASH = 'a'.repeat(40);

/** The vendor's words for a key that the request must not carry. */
export function notAllowed(key: string): string {
  return `${key}: Parameter '${key}' is not allowed for this request`;
}

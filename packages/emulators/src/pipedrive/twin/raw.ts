/** A JSON object of the live account. */
export type Raw = Readonly<Record<string, unknown>>;

/** The text under a key; null where there is none. */
export function textOf(raw: Raw, key: string): string | null {
  const value = raw[key];
  return typeof value === 'string' ? value : null;
}

/** The number under a key; null where there is none. v1 sometimes writes numbers as text. */
export function numberOf(raw: Raw, key: string): number | null {
  const value = raw[key];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}

/** Whether the flag under a key is set: true, 1 or "1". */
export function flagOf(raw: Raw, key: string): boolean {
  const value = raw[key];
  return value === true || value === 1 || value === '1';
}

/** The array under a key; empty where there is none. */
export function listOf<T = Raw>(raw: Raw, key: string): readonly T[] {
  const value = raw[key];
  return Array.isArray(value) ? (value as T[]) : [];
}

/** The object under a key; null where there is none. */
export function objectOf(raw: Raw, key: string): Raw | null {
  const value = raw[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Raw) : null;
}

/** Milliseconds since 1970 of the time under a key, in any of the ways the API writes it; null where there is none. */
function msOf(raw: Raw, key: string): number | null {
  const text = textOf(raw, key);
  if (!text) return null;
  const zoned = /(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
  const ms = Date.parse(zoned);
  return Number.isNaN(ms) ? null : ms;
}

/** As `msOf`, in whole seconds. */
export function secOf(raw: Raw, key: string): number | null {
  const ms = msOf(raw, key);
  return ms === null ? null : Math.floor(ms / 1_000);
}

/** Times of creation and last change of a live record, in seconds since 1970. */
export function timesOf(raw: Raw): {
  readonly addedSec: number;
  readonly updatedSec: number;
  readonly deletedSec: null;
} {
  const addedSec = secOf(raw, 'add_time') ?? 0;
  return { addedSec, updatedSec: secOf(raw, 'update_time') ?? addedSec, deletedSec: null };
}

/** As `timesOf`, in milliseconds. */
export function msTimesOf(raw: Raw): {
  readonly addedMs: number;
  readonly updatedMs: number;
  readonly deletedSec: null;
} {
  const addedMs = msOf(raw, 'add_time') ?? 0;
  return { addedMs, updatedMs: msOf(raw, 'update_time') ?? addedMs, deletedSec: null };
}

/** The id of a record. Throws when the answer has none: then it is not what the API describes. */
export function idOf(raw: Raw, what: string): number {
  const id = numberOf(raw, 'id');
  if (id === null || id < 1) throw new Error(`the live account answered a ${what} without an id`);
  return id;
}

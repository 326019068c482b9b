/** `2026-04-14T10:45:20.852Z`, as v2 writes the times of projects; null stays null. */
export function isoTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** `2023-09-12 11:12:18.110`, as v1 writes them; null stays null. */
export function v1MsTime(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().slice(0, 23).replace('T', ' ');
}

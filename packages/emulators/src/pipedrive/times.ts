const DATE = /^\d{4}-\d{2}-\d{2}$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const SPAN = /^\d{1,3}:[0-5]\d(:[0-5]\d)?$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})?$/;

let told = { sec: Number.NaN, text: '' };

/** The second as ISO 8601 without a zone; the same one is often asked for many times in a row. */
function isoSecond(sec: number): string {
  if (sec !== told.sec) told = { sec, text: new Date(sec * 1_000).toISOString().slice(0, 19) };
  return told.text;
}

/** `2025-01-01T10:20:00Z`, as v2 writes times. */
export function rfc3339(sec: number): string {
  return `${isoSecond(sec)}Z`;
}

/** `2025-01-01 10:20:00`, as v1 writes times. */
export function v1Time(sec: number): string {
  return isoSecond(sec).replace('T', ' ');
}

/** The calendar day of a moment in UTC. */
export function dayOf(sec: number): string {
  return new Date(sec * 1_000).toISOString().slice(0, 10);
}

/**
 * Seconds since 1970 of `YYYY-MM-DDTHH:MM:SSZ` (or with an offset) or `YYYY-MM-DD HH:MM:SS` (UTC); null when it is
 * no such time. Fractions of a second are refused, as the live API does.
 */
export function parseMoment(text: string): number | null {
  const parts = MOMENT.exec(text);
  if (!parts) return null;
  if (!isDate(parts[1] ?? '') || !isClock(parts[2] ?? '')) return null;
  const ms = Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? 'Z'}`);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1_000);
}

/** As `parseMoment`, but only the RFC 3339 form, as filters want it. */
export function parseRfc3339(text: string): number | null {
  return text.includes('T') && /(Z|[+-]\d{2}:\d{2})$/.test(text) ? parseMoment(text) : null;
}

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Whether the text is a time of day, `HH:MM` or `HH:MM:SS`. */
export function isClock(text: string): boolean {
  return CLOCK.test(text);
}

/** Whether the text is a duration, `HH:MM` or `HH:MM:SS`; more than a day is allowed. */
export function isSpan(text: string): boolean {
  return SPAN.test(text);
}

/** A time of day or a duration with its seconds. */
export function withSeconds(text: string): string {
  const [hours = '0', minutes = '00', seconds = '00'] = text.split(':');
  return `${hours.padStart(2, '0')}:${minutes}:${seconds}`;
}

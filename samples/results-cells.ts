import { iso, two } from './world.ts';

/** `M/D/YYYY` of days since 1970, as the system writes it: without leading zeros. */
export function slashed(day: number): string {
  const [year, month, date] = iso(day).split('-');
  return `${Number(month)}/${Number(date)}/${year}`;
}

/** `M/D/YYYY h:mm AM` of a day and minutes since midnight. */
export function slashedTime(day: number, minutes: number): string {
  const hour = Math.floor(minutes / 60);
  const half = hour < 12 ? 'AM' : 'PM';
  return `${slashed(day)} ${hour % 12 === 0 ? 12 : hour % 12}:${two(minutes % 60)} ${half}`;
}

/** Money as the database behind the suite writes it: four decimals, no group signs. */
export function money(cents: number): string {
  return (cents / 100).toFixed(4);
}

/** `-1` and `0`: yes and no of an Access database. */
export function flag(yes: boolean): string {
  return yes ? '-1' : '0';
}

/** `1,234.56` of cents. */
export function grouped(cents: number): string {
  return `${String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ',')}.${two(cents % 100)}`;
}

/** Days since 1970 of `M/D/YYYY`; null for anything else. */
export function dayOf(text: string): number | null {
  const found = /^(\d+)\/(\d+)\/(\d{4})$/.exec(text);
  return found === null
    ? null
    : Date.UTC(Number(found[3]), Number(found[1]) - 1, Number(found[2])) / 86_400_000;
}

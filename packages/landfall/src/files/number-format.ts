/** What a number in a spreadsheet cell means, by its format. */
export type NumberKind = 'number' | 'date' | 'elapsed';

/** Built-in formats that show a date or time, in any locale (ECMA-376 part 1, 18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** What the format with this id, and its code when the workbook defines it, makes of a number. */
export function numberKindOf(id: number, code: string | undefined): NumberKind {
  if (code === undefined) return id === 46 ? 'elapsed' : isBuiltInDate(id) ? 'date' : 'number';
  const [first = ''] = code.replace(/"[^"]*"|\\.|_.|\*./g, '').split(';');
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return 'elapsed';
  const bare = first.replace(/\[[^\]]*\]/g, '');
  return /general/i.test(bare) || !/[dmyhs]/i.test(bare) ? 'number' : 'date';
}

const dayMs = 86_400_000;
/** The day after 9999-12-31, as Excel counts. */
const endOfTime = 2_958_466;

/** A serial number as ISO text: a date, a time, or both; nothing when it is out of the calendar. */
export function dateText(serial: number, from1904: boolean): string | undefined {
  if (!(serial >= 0 && serial < endOfTime)) return undefined;
  const seconds = Math.round(serial * 86_400);
  if (seconds < 86_400 && (!from1904 || seconds > 0))
    return new Date(seconds * 1_000).toISOString().slice(11, 19);
  // Lotus took 1900 for a leap year and Excel kept it: before 1 March 1900 the count is one day behind.
  const shift = from1904 ? 1_462 : serial < 60 ? 1 : 0;
  const text = new Date(Date.UTC(1899, 11, 30) + shift * dayMs + seconds * 1_000).toISOString();
  return seconds % 86_400 === 0 ? text.slice(0, 10) : text.slice(0, 19);
}

/** A number of days as hours, minutes and seconds: `26:30:00`. */
export function elapsedText(days: number): string {
  const seconds = Math.round(Math.abs(days) * 86_400);
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = two(Math.floor(seconds / 3_600));
  return `${days < 0 ? '-' : ''}${hours}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A number as plain digits, and whether spreadsheets can have lost some of it. */
export interface NumberText {
  readonly text: string;
  readonly lossy: boolean;
}

/** The stored text of a number as people see it: no exponent, 15 significant digits, whole numbers as stored. */
export function numberText(stored: string): NumberText | undefined {
  const trimmed = stored.trim();
  if (/^-?\d+$/.test(trimmed)) return { text: trimmed, lossy: trimmed.replace(/^-?0*/, '').length > 15 };
  const value = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(value)) return undefined;
  const rounded = Number(value.toPrecision(15));
  return { text: plainDigits(rounded), lossy: Math.abs(value) >= 1e15 };
}

function plainDigits(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  if (Math.abs(value) >= 1 && Number.isInteger(value)) return BigInt(value).toString();
  const [digits = '', exponent = '0'] = text.split('e');
  const places = (digits.split('.')[1]?.length ?? 0) - Number(exponent);
  return places > 100 ? text : value.toFixed(places);
}

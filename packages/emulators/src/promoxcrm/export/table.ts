/** One file of an export: its header and its rows as text. */
export interface ExportTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The file's text: CSV with CRLF, a byte order mark, quotes where they are needed. */
export function csvText({ header, rows }: ExportTable): string {
  const lines = [header, ...rows].map((cells) => cells.map(cellText).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function cellText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text of a value; nothing for null. */
export function words(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** `MM/DD/YYYY` of an ISO day or time; in UTC. */
export function usDate(value: unknown): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(words(value)) ?? [];
  return year === undefined ? '' : `${month}/${day}/${year}`;
}

/** `MM/DD/YYYY hh:mm AM` of an ISO time; in UTC. */
export function usTime(value: unknown): string {
  const [, hours, minutes] = /T(\d\d):(\d\d)/.exec(words(value)) ?? [];
  if (hours === undefined) return usDate(value);
  const hour = Number(hours);
  const twelve = String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, '0');
  return `${usDate(value)} ${twelve}:${minutes} ${hour < 12 ? 'AM' : 'PM'}`;
}

/** `$1,234.56` of an amount with two decimals. */
export function usMoney(value: unknown): string {
  const text = words(value);
  if (text === '') return '';
  const [whole = '0', cents = '00'] = text.split('.');
  return `$${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents.padEnd(2, '0')}`;
}

/** `Yes` or `No`. */
export function yesNo(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value === true ? 'Yes' : 'No';
}

import { isClock, isDate, isSpan, parseMoment } from '../times.ts';
import { Skip } from './skip.ts';

/** How days are written in the file where the year does not come first. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** Days of Excel's calendar before 1970-01-01. */
const EXCEL_EPOCH_DAYS = 25_569;
const DAY_MS = 86_400_000;
const SERIAL = /^\d{4,6}(\.\d+)?$/;
const WRITTEN = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

/** `YYYY-MM-DD` of a cell: that form, the order of the account, an Excel serial, or a day with a time behind it. */
export function dayOfCell(text: string, order: DateOrder, column: string): string {
  if (SERIAL.test(text)) return serial(text).slice(0, 10);
  const [date = ''] = text.split(/[T ]/);
  const day = written(date, order);
  if (isDate(day)) return day;
  throw invalid(column);
}

/** Seconds since 1970 of a cell: a moment, a day alone (its midnight in UTC), or an Excel serial. */
export function momentOfCell(text: string, order: DateOrder, column: string): number {
  if (SERIAL.test(text)) return Date.parse(serial(text)) / 1_000;
  const moment = parseMoment(text);
  if (moment !== null) return moment;
  const [date = '', ...clocks] = text.split(' ');
  const clock = clocks.join(' ') || '00:00:00';
  const sec = isClock(clock)
    ? parseMoment(`${written(date, order)} ${clock.length === 5 ? `${clock}:00` : clock}`)
    : null;
  if (sec !== null) return sec;
  throw invalid(column);
}

/** A time of day, `HH:MM` or `HH:MM:SS`. */
export function clockOfCell(text: string, column: string): string {
  if (isClock(text)) return text;
  throw invalid(column);
}

/** A duration, `HH:MM` or `HH:MM:SS`. */
export function spanOfCell(text: string, column: string): string {
  if (isSpan(text)) return text;
  throw invalid(column);
}

function serial(text: string): string {
  const ms = Math.round((Number(text) - EXCEL_EPOCH_DAYS) * DAY_MS);
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function written(text: string, order: DateOrder): string {
  const [, first, second, year] = WRITTEN.exec(text) ?? [];
  if (!first || !second || !year || order === 'ymd') return text;
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Published: "invalid date format" is a reason to skip. INF: that it names the column. */
function invalid(column: string): Skip {
  return new Skip(`Invalid date format in ${column}`);
}

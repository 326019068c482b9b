/** Days from and to, both included, `YYYY-MM-DD`. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

type Unit = 'day' | 'week' | 'month' | 'quarter';

const EARLIEST = '0000-01-01';
const LATEST = '9999-12-31';

/** Whole weeks, months and quarters, by how far they are from the present one. INF: weeks begin on Monday. */
const INTERVALS: Readonly<Record<string, readonly [unit: Unit, step: number]>> = {
  last_quarter: ['quarter', -1],
  this_quarter: ['quarter', 0],
  last_month: ['month', -1],
  this_month: ['month', 0],
  last_week: ['week', -1],
  this_week: ['week', 0],
  next_week: ['week', 1],
  next_month: ['month', 1],
};

/** Single days, by how far they are from today; `now` reads as its day. */
const DAYS: Readonly<Record<string, readonly [unit: Unit, step: number]>> = {
  '6_months_ago': ['month', -6],
  '5_months_ago': ['month', -5],
  '4_months_ago': ['month', -4],
  '3_months_ago': ['month', -3],
  '2_months_ago': ['month', -2],
  '1_months_ago': ['month', -1],
  '3_weeks_ago': ['week', -3],
  '2_weeks_ago': ['week', -2],
  '1_week_ago': ['week', -1],
  yesterday: ['day', -1],
  today: ['day', 0],
  now: ['day', 0],
  tomorrow: ['day', 1],
  in_1_week: ['week', 1],
  in_2_weeks: ['week', 2],
  in_3_weeks: ['week', 3],
  in_1_month: ['month', 1],
  in_2_months: ['month', 2],
  in_3_months: ['month', 3],
  in_4_months: ['month', 4],
  in_5_months: ['month', 5],
  in_6_months: ['month', 6],
};

/** Days without an end. */
const OPEN: Readonly<Record<string, (today: string) => Days>> = {
  before_today: (today) => ({ from: EARLIEST, to: moved(today, 'day', -1) }),
  later_or_today: (today) => ({ from: today, to: LATEST }),
  before_tomorrow: (today) => ({ from: EARLIEST, to: today }),
  later_or_tomorrow: (today) => ({ from: moved(today, 'day', 1), to: LATEST }),
};

/** The days that a relative date of the filter helpers means today (`YYYY-MM-DD`, UTC); null when it is none. */
export function relativeDays(name: string, today: string): Days | null {
  const open = OPEN[name];
  if (open) return open(today);
  const day = DAYS[name];
  if (day) {
    const at = moved(today, ...day);
    return { from: at, to: at };
  }
  const interval = INTERVALS[name];
  if (!interval) return null;
  const [unit, step] = interval;
  const from = moved(startOf(today, unit), unit, step);
  return { from, to: moved(moved(from, unit, 1), 'day', -1) };
}

function startOf(day: string, unit: Unit): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (unit === 'week') return moved(day, 'day', -((date.getUTCDay() + 6) % 7));
  const month = date.getUTCMonth();
  date.setUTCMonth(unit === 'quarter' ? month - (month % 3) : month, 1);
  return date.toISOString().slice(0, 10);
}

function moved(day: string, unit: Unit, step: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (unit === 'day' || unit === 'week')
    date.setUTCDate(date.getUTCDate() + step * (unit === 'week' ? 7 : 1));
  else {
    const dayOfMonth = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + step * (unit === 'quarter' ? 3 : 1));
    // The last of a month stays the last: 31 May less one month is 30 April.
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(dayOfMonth, last));
  }
  return date.toISOString().slice(0, 10);
}

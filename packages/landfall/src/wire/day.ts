const dayMs = 86_400_000;
const minuteMs = 60_000;
const minutesOfDay = 1_440;

/** Hours of every day in an IANA zone, as `HH:MM-HH:MM`; may pass midnight. */
export interface Hours {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly timeZone: string;
}

/** Reads `20:00-06:00`; null when the text is not of that form. */
export function parseHours(text: string, timeZone: string): Hours | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-4]):([0-5]\d)$/.exec(text.trim());
  if (match === null) return null;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  return {
    fromMinute: fromHour * 60 + fromMinute,
    toMinute: (toHour * 60 + toMinute) % minutesOfDay,
    timeZone,
  };
}

/** The number of the budget day; days begin `resetMinuteUtc` minutes after midnight UTC. */
export function dayNumber(nowMs: number, resetMinuteUtc: number): number {
  return Math.floor((nowMs - resetMinuteUtc * minuteMs) / dayMs);
}

/** When the budget day that holds `nowMs` began. Milliseconds since 1970. */
export function dayStartMs(nowMs: number, resetMinuteUtc: number): number {
  return dayNumber(nowMs, resetMinuteUtc) * dayMs + resetMinuteUtc * minuteMs;
}

/** When the next budget day begins. */
export function nextDayMs(nowMs: number, resetMinuteUtc: number): number {
  return dayStartMs(nowMs, resetMinuteUtc) + dayMs;
}

/** Whether the hours hold now. `from` equal to `to` holds always. */
export function within(hours: Hours, nowMs: number): boolean {
  const minute = minuteOfDay(nowMs, hours.timeZone);
  const { fromMinute, toMinute } = hours;
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

/** When the hours begin next. A change of summer time before then may move it by an hour: ask again at that time. */
export function nextStartMs(hours: Hours, nowMs: number): number {
  const ahead = (hours.fromMinute - minuteOfDay(nowMs, hours.timeZone) + minutesOfDay) % minutesOfDay;
  const wholeMinuteMs = Math.floor(nowMs / minuteMs) * minuteMs;
  return wholeMinuteMs + (ahead === 0 ? minutesOfDay : ahead) * minuteMs;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function minuteOfDay(nowMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const [hour = 0, minute = 0] = format.format(nowMs).split(':').map(Number);
  return hour * 60 + minute;
}

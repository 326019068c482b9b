const timeOfDay = /^(\d{1,2}):(\d{2})/;
const minutesOfDay = 24 * 60;

/**
 * Minutes from one time to another as text: two local times, or two times of day (`23:30` to `00:15` is past midnight).
 * Null when one is missing or no time, or when it ends before it begins.
 */
export function minutesBetween(since: string, end: string): string | null {
  const [from, to] = [minutesOf(since), minutesOf(end)];
  if (from === null || to === null) return null;
  const isOfDay = timeOfDay.test(since) && timeOfDay.test(end);
  const minutes = isOfDay ? (to - from + minutesOfDay) % minutesOfDay : to - from;
  return minutes < 0 ? null : String(minutes);
}

function minutesOf(text: string): number | null {
  const time = timeOfDay.exec(text);
  if (time !== null) return Number(time[1]) * 60 + Number(time[2]);
  // Both are local times of one place: as if they were UTC, the difference is the same, changes of the clock aside.
  const ms = Date.parse(`${text.slice(0, 16)}Z`);
  return Number.isNaN(ms) ? null : Math.round(ms / 60_000);
}

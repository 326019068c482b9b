import { foldLetters } from './fold.ts';

/** A time of day. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const clockPattern = /^(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d{1,9})?)?)? ?(am|pm|oo|os)?$/;

/** A time of day as people write it: `14:30`, `14.30`, `2:30:15 PM`, `2 pm`, `ÖS 2:30` not. null when it is none. */
export function readClock(text: string): ClockTime | null {
  const folded = foldLetters(text.trim())
    .replace(/\s/g, ' ')
    .replace(/([ap])\. ?m\.$/, '$1m');
  const match = clockPattern.exec(folded);
  if (match === null) return null;
  const [, hourText, minuteText, secondText, half] = match;
  if (minuteText === undefined && half === undefined) return null;
  const hour = hourOf(Number(hourText), half);
  const minute = Number(minuteText ?? 0);
  const second = Number(secondText ?? 0);
  return hour === null || minute > 59 || second > 59 ? null : { hour, minute, second };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour > 23 ? null : hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'pm' || half === 'os' ? 12 : 0);
}

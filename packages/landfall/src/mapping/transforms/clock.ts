import { z } from 'zod';
import { two } from '../civil.ts';
import { readClock } from '../clock-text.ts';
import { foldLetters } from '../fold.ts';
import { gives, type Outcome, quote, refuses, textTransform } from '../transform.ts';

const time = textTransform({
  name: 'time',
  summary:
    'A time of day as HH:MM, as it stands on the clock; no zone is applied (for that: `dateTime`, then `timeOf`).',
  gives: 'time',
  effect: 'normalised',
  settings: z.strictObject({}),
  examples: [
    { value: '14:30', gives: '14:30', effect: 'asIs' },
    { value: '9:05', gives: '09:05' },
    { value: '14.30', gives: '14:30' },
    { value: '2:30 PM', gives: '14:30' },
    { value: '12:00 AM', gives: '00:00' },
    { value: '12:00 PM', gives: '12:00' },
    { value: '2 pm', gives: '14:00' },
    { value: '2:30 p.m.', gives: '14:30' },
    { value: '14:30:00', gives: '14:30' },
    { value: '14:30:15', gives: '14:30', effect: 'lossy' },
    { value: '25:00', refuses: 'is no time of day' },
    { value: '13:00 PM', refuses: 'is no time of day' },
    { value: '14', refuses: 'is no time of day' },
    { value: 'noon', refuses: 'is no time of day' },
  ],
  prepare: () => (text) => {
    const clock = readClock(text);
    if (clock === null) return refuses(`${quote(text)} is no time of day`);
    const made = `${two(clock.hour)}:${two(clock.minute)}`;
    return clock.second === 0 ? gives(made) : gives(made, 'lossy');
  },
});

type Unit = 'seconds' | 'minutes' | 'hours';

const secondsIn: Readonly<Record<Unit, number>> = { seconds: 1, minutes: 60, hours: 3_600 };
const unitWords: Readonly<Record<string, Unit>> = {
  s: 'seconds',
  sec: 'seconds',
  secs: 'seconds',
  second: 'seconds',
  seconds: 'seconds',
  sn: 'seconds',
  saniye: 'seconds',
  m: 'minutes',
  min: 'minutes',
  mins: 'minutes',
  minute: 'minutes',
  minutes: 'minutes',
  dk: 'minutes',
  dakika: 'minutes',
  h: 'hours',
  hr: 'hours',
  hrs: 'hours',
  hour: 'hours',
  hours: 'hours',
  sa: 'hours',
  saat: 'hours',
  std: 'hours',
};
const longestSeconds = 1_000 * 3_600;

const duration = textTransform({
  name: 'duration',
  summary:
    'A length of time as HH:MM: minutes, `1:30`, `1h 30m`, `90 min`, `1,5 saat`. Seconds are rounded to minutes.',
  gives: 'duration',
  effect: 'normalised',
  settings: z.strictObject({
    unit: z
      .enum(['seconds', 'minutes', 'hours'])
      .optional()
      .describe('What a number without a unit counts. Default: minutes.'),
  }),
  examples: [
    { value: '90', gives: '01:30' },
    { value: '5400', settings: { unit: 'seconds' }, gives: '01:30' },
    { value: '1.5', settings: { unit: 'hours' }, gives: '01:30' },
    { value: '90 min', gives: '01:30' },
    { value: '45 dk', gives: '00:45' },
    { value: '1h 30m', gives: '01:30' },
    { value: '1 sa 30 dk', gives: '01:30' },
    { value: '1,5 saat', gives: '01:30' },
    { value: '2 hours', gives: '02:00' },
    { value: '01:30', gives: '01:30', effect: 'asIs' },
    { value: '1:30', gives: '01:30' },
    { value: '0:05:00', gives: '00:05' },
    { value: '0:05:31', gives: '00:06', effect: 'lossy' },
    { value: 'PT1H30M', gives: '01:30' },
    { value: 'PT45M', gives: '00:45' },
    { value: '0', gives: '00:00' },
    { value: '100 h', gives: '100:00' },
    { value: '1:75', refuses: 'is no length of time' },
    { value: '-5', refuses: 'is no length of time' },
    { value: 'long', refuses: 'is no length of time' },
    { value: '3 fortnights', refuses: 'is no length of time' },
  ],
  prepare: (settings) => (text) => lengthOf(text, settings.unit ?? 'minutes'),
});

function lengthOf(text: string, unit: Unit): Outcome {
  const seconds = secondsOf(foldLetters(text.trim()), unit);
  if (seconds === null || seconds > longestSeconds) return refuses(`${quote(text)} is no length of time`);
  const minutes = Math.round(seconds / 60);
  const made = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return minutes * 60 === seconds ? gives(made) : gives(made, 'lossy');
}

function secondsOf(text: string, unit: Unit): number | null {
  const clock = /^(\d{1,4}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (clock !== null) {
    const [minutes, seconds] = [Number(clock[2]), Number(clock[3] ?? 0)];
    return minutes > 59 || seconds > 59 ? null : Number(clock[1]) * 3_600 + minutes * 60 + seconds;
  }
  if (/^\d{1,9}(?:[.,]\d{1,6})?$/.test(text)) return Number(text.replace(',', '.')) * secondsIn[unit];
  return sumOfParts(text.startsWith('pt') ? text.slice(2) : text);
}

const partPattern = /(\d{1,9}(?:[.,]\d{1,6})?) ?([a-z]{1,8})\.?(?: |$|(?=\d))/y;

function sumOfParts(text: string): number | null {
  let sum = 0;
  partPattern.lastIndex = 0;
  for (let at = 0; at < text.length; at = partPattern.lastIndex) {
    partPattern.lastIndex = at;
    const match = partPattern.exec(text);
    const unit = unitWords[match?.[2] ?? ''];
    if (match === null || unit === undefined) return null;
    sum += Number((match[1] ?? '').replace(',', '.')) * secondsIn[unit];
  }
  return text === '' ? null : sum;
}

/** Transforms of times of day and lengths of time. */
export const clockTransforms = [time, duration];

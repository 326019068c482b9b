import { expect, it } from 'vitest';
import { minutesBetween } from './minutes-between.ts';

it.each([
  ['2026-10-05T14:00:00', '2026-10-05T15:30:00', '90'],
  ['2026-10-05T23:30:00', '2026-10-06T00:15:00', '45'],
  ['14:30', '15:45', '75'],
  ['23:30', '00:15', '45'],
  ['9:05', '9:05', '0'],
  ['2026-10-05T15:30:00', '2026-10-05T14:00:00', null],
  ['', '15:00', null],
  ['noon', '15:00', null],
])('from %s to %s are %s minutes', (since, end, minutes) => {
  expect(minutesBetween(since, end)).toBe(minutes);
});

import { type SeededRandom, seededRandom } from '../../kit/random.ts';

const FIRST_MS = Date.UTC(2023, 0, 9, 14);
const LAST_MS = Date.UTC(2026, 9, 30, 21);

/** A case that somebody put in on purpose: which rule it is one of, and which records show it. */
export interface PlantedCase {
  /** `P-20(c)`, or a word for dirt that no rule names (`shared-mailbox`). */
  readonly rule: string;
  readonly what: string;
  readonly resource: string;
  readonly ids: readonly (string | number)[];
}

/** One record as it is stored: fields by the names the API gives them, custom properties below `custom_properties`. */
export type WorldRow = Record<string, unknown> & { readonly id: number | string };

/** Draws values for one world; every draw moves it on, so the order of calls is part of the world. */
export class Draw {
  readonly random: SeededRandom;
  readonly planted: PlantedCase[] = [];

  constructor(seed: number) {
    this.random = seededRandom(seed);
  }

  /** One of the items; needs at least one. */
  pick<T>(items: readonly T[]): T {
    return this.random.pick(items);
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return this.random.between(low, high);
  }

  /** True in `percent` of a hundred. */
  chance(percent: number): boolean {
    return this.random.next() * 100 < percent;
  }

  /** Notes a planted case. */
  plant(rule: string, what: string, resource: string, ids: readonly (string | number)[]): void {
    this.planted.push({ rule, what, resource, ids });
  }
}

/** When record `at` of `count` was created: records come in the order of time. Whole minutes, ISO 8601, UTC. */
export function createdAt(at: number, count: number): string {
  const step = (LAST_MS - FIRST_MS) / Math.max(1, count);
  return isoMinute(FIRST_MS + at * step);
}

/** So many days (and hours) after a time. */
export function daysAfter(iso: string, days: number, hours = 0): string {
  return isoMinute(Date.parse(iso) + days * 86_400_000 + hours * 3_600_000);
}

/** The day alone. */
export function dayOf(iso: string): string {
  return iso.slice(0, 10);
}

function isoMinute(ms: number): string {
  return new Date(Math.floor(ms / 60_000) * 60_000).toISOString().replace('.000Z', 'Z');
}

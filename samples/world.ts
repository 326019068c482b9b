import { createRandom, type Random } from '../packages/landfall/src/base/random.ts';
import { sampleUsers } from './users.ts';

/** A value somebody planted on purpose: which rule it is a case of, and which records show it. */
export interface PlantedCase {
  /** `S-20(c)`, or a word for dirt that no rule of the seed names (`excel-phone`). */
  readonly rule: string;
  readonly what: string;
  readonly entity: string;
  /** Source ids. */
  readonly ids: readonly string[];
}

/** Small helpers around one seed; every draw moves it on, so the order of calls is part of the sample. */
export class Dice {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = createRandom(seed);
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from + 1));
  }

  /** One of the items. Needs at least one. */
  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)] as T;
  }

  /** True in `percent` of a hundred. */
  chance(percent: number): boolean {
    return this.#random() * 100 < percent;
  }

  /** A day from 2021 to October 2025, as days since 1970. */
  day(from = 18_628, to = 20_390): number {
    return this.int(from, to);
  }

  /** An active user. */
  owner(): { readonly name: string; readonly email: string } {
    return this.pick(sampleUsers.filter(({ active }) => active));
  }
}

/** `dd.MM.yyyy` of days since 1970. */
export function dotted(day: number): string {
  const [year, month, date] = iso(day).split('-');
  return `${date}.${month}.${year}`;
}

/** `yyyy-MM-dd` of days since 1970. */
export function iso(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** `1.234,56 ₺`: how Turkish systems write money. `cents` is a whole number. */
export function lira(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${whole},${String(cents % 100).padStart(2, '0')} ₺`;
}

/** Lower case ASCII letters and digits only, for mailboxes and domains. */
export function slug(text: string): string {
  return text
    .replace(/[İIı]/g, 'i')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');
}

/** `C-0042`. */
export function idOf(letter: string, number: number): string {
  return `${letter}-${String(number).padStart(5, '0')}`;
}

/** Two digits. */
export function two(number: number): string {
  return String(number).padStart(2, '0');
}

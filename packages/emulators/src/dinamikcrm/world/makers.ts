import type { SeededRandom } from '../../kit/random.ts';
import { moduleNamed } from '../schema/schema.ts';
import { PIPELINES, USERS } from './furniture.ts';
import { dayText, minuteText, numberOf } from './row.ts';

/** What the maker of a row may use. Ids are asked by module; every module's rows are numbered from 1. */
export interface Making {
  readonly random: SeededRandom;
  /** The number of the row among its module's, from 0. */
  readonly index: number;
  /** A record's id that is there. */
  anId(module: string): number;
  /** How many records a module has. */
  count(module: string): number;
}

/** The values of one row, without what every row has. */
export type Maker = (making: Making) => Record<string, unknown>;

const DAY_MS = 86_400_000;
/** The last day on which something happened. */
const LAST_MS = Date.UTC(2026, 10, 18);

/** Some time of a working day, so many days before the last one at most; local time, to the minute. */
export function someTime(random: SeededRandom, days = 1_500): number {
  const day = LAST_MS - random.between(0, days) * DAY_MS;
  return day + random.between(8 * 60, 18 * 60) * 60_000;
}

/** Some day, so many days before (or, below 0, behind) the last one. */
export function someDay(random: SeededRandom, from = -200, to = 1_500): string {
  return dayText(LAST_MS - random.between(from, to) * DAY_MS);
}

/** A time as text. */
export function someTimeText(random: SeededRandom, days?: number): string {
  return minuteText(someTime(random, days));
}

/** A choice of a dropdown, by its number. */
export function choice(random: SeededRandom, module: string, field: string): number {
  const options = moduleNamed(module).fields.find(({ key }) => key === field)?.options ?? [];
  return random.pick(options).id;
}

/** A value, or null in so many of a hundred cases. */
export function sometimes<T>(random: SeededRandom, percent: number, value: () => T): T | null {
  return random.next() * 100 < percent ? value() : null;
}

/** An amount of money with two decimals. */
export function money(random: SeededRandom, low: number, high: number): number {
  return random.between(low * 100, high * 100) / 100;
}

/** A user's id. */
export function someUser(random: SeededRandom): number {
  return random.pick(USERS).id;
}

/** A pipeline of a module with one of its stages. */
export function somePlace(random: SeededRandom, module: string): { pipelineId: number; categoryId: number } {
  const pipeline = random.pick(PIPELINES.filter((each) => each.module === module));
  return { pipelineId: pipeline.id, categoryId: random.pick(pipeline.stages).id };
}

/** A reference to a record of one of some modules, as polymorphic references go. */
export function someParent(
  making: Making,
  modules: readonly string[],
): { moduleId: number; dataNumber: string } {
  return parentAt(making.random.pick(modules), (module) => making.anId(module));
}

function parentAt(key: string, id: (module: string) => number): { moduleId: number; dataNumber: string } {
  const module = moduleNamed(key);
  return { moduleId: module.id, dataNumber: numberOf(module.table, id(key)) };
}

/** A reference to the record of an id. */
export function parentOf(key: string, id: number): { moduleId: number; dataNumber: string } {
  return parentAt(key, () => id);
}

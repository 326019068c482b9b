import { parseScaled } from '../decimal.ts';
import type { Value, World } from './content.ts';

interface Currency {
  readonly code: string;
  readonly name: string;
  readonly symbol: string;
  readonly precision: number;
  /** Units for one euro, today. */
  readonly today: string;
  /** What was stamped on rows, year by year from 2021: the rates of their day, not today's. */
  readonly byYear: readonly string[];
}

/** The currencies of the organisation; the first is the base currency. */
export const CURRENCIES: readonly Currency[] = [
  { code: 'EUR', name: 'Euro', symbol: '€', precision: 2, today: '1.0000000000', byYear: ['1.0000000000'] },
  {
    ...{ code: 'USD', name: 'US Dollar', symbol: '$', precision: 2, today: '1.1650000000' },
    byYear: ['1.1827000000', '1.0530000000', '1.0813000000', '1.0824000000', '1.1300000000', '1.1600000000'],
  },
  {
    ...{ code: 'TRY', name: 'Türk Lirası', symbol: '₺', precision: 2, today: '49.2500000000' },
    byYear: [
      '10.5124000000',
      '17.4088000000',
      '25.7597000000',
      '35.5734000000',
      '44.9000000000',
      '48.7000000000',
    ],
  },
  {
    ...{ code: 'JPY', name: 'Japanese Yen', symbol: '¥', precision: 0, today: '176.0000000000' },
    byYear: [
      '129.8800000000',
      '138.0300000000',
      '151.9900000000',
      '163.8500000000',
      '169.0000000000',
      '174.5',
    ],
  },
];

const STAMPED = CURRENCIES.map(({ byYear }) => byYear.map((rate) => parseScaled(rate, 10)));

/** Which currency a row is in. Most rows are in the base currency. */
export function currencyOf(world: World, table: string, index: number): number {
  const roll = world.below(10, index, `${table}.currency`);
  return roll < 6 ? 0 : roll < 8 ? 1 : roll < 9 ? 2 : 3;
}

/** The rate that was written on a row when it was created. */
export function stampedRate(world: World, table: string, index: number): Value {
  const at = world.value(table, index, 'transactioncurrencyid');
  const rates =
    typeof at === 'object' && at !== null ? STAMPED[world.indexOf(at.table, at.id) ?? 0] : undefined;
  if (!rates) return null;
  const year = new Date(world.createdMs(table, index)).getUTCFullYear() - 2021;
  return rates[year % rates.length] ?? null;
}

/** Today's rate of a currency. */
export function todaysRate(index: number): bigint {
  return parseScaled(CURRENCIES[index]?.today ?? '1', 10);
}

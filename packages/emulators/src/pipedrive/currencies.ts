import type { Account } from './account.ts';
import { done, type Exchange, type Reply } from './exchange-context.ts';
import type { CurrencyRecord } from './twin/records.ts';

/** The currencies an account knows: code, name, digits after the point, symbol. Custom ones cannot be added. */
const CURRENCIES: readonly (readonly [code: string, name: string, digits: number, symbol: string])[] = [
  ['EUR', 'Euro', 2, '€'],
  ['USD', 'US Dollar', 2, '$'],
  ['GBP', 'British Pound', 2, '£'],
  ['TRY', 'Turkish Lira', 2, '₺'],
  ['CHF', 'Swiss Franc', 2, 'CHF'],
  ['SEK', 'Swedish Krona', 2, 'kr'],
  ['NOK', 'Norwegian Krone', 2, 'kr'],
  ['DKK', 'Danish Krone', 2, 'kr'],
  ['PLN', 'Polish Zloty', 2, 'zł'],
  ['CZK', 'Czech Koruna', 2, 'Kč'],
  ['HUF', 'Hungarian Forint', 2, 'Ft'],
  ['RON', 'Romanian Leu', 2, 'lei'],
  ['BGN', 'Bulgarian Lev', 2, 'лв'],
  ['UAH', 'Ukrainian Hryvnia', 2, '₴'],
  ['RUB', 'Russian Ruble', 2, '₽'],
  ['AED', 'UAE Dirham', 2, 'AED'],
  ['SAR', 'Saudi Riyal', 2, 'SAR'],
  ['QAR', 'Qatari Riyal', 2, 'QAR'],
  ['KWD', 'Kuwaiti Dinar', 3, 'KWD'],
  ['ILS', 'Israeli New Shekel', 2, '₪'],
  ['EGP', 'Egyptian Pound', 2, 'EGP'],
  ['AZN', 'Azerbaijani Manat', 2, '₼'],
  ['GEL', 'Georgian Lari', 2, '₾'],
  ['KZT', 'Kazakhstani Tenge', 2, '₸'],
  ['INR', 'Indian Rupee', 2, '₹'],
  ['JPY', 'Japanese Yen', 0, '¥'],
  ['CNY', 'Chinese Yuan', 2, '¥'],
  ['KRW', 'South Korean Won', 0, '₩'],
  ['SGD', 'Singapore Dollar', 2, 'S$'],
  ['HKD', 'Hong Kong Dollar', 2, 'HK$'],
  ['AUD', 'Australian Dollar', 2, 'A$'],
  ['NZD', 'New Zealand Dollar', 2, 'NZ$'],
  ['CAD', 'Canadian Dollar', 2, 'C$'],
  ['MXN', 'Mexican Peso', 2, 'MX$'],
  ['BRL', 'Brazilian Real', 2, 'R$'],
  ['ZAR', 'South African Rand', 2, 'R'],
];

const VIEWS = CURRENCIES.map(([code, name, digits, symbol], index) => ({
  id: index + 1,
  code,
  name,
  decimal_points: digits,
  symbol,
  active_flag: true,
  is_custom_flag: false,
}));
const BY_CODE = new Map(VIEWS.map((view) => [view.code, view]));

/** A currency by its code: of the account where it has its own (in a twin), else of the list above. */
export function findCurrency(code: string, { state }: Account): CurrencyRecord | undefined {
  if (state.currencies.nextId === 1) return BY_CODE.get(code);
  for (const currency of state.currencies.all()) if (currency.code === code) return currency;
  return undefined;
}

/** GET /v1/currencies: unpaged; `term` looks in code and name. */
export function listCurrencies({ account, call }: Exchange): Reply {
  const term = call.query.get('term')?.toLowerCase();
  const own = [...account.state.currencies.all()];
  const all: readonly CurrencyRecord[] = own.length > 0 ? own : VIEWS;
  const found = term ? all.filter((view) => `${view.code} ${view.name}`.toLowerCase().includes(term)) : all;
  return done(found);
}

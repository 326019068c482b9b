import type { SourceField } from '../model/source.ts';
import { shownTexts } from './date-reading.ts';

/** Countries that write a decimal point; everywhere else it is a comma. */
const pointCountries: ReadonlySet<string> = new Set(
  'US GB IE AU NZ CA IN PK BD LK SG MY PH TH HK TW CN JP KR IL MX GT HN NI SV PA DO PR NG GH KE UG TZ ZW BW MT CH LI'.split(
    ' ',
  ),
);

/** A decimal sign, and whether the values show it (or the country was asked). */
export interface DecimalSign {
  readonly sign: '.' | ',';
  readonly shown: boolean;
}

/** The decimal sign of a field's numbers; null when they show none and need none, or show both. */
export function decimalSignOf(field: SourceField, country: string): DecimalSign | null {
  const seen = new Set(shownTexts(field).map(signIn));
  const [comma, point] = [seen.has(','), seen.has('.')];
  if (comma && point) return null;
  if (comma) return { sign: ',', shown: true };
  if (point) return { sign: '.', shown: true };
  if (!seen.has('either')) return null;
  return { sign: pointCountries.has(country.toUpperCase()) ? '.' : ',', shown: false };
}

/** The sign a number shows; `either` for `1.234`, which can be a group sign as well. */
function signIn(text: string): ',' | '.' | 'either' | null {
  const digits = text.replace(/[^0-9.,]/g, '').replace(/^[.,]+|[.,]+$/g, '');
  const signs = digits.replace(/[0-9]/g, '');
  const last = signs.at(-1);
  if (last !== ',' && last !== '.') return null;
  const other = last === ',' ? '.' : ',';
  if (signs.includes(other)) return last;
  if (signs.length > 1) return other;
  const [whole = '', fraction = ''] = digits.split(last);
  const groups = fraction.length === 3 && whole.length <= 3 && !/^0/.test(whole);
  return groups ? 'either' : last;
}

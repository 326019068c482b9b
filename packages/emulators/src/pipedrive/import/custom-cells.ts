import { isLive } from '../account.ts';
import type { FieldRecord } from '../records.ts';
import { listed, numberOf, optionNamed, type Reading, userNamed } from './cell-values.ts';
import { dayOfCell } from './dates.ts';
import { Skip } from './skip.ts';

/** The cells of one custom field in a row, by part; the whole value is under `value`. */
export type Parts = Readonly<Partial<Record<string, string>>>;

/** The value of a custom field as the API takes it. Throws `Skip` with the reason. */
export function customValue(reading: Reading, field: FieldRecord, parts: Parts, column: string): unknown {
  const text = parts.value ?? '';
  const day = (part: string) => dayOfCell(parts[part] ?? '', reading.dateOrder, column);
  switch (field.type) {
    case 'double':
      return numberOf(text, column);
    case 'monetary': {
      const value = numberOf(text, column);
      return parts.currency === undefined ? { value } : { value, currency: parts.currency.toUpperCase() };
    }
    case 'enum':
      return optionNamed(field, text, column);
    case 'set':
      return listed(text).map((label) => optionNamed(field, label, column));
    case 'user':
      return userNamed(reading.account, text, column);
    case 'org':
    case 'people':
      return recordNamed(reading, field.type, text, column);
    case 'date':
      return day('value');
    case 'daterange':
      return { value: day('value'), until: day('until') };
    case 'time':
      return { value: text };
    case 'timerange':
      return { value: text, until: parts.until ?? '' };
    case 'address':
      return { ...parts, value: text === '' ? Object.values(parts).join(', ') : text };
    default:
      return text;
  }
}

/** INF: references are given by name. */
function recordNamed({ account }: Reading, type: 'org' | 'people', text: string, column: string): number {
  const { organizations, persons } = account.state;
  const lower = text.toLowerCase();
  const found: number[] = [];
  for (const record of type === 'org' ? organizations.all() : persons.all())
    if (isLive(record) && record.name.toLowerCase() === lower) found.push(record.id);
  if (found.length > 1) throw new Skip(`There is more than one ${text} for ${column}`);
  if (found[0] === undefined) throw new Skip(`"${text}" was not found for ${column}`);
  return found[0];
}

import { canonicalJson } from '../base/canonical.ts';
import type {
  Address,
  Attendee,
  ContactPoint,
  FileContent,
  Money,
  TargetField,
  TargetValue,
} from '../model/target.ts';
import { nameKey } from './account-index.ts';
import { decimalOf, decimalText } from './decimal.ts';
import { htmlText } from './html-text.ts';

/**
 * What Pipedrive itself makes of a value, written out: values with equal forms are the same value to it.
 * Numbers are doubles; HTML is sanitised, so its text counts; texts lose spaces at their ends and carriage returns
 * (UNC, an assumption); of several e-mails without a primary one the first is; a label left out is `work`;
 * phones stay as they are.
 */
export function normalForm(field: TargetField | undefined, value: TargetValue | null): string {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return '';
  switch (field?.type) {
    case 'number':
    case 'integer':
      return numberForm(value as string);
    case 'money':
      return moneyForm(value as Money);
    case 'prices':
      return pricesOf(value).map(moneyForm).sort().join(', ');
    case 'content': {
      const { name, sizeBytes } = value as FileContent;
      return `${textForm(name)} ${sizeBytes}`;
    }
    case 'html':
      return htmlText(value as string);
    case 'option':
      return nameKey(value as string);
    case 'options':
      return canonicalJson((value as readonly string[]).map(nameKey).sort());
    case 'stage':
      return nameKey(canonicalJson(value));
    case 'emails':
    case 'phones':
      return pointsForm(value as readonly ContactPoint[]);
    case 'attendees':
      return attendeesForm(value as readonly Attendee[]);
    case 'address':
      return addressForm(value as Address);
    case 'time':
    case 'duration':
      return typeof value === 'string' ? value.replace(/^(\d{2}:\d{2}):00$/, '$1') : canonicalJson(value);
    default:
      return typeof value === 'string' ? textForm(value) : canonicalJson(value);
  }
}

/** The prices of a product: one, or one in each currency. */
export function pricesOf(value: TargetValue): readonly Money[] {
  return Array.isArray(value) ? (value as readonly Money[]) : [value as Money];
}

function moneyForm({ amount, currency }: Money): string {
  return `${numberForm(amount)} ${currency.toUpperCase()}`;
}

function textForm(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

function numberForm(text: string): string {
  const number = decimalOf(text);
  return number === null ? text : decimalText(number);
}

function pointsForm(points: readonly ContactPoint[]): string {
  const primary = points.findIndex((point) => point.primary);
  return canonicalJson(
    points.map((point, index) => ({
      value: textForm(point.value),
      label: point.label === '' ? 'work' : point.label,
      primary: index === Math.max(0, primary),
    })),
  );
}

/** The order of attendees is not promised. */
function attendeesForm(attendees: readonly Attendee[]): string {
  const forms = attendees.map(({ email, name }) => canonicalJson([email.toLowerCase(), name ?? '']));
  return forms.sort().join('\n');
}

function addressForm(address: Address): string {
  return canonicalJson(
    Object.fromEntries(Object.entries(address).map(([part, text]) => [part, textForm(String(text))])),
  );
}

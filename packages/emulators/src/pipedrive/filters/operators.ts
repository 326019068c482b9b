import { isDate } from '../times.ts';
import { FILTER_WORDS } from './published-words.ts';
import { type Days, relativeDays } from './relative-dates.ts';

/** How a field is compared: the kinds that the filter helpers list operators for. */
export type Kind = Exclude<keyof typeof FILTER_WORDS.operators, 'entered_stage' | 'title'>;

/** Types of fields whose kind has another name; every other type is compared as text. INF. */
const KINDS: Readonly<Record<string, Kind>> = {
  people: 'person',
  org: 'organization',
  lead: 'deal',
  boolean: 'enum',
  picture: 'deal',
};

/** Operators that need a past or teams, which the emulator does not keep. */
const NOT_EMULATED = new Set(['has_been', 'belongs_to_team']);

/** The kind of a field type. */
export function kindOf(fieldType: string): Kind {
  const { operators } = FILTER_WORDS;
  if (fieldType in operators) return fieldType as Kind;
  return KINDS[fieldType] ?? 'varchar';
}

/** The operators that a kind knows; texts know the deprecated ones, too. */
export function operatorsOf(kind: Kind): readonly string[] {
  const listed: unknown = FILTER_WORDS.operators[kind];
  // Published so: the operators of enum come as a list of objects.
  const names = Array.isArray(listed)
    ? listed.flatMap((each) => Object.keys(each))
    : Object.keys(listed as object);
  return kind === 'varchar' ? [...names, ...Object.keys(FILTER_WORDS.deprecated_operators)] : names;
}

/** Whether a filter with this operator can be carried out. */
export function isEmulated(operator: string): boolean {
  return !NOT_EMULATED.has(operator);
}

/** Whether an operator takes no value. */
export function takesNoValue(operator: string): boolean {
  return operator === 'IS NULL' || operator === 'IS NOT NULL';
}

/** What is wrong with the value of a line, or null. INF: the texts. */
export function wrongValue(kind: Kind, value: string): string | null {
  if (kind === 'date' || kind === 'daterange')
    return isDate(value) || relativeDays(value, '2000-01-01') ? null : 'must be a date in format YYYY-MM-DD';
  if (kind === 'int' || kind === 'double' || kind === 'monetary')
    return value.trim() !== '' && Number.isFinite(Number(value)) ? null : 'must be a number';
  return null;
}

/** A value of a record as it is compared: texts in lower case, lists as lists, ranges with their end. */
export interface Comparable {
  readonly many: readonly (string | number)[];
  readonly until: string | null;
}

/**
 * Whether a value stands to `wanted` as the operator says, on the day `today`. INF, as in SQL: what is empty answers
 * to `IS NULL` alone, and texts are compared without regard to case.
 */
export function compares(
  kind: Kind,
  operator: string,
  value: Comparable,
  wanted: string,
  today: string,
): boolean {
  const empty = value.many.length === 0;
  if (operator === 'IS NULL') return empty;
  if (empty || operator === 'IS NOT NULL') return !empty;
  switch (kind) {
    case 'set':
      return sets(
        operator,
        value.many.map(String),
        wanted.split(',').map((part) => part.trim()),
      );
    case 'varchar':
      return value.many.some((each) => texts(operator, String(each), wanted.toLowerCase()));
    case 'int':
    case 'double':
    case 'monetary':
      return ordered(operator, Number(value.many[0]), Number(wanted), Number(wanted));
    case 'date':
    case 'daterange':
    case 'time':
    case 'timerange':
      return ranges(operator, value, daysOf(wanted, today));
    default:
      return value.many.map(String).includes(wanted) === (operator === '=');
  }
}

function daysOf(wanted: string, today: string): Days {
  return relativeDays(wanted, today) ?? { from: wanted, to: wanted };
}

function sets(operator: string, value: readonly string[], wanted: readonly string[]): boolean {
  const holds = wanted.every((each) => value.includes(each));
  const same = holds && value.length === wanted.length;
  if (operator === '=') return same;
  if (operator === '!=') return !same;
  return operator === 'contains' ? holds : !wanted.some((each) => value.includes(each));
}

function texts(operator: string, value: string, wanted: string): boolean {
  const not = operator.startsWith('NOT ') || operator === '!=';
  const pattern = operator.replace('NOT ', '');
  if (pattern === "LIKE '%$%'") return value.includes(wanted) !== not;
  if (pattern === "LIKE '$%'") return value.startsWith(wanted) !== not;
  if (pattern === "LIKE '%$'") return value.endsWith(wanted) !== not;
  return (value === wanted) !== not;
}

function ordered<T extends string | number>(operator: string, value: T, from: T, to: T): boolean {
  switch (operator) {
    case '=':
      return value >= from && value <= to;
    case '!=':
      return value < from || value > to;
    case '<':
      return value < from;
    case '<=':
      return value <= to;
    case '>':
      return value > to;
    default:
      return value >= from;
  }
}

/** Operators on the end of a range, and the plain operator that they stand for. */
const ENDS: Readonly<Record<string, string>> = {
  ends_at: '=',
  does_not_end_at: '!=',
  ends_before: '<',
  ends_e_before: '<=',
  ends_after: '>',
  ends_e_after: '>=',
};

function ranges(operator: string, { many, until }: Comparable, { from, to }: Days): boolean {
  const start = String(many[0]);
  const end = until ?? start;
  if (operator === 'includes') return start <= from && to <= end;
  const atEnd = ENDS[operator];
  return atEnd === undefined ? ordered(operator, start, from, to) : ordered(atEnd, end, from, to);
}

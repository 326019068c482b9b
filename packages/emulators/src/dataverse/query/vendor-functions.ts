import type { Literal } from '../odata/filter.ts';
import type { Organization, Row } from '../records/organization.ts';
import { badQuery, notEmulated } from '../refusal.ts';
import { isRef } from '../world/content.ts';
import { comparable, familyOf, likePattern, literalFor } from './comparable.ts';
import { type ColumnPath, valueAt } from './paths.ts';
import type { Predicate, Scope } from './scope.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const UNITS: Readonly<Record<string, number>> = {
  ...{ Minutes: 60_000, Hours: HOUR_MS, Days: DAY_MS, Weeks: 7 * DAY_MS },
  ...{ Months: 30 * DAY_MS, Years: 365 * DAY_MS },
};

/**
 * One of the functions `Microsoft.Dynamics.CRM.*` as a predicate. Throws a refusal of 501 with its name for those
 * that are not emulated.
 */
export function vendorFunction(
  name: string,
  path: ColumnPath,
  given: readonly Literal[],
  scope: Scope,
): Predicate {
  const { organization } = scope;
  const values = given.map((each) => fitted(path, each));
  const value = (row: Row) => valueAt(organization, path, row);
  const relative = /^(Last|Next|OlderThan)X(\w+)$/.exec(name);
  if (relative)
    return spanOf(relative[1] ?? '', relative[2] ?? '', Number(given[0]?.text ?? 0), value, organization);
  switch (name) {
    case 'In':
    case 'NotIn':
      return oneOf(name === 'In', path, values, scope);
    case 'Between':
    case 'NotBetween':
      return between(name === 'Between', path, values, scope);
    case 'ContainValues':
    case 'DoesNotContainValues':
      return containing(name === 'ContainValues', given, value);
    case 'EqualUserId':
      return (row) => idOf(value(row)) === scope.userId;
    case 'NotEqualUserId':
      return (row) => idOf(value(row)) !== scope.userId;
    case 'On':
    case 'OnOrAfter':
    case 'OnOrBefore':
      return onDay(name, dayOf(given[0]), value);
    case 'Today':
    case 'Yesterday':
    case 'Tomorrow':
      return onDay('On', today(organization) + (OFFSETS[name] ?? 0) * DAY_MS, value);
    case 'Like':
    case 'NotLike':
      return liking(name === 'Like', given[0]?.text ?? '', value);
    case 'Under':
    case 'UnderOrEqual':
    case 'Above':
    case 'AboveOrEqual':
      return inHierarchy(name, given[0]?.text.toLowerCase() ?? '', path, scope);
    default:
      throw notEmulated(`Microsoft.Dynamics.CRM.${name}`);
  }
}

const OFFSETS: Readonly<Record<string, number>> = { Yesterday: -1, Tomorrow: 1 };

/** Values of these functions are written as texts, whatever the column holds. */
function fitted({ column }: ColumnPath, literal: Literal): Literal {
  const family = familyOf(column);
  if (literal.kind !== 'string') return literal;
  if (family === 'number' || family === 'decimal') return { kind: 'number', text: literal.text };
  return family === 'boolean' ? { kind: 'boolean', text: literal.text === '1' ? 'true' : 'false' } : literal;
}

function oneOf(
  wanted: boolean,
  path: ColumnPath,
  values: readonly Literal[],
  { organization }: Scope,
): Predicate {
  const order = organization.switches.guidOrder;
  const set = new Set(values.map((each) => literalFor(path.column, each, order)));
  return (row) => {
    const value = comparable(path.column, valueAt(organization, path, row), order);
    return value === null ? null : set.has(value) === wanted;
  };
}

function between(
  wanted: boolean,
  path: ColumnPath,
  values: readonly Literal[],
  { organization }: Scope,
): Predicate {
  const order = organization.switches.guidOrder;
  const [low, high] = values.map((each) => literalFor(path.column, each, order));
  if (low === undefined || low === null || high === undefined || high === null)
    throw badQuery('Between needs two values.');
  return (row) => {
    const value = comparable(path.column, valueAt(organization, path, row), order);
    return value === null ? null : (value >= low && value <= high) === wanted;
  };
}

type Read = (row: Row) => ReturnType<typeof valueAt>;

function containing(wanted: boolean, given: readonly Literal[], value: Read): Predicate {
  return (row) => {
    const own = value(row);
    if (own === null) return wanted ? false : null;
    const chosen = String(own).split(',');
    return given.some(({ text }) => chosen.includes(text)) === wanted;
  };
}

function idOf(value: ReturnType<typeof valueAt>): string | null {
  return isRef(value) ? value.id : typeof value === 'string' ? value : null;
}

function msOf(value: ReturnType<typeof valueAt>): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(value) : null;
}

function dayOf(literal: Literal | undefined): number {
  const day = Date.parse((literal?.text ?? '').slice(0, 10));
  if (Number.isNaN(day)) throw badQuery('A date was expected.');
  return day;
}

function today({ clock }: Organization): number {
  return Math.floor(clock.nowMs() / DAY_MS) * DAY_MS;
}

function onDay(name: string, day: number, value: Read): Predicate {
  return (row) => {
    const ms = msOf(value(row));
    if (ms === null) return null;
    if (name === 'OnOrAfter') return ms >= day;
    if (name === 'OnOrBefore') return ms < day + DAY_MS;
    return ms >= day && ms < day + DAY_MS;
  };
}

function spanOf(
  kind: string,
  unit: string,
  count: number,
  value: Read,
  organization: Organization,
): Predicate {
  const unitMs = UNITS[unit];
  if (unitMs === undefined) throw notEmulated(`Microsoft.Dynamics.CRM.${kind}X${unit}`);
  return (row) => {
    const ms = msOf(value(row));
    const now = organization.clock.nowMs();
    if (ms === null) return null;
    if (kind === 'OlderThan') return ms < now - count * unitMs;
    return kind === 'Last'
      ? ms >= now - count * unitMs && ms <= now
      : ms >= now && ms <= now + count * unitMs;
  };
}

function liking(wanted: boolean, text: string, value: Read): Predicate {
  const pattern = likePattern(text, 'whole');
  return (row) => {
    const own = value(row);
    return own === null ? null : pattern.test(String(own).toLowerCase()) === wanted;
  };
}

/** The table's own hierarchy: accounts by parent account. Circles end where they come round. */
function inHierarchy(name: string, id: string, path: ColumnPath, { organization, table }: Scope): Predicate {
  const parent = [...table.columns.values()].find(
    (column) =>
      column.targets.length === 1 && column.targets[0] === table.name && column.name.startsWith('parent'),
  );
  if (!parent) throw badQuery(`The table ${table.name} has no hierarchy.`);
  const above = (from: string): Set<string> => {
    const seen = new Set<string>();
    let at: string | null = from;
    while (at !== null && !seen.has(at)) {
      seen.add(at);
      const row = organization.find(table, at);
      at = row === null ? null : idOf(organization.value(table, row, parent.name));
    }
    return seen;
  };
  const orEqual = name.endsWith('OrEqual');
  const ancestors = above(id);
  return (row) => {
    const own = idOf(valueAt(organization, path, row));
    if (own === null) return null;
    if (own === id) return orEqual;
    return name.startsWith('Above') ? ancestors.has(own) : above(own).has(id);
  };
}

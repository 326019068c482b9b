import { type Account, nowSec } from '../account.ts';
import type { FilterCondition, FilterGroup, FilterRecord, FilterType } from '../records.ts';
import { Refusal } from '../refusal.ts';
import { dayOf } from '../times.ts';
import { OBJECTS } from './conditions.ts';
import { filterField } from './filter-fields.ts';
import { compares, isEmulated, kindOf } from './operators.ts';
import { type AnyRecord, comparableOf, type FilterObject } from './record-values.ts';
import { relatedFinder } from './related.ts';

/** Whether a record is in a filter. */
export type Matcher = (record: { readonly id: number }) => boolean;

/**
 * What belongs to the filter with this id, in a list of this type. Make it once a request. INF: 404 for a filter that
 * is not there, 400 for one of another type. Throws 501 for what the emulator does not keep.
 */
export function filterMatcher(account: Account, filterId: number, type: FilterType): Matcher {
  const filter = account.state.filters.get(filterId);
  if (!filter || filter.deletedSec !== null) throw new Refusal(404, 'Filter not found.', 'ERR_NOT_FOUND');
  const self = OBJECTS[type];
  if (filter.type !== type)
    throw new Refusal(400, `Filter ${filterId} is for ${filter.type}, not for ${type}`, 'ERR_BAD_REQUEST');
  const groups = matchersOf(account, filter, self);
  return (record) => groups.every((holds) => holds(record as AnyRecord));
}

type Holds = (record: AnyRecord) => boolean;

function matchersOf(account: Account, filter: FilterRecord, self: FilterObject): readonly Holds[] {
  return filter.groups.map((group) => groupMatcher(account, group, self));
}

function groupMatcher(account: Account, group: FilterGroup, self: FilterObject): Holds {
  const lines = group.conditions.map((line) => lineMatcher(account, line, self));
  if (lines.length === 0) return () => true;
  return group.glue === 'and'
    ? (record) => lines.every((holds) => holds(record))
    : (record) => lines.some((holds) => holds(record));
}

function lineMatcher(account: Account, line: FilterCondition, self: FilterObject): Holds {
  const { operator, value } = line;
  const object = line.object as FilterObject;
  if (!isEmulated(operator))
    throw new Refusal(501, `Not emulated: the operator ${operator} in a filter`, 'ERR_NOT_EMULATED');
  const field = filterField(account, object, line.field_id);
  // INF: a line whose field was deleted since holds for nothing.
  if (!field) return () => false;
  const kind = kindOf(field.type);
  const today = dayOf(nowSec(account));
  const related = relatedFinder(account, self, object);
  const holds = (record: AnyRecord) =>
    compares(kind, operator, comparableOf(account, record, field.code, kind), value ?? '', today);
  // A record without any related one has nothing there, so its value is empty.
  return (record) => {
    const found = related(record);
    return found.length === 0 ? operator === 'IS NULL' : found.some(holds);
  };
}

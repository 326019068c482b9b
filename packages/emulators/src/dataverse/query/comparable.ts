import { parseScaled, rescale } from '../decimal.ts';
import { type GuidOrder, guidSortKey, isGuid } from '../guid.ts';
import type { Literal } from '../odata/filter.ts';
import { badQuery } from '../refusal.ts';
import type { Column } from '../schema/schema.ts';
import { isRef, type Value } from '../world/content.ts';

/** A value in a form that compares with `<` against others of its column. */
export type Comparable = string | number | bigint | null;

/** Decimals of every number with decimals, while it is compared. */
const SCALE = 10;

type Family = 'guid' | 'text' | 'number' | 'decimal' | 'boolean' | 'time' | 'date' | 'bytes';

/** How the values of a column compare. */
export function familyOf({ type, targets }: Column): Family {
  if (targets.length > 0 || type === 'key' || type === 'guid') return 'guid';
  if (type === 'money' || type === 'decimal' || type === 'bigint') return 'decimal';
  if (type === 'datetime' || type === 'walltime') return 'time';
  if (type === 'boolean' || type === 'date') return type;
  if (type === 'file' || type === 'image') return 'bytes';
  return type === 'string' || type === 'memo' || type === 'multi' || type === 'entityname'
    ? 'text'
    : 'number';
}

/** A value of a column in comparable form; texts compare without regard to case. */
export function comparable(column: Column, value: Value, order: GuidOrder): Comparable {
  if (value === null) return null;
  if (isRef(value)) return guidSortKey(value.id, order);
  switch (familyOf(column)) {
    case 'guid':
      return guidSortKey(String(value), order);
    case 'text':
      return String(value).toLowerCase();
    case 'decimal':
      return typeof value === 'bigint' ? rescale(value, column.scale, SCALE) : null;
    case 'boolean':
      return value === true ? 1 : 0;
    case 'bytes':
      return 'set';
    default:
      return typeof value === 'boolean' ? Number(value) : value;
  }
}

/** A literal in the form that the values of a column have. Throws a refusal when it cannot be compared with them. */
export function literalFor(column: Column, { kind, text }: Literal, order: GuidOrder): Comparable {
  if (kind === 'null') return null;
  const wrong = () =>
    badQuery(
      `A binary operator with incompatible types was detected: '${text}' and the type of '${column.name}'.`,
    );
  switch (familyOf(column)) {
    case 'guid':
      if (!isGuid(text)) throw wrong();
      return guidSortKey(text.toLowerCase(), order);
    case 'text':
      if (kind === 'number' || kind === 'boolean') throw wrong();
      return text.toLowerCase();
    case 'decimal':
      if (kind !== 'number') throw wrong();
      return parseScaled(text, SCALE);
    case 'boolean':
      if (kind !== 'boolean') throw wrong();
      return text === 'true' ? 1 : 0;
    case 'time':
    case 'date':
      return timeFor(column, text, wrong);
    default:
      if (kind !== 'number') throw wrong();
      return Number(text);
  }
}

function timeFor(column: Column, text: string, wrong: () => Error): Comparable {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw wrong();
  return column.type === 'date' ? text.slice(0, 10) : ms;
}

/** A text as a pattern: `%`, `_` and `[...]` are wildcards, as in SQL's LIKE. */
export function likePattern(text: string, where: 'contains' | 'startswith' | 'endswith' | 'whole'): RegExp {
  const source = text.toLowerCase().replace(/\[\^?[^\]]*\]|[%_]|[.*+?^${}()|[\]\\]/g, (part) => {
    if (part === '%') return '.*';
    if (part === '_') return '.';
    return part.length > 2 && part.startsWith('[') ? part : `\\${part}`;
  });
  const from = where === 'contains' || where === 'endswith' ? '.*' : '';
  const to = where === 'contains' || where === 'startswith' ? '.*' : '';
  return new RegExp(`^${from}${source}${to}$`, 's');
}

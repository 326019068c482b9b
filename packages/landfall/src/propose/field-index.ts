import { textKey } from '../mapping/fold.ts';
import type { Condition, MappingRow } from '../model/mapping.ts';
import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import { callName, callSettings } from './transform-call.ts';

/** The field a mapping row means by its standard or its exact name; null when the source has none. */
export function findField(entity: SourceEntity, name: string): SourceField | null {
  return (
    entity.fields.find((field) => field.standard === name) ??
    entity.fields.find((field) => field.name === name) ??
    null
  );
}

/** The entity of that name; null when the source has none. */
export function findEntity(catalog: SourceCatalog, name: string): SourceEntity | null {
  return catalog.entities.find((entity) => entity.name === name) ?? null;
}

/** The source fields a row reads, as a list; a reference without `from` reads those of its `by`. */
export function sourcesOf(row: Pick<MappingRow, 'from' | 'via'>): readonly string[] {
  if (row.from !== undefined) return typeof row.from === 'string' ? [row.from] : row.from;
  const [first] = row.via ?? [];
  return first !== undefined && callName(first) === 'reference'
    ? Object.keys(callSettings(first).by ?? {})
    : [];
}

/** A condition or several of them, as a list. */
export function conditionsOf(condition: Condition | readonly Condition[] | undefined): readonly Condition[] {
  if (condition === undefined) return [];
  return Array.isArray(condition) ? condition : [condition as Condition];
}

/**
 * What is left of conditions when fields the source does not have are taken as empty:
 * `never` when one cannot hold, else those that still depend on a record.
 */
export function settleConditions(
  conditions: readonly Condition[],
  entity: SourceEntity,
): readonly Condition[] | 'never' {
  const open: Condition[] = [];
  for (const condition of conditions) {
    const field = condition.source === undefined ? null : findField(entity, condition.source);
    if (condition.source === undefined || (field !== null && field.filled > 0)) {
      open.push(condition);
    } else if (!holdsForEmpty(condition)) {
      return 'never';
    }
  }
  return open;
}

function holdsForEmpty(condition: Condition): boolean {
  const empty = (texts: readonly string[]) => texts.some((text) => textKey(text) === '');
  if (condition.filled === true) return false;
  if (condition.in !== undefined && !empty(condition.in)) return false;
  return condition.notIn === undefined || !empty(condition.notIn);
}

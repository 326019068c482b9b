import { sourceText } from '../../../mapping/source-text.ts';
import type { Automation, SourceRecord } from '../../../model/source.ts';
import type { PatternRule } from './export-catalog.ts';
import { FollowPattern } from './follow-pattern.ts';
import { ImplyPattern } from './imply-pattern.ts';
import type { KnownTable, OpenedExport } from './known-table.ts';
import type { PatternWatch } from './pattern-watch.ts';

/**
 * Looks in the values for rules the source seems to apply by itself (S-06, DOC-23). One pass over the tables the
 * rules are about. Nothing is rebuilt from it: every rule is named with its evidence, found or not.
 */
export async function* detectPatterns(
  rules: readonly PatternRule[],
  opened: OpenedExport,
  signal: AbortSignal,
): AsyncIterable<Automation> {
  const watches = rules.map(watchOf);
  const wanted = new Set(rules.flatMap(entitiesOf));
  for (const { entity, tables } of opened.entities) {
    if (!wanted.has(entity.name)) continue;
    for (const table of tables) await showTable(table, watches, signal);
  }
  yield* watches.map(foundBy);
}

/** The same for records that came otherwise; `read` gives those of an entity, none where there is no such thing. */
export async function* detectInRecords(
  rules: readonly PatternRule[],
  read: (entity: string) => AsyncIterable<readonly SourceRecord[]>,
): AsyncIterable<Automation> {
  const watches = rules.map(watchOf);
  for (const entity of new Set(rules.flatMap(entitiesOf)))
    for await (const records of read(entity))
      for (const { fields } of records)
        for (const watch of watches) watch.take(entity, (standard) => sourceText(fields[standard]).trim());
  yield* watches.map(foundBy);
}

function foundBy(watch: PatternWatch): Automation {
  return { name: watch.rule.name, equivalent: watch.rule.equivalent, ...watch.verdict() };
}

function watchOf(rule: PatternRule): PatternWatch {
  return rule.kind === 'implies' ? new ImplyPattern(rule) : new FollowPattern(rule);
}

function entitiesOf(rule: PatternRule): string[] {
  return rule.kind === 'implies' ? [rule.entity] : [rule.parentEntity, rule.entity];
}

async function showTable(
  known: KnownTable,
  watches: readonly PatternWatch[],
  signal: AbortSignal,
): Promise<void> {
  const { entity, standards } = known.recognised;
  const columns = new Map(standards.map((standard, at) => [standard, at] as const));
  for await (const rows of known.table.rows({ signal })) {
    for (const { cells } of rows) {
      const cell = (standard: string) => (cells[columns.get(standard) ?? -1] ?? '').trim();
      for (const watch of watches) watch.take(entity.name, cell);
    }
  }
}

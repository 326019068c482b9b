import { hashOf } from '../base/hash.ts';
import type { Condition, Gather, Mapping, MappingRow, TransformCall } from '../model/mapping.ts';
import { usualGatherLimit } from './gather.ts';
import { partsOfCall } from './transform-call.ts';

/** A hash of what a mapping means: comments, formatting, reasons and ways of writing the same thing aside. */
export function mappingHash(mapping: Mapping): string {
  return hashOf({
    ...mapping,
    entities: mapping.entities.map(({ why: _why, gather, ...entity }) => ({
      ...entity,
      part: entity.part ?? '',
      when: conditionList(entity.when),
      ...gatherMeaning(gather ?? []),
      rows: entity.rows.map(rowMeaning),
    })),
    fields: mapping.fields.map(({ why: _why, ...field }) => field),
    pipelines: mapping.pipelines.map((pipeline) => ({ ...pipeline, closed: pipeline.closed ?? [] })),
    leave: mapping.leave.map(({ entity, field, when, code }) => ({
      entity,
      field,
      ...(when === undefined ? {} : { when: conditionList(when), code: code ?? 'left-out' }),
    })),
  });
}

/** Nothing for none, so that mappings without it keep their hash. */
function gatherMeaning(gather: readonly Gather[]): object {
  return gather.length === 0
    ? {}
    : {
        gather: gather.map((one) => ({ ...one, ...whenMeaning(one), limit: one.limit ?? usualGatherLimit })),
      };
}

function whenMeaning({ when }: Gather): object {
  return when === undefined ? {} : { when: conditionList(when) };
}

function rowMeaning({ why: _why, ...row }: MappingRow): unknown {
  return {
    ...row,
    from: row.from === undefined ? [] : typeof row.from === 'string' ? [row.from] : row.from,
    via: (row.via ?? []).map(callMeaning),
    onlyIf: conditionList(row.onlyIf),
    whenEmpty: row.whenEmpty ?? 'skip',
    whenRefused: row.whenRefused ?? 'list',
  };
}

/** Order is meaning in `by` of a reference, and canonical JSON sorts keys: so settings go in as pairs. */
function callMeaning(call: TransformCall): unknown {
  const { name, settings } = partsOfCall(call);
  return [name, orderedPairs(settings)];
}

function orderedPairs(settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return settings;
  const entries = Object.entries(settings).map(([name, value]) => [
    name,
    name === 'by' && typeof value === 'object' && value !== null ? Object.entries(value) : value,
  ]);
  return Object.fromEntries(entries);
}

function conditionList(conditions: Condition | readonly Condition[] | undefined): unknown {
  if (conditions === undefined) return [];
  return Array.isArray(conditions) ? conditions : [conditions];
}

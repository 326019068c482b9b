import type { EntityMapping, MappingRow } from '../model/mapping.ts';
import type { Policies } from '../model/policy.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import { conditionsOf, findField, settleConditions, sourcesOf } from './field-index.ts';
import { keptSources, type Presence } from './kept-sources.ts';
import type { ProposalInput } from './proposal.ts';
import type { PolicyCondition, ProposalEntity, ProposalRow } from './proposal-template.ts';
import { type KeptRow, reachableRows } from './reachable.ts';
import { callName, completeCall } from './transform-call.ts';

/** How the values of a field are written, filled into the transforms that must know. */
export interface ValueForm {
  readonly dateFormats: readonly string[];
  readonly decimal: '.' | ',' | null;
}

/** What policies and people say about the template's rows. */
export type Said = Pick<ProposalInput, 'policies' | 'answers'>;

/** The template's entity for this source: rows whose fields are there and filled, with formats. null when no rule can hold. */
export function keepEntity(
  template: ProposalEntity,
  entity: SourceEntity,
  said: Said,
  formOf: (field: SourceField) => ValueForm,
): EntityMapping | null {
  if (!underPolicy(template.policy, said.policies)) return null;
  const when = settleConditions(conditionsOf(template.when), entity);
  if (when === 'never') return null;
  const rows = reachableRows(
    template.rows.map((row) => keepRow(row, entity, said, formOf)).filter((row) => row !== null),
  );
  if (rows.length === 0) return null;
  const { policy: _policy, when: _when, rows: _rows, gather, ...rest } = template;
  const conditions = [...when, ...rows.flatMap(({ onlyIf }) => conditionsOf(onlyIf))];
  const names = [...rows.flatMap(sourcesOf), ...conditions.map(({ source }) => source ?? '')];
  const gathers = gather?.filter(({ as }) => names.some((name) => name.startsWith(`${as}.`))) ?? [];
  return {
    ...rest,
    ...(when.length === 0 ? {} : { when }),
    ...(gathers.length === 0 ? {} : { gather: gathers }),
    rows,
  };
}

function underPolicy(condition: PolicyCondition | undefined, policies: Policies): boolean {
  return condition === undefined || [condition.is].flat().includes(String(policies[condition.name]));
}

function keepRow(
  template: ProposalRow,
  entity: SourceEntity,
  said: Said,
  formOf: (field: SourceField) => ValueForm,
): KeptRow | null {
  if (!underPolicy(template.policy, said.policies)) return null;
  const { answer } = template;
  if (answer !== undefined && said.answers?.[answer.ask] !== answer.is) return null;
  const onlyIf = settleConditions(conditionsOf(template.onlyIf), entity);
  if (onlyIf === 'never') return null;
  const { policy: _policy, answer: _answer, onlyIf: _onlyIf, from: written, via, ...rest } = template;
  const condition = onlyIf.length === 0 ? {} : { onlyIf };
  const names = sourcesOf(template);
  if (names.length === 0) {
    const calls = via === undefined ? {} : { via };
    return { row: { ...rest, ...condition, ...calls }, isDefault: false };
  }
  const kept = keptSources(names, via?.[0], (name) => presenceOf(entity, name));
  const [first] = kept.names;
  if (first === undefined) return withoutSource(rest, condition);
  const from = kept.names.length === 1 ? first : kept.names;
  const field = findField(entity, first);
  const calls = via
    ?.toSpliced(0, 1, ...(kept.first === undefined ? [] : [kept.first]))
    .map((call, at, all) => {
      // a sum is written with a point whatever its items were written with
      const isSum = all.slice(0, at).some((before) => callName(before) === 'sum');
      return field === null || isSum ? call : completeCall(call, formOf(field));
    });
  const reads = written === undefined ? {} : { from };
  return {
    row: { ...rest, ...condition, ...reads, ...(calls === undefined ? {} : { via: calls }) },
    isDefault: false,
  };
}

function presenceOf(entity: SourceEntity, name: string): Presence {
  const field = findField(entity, name);
  if (field === null) return 'absent';
  return field.filled > 0 ? 'filled' : 'empty';
}

/** A row whose fields are not there still gives its default value. */
function withoutSource(
  row: Omit<MappingRow, 'from' | 'via' | 'onlyIf'>,
  condition: Pick<MappingRow, 'onlyIf'>,
): KeptRow | null {
  if (typeof row.whenEmpty !== 'object') return null;
  const { whenEmpty, ...rest } = row;
  return { row: { ...rest, ...condition, value: whenEmpty.use }, isDefault: true };
}

import { fieldRead } from '../mapping/field-read.ts';
import { gathersOf } from '../mapping/gather.ts';
import { fillsCustomField } from '../model/entity-table.ts';
import type { Mapping, NewField } from '../model/mapping.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { DocumentContext } from './context.ts';
import type { TableDocument } from './table-document.ts';
import { samplesOf } from './wording.ts';

/** A new field with where it comes from and how far it is. */
export interface FieldCheck {
  readonly field: NewField;
  readonly options: readonly string[];
  /** The source fields that fill it, as `deals.Region`. */
  readonly sources: readonly string[];
  readonly filled: number;
  readonly samples: string;
  readonly state: 'to be made' | 'made' | 'was there' | 'removed';
}

/** The fields the mapping needs, in the order of the mapping (DOC-07, DISC-12, P-21(c), DISC-23). */
export function fieldChecks(context: DocumentContext): readonly FieldCheck[] {
  const { mapping } = context;
  if (mapping === null) return [];
  return mapping.fields.map((field) => {
    const sources = sourcesOf(mapping, field);
    const lines = context.proposed.filter((line) => sources.includes(`${line.entity}.${line.source}`));
    return {
      field,
      options: optionsOf(context.steps, field),
      sources,
      filled: lines.reduce((sum, line) => sum + line.filled, 0),
      samples: lines.map((line) => samplesOf(line)).join(' · '),
      state: stateOf(context, field),
    };
  });
}

function sourcesOf(mapping: Mapping, field: NewField): string[] {
  return mapping.entities.flatMap(({ from, rows }) =>
    rows
      .filter((row) => fillsCustomField(row.to, field))
      .flatMap((row) => [row.from ?? []].flat().map((name) => sourceText(mapping, from, name))),
  );
}

function sourceText(mapping: Mapping, from: string, name: string): string {
  const { entity, field } = fieldRead(gathersOf(mapping, from), from, name);
  return field === null ? `${entity} (how many)` : `${entity}.${field}`;
}

function optionsOf(steps: readonly PlannedStep[], { entity, name }: NewField): readonly string[] {
  return steps.flatMap(({ step }) => {
    if (step.kind === 'field' && step.entity === entity && step.name === name) return step.options;
    return step.kind === 'option' && step.entity === entity && step.field === `custom.${name}`
      ? step.labels
      : [];
  });
}

function stateOf(context: DocumentContext, { entity, name }: NewField): FieldCheck['state'] {
  const planned = context.steps.find(
    ({ step }) => step.kind === 'field' && step.entity === entity && step.name === name,
  );
  if (planned?.state === 'done') return 'made';
  if (planned?.state === 'removed') return 'removed';
  const exists = context.target?.entities[entity].some((field) => field.name === `custom.${name}`) ?? false;
  return exists || planned?.state === 'found' ? 'was there' : 'to be made';
}

/** `custom-fields.csv`: the creation checklist (DOC-07). */
export const customFieldsDocument: TableDocument = {
  file: 'custom-fields.csv',
  known: (context) => context.mapping !== null,
  header: [
    'Entity',
    'Field',
    'Type',
    'Options',
    'Filled from',
    'Records with a value',
    'Samples',
    'State',
    'Why',
  ],
  *rows(context) {
    for (const { field, options, sources, filled, samples, state } of fieldChecks(context)) {
      const cells = [options.join('; '), sources.join('; '), String(filled), samples, state, field.why ?? ''];
      yield [field.entity, field.name, field.type, ...cells];
    }
  },
};

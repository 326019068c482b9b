import { join } from 'node:path';
import { type SheetValue, type WrittenSheet, writeWorkbook } from '../files/xlsx-writing.ts';
import { fieldRead } from '../mapping/field-read.ts';
import { gathersOf } from '../mapping/gather.ts';
import type { Condition, EntityMapping, Mapping, MappingRow, TransformCall } from '../model/mapping.ts';
import type { DocumentContext, FieldLine } from './context.ts';
import { fieldChecks } from './custom-fields.ts';
import { stageLines, stageNames } from './stages.ts';
import { samplesOf } from './wording.ts';

/**
 * `mapping-workbook.xlsx`: every field-level decision in one place (DOC-02, DOC-03, DOC-04, MAP-05, MAP-06, MAP-07).
 * Written when there is a mapping.
 */
export async function writeMappingWorkbook(context: DocumentContext, directory: string): Promise<string[]> {
  if (context.mapping === null) return [];
  const path = join(directory, 'mapping-workbook.xlsx');
  await writeWorkbook(path, workbookSheets(context, context.mapping));
  return [path];
}

/** The sheets: Fields, Stages, Values, Custom fields, Left out, Decisions. */
function workbookSheets(context: DocumentContext, mapping: Mapping): readonly WrittenSheet[] {
  return [
    fieldsSheet(context, mapping),
    stagesSheet(context),
    valuesSheet(mapping),
    customFieldsSheet(context),
    leftOutSheet(context, mapping),
    decisionsSheet(context),
  ];
}

function fieldsSheet(context: DocumentContext, mapping: Mapping): WrittenSheet {
  const source = ['Source table', 'Source field'];
  const rule = ['Target field', 'Only when', 'Transforms', 'When empty'];
  return {
    name: 'Fields',
    header: [...source, ...rule, 'Confidence', 'Band', 'Filled', 'Samples', 'Why'],
    rows: mapping.entities.flatMap((entity) =>
      entity.rows.map((row) => fieldRow(context, mapping, entity, row)),
    ),
  };
}

function stagesSheet(context: DocumentContext): WrittenSheet {
  const rows = stageLines(context).map((line) => [
    line.pipeline,
    line.place,
    line.stage,
    line.probability,
    stageNames(line),
    line.outcome === null ? 'a stage' : `status ${line.outcome}`,
  ]);
  return {
    name: 'Stages',
    header: ['Pipeline', 'Order', 'Stage', 'Probability %', 'Source stages', 'Becomes'],
    rows,
  };
}

function valuesSheet({ values }: Mapping): WrittenSheet {
  const rows = Object.entries(values).flatMap(([name, table]) =>
    Object.entries(table).map(([from, to]) => [name, from, to]),
  );
  return { name: 'Values', header: ['Table', 'Source value', 'Target value'], rows };
}

function customFieldsSheet(context: DocumentContext): WrittenSheet {
  const rows = fieldChecks(context).map(({ field, options, sources, filled, samples, state }) => [
    ...[field.entity, field.name, field.type, options.join('; '), sources.join('; ')],
    ...[filled, samples, state, field.why ?? ''],
  ]);
  const header = ['Entity', 'Field', 'Type', 'Options', 'Filled from', 'Filled', 'Samples', 'State', 'Why'];
  return { name: 'Custom fields', header, rows };
}

function leftOutSheet(context: DocumentContext, { leave }: Mapping): WrittenSheet {
  const rows = leave.map(({ entity, field, why }) => {
    const line = lineOf(context, entity, field);
    const all = field === '*' ? 'all fields' : field;
    return [entity, all, line?.filled ?? null, line === null ? '' : samplesOf(line), why];
  });
  return { name: 'Left out', header: ['Source table', 'Source field', 'Filled', 'Samples', 'Why'], rows };
}

function decisionsSheet(context: DocumentContext): WrittenSheet {
  const rows = context.decisions.map(({ id, choice, value, by, at }) => [
    ...[id, subjectOf(context, id), choice, value ?? '', by, at],
  ]);
  return { name: 'Decisions', header: ['Question', 'About', 'Answer', 'Value', 'By', 'At'], rows };
}

function fieldRow(
  context: DocumentContext,
  mapping: Mapping,
  entity: EntityMapping,
  row: MappingRow,
): SheetValue[] {
  const sources = [row.from ?? []].flat();
  const [first] = sources;
  const read = first === undefined ? null : fieldRead(gathersOf(mapping, entity.from), entity.from, first);
  const line = read?.field == null ? null : lineOf(context, read.entity, read.field);
  return [
    entity.from,
    sources.length === 0 ? `(always ${String(row.value)})` : sources.join(' + '),
    row.to,
    [...conditionTexts(entity.when), ...conditionTexts(row.onlyIf)].join(' and '),
    (row.via ?? []).map(callText).join(' > '),
    emptyText(row),
    line?.confidence ?? null,
    line?.band ?? '',
    line?.filled ?? null,
    line === null ? '' : samplesOf(line),
    row.why ?? entity.why ?? line?.evidence ?? '',
  ];
}

/** The line of a field by its exact name, or by the standard name a template uses for it. */
function lineOf(context: DocumentContext, entity: string, field: string): FieldLine | null {
  const known = context.catalog?.entities.find(({ name }) => name === entity)?.fields;
  const exact = known?.find(({ standard }) => standard === field)?.name ?? field;
  return context.proposed.find((line) => line.entity === entity && line.source === exact) ?? null;
}

function subjectOf(context: DocumentContext, id: string): string {
  return context.questions.find((question) => question.id === id)?.subject ?? '';
}

function emptyText({ whenEmpty }: MappingRow): string {
  if (whenEmpty === undefined) return 'left out';
  return typeof whenEmpty === 'object' ? `becomes ${String(whenEmpty.use)}` : whenEmpty;
}

/** A transform with its settings as it stands in the mapping: `date(format: dd.MM.yyyy)`. */
function callText(call: TransformCall): string {
  if (typeof call === 'string') return call;
  const [name = '', settings = {}] = Object.entries(call)[0] ?? [];
  const parts = Object.entries(settings).map(
    ([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${name}(${parts.join(', ')})`;
}

/** Conditions in words: `Type is Call or Phone`. */
function conditionTexts(condition: Condition | readonly Condition[] | undefined): string[] {
  const all = condition === undefined ? [] : Array.isArray(condition) ? condition : [condition as Condition];
  return (all as readonly Condition[]).map((one) => {
    const subject = one.source ?? one.target ?? '';
    const parts = [
      one.in === undefined ? null : `is ${one.in.join(' or ')}`,
      one.notIn === undefined ? null : `is not ${one.notIn.join(' or ')}`,
      one.filled === undefined ? null : one.filled ? 'is filled' : 'is empty',
    ];
    return `${subject} ${parts.filter((part) => part !== null).join(' and ')}`;
  });
}

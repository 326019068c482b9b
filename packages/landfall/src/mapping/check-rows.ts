import { entityTraits, fillsCustomField } from '../model/entity-table.ts';
import type { EntityMapping, MappingRow } from '../model/mapping.ts';
import type { SourceEntity } from '../model/source.ts';
import { type CustomFieldType, type TargetEntity, type TargetType, targetEntities } from '../model/target.ts';
import { kindOfRow, misfit } from './chain.ts';
import type { CheckContext } from './check-context.ts';
import { checkName, conditionList } from './check-names.ts';
import { readsOf, referencedEntity, sourceNames } from './compile.ts';
import { didYouMean, type Path } from './fault.ts';
import { textKey } from './fold.ts';
import { gathersOf } from './gather.ts';
import { indexPipelines } from './pipeline-index.ts';
import { parseTargetPath, type TargetPath } from './target-path.ts';
import type { Kind } from './transform.ts';
import { type CallReading, readCall } from './transform-call.ts';
import type { ReferenceSettings } from './transforms/reference.ts';
import { transforms } from './transforms.ts';

/** One row under the check. */
export interface RowUnderCheck {
  readonly entity: EntityMapping;
  readonly source: SourceEntity | undefined;
  readonly row: MappingRow;
  readonly path: Path;
  /** The `to` of the rows before. */
  readonly earlierFields: readonly string[];
}

type GoodCall = Extract<CallReading, { ok: true }>;

/** Finds everything that is wrong with one row. */
export function checkRow(context: CheckContext, under: RowUnderCheck): void {
  const calls = checkCalls(context, under);
  checkSources(context, under, calls);
  checkConditions(context, under);
  const target = checkTarget(context, under);
  if (calls === null) return;
  if (target !== null) checkKind(context, under, target, calls);
  for (const [index, { transform, settings }] of calls.entries()) {
    const path = [...under.path, 'via', index];
    if (transform.name === 'lookup') checkTable(context, (settings as { table: string }).table, path);
    if (transform.name === 'stage') checkStages(context, under, path);
    if (transform.name === 'reference' && target !== null) {
      checkReference(context, under, target, settings as ReferenceSettings, path);
    }
  }
}

/** The calls of a row, or null when one of them is wrong. */
function checkCalls({ faults }: CheckContext, { row, path }: RowUnderCheck): readonly GoodCall[] | null {
  const good: GoodCall[] = [];
  for (const [index, call] of (row.via ?? []).entries()) {
    const reading = readCall(call);
    if (reading.ok) {
      good.push(reading);
      continue;
    }
    const names = transforms.map(({ name }) => name);
    const fix =
      reading.problem === 'unknown'
        ? `${didYouMean(reading.name, names)}There are: ${names.join(', ')}.`
        : 'Mend the settings; the reference of transforms lists them.';
    faults.add([...path, 'via', index], reading.message, fix);
  }
  return good.length === (row.via ?? []).length ? good : null;
}

function checkSources(context: CheckContext, under: RowUnderCheck, calls: readonly GoodCall[] | null): void {
  const { faults } = context;
  const { row, path, entity } = under;
  const reference = calls?.some(({ transform }) => transform.name === 'reference') ?? false;
  const isFixed = calls?.[0]?.transform.name === 'fixed';
  if (row.from === undefined && row.value === undefined && !reference && !isFixed) {
    faults.add(path, 'the row has neither `from` nor `value`', 'Name the source field, or give a constant.');
  }
  const read = sourceNames(row);
  const written = row.from === undefined ? [] : typeof row.from === 'string' ? [row.from] : row.from;
  for (const name of new Set([...read, ...written])) {
    checkName(context, entity, name, [...path, written.includes(name) ? 'from' : 'via']);
  }
  if (reference && written.some((name) => !read.includes(name))) {
    faults.add(
      [...path, 'from'],
      '`from` names a field that `by` of the reference does not',
      'Leave `from` out: a reference reads the fields of `by`.',
    );
  }
}

function checkConditions(context: CheckContext, under: RowUnderCheck): void {
  const { row, path, entity, earlierFields } = under;
  const { faults } = context;
  for (const condition of conditionList(row.onlyIf)) {
    if (condition.source !== undefined) checkName(context, entity, condition.source, [...path, 'onlyIf']);
    if (condition.target === undefined) continue;
    const wanted = condition.target;
    const isSet = earlierFields.some((to) => to === wanted || to === `${entity.to}.${wanted}`);
    if (!isSet) {
      faults.add(
        [...path, 'onlyIf'],
        `no earlier row sets "${wanted}"`,
        'Put the row that sets it before this one.',
      );
    }
  }
}

const typeOfCustom: Readonly<Record<CustomFieldType, TargetType>> = {
  varchar: 'text',
  text: 'longText',
  double: 'number',
  monetary: 'money',
  date: 'date',
  enum: 'option',
  set: 'options',
  phone: 'phone',
  address: 'address',
  user: 'user',
  org: 'reference',
  people: 'reference',
};

interface FoundTarget extends TargetPath {
  /** null when it is not known (no target catalog). */
  readonly type: TargetType | null;
}

function checkTarget(context: CheckContext, under: RowUnderCheck): FoundTarget | null {
  const { faults } = context;
  const { row, entity } = under;
  const path = [...under.path, 'to'];
  const parsed = parseTargetPath(row.to);
  if (typeof parsed === 'string') {
    faults.add(path, parsed, 'Write <entity>.<field>, such as person.name or deal.custom.Region.');
    return null;
  }
  if (parsed.entity !== entity.to) {
    faults.add(
      path,
      `the mapping makes ${entity.to}, the row fills ${parsed.entity}`,
      `Write ${entity.to}.${parsed.field}, or move the row.`,
    );
    return null;
  }
  if (parsed.field.startsWith('custom.')) {
    context.usedFields.add(`${entityTraits[parsed.entity].fieldsOf ?? parsed.entity}|${parsed.field}`);
  }
  return findTarget(context, parsed, path);
}

function findTarget(
  { mapping, target, faults }: CheckContext,
  parsed: TargetPath,
  path: Path,
): FoundTarget | null {
  const made = mapping.fields.find((field) => fillsCustomField(`${parsed.entity}.${parsed.field}`, field));
  const known = target?.entities[parsed.entity].find(({ name }) => name === parsed.field);
  if (known?.settable === 'never') {
    faults.add(
      path,
      `${parsed.entity}.${parsed.field} cannot be set: the destination fills it`,
      'Use a custom field for this value.',
    );
    return null;
  }
  if (known !== undefined) return { ...parsed, type: known.type };
  if (made !== undefined) return { ...parsed, type: typeOfCustom[made.type] };
  if (target === null && !parsed.field.startsWith('custom.')) return { ...parsed, type: null };
  const names = [
    ...(target?.entities[parsed.entity] ?? []).map(({ name }) => name),
    ...mapping.fields
      .filter(({ entity }) => entity === entityTraits[parsed.entity].fieldsOf)
      .map(({ name }) => `custom.${name}`),
  ];
  faults.add(path, `${parsed.entity} has no field "${parsed.field}"`, unknownFieldFix(parsed, names));
  return null;
}

function unknownFieldFix(parsed: TargetPath, names: readonly string[]): string {
  const hint = didYouMean(parsed.field, names);
  if (!parsed.field.startsWith('custom.')) return `${hint}There are: ${names.join(', ')}.`;
  return `${hint}Declare it under \`fields\`: { entity: ${entityTraits[parsed.entity].fieldsOf ?? parsed.entity}, name: ${parsed.field.slice('custom.'.length)}, type: ... }.`;
}

function checkKind(
  { faults, mapping }: CheckContext,
  { row, path, entity }: RowUnderCheck,
  target: FoundTarget,
  calls: readonly GoodCall[],
): void {
  const { kind, problem } = kindOfRow(row, readsOf(sourceNames(row), gathersOf(mapping, entity.from)), calls);
  if (problem !== null) {
    faults.add(
      [...path, 'via', problem.index],
      problem.message,
      'Take it out, or put it earlier in the chain.',
    );
    return;
  }
  const found = misfitAt(target, kind);
  if (found !== null) faults.add([...path, row.via === undefined ? 'to' : 'via'], found.message, found.fix);
  if (typeof row.whenEmpty === 'object' && target.type !== null && target.place.kind === 'whole') {
    const use: Kind = typeof row.whenEmpty.use === 'boolean' ? 'boolean' : 'text';
    const isTyped = use === 'text' && misfit('text', target.type) !== null && scalarTypes.has(target.type);
    if (!isTyped && misfit(use, target.type) !== null) {
      faults.add(
        [...path, 'whenEmpty'],
        `${target.entity}.${target.field} takes no ${use === 'text' ? 'plain text' : 'yes or no'}`,
        'Use a value of the field’s type, or the transform `default` before the last one.',
      );
    }
  }
}

/** Types whose values are one text in the model: a default may be written as it will be sent. */
const scalarTypes: ReadonlySet<TargetType> = new Set([
  'html',
  'number',
  'integer',
  'date',
  'time',
  'dateTime',
  'duration',
  'currency',
  'phone',
  'user',
]);

const sideBySide: ReadonlySet<Kind> = new Set(['lines', 'fields']);

function misfitAt(target: FoundTarget, kind: Kind) {
  if (
    kind === 'link' &&
    (target.place.kind !== 'whole' || (target.type !== null && target.type !== 'reference'))
  ) {
    return {
      message: `\`reference\` makes a link, and ${target.entity}.${target.field} is no reference field`,
      fix: 'Fill org_id, person_id or deal_id, or take `reference` out.',
    };
  }
  if (target.place.kind === 'block') return sideBySide.has(kind) ? misfit(kind, 'text') : null;
  if (target.place.kind === 'addressPart') return misfit(kind, 'text');
  return target.type === null ? null : misfit(kind, target.type);
}

function checkTable({ mapping, faults }: CheckContext, table: string, path: Path): void {
  if (Object.hasOwn(mapping.values, table)) return;
  const names = Object.keys(mapping.values);
  faults.add(
    path,
    `there is no value table "${table}"`,
    `${didYouMean(table, names)}Add it under \`values\`.`,
  );
}

function checkReference(
  { mapping, faults, source }: CheckContext,
  under: RowUnderCheck,
  target: FoundTarget,
  settings: ReferenceSettings,
  path: Path,
): void {
  const to = referencedEntity(target.entity, target.field, mapping.fields);
  if (to === null) {
    faults.add(
      path,
      `${target.entity}.${target.field} is no reference field`,
      'Fill org_id, person_id or deal_id.',
    );
    return;
  }
  if (rank(to) >= rank(target.entity)) {
    faults.add(
      path,
      `${to} is not loaded before ${target.entity}, so its ids are not known then`,
      `Link from ${to} instead, or use organizationRelationship.`,
    );
  }
  const names = source.entities.map(({ name }) => name);
  if (!names.includes(settings.source)) {
    faults.add(
      path,
      `the source has no entity "${settings.source}"`,
      `${didYouMean(settings.source, names)}There are: ${names.join(', ')}.`,
    );
  } else if (!mapping.entities.some((entity) => entity.from === settings.source && entity.to === to)) {
    faults.add(
      path,
      `nothing makes ${to} of "${settings.source}", so this link is never found`,
      `Map "${settings.source}" to ${to}, or name another source entity.`,
    );
  }
  const within = settings.within;
  if (within !== undefined && !under.earlierFields.includes(`${target.entity}.${within}`)) {
    faults.add(path, `no earlier row makes the link "${within}"`, 'Put that row before this one.');
  }
}

function rank(entity: TargetEntity): number {
  return targetEntities.indexOf(entity);
}

/** Every stage seen in the source must mean something (DQ-05). */
function checkStages({ mapping, faults }: CheckContext, { source, row }: RowUnderCheck, path: Path): void {
  const names = sourceNames(row);
  const field = (name: string | undefined) =>
    source?.fields.find((candidate) => candidate.name === name || candidate.standard === name);
  const stageField = field(names.at(-1));
  const pipelineField = names.length > 1 ? field(names[0]) : undefined;
  const find = indexPipelines(mapping.pipelines);
  for (const { value } of pipelineField?.values ?? []) {
    const found = find(value);
    if (textKey(value) !== '' && !found.ok) faults.add(path, found.reason, 'Add it to `from` of a pipeline.');
  }
  const lost = (stageField?.values ?? []).filter(
    ({ value }) =>
      textKey(value) !== '' &&
      !mapping.pipelines.some((pipeline) => {
        const found = find(pipeline.name);
        return found.ok && found.value.stage(value) !== null;
      }),
  );
  for (const { value, count } of lost) {
    faults.add(
      path,
      `stage "${value}" (${count} records) stands in no pipeline`,
      'Add it to `from` of a stage, or to `closed`.',
    );
  }
}

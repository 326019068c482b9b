import type { NewField } from '../model/mapping.ts';
import type { CheckContext } from './check-context.ts';
import { sourcesOfConditions } from './check-names.ts';
import { didYouMean } from './fault.ts';
import { textKey } from './fold.ts';
import { parseTargetPath } from './target-path.ts';
import { partsOfCall } from './transform-call.ts';

/** Custom fields: each declared once, used, and not of another type than the account's. */
export function checkFields({ mapping, target, faults, usedFields }: CheckContext): void {
  const seen = new Map<string, number>();
  for (const [index, field] of mapping.fields.entries()) {
    const path = ['fields', index];
    const key = `${field.entity}|${textKey(field.name)}`;
    const before = seen.get(key);
    if (before !== undefined) {
      faults.add(
        path,
        `${field.entity} has the custom field "${field.name}" already (fields[${before}])`,
        'Remove one of the two.',
      );
    } else seen.set(key, index);
    if (!usedFields.has(`${field.entity}|custom.${field.name}`)) {
      faults.add(
        path,
        `no row fills ${field.entity}.custom.${field.name}`,
        'Add a row, or remove the field.',
      );
    }
    const known = target?.entities[field.entity].find(({ name }) => name === `custom.${field.name}`);
    if (known !== undefined && !fits(field, known.type)) {
      faults.add(
        [...path, 'type'],
        `the account has "${field.name}" with the type ${known.type}`,
        'Use another name, or the account’s type.',
      );
    }
  }
}

const typesOfAccount: Readonly<Record<NewField['type'], readonly string[]>> = {
  varchar: ['text'],
  text: ['longText', 'text'],
  double: ['number', 'integer'],
  monetary: ['money'],
  date: ['date'],
  enum: ['option'],
  set: ['options'],
  phone: ['phone'],
  address: ['address'],
  user: ['user'],
  org: ['reference'],
  people: ['reference'],
};

function fits(field: NewField, type: string): boolean {
  return typesOfAccount[field.type].includes(type);
}

/** Pipelines and stages: names once, and no source name for two of them. */
export function checkPipelines({ mapping, faults }: CheckContext): void {
  const names = new Map<string, string>();
  const sources = new Map<string, string>();
  for (const [index, pipeline] of mapping.pipelines.entries()) {
    const path = ['pipelines', index];
    if (names.has(textKey(pipeline.name))) {
      faults.add(
        [...path, 'name'],
        `there are two pipelines "${pipeline.name}"`,
        'Rename one, or make them one.',
      );
    }
    names.set(textKey(pipeline.name), pipeline.name);
    for (const text of pipeline.from) {
      const other = sources.get(textKey(text));
      if (other !== undefined) {
        faults.add(
          [...path, 'from'],
          `"${text}" means ${other} and ${pipeline.name}`,
          'Keep it in one of them.',
        );
      }
      sources.set(textKey(text), pipeline.name);
    }
    checkStageNames(faults, pipeline.stages, pipeline.closed ?? [], path);
  }
}

function checkStageNames(
  faults: CheckContext['faults'],
  stages: readonly { readonly name: string; readonly from: readonly string[] }[],
  closed: readonly { readonly from: string }[],
  path: readonly (string | number)[],
): void {
  const names = new Set<string>();
  const meaning = new Map<string, string>(closed.map(({ from }) => [textKey(from), 'an outcome (`closed`)']));
  for (const [index, stage] of stages.entries()) {
    if (names.has(textKey(stage.name))) {
      faults.add(
        [...path, 'stages', index, 'name'],
        `there are two stages "${stage.name}"`,
        'Rename one, or make them one.',
      );
    }
    names.add(textKey(stage.name));
    for (const text of stage.from) {
      const other = meaning.get(textKey(text));
      if (other !== undefined && other !== stage.name) {
        faults.add(
          [...path, 'stages', index, 'from'],
          `"${text}" means ${other} and the stage ${stage.name}`,
          'Keep it in one of them.',
        );
      }
      meaning.set(textKey(text), stage.name);
    }
  }
}

/** Fields of Pipedrive whose options a migration can add. */
const growing = new Set(['label_ids', 'labels', 'label', 'type']);

/** Value tables that feed an option field of fixed options must give those options; tables must be used. */
export function checkValues({ mapping, target, faults }: CheckContext): void {
  const used = new Set<string>();
  for (const entity of mapping.entities) {
    for (const row of entity.rows) {
      for (const call of row.via ?? []) {
        const { name, settings } = partsOfCall(call);
        const table = name === 'lookup' ? (settings as { table?: unknown }).table : undefined;
        if (typeof table !== 'string') continue;
        used.add(table);
        const parsed = parseTargetPath(row.to);
        if (typeof parsed === 'string' || target === null || (row.via ?? []).at(-1) !== call) continue;
        const field = target.entities[parsed.entity].find((candidate) => candidate.name === parsed.field);
        if (field === undefined || field.custom || growing.has(field.name) || field.options.length === 0)
          continue;
        checkOptions(
          faults,
          table,
          mapping.values,
          field.options.map(({ label }) => label),
          row.to,
        );
      }
    }
  }
  for (const table of Object.keys(mapping.values)) {
    if (!used.has(table))
      faults.add(
        ['values', table],
        `no row uses the value table "${table}"`,
        'Use it with `lookup`, or remove it.',
      );
  }
}

function checkOptions(
  faults: CheckContext['faults'],
  table: string,
  values: CheckContext['mapping']['values'],
  options: readonly string[],
  to: string,
): void {
  const known = new Set(options.map(textKey));
  const rows = Object.hasOwn(values, table) ? values[table] : undefined;
  for (const [from, label] of Object.entries(rows ?? {})) {
    if (label === '' || known.has(textKey(label))) continue;
    faults.add(
      ['values', table, from],
      `"${label}" is no option of ${to}`,
      `${didYouMean(label, options)}There are: ${options.join(', ')}.`,
    );
  }
}

/** Decisions to leave a field must name one that there is. */
export function checkLeave({ mapping, source, faults }: CheckContext): void {
  for (const [index, left] of mapping.leave.entries()) {
    const path = ['leave', index];
    const entity = source.entities.find(({ name }) => name === left.entity);
    const names =
      entity?.fields.flatMap(({ name, standard }) => (standard === null ? [name] : [name, standard])) ?? [];
    if (entity === undefined) {
      faults.add(
        [...path, 'entity'],
        `the source has no entity "${left.entity}"`,
        didYouMean(
          left.entity,
          source.entities.map(({ name }) => name),
        ) || 'Remove the line.',
      );
    } else if (left.field !== '*' && !names.includes(left.field)) {
      faults.add(
        [...path, 'field'],
        `"${left.entity}" has no field "${left.field}"`,
        didYouMean(left.field, names) || 'Remove the line.',
      );
    } else if (left.when !== undefined && left.field !== '*') {
      faults.add([...path, 'when'], 'a condition chooses records, not fields', 'Write `field: "*"`.');
    } else {
      for (const name of sourcesOfConditions(left.when).filter((one) => !names.includes(one)))
        faults.add(
          [...path, 'when'],
          `"${left.entity}" has no field "${name}"`,
          didYouMean(name, names) || 'Remove the condition.',
        );
    }
  }
}

import type { SourceType } from '../../../model/source.ts';
import { isSensitiveHeader } from '../export-files/sensitive.ts';
import { bothLabels, type PlannedField } from './module-plan.ts';
import { beside } from './record-maker.ts';
import type { KnownField, KnownModule, RestCatalog } from './rest-catalog.ts';

/** What a service tells of one field; absent members: it does not say. */
export interface ToldField {
  readonly key: string;
  readonly label: string;
  readonly otherLabel: string;
  readonly type: SourceType;
  /** The type in the service's words. */
  readonly told: string;
  readonly options: ReadonlyMap<string, string>;
  /** The entity a reference leads to. */
  readonly references: readonly string[];
  readonly many: boolean;
  /** null: it does not say. */
  readonly oneToOne: boolean | null;
}

/** What the business key of a module is called that nobody knows. */
const recordNumber = 'Record Number';

/** The fields of a module: known ones by our names, the account's own by their labels, each name once. */
export function plannedFields(
  catalog: RestCatalog,
  known: KnownModule | null,
  numberField: string,
  told: readonly ToldField[],
): PlannedField[] {
  const number: KnownField = { key: numberField, standard: recordNumber, type: 'text' };
  const rules = new Map(
    [number, ...(known?.fields ?? []), ...catalog.common].map((rule) => [rule.key, rule]),
  );
  const taken = new Set([...rules.values()].map(({ standard }) => standard));
  return told.map((field) => {
    const rule = rules.get(field.key);
    if (rule !== undefined) return knownField(rule, field);
    const name = uniqueName(taken, field);
    return {
      ...common(field),
      name,
      standard: null,
      type: field.type,
      evidence: `${said(field)}: "${bothLabels(field.label, field.otherLabel)}"`,
      sensitive: isSensitiveHeader(field.label) || isSensitiveHeader(field.key),
      reading: null,
    };
  });
}

function knownField(rule: KnownField, field: ToldField): PlannedField {
  return {
    ...common(field),
    references:
      rule.references !== undefined ? [rule.references] : rule.reading === undefined ? field.references : [],
    name: rule.standard,
    standard: rule.standard,
    type: rule.type,
    evidence: `the standard field ${rule.standard}: "${bothLabels(field.label, field.otherLabel)}"`,
    sensitive: rule.sensitive ?? false,
    reading: rule.reading ?? null,
  };
}

function common({ key, options, references, many, oneToOne }: ToldField) {
  return { key, options, references, many, oneToOne };
}

function said({ told, many }: ToldField): string {
  return told === '' ? 'its type is not told' : `the source says ${told}${many ? ', several values' : ''}`;
}

function uniqueName(taken: Set<string>, { label, key }: ToldField): string {
  const name = label === '' ? key : label;
  const free = taken.has(name) ? `${name} (${key})` : name;
  taken.add(free);
  return free;
}

/** A field that stands beside another one: the id behind a name, a value by its kind. */
export interface BesideField {
  readonly name: string;
  readonly type: SourceType;
  readonly because: string;
}

/** What the reader puts beside a field. */
export function besideFields(field: PlannedField, tagGroups: Iterable<string>): BesideField[] {
  const { name, type, reading } = field;
  if (reading?.as === 'parent')
    return [{ name: reading.type, type: 'text', because: `the entity that ${name} leads to` }];
  if (reading?.as === 'stage')
    return [
      { name: beside.id(name), type: 'text', because: `the id behind ${name}` },
      { name: `${name} Outcome`, type: 'choice', because: 'open, won or lost, as the pipeline says' },
    ];
  if (reading?.as === 'guarded')
    return [{ name: reading.personal, type: 'text', because: `values of ${name} that are national ids` }];
  if (reading?.as === 'end')
    return [{ name: reading.minutes, type: 'duration', because: `minutes until ${name}` }];
  if (reading?.as === 'names')
    return [{ name: reading.standard, type: 'text', because: `names behind ${name}` }];
  if (reading?.as === 'file')
    return [{ name: reading.standard, type: 'file', because: 'opens the bytes, where the service has them' }];
  if (reading?.as === 'typed')
    return [...new Set([...Object.values(reading.into), reading.rest])].map((each) => ({
      name: each,
      type,
      because: `those of ${name} of one kind`,
    }));
  if (type === 'tags')
    return [...tagGroups].map((group) => ({
      name: beside.group(name, group),
      type: 'choices' as const,
      because: `the tags of the group ${group}`,
    }));
  if (type === 'owner' || reading?.as === 'pipeline')
    return [{ name: beside.id(name), type: 'text', because: `the id behind ${name}` }];
  return [];
}

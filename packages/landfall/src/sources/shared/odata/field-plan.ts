import type { SourceType } from '../../../model/source.ts';
import type { ODataCatalog } from './odata-catalog.ts';
import type { Attribute, ReadTable, Table } from './table.ts';

/** A field that records of a table have. */
export interface PlannedField {
  readonly name: string;
  /** In our words; null for a custom field. */
  readonly standard: string | null;
  readonly label: string;
  readonly type: SourceType;
  readonly references: readonly string[];
  readonly custom: boolean;
  /** The field it only tells more of: the code of a choice, the name behind a reference. */
  readonly beside: string | null;
}

/** Names of the fields that tell where a record stands in a process. */
export const processFields = {
  process: 'Process',
  stage: 'Process Stage',
  others: 'Other Processes',
} as const;

/** The name of the field with what a reference leads to, with the entity it leads to, with the code of a choice, and so on. */
export const beside = {
  name: (field: string) => `${field} Name`,
  type: (field: string) => `${field} Type`,
  code: (field: string) => `${field} Code`,
  baseCurrency: (field: string) => `${field} Base`,
} as const;

/** The fields of a table's records, those beside an attribute right after it. `activities`: what the union of them stands for. */
export function plannedFields(
  table: ReadTable,
  catalog: ODataCatalog,
  activities: readonly Table[],
): readonly PlannedField[] {
  const standards = standardNames(table, catalog);
  const kinds = activities.map(({ name }) => name);
  const fields = table.attributes.flatMap((attribute) => {
    const targets = attribute.targets.flatMap((target) => (target === catalog.union ? kinds : [target]));
    return fieldsOf({ ...attribute, targets: [...new Set(targets)] }, standards.get(attribute.name) ?? null);
  });
  return [...fields, ...filePlan(table), ...processPlan(table)];
}

/** Our words for the attributes of a table: its own rows, those every table has, and amounts in the base currency. */
export function standardNames(table: ReadTable, catalog: ODataCatalog): ReadonlyMap<string, string> {
  const rows = table.standard?.fields ?? catalog.everywhere;
  const names = new Map(rows.map(([field, standard]) => [field, standard]));
  const found = new Map<string, string>();
  for (const { name } of table.attributes) {
    const own = names.get(name);
    const base = name.endsWith('_base') ? names.get(name.slice(0, -5)) : undefined;
    if (own !== undefined) found.set(name, own);
    else if (base !== undefined) found.set(name, `${base} (Base)`);
  }
  return found;
}

type Suffix = (word: string) => string;

function fieldsOf(attribute: Attribute, standard: string | null): readonly PlannedField[] {
  const { name, kind, label, custom, targets, type } = attribute;
  const field = (
    its: Suffix | null,
    said: string | null,
    as: SourceType,
    references: readonly string[] = [],
  ): PlannedField => ({
    name: its === null ? name : its(name),
    standard: said,
    label: its === null ? label : its(label),
    type: as,
    references,
    custom,
    beside: its === null ? null : name,
  });
  const word = (its: Suffix) => (standard === null ? null : its(standard));
  const idWord = standard === null ? null : `${standard} ID`;
  switch (kind) {
    case 'choice':
    case 'choices':
      return [field(null, standard, type), field(beside.code, word(beside.code), 'choice')];
    case 'reference':
      return [
        field(null, standard, type, targets),
        field(beside.type, word(beside.type), 'choice'),
        field(beside.name, word(beside.name), 'name'),
      ];
    case 'person':
      return [
        field(null, idWord, type, targets),
        field(beside.type, word(beside.type), 'choice'),
        field(beside.name, standard, 'owner'),
      ];
    case 'currency':
      return [
        field(null, idWord, type, targets),
        field(beside.code, standard, 'currency'),
        field(beside.name, word(beside.name), 'name'),
      ];
    default:
      if (name !== 'exchangerate') return [field(null, standard, type)];
      return [
        field(null, standard, type),
        field(beside.baseCurrency, standard === null ? null : 'Base Currency', 'currency'),
      ];
  }
}

/** A file that lies in a field of its parent has no attribute with its bytes: the reference is a field of its own. */
function filePlan({ standard }: ReadTable): readonly PlannedField[] {
  return standard?.file?.body === null ? [synthetic('File', 'file')] : [];
}

function processPlan({ standard }: ReadTable): readonly PlannedField[] {
  if (standard?.hasProcess !== true) return [];
  return Object.values(processFields).map((name) => synthetic(name, 'choice'));
}

function synthetic(name: string, type: SourceType): PlannedField {
  return { name, standard: name, label: name, type, references: [], custom: false, beside: null };
}

import { sourceKey } from '../model/key.ts';
import type { Mapping, MappingContext, MappingRow } from '../model/mapping.ts';
import type { SourceCatalog, SourceField, SourceRecord, SourceValue } from '../model/source.ts';
import { compileMapping, type Evaluation, evaluate } from './evaluate.ts';

/** For tests: the policies of a company in Istanbul. */
export const context: MappingContext = { timezone: 'Europe/Istanbul', country: 'TR', currency: 'TRY' };

function field(name: string, standard: string | null = null): SourceField {
  return {
    name,
    standard,
    type: 'text',
    evidence: '',
    filled: 1,
    distinct: 1,
    samples: [],
    values: [],
    format: null,
    formats: [],
    sensitive: false,
  };
}

/** For tests: a source of contacts whose columns have Turkish names. */
export const catalog: SourceCatalog = {
  system: 'test',
  issues: [],
  entities: [
    {
      name: 'contact',
      label: 'Contact',
      custom: false,
      count: { value: 1, exact: true },
      origin: [],
      fields: [field('Ad', 'First Name'), field('Soyad', 'Last Name'), field('E-posta', 'Email')],
    },
  ],
};

/** For tests: a record of the fields given. */
export function record(fields: Record<string, SourceValue>, entity = 'contact'): SourceRecord {
  return {
    entity,
    key: sourceKey(entity, '1'),
    fields: Object.assign(Object.create(null), fields),
    position: 'contacts.csv:2',
    lookup: [],
  };
}

/** For tests: the row every person needs. */
export const nameRow: MappingRow = {
  to: 'person.name',
  from: ['First Name', 'Last Name'],
  via: ['personName'],
};

/** For tests: a mapping of contacts to persons, with further rows. */
export function mapping(rows: readonly MappingRow[], more: Partial<Mapping> = {}): Mapping {
  return {
    version: 1,
    source: 'test',
    entities: [{ from: 'contact', to: 'person', rows: [nameRow, ...rows] }],
    fields: [],
    pipelines: [],
    values: {},
    leave: [],
    ...more,
  };
}

/** For tests: the fields of a name. */
export const named = { Ad: 'Ada', Soyad: 'Lovelace' };

/** For tests: what becomes of a contact with these rows and fields. */
export function run(
  rows: readonly MappingRow[],
  fields: Record<string, SourceValue>,
  more: Partial<Mapping> = {},
): Evaluation {
  return evaluate(compileMapping(mapping(rows, more), catalog, context), record({ ...named, ...fields }));
}

/** For tests: the first draft; throws when there is none. */
export function draftOf(evaluation: Evaluation) {
  if (evaluation.kind !== 'drafts') throw new Error(`expected drafts, got ${evaluation.reject.reason}`);
  const [draft] = evaluation.drafts;
  if (draft === undefined) throw new Error('no draft');
  return { draft, listed: evaluation.listed };
}

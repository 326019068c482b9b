import { foldLetters } from '../../../mapping/fold.ts';
import {
  type ExportCatalog,
  type ExportEntity,
  entityOf,
  fieldOf,
  type StandardField,
} from './export-catalog.ts';
import { headerKey } from './header.ts';

/** What a person says about a table instead of leaving it to recognition. */
export interface TableChoice {
  readonly entity?: string | undefined;
  /** Header -> standard field; `''` keeps the column as a custom field. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
}

/** A table known as an entity's: what each of its columns is. */
export interface RecognisedTable {
  readonly entity: ExportEntity;
  /** Per column of the table: the standard field it is, or null for a custom one. */
  readonly standards: readonly (string | null)[];
  readonly evidence: string;
  /** Another entity fits as well; its name, for people. */
  readonly rival: string | null;
}

/** Why a table is not taken for any entity. */
export interface UnknownTable {
  readonly reason: string;
  /** The entity that came nearest; null when nothing fits at all. */
  readonly nearest: string | null;
}

interface Candidate {
  readonly entity: ExportEntity;
  readonly standards: readonly (string | null)[];
  readonly matched: number;
  readonly score: number;
  readonly missing: readonly (readonly string[])[];
}

/** A table is recognised by at least this many of its columns. */
const leastColumns = 2;

/**
 * Tells which entity a table with this header holds: the one whose fields cover most of the header,
 * identifying fields counting threefold; the file's name decides only between equals.
 */
export function recognise(
  catalog: ExportCatalog,
  fileName: string,
  header: readonly string[],
  choice: TableChoice = {},
): RecognisedTable | UnknownTable {
  const candidates = candidatesOf(catalog, header, choice);
  if (choice.entity !== undefined) return chosen(candidates, choice.entity);
  const fitting = candidates.filter(
    ({ missing, matched }) => missing.length === 0 && matched >= leastColumns,
  );
  const best = bestOf(fitting, fileName);
  if (best === null) return unknown(candidates, header);
  const rival = fitting.find((other) => other !== best && other.score === best.score) ?? null;
  return { ...tableOf(best), rival: rival?.entity.name ?? null };
}

function candidatesOf(catalog: ExportCatalog, header: readonly string[], choice: TableChoice): Candidate[] {
  const entities = choice.entity === undefined ? catalog.entities : [entityOf(catalog, choice.entity)];
  return entities
    .filter((entity) => entity !== undefined)
    .map((entity) => candidate(entity, header, choice.columns ?? {}));
}

function candidate(
  entity: ExportEntity,
  header: readonly string[],
  columns: Readonly<Record<string, string>>,
): Candidate {
  const standards = standardsOf(entity, header, columns);
  const present = new Set(standards.filter((name) => name !== null));
  const score = [...present].reduce(
    (sum, name) => sum + (fieldOf(entity, name)?.identifying === true ? 3 : 1),
    0,
  );
  const missing = entity.requires.filter((names) => !names.some((name) => present.has(name)));
  return { entity, standards, matched: present.size, score, missing };
}

/** Gives every column its standard field: a person's word first, then the best alias; each field once. */
function standardsOf(
  entity: ExportEntity,
  header: readonly string[],
  columns: Readonly<Record<string, string>>,
): (string | null)[] {
  const result: (string | null | undefined)[] = header.map((name) => chosenColumn(entity, name, columns));
  const keys = header.map(headerKey);
  const known = headerKeysOf(entity);
  const claim = (field: StandardField, key: string) => {
    if (result.includes(field.name)) return;
    const at = keys.findIndex((other, index) => other === key && result[index] === undefined);
    if (at !== -1) result[at] = field.name;
  };
  // Own names first: an alias of one field must not take the column that bears another's name.
  for (const { field, own } of known) claim(field, own);
  for (const { field, aliases } of known) for (const alias of aliases) claim(field, alias);
  return result.map((name) => name ?? null);
}

interface HeaderKeys {
  readonly field: StandardField;
  readonly own: string;
  readonly aliases: readonly string[];
}

/** Worked out once for each entity: tables are held against all of them, and so are their first rows. */
const headerKeys = new WeakMap<ExportEntity, readonly HeaderKeys[]>();

function headerKeysOf(entity: ExportEntity): readonly HeaderKeys[] {
  const known =
    headerKeys.get(entity) ??
    entity.fields.map((field) => ({
      field,
      own: headerKey(field.name),
      aliases: field.aliases.map(headerKey),
    }));
  headerKeys.set(entity, known);
  return known;
}

/** undefined: nobody said anything about this column. */
function chosenColumn(
  entity: ExportEntity,
  header: string,
  columns: Readonly<Record<string, string>>,
): string | null | undefined {
  if (!Object.hasOwn(columns, header)) return undefined;
  return fieldOf(entity, columns[header] ?? '')?.name ?? null;
}

function bestOf(fitting: readonly Candidate[], fileName: string): Candidate | null {
  const named = foldLetters(fileName);
  const points = ({ entity, score }: Candidate) =>
    score * 2 + (entity.fileWords.some((word) => named.includes(foldLetters(word))) ? 1 : 0);
  return fitting.reduce<Candidate | null>(
    (best, other) => (best === null || points(other) > points(best) ? other : best),
    null,
  );
}

function chosen(candidates: readonly Candidate[], name: string): RecognisedTable | UnknownTable {
  const [only] = candidates;
  if (only === undefined) return { reason: `there is no entity "${name}"`, nearest: null };
  return { ...tableOf(only), evidence: `named in landfall.yaml; ${evidenceOf(only)}`, rival: null };
}

function tableOf(candidate: Candidate): Omit<RecognisedTable, 'rival'> {
  return { entity: candidate.entity, standards: candidate.standards, evidence: evidenceOf(candidate) };
}

function evidenceOf({ entity, standards, matched }: Candidate): string {
  return `${matched} of ${standards.length} columns are those of ${entity.name} (${listed(standards)})`;
}

function listed(standards: readonly (string | null)[]): string {
  const names = standards.filter((name) => name !== null);
  return names.length > 6 ? `${names.slice(0, 6).join(', ')}, ...` : names.join(', ');
}

function unknown(candidates: readonly Candidate[], header: readonly string[]): UnknownTable {
  const nearest = candidates.reduce<Candidate | null>(
    (best, other) => (best === null || other.matched > best.matched ? other : best),
    null,
  );
  if (nearest === null || nearest.matched === 0) {
    return { reason: `none of its ${header.length} columns is known`, nearest: null };
  }
  const lacks = nearest.missing.map((names) => names.join(' or ')).join('; ');
  const why = lacks === '' ? `only ${nearest.matched} column is known` : `it lacks ${lacks}`;
  return { reason: `nearest is ${nearest.entity.name}, but ${why}`, nearest: nearest.entity.name };
}

import { counted } from '../../../base/counted.ts';
import type { CatalogIssue, SourceField } from '../../../model/source.ts';
import type { ColumnProfile } from './column-profile.ts';
import { dateReadingOf } from './field-report.ts';
import type { KnownEntity } from './known-table.ts';

/** Below this share of fitting values a standard field is probably something else. */
const fitNeeded = 0.5;

/** Ids that stand twice, and records without an id. */
export function duplicateIssue(
  known: KnownEntity,
  duplicates: number,
  missing: number,
  hasColumn: boolean,
): CatalogIssue[] {
  const at = known.tables.map(({ title }) => title).join(', ');
  const { id, name, naturalKey } = known.entity;
  const issues: CatalogIssue[] = [];
  if (duplicates > 0) {
    issues.push({
      code: 'duplicate-ids',
      severity: 'high',
      at,
      message: `${counted(duplicates, 'row')} of ${name} ${duplicates === 1 ? 'has' : 'have'} a ${id} that an earlier row has.`,
      hint: 'The first row of each id is taken, the others are put aside and listed. Look whether a file was exported twice.',
    });
  }
  if (missing > 0 || !hasColumn) {
    const how = naturalKey.length > 0 ? naturalKey.join(' and ') : 'the whole row';
    const what = hasColumn
      ? `${counted(missing, 'row')} of ${name} without ${id}`
      : `${name} has no column ${id}`;
    issues.push({
      code: 'ids-missing',
      severity: 'medium',
      at,
      message: `${what}; such records are told apart by ${how}.`,
      hint: 'Export with ids if the system can; a record whose row changes is otherwise taken for another one in a delta.',
    });
  }
  return issues;
}

/** What is strange about one column. */
export function fieldIssues(known: KnownEntity, field: SourceField, profile: ColumnProfile): CatalogIssue[] {
  const at = `${known.entity.name}.${field.name}`;
  return [
    ...dateIssues(at, field, profile),
    ...numberIssues(at, field, profile),
    ...fitIssues(at, field, profile),
  ];
}

function dateIssues(at: string, field: SourceField, profile: ColumnProfile): CatalogIssue[] {
  const reading = dateReadingOf(field, profile);
  if (reading === null || reading.doubt === 'none') return [];
  const hint =
    'Answer the question about this column, or set the format in mapping.yaml; nothing is guessed.';
  const code = reading.doubt === 'order' ? 'dates-ambiguous' : 'dates-mixed';
  return [
    { code, severity: 'high', at, message: `The dates of ${at} are not clear: ${reading.evidence}.`, hint },
  ];
}

function numberIssues(at: string, field: SourceField, profile: ColumnProfile): CatalogIssue[] {
  const { numbers } = profile;
  const issues: CatalogIssue[] = [];
  const numeric = field.type === 'number' || field.type === 'money' || field.type === 'percent';
  if (numeric && (numbers.mixed || numbers.ambiguous)) {
    issues.push({
      code: numbers.mixed ? 'numbers-mixed' : 'numbers-ambiguous',
      severity: 'high',
      at,
      message: `The numbers of ${at} are not clear: ${numbers.describe()}.`,
      hint: 'Set the decimal sign for this column in mapping.yaml; nothing is guessed.',
    });
  }
  if (numbers.damaged > 0 && !numeric) {
    issues.push({
      code: 'spreadsheet-damage',
      severity: 'high',
      at,
      message: `${counted(numbers.damaged, 'value')} of ${at} of the form 9.05321E+11: a spreadsheet has cut the digits.`,
      hint: 'Export again and do not open the file in a spreadsheet; the lost digits cannot be brought back.',
    });
  }
  return issues;
}

function fitIssues(at: string, field: SourceField, profile: ColumnProfile): CatalogIssue[] {
  const filled = profile.filled - profile.kinds.nothing;
  const fitting = fittingValues(field, profile);
  if (field.standard === null || fitting === null || filled === 0 || fitting / filled >= fitNeeded) return [];
  return [
    {
      code: 'values-do-not-fit',
      severity: 'medium',
      at,
      message: `${at} is taken for ${field.standard} (${field.type}), but only ${fitting} of ${filled} values fit.`,
      hint: 'Say what the column is in landfall.yaml (source.tables.columns).',
    },
  ];
}

/** null: any text fits this type. */
function fittingValues(field: SourceField, profile: ColumnProfile): number | null {
  if (field.type === 'date' || field.type === 'dateTime') {
    return field.format === null && field.formats.length === 0
      ? 0
      : profile.dates.dates + profile.dates.empty + profile.numbers.numbers;
  }
  if (field.type === 'number' || field.type === 'money' || field.type === 'percent')
    return profile.numbers.numbers;
  return field.type === 'email' ? profile.kinds.email : null;
}

/** First and last day of the entity's dates, for people to see whether the export is whole. */
export function spanIssue(
  known: KnownEntity,
  fields: readonly { readonly report: SourceField; readonly profile: ColumnProfile }[],
): CatalogIssue[] {
  const found = fields.find(
    ({ report }) => known.entity.span !== undefined && report.standard === known.entity.span,
  );
  const reading = found === undefined ? null : dateReadingOf(found.report, found.profile);
  if (found === undefined || reading === null || reading.from === null) return [];
  const at = `${known.entity.name}.${found.report.name}`;
  return [
    {
      code: 'date-span',
      severity: 'low',
      at,
      message: `${at} reaches from ${reading.from} to ${reading.to}.`,
      hint: 'Compare with the system: do its records reach further back or on?',
    },
  ];
}

import type { SourceField, SourceType } from '../../../model/source.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { DateReading } from './date-evidence.ts';
import type { StandardField } from './export-catalog.ts';
import { distinctOf, inferType, looksSerial, type TypeVerdict, valuesOf } from './infer-type.ts';
import { isSensitiveHeader } from './sensitive.ts';

/** What stands in `format` when the dates are day numbers of a spreadsheet. */
const serialFormat = 'excel-serial';

const dateTypes: readonly SourceType[] = ['date', 'dateTime'];
const numberTypes: readonly SourceType[] = ['number', 'money', 'percent'];
/** Types whose values are people and words one by one: a list of them would only be long. */
const uncountedTypes: readonly SourceType[] = ['html', 'longText'];

/** A field's report from its profile: type, evidence, samples, values, date formats. */
export function fieldReport(
  name: string,
  standard: StandardField | null,
  profile: ColumnProfile,
): SourceField {
  profile.close();
  const verdict = standard === null ? inferType(name, profile) : declaredType(standard, profile);
  const formats = dateTypes.includes(verdict.type)
    ? dateFormatsOf(profile)
    : numberFormatsOf(verdict.type, profile);
  return {
    name,
    standard: standard?.name ?? null,
    type: verdict.type,
    evidence: verdict.evidence,
    filled: profile.filled,
    distinct: distinctOf(verdict.type, profile),
    samples: profile.samples(),
    values: uncountedTypes.includes(verdict.type) ? [] : valuesOf(verdict.type, profile),
    ...formats,
    sensitive: isSensitiveHeader(name) || profile.kinds.turkishId * 2 > profile.filled,
    ...cardinalityOf(standard, profile),
  };
}

/** Where ids lead, and how many records name the same one at most, when all of them could be counted. */
function cardinalityOf(
  standard: StandardField | null,
  profile: ColumnProfile,
): Pick<SourceField, 'references' | 'mostForOne'> {
  if (standard?.references === undefined) return {};
  const most = profile.overflow ? undefined : profile.top(1)[0]?.count;
  return { references: [standard.references], ...(most === undefined ? {} : { mostForOne: most }) };
}

function dateFormatsOf(profile: ColumnProfile): Pick<SourceField, 'format' | 'formats'> {
  if (profile.dates.dates === 0 && profile.filled > 0 && looksSerial(profile)) {
    return { format: serialFormat, formats: [serialFormat] };
  }
  const { format, formats } = profile.dates.read();
  return { format, formats };
}

/** Numbers have their decimal sign as format, in the same sense: one when it is clear, both when it is not. */
function numberFormatsOf(
  type: SourceType,
  { numbers }: ColumnProfile,
): Pick<SourceField, 'format' | 'formats'> {
  if (!numberTypes.includes(type)) return { format: null, formats: [] };
  if (numbers.mixed || numbers.ambiguous) return { format: null, formats: [',', '.'] };
  return { format: numbers.decimal, formats: numbers.decimal === null ? [] : [numbers.decimal] };
}

/** A standard field has its type from the catalog; the values only say how well they fit, and whether dates have times. */
function declaredType({ type, name }: StandardField, profile: ColumnProfile): TypeVerdict {
  const filled = profile.filled - profile.kinds.nothing;
  const known = `the standard field ${name}`;
  if (filled <= 0) return { type, evidence: `${known}; no values` };
  if (dateTypes.includes(type)) {
    const { dates } = profile;
    const fitting = dates.withTime * 2 > dates.dates ? 'dateTime' : 'date';
    return { type: dates.dates === 0 ? type : fitting, evidence: `${known}; ${datesSaid(profile, filled)}` };
  }
  if (numberTypes.includes(type)) {
    const form = profile.numbers.describe();
    const said = `${counted(profile.numbers.numbers)} of ${counted(filled)} values are numbers`;
    return { type, evidence: `${known}; ${said}${form === '' ? '' : `; ${form}`}` };
  }
  return { type, evidence: known };
}

function datesSaid(profile: ColumnProfile, filled: number): string {
  const reading = profile.dates.read();
  const said = `${counted(profile.dates.dates)} of ${counted(filled)} values are dates`;
  return reading.evidence === '' ? said : `${said}; ${reading.evidence}`;
}

/** What the dates of a column say, when it is a column of dates; null otherwise. */
export function dateReadingOf(field: SourceField, profile: ColumnProfile): DateReading | null {
  return dateTypes.includes(field.type) && profile.dates.dates > 0 ? profile.dates.read() : null;
}

function counted(count: number): string {
  return count.toLocaleString('en-US');
}

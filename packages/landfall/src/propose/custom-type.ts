import { foldLetters } from '../mapping/fold.ts';
import type { TransformCall } from '../model/mapping.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import type { CustomFieldType } from '../model/target.ts';
import { shownTexts } from './date-reading.ts';
import { labelOf } from './field-label.ts';
import type { FieldLimits } from './proposal-template.ts';

/** The type a new field gets, with the transforms that make its values and the reason. */
export interface CustomType {
  readonly type: CustomFieldType;
  readonly via: readonly TransformCall[];
  readonly because: string;
  /** What a higher plan would make possible; null when nothing is lost. */
  readonly upgrade: string | null;
}

/** Most characters of a one-line text field. */
const lineMaxChars = 255;
/** Most different values of a text that is taken for a dropdown (S-31(c)). */
const dropdownMaxValues = 30;

const calculated =
  /\b(?:formula|formul|calculated|calculation|calc|computed|hesaplanan|hesaplama|berechnet|calculado|calcule)\b/;

/** The new field's type by S-31(c): text, number, date, dropdown, checkbox (a Yes/No dropdown), money, several options. */
export function customTypeOf(
  entity: SourceEntity,
  field: SourceField,
  pipelines: readonly string[],
  limits: FieldLimits | null,
): CustomType {
  const special = specialField(field, pipelines);
  if (special !== null) return specialType(field, special, limits);
  const plain = (type: CustomFieldType, via: readonly TransformCall[], because: string): CustomType => ({
    type,
    via,
    because: `${because} (${field.evidence === '' ? entity.label : field.evidence})`,
    upgrade: null,
  });
  switch (field.type) {
    case 'boolean':
      return plain('enum', ['yesNo'], 'a checkbox: options Yes and No');
    case 'date':
      return plain('date', ['date'], 'a date');
    case 'dateTime':
      return plain('date', ['date'], 'a date with a time of day, which this field type does not keep');
    case 'number':
      return plain('double', ['number'], 'a number');
    case 'percent':
      return plain('double', ['percent'], 'a number in percent');
    case 'money':
      return plain('monetary', ['money'], 'an amount of money');
    case 'phone':
      return plain('phone', ['phone'], 'a phone number');
    case 'choices':
    case 'tags':
      return plain('set', ['choices'], 'several options');
    case 'choice':
      return plain('enum', ['choice'], 'a dropdown');
    default:
      return isDropdown(field) ? plain('enum', ['choice'], dropdownReason(field)) : textType(field, 'a text');
  }
}

/** The field as it is, in a text: nothing is read, nothing can be refused. */
export function textType(field: SourceField, because: string): CustomType {
  const short = field.type !== 'longText' && field.type !== 'html' && longest(field) <= lineMaxChars;
  return { type: short ? 'varchar' : 'text', via: short ? ['trim'] : [], because, upgrade: null };
}

function longest(field: SourceField): number {
  return shownTexts(field).reduce((most, text) => Math.max(most, text.length), 0);
}

function isDropdown(field: SourceField): boolean {
  if (field.type !== 'text' || field.distinct < 2 || field.distinct > dropdownMaxValues) return false;
  return field.filled >= field.distinct * 3 && longest(field) <= lineMaxChars;
}

function dropdownReason(field: SourceField): string {
  return `a dropdown: ${field.distinct} values stand in ${field.filled} records`;
}

/** A field that the destination can only make by hand, on some plans (S-31(d)). */
function specialField(field: SourceField, pipelines: readonly string[]): 'formula' | 'pipeline' | null {
  const name = foldLetters(labelOf(field));
  if (calculated.test(name) || holdsFormulas(field)) return 'formula';
  const one = pipelines.length > 1 && pipelines.some((pipeline) => hasPrefix(name, foldLetters(pipeline)));
  return one ? 'pipeline' : null;
}

/** One cell that begins with `=` is somebody's joke or attack; most of them are formulas. */
function holdsFormulas(field: SourceField): boolean {
  const texts = shownTexts(field);
  return texts.filter((text) => /^=\s*[A-Za-z(]/.test(text)).length * 2 > texts.length;
}

function hasPrefix(name: string, pipeline: string): boolean {
  return pipeline.length > 2 && name.startsWith(pipeline) && /^\s*[:/|-]/.test(name.slice(pipeline.length));
}

function specialType(
  field: SourceField,
  special: 'formula' | 'pipeline',
  limits: FieldLimits | null,
): CustomType {
  const what = special === 'formula' ? 'a calculated field' : 'a field of one pipeline';
  const text = textType(field, `${what}: its values are kept as text, what made them cannot be created`);
  const needs = special === 'formula' ? 'a formula field' : 'a field shown in one pipeline only';
  const upgrade =
    limits === null || limits.basicFieldsOnly
      ? `${needs} needs a higher plan than ${limits?.plan ?? 'a basic one'}: upgrade and build it by hand, or keep the text`
      : `the plan ${limits.plan} allows ${needs}: build it by hand and retire the text field`;
  return { ...text, upgrade };
}

import type { SourceValue } from '../model/source.ts';
import { numberText } from './decimal.ts';
import type { Value } from './transform.ts';

/** The text of a source value: '' for none, decimal text for numbers, items parted by `; `, JSON for the rest. */
export function sourceText(value: SourceValue | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (value === null || typeof value !== 'object') return '';
  return isList(value) ? sourceTexts(value).join('; ') : JSON.stringify(value);
}

/** The texts of a source value: one, or those of a list; blank ones left out. */
export function sourceTexts(value: SourceValue | undefined): string[] {
  const texts = isList(value) ? value.map(sourceText) : [sourceText(value)];
  return texts.filter((text) => !isBlank(text));
}

function isList(value: SourceValue | undefined): value is readonly SourceValue[] {
  return Array.isArray(value);
}

/** Whether a text holds nothing but white space. */
export function isBlank(text: string): boolean {
  return text === '' || (text.charCodeAt(0) <= 32 || text.charCodeAt(0) > 127 ? text.trim() === '' : false);
}

/** Whether a value of a chain is nothing: null, blank text, or a list of blank texts. */
export function isNothing(value: Value): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return isBlank(value);
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && isBlank(item));
}

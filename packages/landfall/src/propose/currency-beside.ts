import type { SourceEntity, SourceField } from '../model/source.ts';
import { shownTexts } from './date-reading.ts';
import { labelOf } from './field-label.ts';

/**
 * The field with the currency of an amount: the only one of its table, told apart by `base` where there are two. null
 * when there is none, or when the amounts name their currency themselves.
 */
export function currencyBeside(entity: SourceEntity, field: SourceField): SourceField | null {
  if (field.type !== 'money' || shownTexts(field).some((text) => /[^\d\s.,()+-]/.test(text))) return null;
  const found = entity.fields.filter(
    (one) => one.type === 'currency' && one.filled > 0 && isBase(one) === isBase(field),
  );
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : null;
}

function isBase(field: SourceField): boolean {
  return [field.name, field.standard ?? '', labelOf(field)].some((name) => /(?:^|[^a-z])base\b/i.test(name));
}

import type { SourceCatalog, SourceEntity, SourceField } from '../model/source.ts';
import { currencyBeside } from './currency-beside.ts';
import { besideReferences } from './field-beside.ts';
import { isUsualName } from './header-match.ts';

/**
 * Why a field is no property of the record above (O-26(a): key fields): currencies stand with their amounts, and what
 * every table has - who made a record, states that are all the same - says nothing there. A note keeps it.
 */
export function whyBookkeeping(
  entity: SourceEntity,
  catalog: SourceCatalog,
  field: SourceField,
): string | null {
  const currencies = entity.fields.filter((one) => currencyBeside(entity, one) !== null);
  if (field.type === 'currency' && currencies.length > 0) return 'it stands with the amounts';
  if (isNameOfCurrency(entity, catalog, field)) return 'the currency stands with the amounts';
  if (isRate(entity, field)) return 'the rate of a currency: the amounts stand in their own';
  if (field.standard === null) return null;
  if (field.type === 'owner' && !isUsualName(field.standard, 'owner')) {
    return 'every table has it: only a note keeps who made or changed the record';
  }
  const isChoice = field.type === 'choice' || field.type === 'boolean';
  return isChoice && field.distinct === 1 ? 'it is the same in all records' : null;
}

/** A reference to a currency has its code and its name beside it. */
function isNameOfCurrency(entity: SourceEntity, catalog: SourceCatalog, field: SourceField): boolean {
  const [reference] = [...besideReferences(entity, catalog).names].find(([, name]) => name === field) ?? [];
  return (
    reference !== undefined &&
    entity.fields.some(({ type, name }) => type === 'currency' && name.startsWith(`${reference.name} `))
  );
}

function isRate(entity: SourceEntity, field: SourceField): boolean {
  return (
    field.type === 'number' &&
    entity.fields.some(({ type, name }) => type === 'currency' && name.startsWith(`${field.name} `))
  );
}

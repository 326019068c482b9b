import type { Account } from './account.ts';
import { hasOption } from './field-values.ts';
import type { FieldEntity, FieldRecord } from './records.ts';
import { badRequest } from './refusal.ts';

/** The label field of an entity; labels are its options. */
export function labelField(account: Account, entity: FieldEntity): FieldRecord | undefined {
  const codes = account.state.fieldsByCode.get(entity);
  return codes?.get('label_ids') ?? codes?.get('label');
}

/** Refuses labels that are no options of the label field. INF: status and text. */
export function assertLabels(account: Account, entity: FieldEntity, ids: readonly number[]): void {
  if (ids.length === 0) return;
  const field = labelField(account, entity);
  const missing = ids.filter((each) => !field || !hasOption(field, each));
  if (missing.length > 0) throw badRequest(`Labels ${missing.join(', ')} do not exist`);
}

/** The labels of a record that still exist. */
export function liveLabels(account: Account, entity: FieldEntity, ids: readonly number[]): readonly number[] {
  if (ids.length === 0) return ids;
  const field = labelField(account, entity);
  return field ? ids.filter((each) => hasOption(field, each)) : [];
}

/** The labels of a record with their names. */
export function labelViews(
  account: Account,
  entity: FieldEntity,
  ids: readonly number[],
): readonly { readonly id: number; readonly label: string }[] {
  const options = labelField(account, entity)?.options ?? [];
  return liveLabels(account, entity, ids).map((each) => ({
    id: each,
    label: options.find((option) => option.id === each)?.label ?? '',
  }));
}

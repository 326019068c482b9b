import type { Dependant } from '../model/destination.ts';
import { type TargetId, targetId } from '../model/key.ts';
import { type TargetEntity, type TargetRecord, type TargetValue, targetEntities } from '../model/target.ts';
import type { Account } from './account.ts';
import { entityPaths } from './paths.ts';
import { walkRecords } from './reads.ts';

/**
 * What hangs on records of an entity, page by page: the links of every list that can lead to it, built in or custom,
 * archived records and the participants of activities included. Not what can only be listed by its parent
 * (relationships): that is asked for by `walk` with `parents`.
 */
export async function* walkDependants(
  account: Account,
  of: TargetEntity,
  signal: AbortSignal,
): AsyncIterable<readonly Dependant[]> {
  const { catalog } = await account.index(signal);
  for (const entity of targetEntities) {
    if (typeof entityPaths[entity].list === 'object') continue;
    const leading = catalog.entities[entity].filter((field) => field.references === of);
    const fields = leading.map(({ name }) => name);
    if (of === 'person' && entity === 'activity') fields.push('participants');
    if (fields.length === 0) continue;
    for await (const page of walkRecords(account, entity, {}, signal))
      yield page.flatMap((record) => dependantsOf(record, of, fields));
  }
}

function dependantsOf(record: TargetRecord, of: TargetEntity, fields: readonly string[]): Dependant[] {
  const ids = new Set(fields.flatMap((field) => idsIn(record.values[field] ?? null)));
  const child = { entity: record.entity, id: record.id };
  return [...ids].map((id) => ({ parent: { entity: of, id }, child }));
}

function idsIn(value: TargetValue | null): TargetId[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts.flatMap((one) => (typeof one === 'string' && one !== '' ? targetId(one) : []));
}

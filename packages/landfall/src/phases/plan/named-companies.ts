import { companyKey, idKey } from '../../mapping/key.ts';
import type { SourceKey } from '../../model/key.ts';
import type { Mapping } from '../../model/mapping.ts';
import type { StoreReader } from '../../model/store.ts';

/**
 * The companies of the source that a person's words may mean: for each entity that becomes an organization first those
 * of that id, then those of that name, at most `limit` each. A list of one is an answer.
 */
export async function companiesNamed(
  reader: Pick<StoreReader, 'findByLookup'>,
  mapping: Pick<Mapping, 'entities'>,
  words: string,
  limit: number,
): Promise<readonly (readonly SourceKey[])[]> {
  const sources = new Set(mapping.entities.filter(({ to }) => to === 'organization').map(({ from }) => from));
  const ways = [
    ['id', idKey(words)],
    ['name', companyKey(words)],
  ] as const;
  const found: (readonly SourceKey[])[] = [];
  for (const source of sources)
    for (const [kind, value] of ways)
      if (value !== null && value !== '')
        found.push((await reader.findByLookup(source, kind, [value], limit)).get(value) ?? []);
  return found;
}

import type { SourceKey } from '../../model/key.ts';
import type { LookupKey } from '../../model/source.ts';
import type { LinkEnd, StoreReader } from '../../model/store.ts';
import type { Link, TargetEntity } from '../../model/target.ts';

const nobody: readonly SourceKey[] = [];

/** What the tries of some links found, all looked up together. */
export class LookupResults {
  readonly #bySource: ReadonlyMap<string, ReadonlyMap<LookupKey['kind'], KeysOfValues>>;

  private constructor(bySource: ReadonlyMap<string, ReadonlyMap<LookupKey['kind'], KeysOfValues>>) {
    this.#bySource = bySource;
  }

  /** At most `limit` records for each value. */
  static async load(reader: StoreReader, links: readonly Link[], limit: number): Promise<LookupResults> {
    const bySource = new Map<string, Map<LookupKey['kind'], KeysOfValues>>();
    for (const [source, kinds] of wantedValues(links)) {
      const found = new Map<LookupKey['kind'], KeysOfValues>();
      for (const [kind, values] of kinds)
        found.set(kind, await reader.findByLookup(source, kind, [...values], limit));
      bySource.set(source, found);
    }
    return new LookupResults(bySource);
  }

  /** The records of the source entity that one try finds. */
  of(source: string, { kind, value }: LookupKey): readonly SourceKey[] {
    return this.#bySource.get(source)?.get(kind)?.get(value) ?? nobody;
  }
}

type KeysOfValues = ReadonlyMap<string, readonly SourceKey[]>;

function wantedValues(links: readonly Link[]): Map<string, Map<LookupKey['kind'], Set<string>>> {
  const wanted = new Map<string, Map<LookupKey['kind'], Set<string>>>();
  for (const { source, tries } of links) {
    for (const { kind, value } of tries) {
      const kinds = wanted.get(source) ?? new Map<LookupKey['kind'], Set<string>>();
      const values = kinds.get(kind) ?? new Set();
      if (values.size === 0) wanted.set(source, kinds.set(kind, values));
      values.add(value);
    }
  }
  return wanted;
}

/** The operations that make the other ends of links. */
export class LinkEnds {
  readonly #byEntity = new Map<TargetEntity, Map<SourceKey, LinkEnd>>();

  static async load(
    reader: StoreReader,
    wanted: ReadonlyMap<TargetEntity, ReadonlySet<SourceKey>>,
  ): Promise<LinkEnds> {
    const ends = new LinkEnds();
    for (const [entity, keys] of wanted) {
      const byKey = new Map((await reader.linkEnds(entity, [...keys])).map((end) => [end.key, end]));
      ends.#byEntity.set(entity, byKey);
    }
    return ends;
  }

  /** The operation that makes this record of the source as this entity, if one does. */
  of(entity: TargetEntity, key: SourceKey): LinkEnd | undefined {
    return this.#byEntity.get(entity)?.get(key);
  }
}

import { foldLetters } from '../../../mapping/fold.ts';
import { personText } from '../person-text.ts';
import type { LookedUpField } from './export-catalog.ts';
import { type ExtraColumns, notThere } from './extra-columns.ts';
import type { KnownEntity, KnownTable } from './known-table.ts';

/** Rows of a table that is looked things up in; it is held in memory. */
const rowsLimit = 500_000;

type Rows = ReadonlyMap<string, readonly string[]>;

/** What other tables of the export say, each of them read once and when it is first asked. */
export class LookedUp {
  readonly #entities: readonly KnownEntity[];
  readonly #read = new Map<string, Promise<Rows>>();

  constructor(entities: readonly KnownEntity[]) {
    this.#entities = entities;
  }

  /** The columns to add to a table: one for each field it does not have itself. */
  columnsFor(known: KnownTable): ExtraColumns {
    const all = known.recognised.entity.lookedUp ?? [];
    const names = notThere(
      known,
      all.map(({ name }) => name),
    );
    const has = ({ from }: LookedUpField) => known.recognised.standards.includes(from);
    const fields = all.filter((field) => names.includes(field.name) && has(field));
    return {
      names: fields.map(({ name }) => name),
      cellsOf: (cell) => Promise.all(fields.map((field) => this.#find(field, cell(field.from)))),
    };
  }

  async #find(field: LookedUpField, words: string): Promise<string> {
    if (words === '') return '';
    const found = (await this.#rowsOf(field)).get(foldLetters(words));
    const texts = (found ?? []).filter((text) => text !== '');
    if (texts.length === 0) return field.otherwise === 'words' ? words : '';
    return field.type === 'owner' ? personText(found?.[0] ?? '', found?.[1] ?? '') : texts.join(' ');
  }

  #rowsOf(field: LookedUpField): Promise<Rows> {
    const name = `${field.through}|${field.key.join(',')}|${field.gives.join(',')}`;
    const read = this.#read.get(name) ?? readRows(this.#entities, field);
    this.#read.set(name, read);
    return read;
  }
}

/** The first row of a key counts, and a better key goes before all others. */
async function readRows(entities: readonly KnownEntity[], field: LookedUpField): Promise<Rows> {
  const through = entities.find(({ entity }) => entity.name === field.through);
  const byKey = field.key.map(() => new Map<string, readonly string[]>());
  for (const known of through?.tables ?? []) {
    const columns = (names: readonly string[]) =>
      names.map((name) => known.recognised.standards.indexOf(name));
    const keys = columns(field.key);
    const gives = columns(field.gives);
    for await (const rows of known.table.rows()) {
      for (const { cells } of rows) {
        const value = gives.map((at) => (cells[at] ?? '').trim());
        keys.forEach((at, place) => {
          const key = foldLetters((cells[at] ?? '').trim());
          const map = byKey[place] as Map<string, readonly string[]>;
          if (key !== '' && !map.has(key) && map.size < rowsLimit) map.set(key, value);
        });
      }
    }
  }
  return new Map(byKey.toReversed().flatMap((map) => [...map]));
}

import { textKey } from '../mapping/fold.ts';
import type { NewField } from '../model/mapping.ts';
import type { TargetCatalog } from '../model/target.ts';
import { isOfType } from './target-chain.ts';

/** Most characters of a field's name, with room for what tells it from another. */
const nameMaxChars = 250;

/** The names of new fields, each given once. Knows those of the account that cannot take the values. */
export class FieldNames {
  readonly #taken: Set<string>;
  readonly #target: TargetCatalog | null;

  constructor(taken: readonly Pick<NewField, 'entity' | 'name'>[], target: TargetCatalog | null) {
    this.#taken = new Set(taken.map(({ entity, name }) => keyOf(entity, name)));
    this.#target = target;
  }

  /** A name that is free on all these entities: the one wanted, else with what tells it apart, else with a number. */
  give(wanted: string, on: readonly NewField['entity'][], type: NewField['type'], apart: string): string {
    const plain = wanted.replace(/\s+/g, ' ').trim().slice(0, nameMaxChars);
    const named = [plain, `${plain.slice(0, nameMaxChars - 50)} (${apart.slice(0, 40)})`];
    let name = named.find((one) => this.#isFree(one, on, type)) ?? plain;
    for (let copy = 2; !this.#isFree(name, on, type); copy += 1) name = `${plain} ${copy}`;
    for (const entity of on) this.#taken.add(keyOf(entity, name));
    return name;
  }

  #isFree(name: string, on: readonly NewField['entity'][], type: NewField['type']): boolean {
    return on.every((entity) => {
      const there = this.#target?.entities[entity].find((field) => field.name === `custom.${name}`);
      return !this.#taken.has(keyOf(entity, name)) && (there === undefined || isOfType(there, type));
    });
  }
}

function keyOf(entity: NewField['entity'], name: string): string {
  return `${entity}|${textKey(name)}`;
}

/** A field of a table below as a field above: `Contract Plan`; what begins with the table's name keeps its own. */
export function nameAbove(label: string, field: string): string {
  return textKey(field).startsWith(`${textKey(label)} `) ? field : `${label} ${field}`;
}

/** The kinds of records that can land. */
export type Kind =
  | 'organization'
  | 'person'
  | 'deal'
  | 'activity'
  | 'note'
  | 'relationship'
  | 'file'
  | 'product'
  | 'line';

/** What must become of one source record (or of one part of it), told by the world that made it. */
export interface Expected {
  readonly kind: Kind;
  /** `companies:12`; with `#part` when a record makes several. */
  readonly name: string;
  /**
   * `made`: a new record with these fields. `matched`: the existing record `existing` stands for it.
   * `merged`: the record `into` stands for it. `aside`: nothing lands, and the books say why. `refused`: so, but not
   * before it is to be sent.
   */
  readonly fate: 'made' | 'matched' | 'merged' | 'aside' | 'refused';
  /** Values in plain form by the names the checkers use; absent ones are not looked at. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The same record as the source had it later, when it changed while it was read: all of one or all of the other. */
  readonly later: Readonly<Record<string, unknown>> | null;
  /** Links by field: the name of another expectation, `placeholder`, or null for none. */
  readonly links: Readonly<Record<string, string | null>>;
  /** For `matched`: place in the seed's list of that kind. For `merged`: the name of the survivor. */
  readonly existing: number | null;
  readonly into: string | null;
}

/** A record without more to say: to be spread and completed. */
export const plain = {
  fate: 'made',
  fields: {},
  later: null,
  links: {},
  existing: null,
  into: null,
} as const;

/** Everything the world knows about what must be there in the end. */
export class Truth {
  readonly #all = new Map<string, Expected>();

  add(expected: Expected): void {
    this.#all.set(expected.name, expected);
  }

  get all(): readonly Expected[] {
    return [...this.#all.values()];
  }

  of(name: string): Expected | null {
    return this.#all.get(name) ?? null;
  }

  /** The record that stands for this one in the destination; null when none does. */
  standing(name: string): Expected | null {
    const expected = this.#all.get(name);
    if (expected === undefined || expected.fate === 'aside' || expected.fate === 'refused') return null;
    return expected.fate === 'merged' ? this.standing(expected.into ?? '') : expected;
  }
}

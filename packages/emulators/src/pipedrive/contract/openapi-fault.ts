/** A JSON Schema, as far as it is looked into here. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Where the published description is known to be wrong about answers. Every row names what shows it: a line of the
 * facts, a recording, or another part of the same description.
 */
export interface OpenapiFault {
  /** Operations it concerns, as `v2 GET /deals/{id}`; `*` stands for one word, `**` for anything. */
  readonly operations: readonly string[];
  /** The object it is about, as `/data/owner`; the items of a list are meant by the list. `**`: anywhere below. */
  readonly at: string;
  /** Its properties; `{custom}` stands for every field code, `{id}` for every number. */
  readonly properties: readonly string[];
  /** What is true: they may be null; need not be there; or are of another shape, which also adds a property. */
  readonly truth: 'nullable' | 'optional' | { readonly instead: JsonSchema };
  readonly evidence: string;
}

/** A status of success that real answers carry and the description does not name. */
export interface StatusFault {
  readonly operation: string;
  readonly status: number;
  /** The described status whose schema the answer follows. */
  readonly like: number;
  readonly evidence: string;
}

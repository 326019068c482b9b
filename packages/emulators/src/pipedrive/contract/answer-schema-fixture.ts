import type { JsonSchema, OpenapiFault } from './openapi-fault.ts';
import type { Published } from './published-fixture.ts';

/** The schema of an answer, and which of the known faults were mended in it. */
export interface AnswerSchema {
  readonly schema: JsonSchema;
  readonly mended: ReadonlySet<OpenapiFault>;
}

/** Keys of OpenAPI 3.0 that mean the same in JSON Schema. The others are notes for readers. */
const KEPT = [
  'enum',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
];
/** Formats that the files use beyond those of JSON Schema; they say nothing about the text. */
const EMPTY_FORMATS = new Set(['string', 'url', 'byte', 'YYYY-MM-DD']);
/** Properties whose names are data: custom fields of v1 under their code, related records under their id. */
const NAMES_OF_DATA: Readonly<Record<string, string>> = {
  '{custom}': '^[0-9a-f]{40}(?:_[a-z0-9_]+)?$',
  '{id}': '^[0-9]+$',
};

/**
 * The JSON Schema of an operation's answer: OpenAPI's `nullable` and `allOf` translated, known faults mended.
 * Objects that list properties are closed with `strict`, so a property that nobody described is seen.
 */
export function answerSchema(
  operation: Published,
  schema: JsonSchema,
  faults: readonly OpenapiFault[],
  strict: boolean,
): AnswerSchema {
  const concerned = faults.filter((fault) => concerns(fault, operation));
  const work: Work = { schemas: operation.schemas, faults: concerned, strict, mended: new Set() };
  return { schema: translated(work, schema, ''), mended: work.mended };
}

/** Whether a fault is about an operation. */
export function concerns({ operations }: OpenapiFault, { key }: Published): boolean {
  return operations.some((one) => fits(one, key, ' '));
}

interface Work {
  readonly schemas: Published['schemas'];
  readonly faults: readonly OpenapiFault[];
  readonly strict: boolean;
  readonly mended: Set<OpenapiFault>;
}

// The items of a list are where the list is: a fault of a record holds for lists of it as well.
function translated(work: Work, raw: JsonSchema, at: string, isItem = false): JsonSchema {
  const mends = isItem ? [] : mendsOf(work, at);
  for (const mend of mends) if (typeof mend.truth === 'object') return mend.truth.instead;
  const schema = flat(work, raw);
  const out: Record<string, unknown> = {};
  for (const key of KEPT) if (schema[key] !== undefined) out[key] = schema[key];
  if (EMPTY_FORMATS.has(String(out.format))) delete out.format;
  const choices = (schema.oneOf ?? schema.anyOf) as readonly JsonSchema[] | undefined;
  // A record may fit two of the shapes: which one was meant is not written in it.
  if (choices) out.anyOf = choices.map((one) => translated(work, one, at, true));
  if (schema.type !== undefined) out.type = schema.type;
  if (schema.items) out.items = translated(work, schema.items as JsonSchema, at, true);
  if (schema.properties) Object.assign(out, objectOf(work, schema, at));
  else if (typeof schema.additionalProperties === 'object')
    out.additionalProperties = translated(work, schema.additionalProperties as JsonSchema, `${at}/*`);
  const nullable = schema.nullable === true || mends.some(({ truth }) => truth === 'nullable');
  return nullable && Object.keys(out).length > 0 ? { anyOf: [out, { type: 'null' }] } : out;
}

function objectOf(work: Work, schema: JsonSchema, at: string): JsonSchema {
  const described = schema.properties as Readonly<Record<string, JsonSchema>>;
  const properties: Record<string, JsonSchema> = {};
  for (const [name, one] of Object.entries(described))
    properties[name] = translated(work, one, `${at}/${name}`);
  const patterns: Record<string, JsonSchema> = {};
  for (const [name, fault] of undescribed(work, at)) {
    const pattern = NAMES_OF_DATA[name];
    if (pattern !== undefined) patterns[pattern] = fault;
    else properties[name] ??= fault;
  }
  const needed = ((schema.required ?? []) as readonly string[]).filter(
    (name) => !mendsOf(work, `${at}/${name}`).some(({ truth }) => truth === 'optional'),
  );
  const more = schema.additionalProperties;
  const open = more === true || Object.keys(properties).length === 0 || (more === undefined && !work.strict);
  return {
    type: 'object',
    properties,
    ...(needed.length > 0 ? { required: needed } : {}),
    ...(Object.keys(patterns).length > 0 ? { patternProperties: patterns } : {}),
    ...(open
      ? {}
      : {
          additionalProperties:
            typeof more === 'object' ? translated(work, more as JsonSchema, `${at}/*`) : false,
        }),
  };
}

/** A schema with its `$ref` followed and the parts of `allOf` made one. */
function flat(work: Work, schema: JsonSchema): JsonSchema {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
  if (name !== undefined) return flat(work, work.schemas[name] ?? {});
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf)) return schema;
  return [...(allOf as readonly JsonSchema[]).map((part) => flat(work, part)), own].reduce(merged, {});
}

function merged(a: JsonSchema, b: JsonSchema): JsonSchema {
  const properties: Record<string, unknown> = { ...(a.properties as object) };
  for (const [name, schema] of Object.entries((b.properties ?? {}) as Readonly<Record<string, JsonSchema>>)) {
    const before = properties[name] as JsonSchema | undefined;
    properties[name] = before === undefined ? schema : { allOf: [before, schema] };
  }
  const required = [...((a.required ?? []) as string[]), ...((b.required ?? []) as string[])];
  return {
    ...a,
    ...b,
    ...(a.properties || b.properties ? { properties } : {}),
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
  };
}

/** The faults of one property. */
function mendsOf(work: Work, at: string): readonly OpenapiFault[] {
  const name = nameOf(at);
  const parent = at.slice(0, -name.length - 1);
  const found = work.faults.filter((fault) => fault.properties.includes(name) && fits(fault.at, parent, '/'));
  for (const fault of found) work.mended.add(fault);
  return found;
}

function nameOf(at: string): string {
  return at.slice(at.lastIndexOf('/') + 1);
}

/** Properties that faults add to an object, with their shape. */
function undescribed(work: Work, at: string): readonly (readonly [string, JsonSchema])[] {
  return work.faults.flatMap((fault) => {
    const { truth, properties } = fault;
    if (typeof truth !== 'object' || !fits(fault.at, at, '/')) return [];
    work.mended.add(fault);
    return properties.map((name) => [name, truth.instead] as const);
  });
}

const patterns = new Map<string, RegExp>();

/** Whether a pattern with `*` (all but `stop`) and `**` (anything) fits the whole text. */
function fits(pattern: string, text: string, stop: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  const key = stop + pattern;
  const known = patterns.get(key);
  if (known) return known.test(text);
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => {
      if (part === '**') return '.*';
      return part === '*' ? `[^${stop}]*` : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  const made = new RegExp(`^${source}$`);
  patterns.set(key, made);
  return made.test(text);
}

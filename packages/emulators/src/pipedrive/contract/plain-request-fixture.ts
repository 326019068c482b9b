import type { JsonSchema } from './openapi-fault.ts';
import type { Published } from './published-fixture.ts';

/** The query that an operation's required parameters ask for. */
export function plainQuery({ parameters }: Published): string {
  return parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required === true)
    .map(
      ({ name, schema }) =>
        `${name}=${encodeURIComponent(String(plain(String(name), schema as JsonSchema)))}`,
    )
    .join('&');
}

/** A JSON body with what an operation's body must hold, or its first property; undefined: it takes none. */
export function plainBody({ requestBody }: Published): unknown {
  const schema = requestBody?.content['application/json']?.schema;
  if (!schema) return undefined;
  return schema.type === 'array' ? [bodyOf(schema.items as JsonSchema)] : bodyOf(schema);
}

function bodyOf(schema: JsonSchema): Record<string, unknown> {
  const properties = propertiesOf(schema);
  const required = requiredOf(schema);
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, plain(name, properties[name] ?? {})]));
}

function parts(schema: JsonSchema): readonly JsonSchema[] {
  return (schema.allOf ?? []) as readonly JsonSchema[];
}

function propertiesOf(schema: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return Object.assign({}, ...parts(schema).map(propertiesOf), schema.properties);
}

function requiredOf(schema: JsonSchema): readonly string[] {
  return [...parts(schema).flatMap(requiredOf), ...((schema.required ?? []) as readonly string[])];
}

/** Texts by what a name speaks of. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/color/, 'blue'],
  [/date/, '2026-03-02'],
  [/time/, '2026-03-02 10:00:00'],
  [/email/, 'sweep@emulated.example'],
  [/url/, 'http://127.0.0.1:9/hook'],
  [/term/, 'sale'],
];

function plain(name: string, schema: JsonSchema): unknown {
  const choices = schema.enum as readonly unknown[] | undefined;
  if (choices) return choices.find((choice) => choice !== null);
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return [plain(name, schema.items as JsonSchema)];
  if (schema.type === 'object' || schema.properties || schema.allOf) return bodyOf(schema);
  return TEXTS.find(([words]) => words.test(name))?.[1] ?? 'Sweep';
}

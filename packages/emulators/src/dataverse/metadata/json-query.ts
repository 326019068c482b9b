import type { Filter, Literal, Operand } from '../odata/filter.ts';
import type { Expand, Options } from '../odata/options.ts';
import { badQuery } from '../refusal.ts';
import type { Definition } from './definitions.ts';

/** Parts of a definition that only `$expand` brings. */
const EXPANDED_ONLY = new Set(['OptionSet', 'GlobalOptionSet']);

/** Gives the parts of a definition that can be expanded, by navigation property; null: it has no such part. */
export type PartsOf = (
  definition: Definition,
  nav: string,
) => readonly Definition[] | Definition | null | undefined;

/** Which definitions a query finds. There is no paging and no limit. */
export function found(definitions: readonly Definition[], { filter }: Options): readonly Definition[] {
  return filter === null ? definitions : definitions.filter((each) => holds(filter, each));
}

/** A definition with what was selected and expanded; its id always, its type where it has one. */
export function shown(definition: Definition, options: Options, parts: PartsOf): Definition {
  const { select, expand } = options;
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(definition)) {
    const always = name === 'MetadataId' || name === '@odata.type';
    if (EXPANDED_ONLY.has(name)) continue;
    if (always || select === null || select.includes(name)) kept[name] = value;
  }
  for (const name of select ?? [])
    if (!(name in definition) && !EXPANDED_ONLY.has(name))
      throw badQuery(
        `Could not find a property named '${name}' on type '${String(definition['@odata.type'] ?? 'EntityMetadata')}'.`,
      );
  for (const each of expand) kept[each.nav] = expandedPart(definition, each, parts);
  return kept;
}

function expandedPart(definition: Definition, { nav, options }: Expand, parts: PartsOf): unknown {
  const part = parts(definition, nav);
  if (part === undefined)
    throw badQuery(`Could not find a property named '${nav}' on the type of the definition.`);
  if (part === null) return null;
  if (!isList(part)) return shown(part, options, parts);
  return found(part, options).map((each) => shown(each, options, parts));
}

function isList(part: readonly Definition[] | Definition): part is readonly Definition[] {
  return Array.isArray(part);
}

function holds(filter: Filter, definition: Definition): boolean {
  switch (filter.kind) {
    case 'and':
      return holds(filter.left, definition) && holds(filter.right, definition);
    case 'or':
      return holds(filter.left, definition) || holds(filter.right, definition);
    case 'not':
      return !holds(filter.of, definition);
    case 'compare':
      return compares(
        filter.op,
        operandValue(filter.left, definition),
        operandValue(filter.right, definition),
      );
    case 'text': {
      const text = String(operandValue(filter.left, definition) ?? '').toLowerCase();
      const part = String(operandValue(filter.right, definition) ?? '').toLowerCase();
      if (filter.name === 'contains') return text.includes(part);
      return filter.name === 'startswith' ? text.startsWith(part) : text.endsWith(part);
    }
    case 'function':
      if (filter.name === 'In')
        return filter.values.some(({ text }) => String(valueAt(filter.property, definition)) === text);
      throw badQuery(`The function ${filter.name} is not supported for definitions.`);
    default:
      throw badQuery(`${filter.kind} is not supported for definitions.`);
  }
}

function compares(op: string, left: unknown, right: unknown): boolean {
  if (op === 'eq') return left === right;
  if (op === 'ne') return left !== right;
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  return { gt: left > right, ge: left >= right, lt: left < right, le: left <= right }[op] ?? false;
}

function operandValue(operand: Operand, definition: Definition): unknown {
  return operand.kind === 'path' ? valueAt(operand.path, definition) : plain(operand.value);
}

function valueAt(path: readonly string[], definition: Definition): unknown {
  let at: unknown = definition;
  for (const [depth, name] of path.entries()) {
    const holder = at as Record<string, unknown> | null;
    if (depth === 0 && holder && !(name in holder))
      throw badQuery(`Could not find a property named '${name}' on the type of the definition.`);
    at = holder?.[name];
  }
  if (at !== null && typeof at === 'object' && 'LocalizedLabels' in at)
    throw badQuery('Labels cannot be filtered by.');
  return at;
}

function plain({ kind, text }: Literal): unknown {
  if (kind === 'null') return null;
  if (kind === 'boolean') return text === 'true';
  return kind === 'number' ? Number(text) : text;
}

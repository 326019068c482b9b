import { isGuid } from '../guid.ts';
import type { Comparison, Filter, Literal, Operand } from '../odata/filter.ts';
import type { Row } from '../records/organization.ts';
import { badQuery } from '../refusal.ts';
import { propertyOf } from '../schema/schema.ts';
import { childrenOf } from './children.ts';
import { type Comparable, comparable, familyOf, likePattern, literalFor } from './comparable.ts';
import { type ColumnPath, resolvePath, valueAt } from './paths.ts';
import type { Predicate, Scope } from './scope.ts';
import { vendorFunction } from './vendor-functions.ts';

/** Makes a filter into a predicate over the rows of a table. Throws a refusal for what cannot be compared. */
export function compile(filter: Filter, scope: Scope): Predicate {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(filter.kind, compile(filter.left, scope), compile(filter.right, scope));
    case 'not': {
      const of = compile(filter.of, scope);
      return (row) => {
        const is = of(row);
        return is === null ? null : !is;
      };
    }
    case 'compare':
      return comparing(filter.op, filter.left, filter.right, scope);
    case 'text':
      return matching(filter, scope);
    case 'any':
    case 'all':
      return overChildren(filter, scope);
    case 'function': {
      const path = pathIn(logicalPath(filter.property, scope), scope);
      return vendorFunction(filter.name, path, filter.values, scope);
    }
  }
}

function joined(kind: 'and' | 'or', left: Predicate, right: Predicate): Predicate {
  const decides = kind === 'or';
  return (row) => {
    const first = left(row);
    if (first === decides) return decides;
    const second = right(row);
    if (second === decides) return decides;
    return first === null || second === null ? null : !decides;
  };
}

function pathIn(path: readonly string[], { organization, table, variable }: Scope): ColumnPath {
  const own = variable !== '' && path[0] === variable ? path.slice(1) : path;
  return resolvePath(organization, table, own);
}

/** The vendor's functions name a column by its logical name: `ownerid`, not `_ownerid_value`. */
function logicalPath(path: readonly string[], { table }: Scope): readonly string[] {
  const column = path.length === 1 ? table.columns.get(path[0] ?? '') : undefined;
  return column ? [propertyOf(column)] : path;
}

function literalIn(value: Literal, { aliases }: Scope): Literal {
  return value.kind === 'alias' ? (aliases.get(value.text) ?? { kind: 'null', text: 'null' }) : value;
}

function comparing(op: Comparison, left: Operand, right: Operand, scope: Scope): Predicate {
  const { organization } = scope;
  const order = organization.switches.guidOrder;
  if (left.kind === 'literal' && right.kind === 'literal') return constant(op, left.value, right.value);
  if (left.kind === 'literal') return comparing(MIRRORED[op], right, left, scope);
  const path = pathIn(left.path, scope);
  const read = (row: Row) => comparable(path.column, valueAt(organization, path, row), order);
  if (right.kind === 'path') {
    const other = pathIn(right.path, scope);
    if (familyOf(other.column) !== familyOf(path.column))
      throw badQuery(
        `A binary operator with incompatible types was detected: '${left.path.join('/')}' and '${right.path.join('/')}'.`,
      );
    return (row) =>
      compared(op, read(row), comparable(other.column, valueAt(organization, other, row), order));
  }
  const literal = literalIn(right.value, scope);
  if (op === 'eq' && familyOf(path.column) === 'text' && /[%_[]/.test(literal.text))
    return like(path, literal, scope);
  const value = literalFor(path.column, literal, order);
  if (value === null) return nullTest(op, read);
  const emptyDiffers = op === 'ne' && organization.switches.emptyIsNe;
  return (row) => {
    const own = read(row);
    return own === null && emptyDiffers ? true : compared(op, own, value);
  };
}

/** Wildcards work in comparisons of texts too. */
function like(path: ColumnPath, literal: Literal, { organization }: Scope): Predicate {
  const pattern = likePattern(literal.text, 'whole');
  return (row) => {
    const value = valueAt(organization, path, row);
    return value === null ? null : pattern.test(String(value).toLowerCase());
  };
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  ...{ eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' },
};

function constant(op: Comparison, left: Literal, right: Literal): Predicate {
  const is = compared(op, left.text, right.text);
  return () => is;
}

function nullTest(op: Comparison, read: (row: Row) => Comparable): Predicate {
  if (op === 'eq') return (row) => read(row) === null;
  if (op === 'ne') return (row) => read(row) !== null;
  return () => null;
}

/** Compares two values of one family; null where one is empty. */
export function compared(op: Comparison, left: Comparable, right: Comparable): boolean | null {
  if (left === null || right === null) return null;
  switch (op) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
  }
}

function matching(filter: Extract<Filter, { kind: 'text' }>, scope: Scope): Predicate {
  const { left, right, name } = filter;
  if (left.kind !== 'path' || right.kind !== 'literal')
    throw badQuery(`${name} needs a property and a text.`);
  const path = pathIn(left.path, scope);
  if (familyOf(path.column) !== 'text') throw badQuery(`${name} needs a property of text.`);
  const pattern = likePattern(literalIn(right.value, scope).text, name);
  return (row) => {
    const value = valueAt(scope.organization, path, row);
    return value === null ? null : pattern.test(String(value).toLowerCase());
  };
}

function overChildren(filter: Extract<Filter, { kind: 'any' | 'all' }>, scope: Scope): Predicate {
  const { organization, table, variable } = scope;
  const path = variable !== '' && filter.path[0] === variable ? filter.path.slice(1) : filter.path;
  const nav = path[path.length - 1] ?? '';
  if (path.length !== 1)
    throw badQuery(`The path '${path.join('/')}' before ${filter.kind} is not supported.`);
  const children = childrenOf(organization, table, nav);
  if (!children)
    throw badQuery(
      `Could not find a property named '${nav}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`,
    );
  const of =
    filter.of === null
      ? null
      : compile(filter.of, { ...scope, table: children.table, variable: filter.variable });
  return (row) => {
    const rows = children.rows(organization.id(table, row));
    if (of === null) return rows.length > 0;
    return filter.kind === 'any'
      ? rows.some((each) => of(each) === true)
      : rows.every((each) => of(each) === true);
  };
}

/** The literal that a text of the query stands for: parameters come as `@p1='x'`. */
export function aliasLiteral(text: string): Literal {
  if (text === 'null') return { kind: 'null', text };
  if (text === 'true' || text === 'false') return { kind: 'boolean', text };
  if (text.startsWith("'")) return { kind: 'string', text: text.slice(1, -1).replaceAll("''", "'") };
  if (isGuid(text)) return { kind: 'guid', text };
  return /^-?\d+(\.\d+)?$/.test(text) ? { kind: 'number', text } : { kind: 'time', text };
}

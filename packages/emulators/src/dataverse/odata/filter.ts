import { type Token, TokenReader } from './token.ts';

/** A value written in a query. `alias` stands for a parameter (`@p1`). */
export interface Literal {
  readonly kind: 'null' | 'boolean' | 'string' | 'number' | 'guid' | 'time' | 'alias' | 'enum';
  readonly text: string;
}

/** What is compared: a path of properties, or a value. */
export type Operand =
  | { readonly kind: 'path'; readonly path: readonly string[] }
  | { readonly kind: 'literal'; readonly value: Literal };

/** How two values are compared. */
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';
/** A function over text. */
export type TextFunction = 'contains' | 'startswith' | 'endswith';

/** A `$filter`, parsed. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly kind: 'text'; readonly name: TextFunction; readonly left: Operand; readonly right: Operand }
  | {
      readonly kind: 'any' | 'all';
      readonly path: readonly string[];
      readonly variable: string;
      readonly of: Filter | null;
    }
  | {
      readonly kind: 'function';
      readonly name: string;
      readonly property: readonly string[];
      readonly values: readonly Literal[];
    };

const COMPARISONS: ReadonlySet<string> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const TEXTS: ReadonlySet<string> = new Set(['contains', 'startswith', 'endswith']);
/** The namespace of the vendor's own functions and types. */
export const NAMESPACE = 'Microsoft.Dynamics.CRM.';

/** Parses a `$filter`. Throws a refusal where the grammar does not allow what stands there. */
export function parseFilter(text: string): Filter {
  const reader = new TokenReader(text);
  const filter = either(reader);
  reader.ends();
  return filter;
}

function either(reader: TokenReader): Filter {
  let left = both(reader);
  while (reader.takes('or')) left = { kind: 'or', left, right: both(reader) };
  return left;
}

function both(reader: TokenReader): Filter {
  let left = single(reader);
  while (reader.takes('and')) left = { kind: 'and', left, right: single(reader) };
  return left;
}

function single(reader: TokenReader): Filter {
  if (reader.takes('not')) return { kind: 'not', of: single(reader) };
  if (reader.takes('(')) {
    const inner = either(reader);
    reader.needs(')');
    return inner;
  }
  const { kind, text } = reader.peek();
  if (kind === 'word' && TEXTS.has(text) && reader.peek(1).text === '(') return textCall(reader);
  if (kind === 'word' && text.startsWith(NAMESPACE) && reader.peek(1).text === '(') return vendorCall(reader);
  const left = operand(reader);
  if (left.kind === 'path' && reader.peek().text === '(') return lambda(reader, left.path);
  return comparison(reader, left);
}

function comparison(reader: TokenReader, left: Operand): Filter {
  const { kind, text } = reader.peek();
  if (kind !== 'word' || !COMPARISONS.has(text)) throw reader.fault('a comparison was expected');
  reader.take();
  return { kind: 'compare', op: text as Comparison, left, right: operand(reader) };
}

function textCall(reader: TokenReader): Filter {
  const name = reader.name() as TextFunction;
  reader.needs('(');
  const left = operand(reader);
  reader.needs(',');
  const right = operand(reader);
  reader.needs(')');
  const filter: Filter = { kind: 'text', name, left, right };
  // `contains(a,'b') eq true` is what some clients write.
  if (reader.peek().text !== 'eq') return filter;
  reader.take();
  const wanted = reader.name();
  if (wanted !== 'true' && wanted !== 'false') throw reader.fault('true or false was expected');
  return wanted === 'true' ? filter : { kind: 'not', of: filter };
}

/** `Microsoft.Dynamics.CRM.In(PropertyName='x',PropertyValues=['1','2'])` */
function vendorCall(reader: TokenReader): Filter {
  const name = reader.name().slice(NAMESPACE.length);
  const values: Literal[] = [];
  let property: readonly string[] = [];
  reader.needs('(');
  while (!reader.takes(')')) {
    const argument = reader.name();
    reader.needs('=');
    if (argument === 'PropertyName') property = reader.take().text.split('/');
    else values.push(...listed(reader));
    if (reader.peek().text !== ')') reader.needs(',');
  }
  return { kind: 'function', name, property, values };
}

function listed(reader: TokenReader): Literal[] {
  if (!reader.takes('[')) return [literalOf(reader, reader.take())];
  const values: Literal[] = [];
  while (!reader.takes(']')) {
    values.push(literalOf(reader, reader.take()));
    if (reader.peek().text !== ']') reader.needs(',');
  }
  return values;
}

/** `Account_Tasks/any(t:t/subject eq 'x')`, `Account_Tasks/any()` */
function lambda(reader: TokenReader, path: readonly string[]): Filter {
  const kind = path[path.length - 1];
  if ((kind !== 'any' && kind !== 'all') || path.length < 2) throw reader.fault('a comparison was expected');
  reader.needs('(');
  if (kind === 'any' && reader.takes(')')) return { kind, path: path.slice(0, -1), variable: '', of: null };
  const variable = reader.name();
  reader.needs(':');
  const of = either(reader);
  reader.needs(')');
  return { kind, path: path.slice(0, -1), variable, of };
}

function operand(reader: TokenReader): Operand {
  const token = reader.take();
  if (token.kind !== 'word' || ['null', 'true', 'false'].includes(token.text))
    return { kind: 'literal', value: literalOf(reader, token) };
  // An enum is written as its type's name and a text: Microsoft.Dynamics.CRM.OwnershipTypes'UserOwned'.
  if (token.text.startsWith(NAMESPACE) && reader.peek().kind === 'string')
    return { kind: 'literal', value: { kind: 'enum', text: reader.take().text } };
  const path = [token.text];
  while (reader.takes('/')) path.push(reader.name());
  return { kind: 'path', path };
}

function literalOf(reader: TokenReader, token: Token): Literal {
  const { kind, text } = token;
  if (kind === 'string' || kind === 'number' || kind === 'guid' || kind === 'time') return { kind, text };
  if (kind === 'alias') return { kind: 'alias', text: text.slice(1) };
  if (kind === 'word' && text === 'null') return { kind: 'null', text };
  if (kind === 'word' && (text === 'true' || text === 'false')) return { kind: 'boolean', text };
  throw reader.fault('a value was expected', token);
}

import type { Answer, Call } from '../kit/exchange.ts';
import type { Caller } from './access/auth.ts';
import type { Literal } from './odata/filter.ts';
import { type Options, parseOptions, splitQuery } from './odata/options.ts';
import { aliasLiteral } from './query/predicate.ts';
import type { Scope } from './query/scope.ts';
import type { Organization } from './records/organization.ts';
import type { Writing } from './rows/collection.ts';
import { appliedPreferences, type Preferences, parsePrefer } from './rows/preferences.ts';

/** Work that requests make the server do, and that they are charged for. */
export interface Work {
  rows: number;
}

/** One request as the routes see it. */
export interface Exchange {
  readonly organization: Organization;
  readonly call: Call;
  readonly caller: Caller;
  /** The address of the API, with its version and without a slash at its end. */
  readonly root: string;
  readonly preferences: Preferences;
  /** Name and value of every query option, decoded. */
  readonly query: readonly (readonly [string, string])[];
  readonly work: Work;
  /** Carries out another request of the same caller: a part of a batch. */
  readonly serve: (call: Call) => Answer;
}

/** Puts an exchange together; `root` as in links. */
export function createExchange(
  parts: Pick<Exchange, 'organization' | 'call' | 'caller' | 'root' | 'work' | 'serve'>,
): Exchange {
  const { target } = parts.call;
  const mark = target.indexOf('?');
  return {
    ...parts,
    preferences: parsePrefer(parts.call.header('prefer')),
    query: splitQuery(mark < 0 ? '' : target.slice(mark + 1)),
  };
}

/** The system query options of a request. */
export function optionsOf({ query }: Exchange): Options {
  return parseOptions(query.filter(([name]) => !name.startsWith('@')));
}

/** The values of the parameter aliases of a request. */
export function aliasesOf({ query }: Exchange): ReadonlyMap<string, Literal> {
  const aliases = query.filter(([name]) => name.startsWith('@'));
  return new Map(aliases.map(([name, value]) => [name.slice(1), aliasLiteral(value)]));
}

/** What rows are written for. */
export function writingOf(exchange: Exchange): Writing {
  const { organization, caller, preferences, root } = exchange;
  return {
    scope: { organization, userId: caller.actingId, aliases: aliasesOf(exchange) },
    preferences,
    root,
  };
}

/** The scope of a table's rows. */
export function scopeOf(exchange: Exchange, table: Scope['table']): Scope {
  return { ...writingOf(exchange).scope, table, variable: '' };
}

/** The query of a request as it came, without some options: for links that lead on. */
export function rawQueryWithout({ call }: Exchange, ...names: readonly string[]): string {
  const mark = call.target.indexOf('?');
  if (mark < 0) return '';
  const parts = call.target.slice(mark + 1).split('&');
  return parts
    .filter((part) => !names.some((name) => decodeURIComponent(part).startsWith(`${name}=`)))
    .join('&');
}

/** An answer of JSON text, with the headers that every OData answer has. */
export function odataAnswer(
  exchange: Exchange,
  status: number,
  body: string,
  more: Record<string, string> = {},
): Answer {
  const applied = appliedPreferences(exchange.preferences);
  const headers = {
    'content-type': 'application/json; odata.metadata=minimal; charset=utf-8',
    'odata-version': '4.0',
    ...(applied === null ? {} : { 'preference-applied': applied }),
    ...more,
  };
  return { status, headers, body, costTokens: 0 };
}

/** An answer without a body. */
export function emptyAnswer(more: Record<string, string> = {}): Answer {
  return { status: 204, headers: { 'odata-version': '4.0', ...more }, body: '', costTokens: 0 };
}

/** An answer of plain text. */
export function textAnswer(text: string): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'text/plain', 'odata-version': '4.0' },
    body: text,
    costTokens: 0,
  };
}

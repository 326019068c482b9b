import type { Call } from '../kit/exchange.ts';
import type { Account } from './account.ts';
import { type Complaint, notAllowed, schemaRefusal } from './refusal.ts';
import { parseRfc3339 } from './times.ts';

/** How one query parameter reads: a kind, or the words it may be (one, or with `list` several with commas). */
export type QueryKind =
  | 'id'
  | 'bool'
  | 'text'
  | 'moment'
  | 'ids'
  | 'keys'
  | { readonly words: readonly string[]; readonly list?: boolean };

/** The parameters an operation knows; any other is refused. */
export type QuerySpec = Readonly<Record<string, QueryKind>>;

/** Parameters as they were given: numbers, booleans, texts, or arrays of them. */
export interface Query {
  id(name: string): number | undefined;
  bool(name: string): boolean | undefined;
  text(name: string): string | undefined;
  list(name: string): readonly string[] | undefined;
  ids(name: string): readonly number[] | undefined;
}

/** At most so many ids in `ids`, and keys in `custom_fields`. */
const MAX_IDS = 100;
const MAX_CUSTOM_KEYS = 15;

type Value = string | number | boolean | readonly string[] | readonly number[];

/** Reads the query of a v2 request. Throws the refusal that names every wrong parameter. */
export function readQuery(call: Call, spec: QuerySpec): Query {
  const values = new Map<string, Value>();
  const complaints: Complaint[] = [];
  for (const [name, raw] of call.query) {
    if (name === 'api_token') continue;
    const kind = spec[name];
    if (kind === undefined) complaints.push(notAllowed(name));
    else {
      const value = readOne(kind, raw);
      if (typeof value === 'object' && 'wrong' in value) complaints.push({ key: name, text: value.wrong });
      else values.set(name, value);
    }
  }
  if (complaints.length > 0) throw schemaRefusal(complaints);
  return {
    id: (name) => values.get(name) as number | undefined,
    bool: (name) => values.get(name) as boolean | undefined,
    text: (name) => values.get(name) as string | undefined,
    list: (name) => values.get(name) as readonly string[] | undefined,
    ids: (name) => values.get(name) as readonly number[] | undefined,
  };
}

function readOne(kind: QueryKind, raw: string): Value | { readonly wrong: string } {
  if (typeof kind === 'object') return readWords(kind.words, kind.list === true, raw);
  switch (kind) {
    case 'id':
      return /^\d{1,15}$/.test(raw) ? Number(raw) : { wrong: 'must be an integer' };
    case 'bool':
      return raw === 'true' || raw === 'false' ? raw === 'true' : { wrong: 'must be true or false' };
    case 'moment':
      return (
        parseRfc3339(raw) ?? {
          wrong: 'must be in RFC3339 format with whole seconds, e.g. 2025-01-01T10:20:00Z',
        }
      );
    case 'ids':
      return readIds(raw);
    case 'keys': {
      const keys = split(raw);
      return keys.length > MAX_CUSTOM_KEYS ? { wrong: `must hold at most ${MAX_CUSTOM_KEYS} keys` } : keys;
    }
    case 'text':
      return raw;
  }
}

function readIds(raw: string): readonly number[] | { readonly wrong: string } {
  const parts = split(raw);
  if (parts.length > MAX_IDS) return { wrong: `must hold at most ${MAX_IDS} ids` };
  if (!parts.every((part) => /^\d{1,15}$/.test(part)))
    return { wrong: 'must be integers separated by commas' };
  return parts.map(Number);
}

function readWords(words: readonly string[], list: boolean, raw: string): Value | { readonly wrong: string } {
  const parts = list ? split(raw) : [raw];
  const unknown = parts.filter((part) => !words.includes(part));
  if (unknown.length > 0) return { wrong: `must be one of ${words.join(', ')}` };
  return list ? parts : raw;
}

function split(raw: string): string[] {
  return raw
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** The size of a page: 100 unless `limit` says otherwise, at most `most` (over it: cut or refused, by switch). */
export function pageSize(account: Account, limit: number | undefined, most: number): number {
  if (limit === undefined) return Math.min(100, most);
  if (limit < 1) throw schemaRefusal([{ key: 'limit', text: 'must be at least 1' }]);
  if (limit <= most) return limit;
  if (account.switches.overLimit === 'clamp') return most;
  throw schemaRefusal([{ key: 'limit', text: `must be at most ${most}` }]);
}

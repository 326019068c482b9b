import { badQuery } from '../refusal.ts';

/** One token of an OData expression. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'guid' | 'time' | 'alias' | 'mark' | 'end';
  /** Strings without their quotes. */
  readonly text: string;
  readonly at: number;
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['guid', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\w-])/iy],
  ['time', /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:\d\d))?(?![\w-])/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y],
  ['alias', /@[A-Za-z_]\w*/y],
  ['word', /[$A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*/y],
  ['mark', /[(),/:=;[\]*]/y],
];

/** Splits an expression into tokens, the last of which is `end`. Throws a refusal at a character that fits nowhere. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) at += 1;
    else if (text[at] === "'") at = quoted(text, at, tokens);
    else at = plain(text, at, tokens);
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

function quoted(text: string, start: number, tokens: Token[]): number {
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== "'") value += text[at];
    else if (text[at + 1] === "'") {
      value += "'";
      at += 1;
    } else {
      tokens.push({ kind: 'string', text: value, at: start });
      return at + 1;
    }
  }
  throw badQuery(`There is an unterminated string literal at position ${text.length} in '${text}'.`);
}

function plain(text: string, at: number, tokens: Token[]): number {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found === undefined) continue;
    tokens.push({ kind, text: found, at });
    return at + found.length;
  }
  throw badQuery(`Syntax error: character '${text[at]}' is not valid at position ${at} in '${text}'.`);
}

/** Reads tokens one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  /** The next token, which stays the next. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? { kind: 'end', text: '', at: this.#text.length };
  }

  /** The next token, which is then read. */
  take(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Reads the next token if it is this mark or word; tells whether it was. */
  takes(text: string): boolean {
    const { kind, text: next } = this.peek();
    if ((kind !== 'mark' && kind !== 'word') || next !== text) return false;
    this.#at += 1;
    return true;
  }

  /** Reads this mark or word. Throws a refusal when something else stands there. */
  needs(text: string): void {
    if (!this.takes(text)) throw this.fault(`'${text}' was expected`);
  }

  /** Reads a name. Throws a refusal when something else stands there. */
  name(): string {
    const token = this.take();
    if (token.kind !== 'word') throw this.fault('a name was expected', token);
    return token.text;
  }

  /** Throws a refusal when something is left. */
  ends(): void {
    if (this.peek().kind !== 'end') throw this.fault('the expression should end');
  }

  /** The refusal for a token that does not fit. */
  fault(what: string, token = this.peek()) {
    return badQuery(`Syntax error at position ${token.at} in '${this.#text}': ${what}.`);
  }
}

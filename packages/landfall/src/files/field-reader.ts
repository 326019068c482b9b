/** How cells are written in a file. `quote` may be `''`: no quoting. `escape` is the quote itself or a backslash. */
export interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
}

/** The cells of one record, or how far reading came when the text ends too early. */
export interface Fields {
  readonly cells: string[];
  /** Where the record's text ends, before its line end. */
  readonly end: number;
  /** A quote stands where none should, and was read as a character. */
  readonly stray: boolean;
  /** A quote is opened and not closed, and was read as a character. */
  readonly open: boolean;
  /** The record goes on beyond the text held: where its last cell begins; -1: it is complete. */
  readonly unfinishedAt: number;
}

/** The part of a text to read: from `at`, not beyond `hardEnd`; `ended`: no more text will come. */
export interface Span {
  readonly at: number;
  readonly hardEnd: number;
  readonly ended: boolean;
}

const lf = 10;
const cr = 13;
const space = 32;
const backslash = 92;
const notClosed = -1;
const maybeClosed = -2;

/** Reads the cells of one record. With a finite `hardEnd` a quoted cell must close before it. */
export function readFields(text: string, dialect: Dialect, span: Span): Fields {
  return new FieldReader(text, dialect, span).read();
}

/** Where the line that holds `from` ends: at its CR or LF, or at the end of the text. */
export function lineEndAt(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === lf || code === cr) return at;
  }
  return text.length;
}

/** One walk over one record. */
class FieldReader {
  private readonly text: string;
  private readonly dialect: Dialect;
  private readonly span: Span;
  private readonly quote: number;
  private readonly delimiter: number;
  private readonly oneChar: boolean;
  private readonly skipsBlanks: boolean;
  private readonly cells: string[] = [];
  private stray = false;
  private open = false;
  private escaped = false;
  private lineEnd = -1;

  constructor(text: string, dialect: Dialect, span: Span) {
    this.text = text;
    this.dialect = dialect;
    this.span = span;
    this.quote = dialect.quote.charCodeAt(0);
    this.delimiter = dialect.delimiter.charCodeAt(0);
    this.oneChar = dialect.delimiter.length === 1;
    this.skipsBlanks = dialect.delimiter !== ' ';
  }

  read(): Fields {
    const { hardEnd, ended } = this.span;
    for (let at = this.span.at; ; ) {
      const start = this.blanksFrom(at);
      if (start < hardEnd && this.text.charCodeAt(start) === this.quote) {
        const closing = this.closingOf(start);
        if (closing === maybeClosed) return this.fields(at, start);
        if (closing === notClosed && !ended && hardEnd === Number.POSITIVE_INFINITY)
          return this.fields(at, start);
        if (closing >= 0) {
          this.cells.push(this.unescaped(start + 1, closing));
          at = this.blanksFrom(closing + 1);
          if (at >= hardEnd || !this.isDelimiter(at)) return this.fields(at, -1);
          at += this.dialect.delimiter.length;
          continue;
        }
        this.open = true;
      }
      if (this.lineEnd < at) this.lineEnd = Math.min(hardEnd, lineEndAt(this.text, at));
      if (this.lineEnd >= this.text.length - 1 && !ended && hardEnd === Number.POSITIVE_INFINITY)
        return this.fields(at, at);
      const next = this.plainCell(at);
      if (next >= this.lineEnd) return this.fields(this.lineEnd, -1);
      at = next + this.dialect.delimiter.length;
    }
  }

  private fields(end: number, unfinishedAt: number): Fields {
    return { cells: this.cells, end, stray: this.stray, open: this.open, unfinishedAt };
  }

  private isDelimiter(at: number): boolean {
    if (this.text.charCodeAt(at) !== this.delimiter) return false;
    return this.oneChar || this.text.startsWith(this.dialect.delimiter, at);
  }

  private blanksFrom(at: number): number {
    let after = at;
    if (this.skipsBlanks) while (this.text.charCodeAt(after) === space) after++;
    return after;
  }

  /** Takes an unquoted cell; gives where it ends. */
  private plainCell(from: number): number {
    let at = from;
    for (; at < this.lineEnd && !this.isDelimiter(at); at++) {
      if (this.text.charCodeAt(at) === this.quote) this.stray = true;
    }
    this.cells.push(this.text.slice(from, at));
    return at;
  }

  /** The quote that closes the one at `start`: the first that is not escaped and stands before a delimiter or line end. */
  private closingOf(start: number): number {
    const { text, span } = this;
    const doubles = this.dialect.escape === this.dialect.quote;
    this.escaped = false;
    for (let from = start + 1; ; ) {
      const at = text.indexOf(this.dialect.quote, from);
      if (at === -1 || at >= span.hardEnd) return notClosed;
      if (doubles ? text.charCodeAt(at + 1) === this.quote : oddBackslashes(text, at, start)) {
        this.escaped = true;
        from = at + (doubles ? 2 : 1);
        continue;
      }
      const after = this.blanksFrom(at + 1);
      if (after >= span.hardEnd || (after >= text.length && span.ended)) return at;
      if (after >= text.length) return maybeClosed;
      const code = text.charCodeAt(after);
      if (code === lf || code === cr || this.isDelimiter(after)) return at;
      this.stray = true;
      from = at + 1;
    }
  }

  private unescaped(from: number, to: number): string {
    const cell = this.text.slice(from, to);
    const { quote, escape: escapeWith } = this.dialect;
    // biome-ignore lint/suspicious/noUnnecessaryConditions: reading the cell sets it
    if (escapeWith === quote) return this.escaped ? cell.replaceAll(quote + quote, quote) : cell;
    return cell.includes(escapeWith) ? cell.replace(/\\(["'\\])/g, '$1') : cell;
  }
}

function oddBackslashes(text: string, at: number, start: number): boolean {
  let before = at;
  while (before > start + 1 && text.charCodeAt(before - 1) === backslash) before--;
  return (at - before) % 2 === 1;
}

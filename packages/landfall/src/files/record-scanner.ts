import { type Dialect, type Fields, lineEndAt, readFields } from './field-reader.ts';
import type { TableLimits } from './table.ts';

/** One record as it stands in the text, and what was wrong with it. */
export interface ScannedRecord {
  /** The physical line where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  readonly trouble: 'none' | 'stray-quote' | 'unclosed-quote' | 'cell-too-large' | 'row-number-wrong';
  /** It ends with the text and not with a line end. */
  readonly cut: boolean;
  /** Its beginning as it stands in the file; made only when asked. */
  text(): string;
}

/** A record too long to hold, whose end is looked for. */
interface Skipped {
  readonly line: number;
  readonly text: string;
  readonly inQuote: boolean;
}

const needsMore = -1;
const lf = 10;
const cr = 13;
/** Characters of a record that is skipped that are kept for the list of rejects. */
const skippedChars = 4_000;

/**
 * Cuts text into records, as it arrives, and can step back: a quote that is never closed, or that swallows
 * other records, is read again as an ordinary character, so that one bad line costs one line. csv-parse cannot
 * step back, and with line numbers reads fewer rows a second than we need; it is the oracle in the tests.
 */
export class RecordScanner {
  private readonly dialect: Dialect;
  private readonly limits: TableLimits;
  private buffer = '';
  private at = 0;
  private line = 1;
  private ended = false;
  private nextLf = -1;
  private nextCr = -1;
  private nextQuote = -1;
  private skipping: Skipped | undefined;
  /** The text held contains NUL or replacement characters: look at each record. */
  suspect = false;

  constructor(dialect: Dialect, limits: TableLimits) {
    this.dialect = dialect;
    this.limits = limits;
  }

  /** Adds text at the end. */
  push(text: string): void {
    this.buffer = this.at >= this.buffer.length ? text : this.buffer.slice(this.at) + text;
    this.at = 0;
    this.forget();
    this.suspect = this.buffer.includes('\0') || this.buffer.includes('\uFFFD');
  }

  /** Says that no more text will come. */
  end(): void {
    this.ended = true;
    this.forget();
  }

  /** The next record, or nothing when more text is needed (after `end()`: when all is read). `width`: usual cells. */
  next(width?: number): ScannedRecord | undefined {
    if (this.skipping !== undefined) return this.skipOn(this.skipping);
    if (this.at >= this.buffer.length) return undefined;
    const lineEnd = this.lineEnd();
    if (lineEnd === needsMore)
      return this.isOver(this.at, this.limits.recordChars) ? this.overflow(this.at, width) : undefined;
    return this.quoteAhead() >= lineEnd ? this.plain(lineEnd) : this.quoted(lineEnd, width);
  }

  private forget(): void {
    this.nextLf = -1;
    this.nextCr = -1;
    this.nextQuote = -1;
  }

  /** The end of the line we are at; a CR at the very end may be half a CRLF and asks for more. */
  private lineEnd(): number {
    const { buffer, at } = this;
    if (this.nextLf < at) this.nextLf = found(buffer.indexOf('\n', at));
    if (this.nextCr < at) this.nextCr = found(buffer.indexOf('\r', at));
    const end = Math.min(this.nextLf, this.nextCr, buffer.length);
    return this.isHalfLineEnd(end) ? needsMore : end;
  }

  /** More text may come and change what ends here: there is no line end yet, or a CR that may be half a CRLF. */
  private isHalfLineEnd(end: number): boolean {
    // biome-ignore lint/suspicious/noUnnecessaryConditions: `end` sets it
    if (this.ended) return false;
    return (
      end >= this.buffer.length || (end === this.buffer.length - 1 && this.buffer.charCodeAt(end) === cr)
    );
  }

  private quoteAhead(): number {
    if (this.dialect.quote === '') return Number.POSITIVE_INFINITY;
    if (this.nextQuote < this.at) this.nextQuote = found(this.buffer.indexOf(this.dialect.quote, this.at));
    return this.nextQuote;
  }

  private isOver(from: number, limit: number): boolean {
    return this.buffer.length - from > limit;
  }

  private plain(lineEnd: number): ScannedRecord {
    const cells = this.buffer.slice(this.at, lineEnd).split(this.dialect.delimiter, this.limits.columns * 10);
    return this.take(cells, lineEnd, 'none', 1);
  }

  private quoted(lineEnd: number, width: number | undefined): ScannedRecord | undefined {
    const whole = this.fieldsOf(Number.POSITIVE_INFINITY);
    if (whole.unfinishedAt >= 0) {
      const tooLong =
        this.isOver(whole.unfinishedAt, this.limits.cellChars) ||
        this.isOver(this.at, this.limits.recordChars);
      return tooLong ? this.overflow(whole.unfinishedAt, width) : undefined;
    }
    if (this.isHalfLineEnd(whole.end)) return undefined;
    if (whole.end <= lineEnd && !whole.open) return this.take(whole.cells, whole.end, troubleOf(whole), 1);
    const alone = this.fieldsOf(lineEnd);
    if (whole.open || this.hasSwallowed(whole, alone, width))
      return this.take(alone.cells, alone.end, 'unclosed-quote', 1);
    return this.take(
      whole.cells,
      whole.end,
      troubleOf(whole),
      1 + lineBreaks(this.buffer, this.at, whole.end),
    );
  }

  /** A quote opened by mistake ran on over other lines: the line alone, or the next line, reads better than the whole. */
  private hasSwallowed(whole: Fields, alone: Fields, width: number | undefined): boolean {
    if (!whole.stray || width === undefined) return false;
    if (alone.cells.length === width || whole.cells.length !== width) return true;
    const next = afterLineEnd(this.buffer, alone.end);
    const second = readFields(this.buffer, this.dialect, {
      at: next,
      hardEnd: lineEndAt(this.buffer, next),
      ended: true,
    });
    return width > 1 && second.cells.length === width && !second.stray && !second.open;
  }

  private fieldsOf(hardEnd: number): Fields {
    return readFields(this.buffer, this.dialect, { at: this.at, hardEnd, ended: this.ended });
  }

  private take(
    cells: string[],
    end: number,
    trouble: ScannedRecord['trouble'],
    lines: number,
  ): ScannedRecord {
    const { buffer, at: start, line } = this;
    const tooLarge =
      end - start > this.limits.cellChars && cells.some((cell) => cell.length > this.limits.cellChars);
    this.at = afterLineEnd(buffer, end);
    this.line += lines;
    return {
      line,
      cells,
      trouble: tooLarge ? 'cell-too-large' : trouble,
      cut: this.at === end,
      text: () => buffer.slice(start, end),
    };
  }

  /** More text is held than a cell or record may have: an unclosed quote when the next line looks like a record. */
  private overflow(cellAt: number, width: number | undefined): ScannedRecord | undefined {
    const lineEnd = lineEndAt(this.buffer, this.at);
    const inQuote = this.quoteAhead() <= cellAt;
    if (inQuote && lineEnd < this.buffer.length - 1) {
      const alone = this.fieldsOf(lineEnd);
      if (alone.cells.length > 1 && this.isRecord(afterLineEnd(this.buffer, lineEnd), width)) {
        return this.take(alone.cells, alone.end, 'unclosed-quote', 1);
      }
    }
    this.skipping = { line: this.line, text: this.buffer.slice(this.at, this.at + skippedChars), inQuote };
    this.drop(inQuote ? this.buffer.indexOf(this.dialect.quote, cellAt) + 1 : this.at);
    return this.skipOn(this.skipping);
  }

  private isRecord(at: number, width: number | undefined): boolean {
    const span = { at, hardEnd: lineEndAt(this.buffer, at), ended: this.ended };
    return width === undefined || readFields(this.buffer, this.dialect, span).cells.length === width;
  }

  /** Drops text up to the end of a record that is too long to hold. */
  private skipOn(skipped: Skipped): ScannedRecord | undefined {
    if (skipped.inQuote && !this.skipQuoted(skipped)) {
      // biome-ignore lint/suspicious/noUnnecessaryConditions: `end` sets it
      if (!this.ended) return undefined;
    } else {
      const lineEnd = this.lineEnd();
      if (lineEnd === needsMore) {
        this.drop(this.wholeLinesEnd());
        return undefined;
      }
      this.drop(afterLineEnd(this.buffer, lineEnd));
    }
    this.skipping = undefined;
    return { line: skipped.line, cells: [], trouble: 'cell-too-large', cut: false, text: () => skipped.text };
  }

  /** Drops text up to the quote that closes the cell; false when it is not in the text held. */
  private skipQuoted(skipped: Skipped): boolean {
    const { delimiter, quote } = this.dialect;
    for (let from = this.at; ; ) {
      const at = this.buffer.indexOf(quote, from);
      if (at === -1 || (at + 1 + delimiter.length > this.buffer.length && !this.ended)) {
        this.drop(at === -1 ? this.wholeLinesEnd() : at);
        return false;
      }
      const code = this.buffer.charCodeAt(at + 1);
      const closes =
        code === lf ||
        code === cr ||
        at + 1 === this.buffer.length ||
        this.buffer.startsWith(delimiter, at + 1);
      if (closes) {
        this.drop(at + 1);
        this.skipping = { ...skipped, inQuote: false };
        return true;
      }
      from = at + (this.buffer.startsWith(quote, at + 1) ? 2 : 1);
    }
  }

  /** The end of the text held, without a CR that may be half a CRLF. */
  private wholeLinesEnd(): number {
    return this.buffer.length - (this.buffer.endsWith('\r') && !this.ended ? 1 : 0);
  }

  private drop(to: number): void {
    this.line += lineBreaks(this.buffer, this.at, to);
    this.at = to;
  }
}

function found(at: number): number {
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

function troubleOf(fields: Fields): ScannedRecord['trouble'] {
  return fields.stray ? 'stray-quote' : 'none';
}

function afterLineEnd(text: string, end: number): number {
  const code = text.charCodeAt(end);
  if (code === cr) return text.charCodeAt(end + 1) === lf ? end + 2 : end + 1;
  return code === lf ? end + 1 : end;
}

function lineBreaks(text: string, from: number, to: number): number {
  let breaks = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === lf || (code === cr && text.charCodeAt(at + 1) !== lf)) breaks++;
  }
  return breaks;
}

import {
  isBooleanWord,
  isDuration,
  isEmails,
  isHtml,
  isLong,
  isNothing,
  isPhone,
  isUrl,
} from './cell-form.ts';
import { DateEvidence } from './date-evidence.ts';
import { NumberEvidence, numberForm } from './number-evidence.ts';
import { isTurkishId } from './sensitive.ts';

/** Distinct values counted, at most. */
const distinctLimit = 1_000;
const valuesLimit = 200;
const samplesLimit = 5;
const sampleChars = 80;
/** Longer values are told apart by this many characters and their length. */
const keyChars = 200;
const digit = /\d/;

/** How many values are of a kind. A value may be of several: `1` is a number and a word for yes. */
export interface KindCounts {
  boolean: number;
  email: number;
  phone: number;
  url: number;
  html: number;
  long: number;
  duration: number;
  nothing: number;
  turkishId: number;
}

/** A value with how often it stands in the column. */
export interface ValueCount {
  readonly value: string;
  readonly count: number;
}

/**
 * What one column holds, gathered in one pass. Memory is bounded: the first 1,000 distinct values are counted
 * exactly, later ones only by their kind.
 */
export class ColumnProfile {
  filled = 0;
  longest = 0;
  readonly kinds: KindCounts = {
    boolean: 0,
    email: 0,
    phone: 0,
    url: 0,
    html: 0,
    long: 0,
    duration: 0,
    nothing: 0,
    turkishId: 0,
  };
  readonly numbers = new NumberEvidence();
  readonly dates = new DateEvidence();
  #values = new Map<string, number>();
  /** Values past the limit, known by their kind only. */
  #uncounted = 0;
  #closings = 0;

  /** Takes one cell. Empty ones and those of spaces only are not filled. */
  add(cell: string): void {
    if (cell === '') return;
    const text = cell.length > keyChars ? shortened(cell) : cell.trim();
    if (text === '') return;
    this.filled += 1;
    if (cell.length > this.longest) this.longest = cell.length;
    const seen = this.#values.get(text);
    if (seen !== undefined) this.#values.set(text, seen + 1);
    else if (this.#values.size < distinctLimit) this.#values.set(ownCopy(text), 1);
    else {
      this.#uncounted += 1;
      this.#classify(text, 1);
    }
  }

  /** Ends the gathering: the counts of kinds are whole only after it. */
  close(): void {
    this.#closings += 1;
    if (this.#closings > 1) return;
    for (const [value, count] of this.#values) this.#classify(value, count);
  }

  /** There are more distinct values than were counted. */
  get overflow(): boolean {
    return this.#uncounted > 0;
  }

  /** Distinct values seen, at most 1,000. */
  get distinct(): number {
    return this.#values.size;
  }

  /** The most frequent values, at most `limit`; equal counts in the order they were met. */
  top(limit = valuesLimit): ValueCount[] {
    return sortedCounts(this.#values).slice(0, limit);
  }

  /** Values to show to a person: different ones, short, in the order they were met. */
  samples(): string[] {
    const found: string[] = [];
    for (const value of this.#values.keys()) {
      if (found.length === samplesLimit) break;
      if (!isNothing(value))
        found.push(value.length > sampleChars ? `${value.slice(0, sampleChars)}…` : value);
    }
    return found;
  }

  /** All counted values, for those who split them into parts. */
  values(): ReadonlyMap<string, number> {
    return this.#values;
  }

  #classify(text: string, count: number): void {
    const { kinds } = this;
    if (isNothing(text)) kinds.nothing += count;
    if (isBooleanWord(text)) kinds.boolean += count;
    if (isLong(text)) kinds.long += count;
    if (isHtml(text)) kinds.html += count;
    if (isEmails(text)) kinds.email += count;
    else if (isUrl(text)) kinds.url += count;
    // every date, number, phone and length of time has a digit; most texts have none, and there are many texts
    else if (digit.test(text)) this.#classifyDigits(text, count);
  }

  #classifyDigits(text: string, count: number): void {
    const { kinds } = this;
    if (this.dates.add(text, count)) return;
    const number = numberForm(text);
    if (number !== null) this.numbers.add(number, count);
    if (isPhone(text)) kinds.phone += count;
    if (isDuration(text)) kinds.duration += count;
    if (isTurkishId(text)) kinds.turkishId += count;
  }
}

/** Values with their counts, most frequent first. */
export function sortedCounts(values: ReadonlyMap<string, number>): ValueCount[] {
  return [...values].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

function shortened(cell: string): string {
  const text = cell.trim();
  return text.length > keyChars ? `${text.slice(0, keyChars)}…(${text.length})` : text;
}

/** A cell is a view into the file's buffer; a copy of its own lets the buffer go. */
function ownCopy(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}

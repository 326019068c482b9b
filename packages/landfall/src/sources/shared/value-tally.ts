/** Distinct values counted, at most. */
const distinctLimit = 1_000;
const valuesLimit = 200;
const samplesLimit = 5;
const sampleChars = 80;
/** Longer values are told apart by this many characters. */
const keyChars = 200;

/** What one field holds, gathered in one pass with bounded memory: the first 1,000 distinct values are counted exactly. */
export class ValueTally {
  filled = 0;
  readonly #values = new Map<string, number>();

  /** Takes one value; an empty one is not filled. */
  add(text: string): void {
    if (text === '') return;
    this.filled += 1;
    const key = text.length > keyChars ? text.slice(0, keyChars) : text;
    const seen = this.#values.get(key);
    if (seen !== undefined) this.#values.set(key, seen + 1);
    else if (this.#values.size < distinctLimit) this.#values.set(key, 1);
  }

  /** Distinct values seen, at most 1,000. */
  get distinct(): number {
    return this.#values.size;
  }

  /** The most frequent values, at most 200; equal counts in the order they were met. */
  top(): readonly { readonly value: string; readonly count: number }[] {
    return [...this.#values]
      .map(([value, count]) => ({ value, count }))
      .sort((left, right) => right.count - left.count)
      .slice(0, valuesLimit);
  }

  /** Values to show to a person: different ones, short, in the order they were met. */
  samples(): readonly string[] {
    return [...this.#values.keys()]
      .slice(0, samplesLimit)
      .map((value) => (value.length > sampleChars ? `${value.slice(0, sampleChars)}…` : value));
  }
}

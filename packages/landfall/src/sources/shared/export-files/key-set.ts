const firstSlots = 1_024;

/**
 * A set of texts kept as 64-bit fingerprints: 16 bytes each or less, however long the texts are.
 * Two different texts are taken for one with a chance of about 1 in 10^19: fit for counting and for
 * telling repeats in a report, not for identity.
 */
export class KeySet {
  #size = 0;
  /** Two words a slot; both are 0 in an empty one. */
  #slots = new Int32Array(2 * firstSlots);

  get size(): number {
    return this.#size;
  }

  /** Adds the text; true when it was not there yet. */
  add(text: string): boolean {
    const { low, high } = fingerprint(text);
    const at = this.#find(low, high);
    if (this.#isFilled(at)) return false;
    this.#slots[at] = low;
    this.#slots[at + 1] = high;
    this.#size += 1;
    if (this.#size * 4 > this.#slots.length) this.#grow();
    return true;
  }

  has(text: string): boolean {
    const { low, high } = fingerprint(text);
    return this.#isFilled(this.#find(low, high));
  }

  #isFilled(at: number): boolean {
    return this.#slots[at] !== 0 || this.#slots[at + 1] !== 0;
  }

  /** The slot that holds the fingerprint, else the empty one that is its. */
  #find(low: number, high: number): number {
    const mask = this.#slots.length - 2;
    let at = (low << 1) & mask;
    while (this.#isFilled(at) && (this.#slots[at] !== low || this.#slots[at + 1] !== high))
      at = (at + 2) & mask;
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 2) {
      const low = old[from] ?? 0;
      const high = old[from + 1] ?? 0;
      if (low === 0 && high === 0) continue;
      const at = this.#find(low, high);
      this.#slots[at] = low;
      this.#slots[at + 1] = high;
    }
  }
}

/** Two 32-bit multiplicative hashes side by side, mixed into each other at the end; millions of short texts a second. */
function fingerprint(text: string): { readonly low: number; readonly high: number } {
  let low = 0x3c6ef372;
  let high = text.length ^ 0x1b873593;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul((high << 13) | (high >>> 19), 0x85ebca77) ^ Math.imul(unit + 1, 0xc2b2ae3d);
  }
  low = spread(low ^ Math.imul(high, 0x27d4eb2f));
  high = spread(high ^ Math.imul(low, 0x165667b1));
  return { low: low === 0 && high === 0 ? 1 : low, high };
}

/** Every bit of the word moves about half of the others (the end of MurmurHash3). */
function spread(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

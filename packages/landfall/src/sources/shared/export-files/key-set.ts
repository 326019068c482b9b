import { hash } from 'node:crypto';

const firstSlots = 1_024;

/**
 * A set of texts kept as 64-bit fingerprints: 16 bytes each or less, however long the texts are.
 * Two different texts are taken for one with a chance of about 1 in 10^19: fit for counting and for
 * telling repeats in a report, not for identity.
 */
export class KeySet {
  #size = 0;
  #slots = new BigUint64Array(firstSlots);

  get size(): number {
    return this.#size;
  }

  /** Adds the text; true when it was not there yet. */
  add(text: string): boolean {
    const print = fingerprint(text);
    const at = this.#find(print);
    if (this.#slots[at] === print) return false;
    this.#slots[at] = print;
    this.#size += 1;
    if (this.#size * 2 > this.#slots.length) this.#grow();
    return true;
  }

  has(text: string): boolean {
    const print = fingerprint(text);
    return this.#slots[this.#find(print)] === print;
  }

  #find(print: bigint): number {
    const mask = this.#slots.length - 1;
    let at = Number(BigInt.asUintN(32, print)) & mask;
    while (this.#slots[at] !== 0n && this.#slots[at] !== print) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new BigUint64Array(old.length * 2);
    for (const print of old) if (print !== 0n) this.#slots[this.#find(print)] = print;
  }
}

function fingerprint(text: string): bigint {
  const print = hash('sha1', text, 'buffer').readBigUInt64LE(0);
  return print === 0n ? 1n : print;
}

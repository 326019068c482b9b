/** A head that was kept elsewhere. */
export interface Anchor {
  readonly seq: number;
  readonly hash: string;
}

/** What is wrong, at the first entry that is not as it was written. */
export interface BadEntry {
  readonly seq: number;
  readonly line: number;
  readonly reason: string;
}

/** What a check found. */
export interface Checked {
  readonly entries: number;
  readonly head: Anchor;
  /** The last entry that an anchor vouches for. */
  readonly vouched: number;
  readonly bad: BadEntry | null;
}

export function canonical(value: unknown): string;
export function checkLines(lines: Iterable<string>, anchors?: readonly Anchor[]): Checked;

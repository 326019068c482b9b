/** One planted bug: a small change to the product that a careless hand could make, and the tests that must find it. */
export interface Mutant {
  /** Kebab-case; `npm run mutants -- --only <id>`. */
  readonly id: string;
  /** What the careless hand did, and what comes of it. */
  readonly says: string;
  /** Below `packages/landfall/src`. */
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** The test file that must find it, from the root. */
  readonly test: string;
  /** Words in the names of its tests, as they stand in the file: these are run, and one fails while the bug is in. */
  readonly named: readonly string[];
}

/** How often the text to be replaced stands in the file's text. Planted can be only what stands there once. */
export function timesFound(text: string, { find }: Mutant): number {
  return text.split(find).length - 1;
}

/** The file's text with the bug in it. Throws when the place is not found, or not once. */
export function withBug(text: string, mutant: Mutant): string {
  const times = timesFound(text, mutant);
  if (times === 1) return text.replace(mutant.find, () => mutant.replace);
  throw new Error(`${mutant.id}: its place stands ${times} times in ${mutant.file}, not once: mend the list`);
}

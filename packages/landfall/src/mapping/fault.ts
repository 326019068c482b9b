import { distance } from 'fastest-levenshtein';
import type { MappingFault } from '../model/mapping.ts';

/** A place in a mapping: `['entities', 2, 'rows', 4, 'from']`. */
export type Path = readonly (string | number)[];

/** The line of a place in `mapping.yaml`, 1-based; 0 when it did not come from a file. */
export type LineOf = (path: Path) => number;

/** For mappings that did not come from a file. */
export const noLines: LineOf = () => 0;

/** A path for people: `entities[2].rows[4].from`. */
function pathText(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

/** Collects faults: a check goes on after each, so that all are told at once. */
export class Faults {
  readonly list: MappingFault[] = [];
  private readonly lineOf: LineOf;

  constructor(lineOf: LineOf) {
    this.lineOf = lineOf;
  }

  /** Adds one. `message` says what is wrong, `fix` what to write instead. */
  add(path: Path, message: string, fix: string): void {
    this.list.push({ line: this.lineOf(path), path: pathText(path), message, fix });
  }
}

/** ` Did you mean "x"?` for the nearest of the names, '' when none is near. */
export function didYouMean(name: string, names: readonly string[]): string {
  const limit = Math.max(2, Math.floor(name.length / 3));
  let best: { name: string; far: number } | null = null;
  for (const candidate of names) {
    const far = distance(name.toLowerCase(), candidate.toLowerCase());
    if (far <= limit && (best === null || far < best.far)) best = { name: candidate, far };
  }
  return best === null ? '' : `Did you mean "${best.name}"? `;
}

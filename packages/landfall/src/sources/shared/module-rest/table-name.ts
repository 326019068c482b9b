import { foldLetters } from '../../../mapping/fold.ts';

/**
 * What the table of a module may be called that goes by these names: each in one word (`Makine Parkı`: `MakineParki`),
 * as it is and in the singular of English, the English name first, each once.
 */
export function guessedTables(names: readonly string[]): string[] {
  const words = names.toReversed().map(inOneWord);
  return [...new Set(words.flatMap((word) => [singular(word), word]))].filter((word) => word !== '');
}

function inOneWord(name: string): string {
  return foldLetters(name)
    .split(/[^a-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

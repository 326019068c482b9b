import { collapseSpaces } from './fold.ts';

/** The filled texts on one line, each after its label (`Unit: box`); an empty label is none. '' when all are empty. */
export function labelledLine(texts: readonly string[], labels: readonly string[], between: string): string {
  const parts = texts.map((text, at) => {
    const bare = collapseSpaces(text);
    const label = labels[at] ?? '';
    return bare === '' || label === '' ? bare : `${label}: ${bare}`;
  });
  return parts.filter((part) => part !== '').join(between);
}

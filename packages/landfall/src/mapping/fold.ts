const printableAscii = /^[\x20-\x7e]*$/;
const latinLetterWithMarks = /([a-z])[\u0300-\u036f]+/g;
const letterPairs: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};
const lettersOfPairs = /[ßøæœłđðþ]/g;

/**
 * Lower case for comparing, the same on every machine: all four Turkish letters I, İ, ı and i become `i`,
 * because sources write one name in either alphabet (`ISTANBUL`, `İstanbul`). Never for display.
 */
export function foldCase(text: string): string {
  if (printableAscii.test(text)) return text.toLowerCase();
  return text
    .replace(/[İıI]/g, 'i')
    .toLowerCase()
    .replace(/i\u0307/g, 'i');
}

/** Lower case for domains and addresses: `İ` is `i` (its plain lower case is two characters), `ı` stays what it is. */
export function lowerDomain(text: string): string {
  return text.replaceAll('İ', 'i').toLowerCase();
}

/** Folds away case and spaces, nothing else: how conditions and value tables compare texts. */
export function textKey(text: string): string {
  if (printableAscii.test(text)) {
    const lower = text.toLowerCase();
    return lower.includes(' ') ? collapseSpaces(lower) : lower;
  }
  return collapseSpaces(foldCase(text.normalize('NFKC')));
}

/** What `collapseSpaces` changes; most texts have none of it. */
const unevenSpaces = /[^\S ]|[\u200b\ufeff\u2060]| {2}|^ | $/;

/** One space between words, none around them. Knows every white space of Unicode, and zero-width ones. */
export function collapseSpaces(text: string): string {
  if (!unevenSpaces.test(text)) return text;
  return text.replace(/[\s\u200b\ufeff\u2060]+/g, ' ').trim();
}

/** Folds case, width, and the accents of Latin letters (`Şişli` and `sisli`); leaves other scripts whole. */
export function foldLetters(text: string): string {
  if (printableAscii.test(text)) return text.toLowerCase();
  const lower = foldCase(text.normalize('NFKC'));
  if (printableAscii.test(lower)) return lower;
  return lower
    .replace(lettersOfPairs, (letter) => letterPairs[letter] ?? letter)
    .normalize('NFD')
    .replace(latinLetterWithMarks, '$1')
    .normalize('NFC');
}

const nothingWords = new Set(
  'n/a na #n/a #yok - -- --- . ? none null nil yok yoktur bilinmiyor unknown (null) (none)'.split(' '),
);

/** Whether people write it where a date or an address is unknown: `n/a`, `-`, `yok`. */
export function meansNothing(text: string): boolean {
  return text.length < 12 && nothingWords.has(textKey(text));
}

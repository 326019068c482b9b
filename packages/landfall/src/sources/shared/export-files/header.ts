import { foldLetters } from '../../../mapping/fold.ts';

const unit = /[([{]([^()[\]{}]{1,20})[)\]}]\s*$/;

/**
 * A header in the form headers are compared in: no case, accents, spaces or punctuation, and without
 * a unit in brackets at its end. `E-Posta`, `e posta` and `EPosta` are one; so are `Value (TRY)` and `value`.
 */
export function headerKey(header: string): string {
  const bare = header.replace(unit, '').trim();
  return foldLetters(bare === '' ? header : bare).replace(/[^\p{L}\p{N}%]+/gu, '');
}

/** The unit in brackets at the end of a header (`TRY` in `Value (TRY)`), or null. */
export function headerUnit(header: string): string | null {
  return unit.exec(header)?.[1]?.trim() ?? null;
}

/** The words of a header in comparable form: `Vergi No` gives `vergi`, `no`. */
export function headerWords(header: string): string[] {
  const spaced = header.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return foldLetters(spaced)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

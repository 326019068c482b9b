import { sha256 } from '../base/hash.ts';

/**
 * A question's name: the same in every run, different for different subjects, and typed in a shell without quotes.
 * `custom-field:deal:Contract-Type`; subjects with other signs than letters, digits and single spaces end in a hash.
 */
export function questionId(kind: string, ...subject: readonly string[]): string {
  return [kind, ...subject.map(word)].join(':');
}

function word(text: string): string {
  const plain = text
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  const readable = /^[A-Za-z0-9]+(?: [A-Za-z0-9]+)*$/.test(text) && text.length <= 40;
  return readable ? plain : [plain, sha256(text).slice(0, 6)].filter((part) => part !== '').join('-');
}

import { distance } from 'fastest-levenshtein';
import { nameKey } from '../mapping/key.ts';
import type { MatchEntity } from './match-targets.ts';
import { type Concept, conceptWords, objectWords } from './match-words.ts';

/** What a header says: a concept, of which thing when it names one, and how sure the words are (0 to 1). */
export interface HeaderMatch {
  readonly concept: Concept;
  /** The thing the header names itself (`Company City`), or null. */
  readonly about: MatchEntity | null;
  readonly score: number;
  readonly evidence: string;
}

interface Word {
  readonly concept: Concept;
  readonly key: string;
  readonly words: readonly string[];
}

const dictionary: readonly Word[] = (Object.keys(conceptWords) as Concept[]).flatMap((concept) =>
  conceptWords[concept].split(';').map((text) => {
    const words = (nameKey(text) ?? text).split(' ');
    return { concept, key: words.join(''), words };
  }),
);
const byKey = new Map<string, Concept[]>();
for (const { key, concept } of dictionary) byKey.set(key, [...(byKey.get(key) ?? []), concept]);

const objects: readonly (readonly [MatchEntity, ReadonlySet<string>])[] = (
  Object.keys(objectWords) as MatchEntity[]
).map((entity) => [entity, new Set(objectWords[entity].split(';').map((word) => nameKey(word) ?? word))]);

const unit = /[([{][^()[\]{}]{1,20}[)\]}]\s*$/;
/** Words that say nothing about what a column holds. */
const fillers: ReadonlySet<string> = new Set([
  'the',
  'of',
  'de',
  'del',
  'la',
  'le',
  'der',
  'des',
  'den',
  'du',
  'el',
  'primary',
  'main',
  'c',
  'field',
  'alani',
  'bilgisi',
  'info',
]);
/** Shorter words are not compared letter by letter: too much is one letter away. */
const typoMinChars = 5;

/** All that a header may mean in a table of that thing, the surest first; at most one of each concept. */
export function matchHeader(header: string, entity: MatchEntity): readonly HeaderMatch[] {
  const words = headerWords(header);
  const found: HeaderMatch[] = [];
  const add = (concepts: readonly Concept[], about: MatchEntity | null, score: number, evidence: string) => {
    for (const concept of concepts) {
      if (!found.some((match) => match.concept === concept)) found.push({ concept, about, score, evidence });
    }
  };
  const whole = words.join('');
  add(byKey.get(whole) ?? [], null, 1, `"${header}" is a usual name for it`);
  for (const { rest, about } of withoutObject(words)) {
    const sure = about === entity ? 0.97 : 0.9;
    add(
      byKey.get(rest.join('')) ?? [],
      about === entity ? null : about,
      sure,
      `"${header}" names it together with the ${about}`,
    );
  }
  const bare = words.filter((word) => !fillers.has(word));
  if (bare.length < words.length)
    add(byKey.get(bare.join('')) ?? [], null, 0.92, `"${header}" is a usual name for it`);
  for (const near of typos(whole))
    add([near.concept], null, 0.85, `"${header}" is one letter from "${near.key}"`);
  for (const part of partial(bare))
    add([part.concept], null, 0.65, `"${header}" contains "${part.words.join(' ')}"`);
  return found.sort((a, b) => b.score - a.score);
}

/** Whether a header is a usual name for a concept, letter by letter: much less than `matchHeader` looks for, and much faster. */
export function isUsualName(header: string, concept: Concept): boolean {
  const words = headerWords(header);
  const bare = words.filter((word) => !fillers.has(word));
  return [words, bare].some((some) => byKey.get(some.join(''))?.includes(concept) === true);
}

/** `contactEMail`, `E-Posta Adresi`, `Value (TRY)` and `Account.Name__c` as words. */
function headerWords(header: string): readonly string[] {
  const bare = header.replace(unit, '').trim();
  const spaced = (bare === '' ? header : bare)
    .replace(/__c$/i, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[_./\\:-]+/g, ' ');
  return (nameKey(spaced) ?? '').split(' ').filter((word) => word !== '');
}

/** The header without a thing's word before or after it. */
function* withoutObject(words: readonly string[]): Iterable<{ rest: readonly string[]; about: MatchEntity }> {
  if (words.length < 2) return;
  for (const [about, names] of objects) {
    if (names.has(words[0] ?? '')) yield { rest: words.slice(1), about };
    if (names.has(words.at(-1) ?? '')) yield { rest: words.slice(0, -1), about };
  }
}

function typos(key: string): readonly Word[] {
  if (key.length < typoMinChars) return [];
  return dictionary.filter(
    (word) =>
      word.key.length >= typoMinChars &&
      Math.abs(word.key.length - key.length) <= 1 &&
      distance(word.key, key) === 1,
  );
}

/** The longest dictionary entries whose words all stand in the header; one-word entries must be long enough to mean something. */
function partial(words: readonly string[]): readonly Word[] {
  const has = new Set(words);
  return dictionary
    .filter(
      (word) => word.words.every((one) => has.has(one)) && (word.words.length > 1 || word.key.length >= 4),
    )
    .sort((a, b) => b.words.length - a.words.length || b.key.length - a.key.length)
    .slice(0, 3);
}

/** The thing a table of that name holds (`contacts`, `Kişiler`, `person`); null when the name says nothing. */
export function matchEntityOf(name: string): MatchEntity | null {
  const key = nameKey(name) ?? '';
  const own = objects.find(([entity]) => entity === key);
  if (own !== undefined) return own[0];
  return objects.find(([, words]) => words.has(key))?.[0] ?? null;
}

import { nameKey } from '../mapping/key.ts';
import { outcomeNames, stageOrder } from './stage-words.ts';

const percentByWord = new Map(
  stageOrder.flatMap(({ percent, words }) => words.map((word) => [word, percent])),
);

/** What a status or a stage's name says about the end of a deal; null when it says none. */
export function outcomeOf(text: string): 'won' | 'lost' | null {
  const key = nameKey(text) ?? '';
  if (outcomeNames.won.includes(key)) return 'won';
  return outcomeNames.lost.includes(key) ? 'lost' : null;
}

/** The usual probability of a stage of that name, in percent: its place in the usual order. null for unknown names. */
export function usualPercent(name: string): number | null {
  const key = nameKey(name) ?? '';
  const whole = percentByWord.get(key);
  if (whole !== undefined) return whole;
  const found = key.split(' ').map((word) => percentByWord.get(word));
  return found.find((percent) => percent !== undefined) ?? null;
}

/** Whether a column of probabilities is written as fractions (`0.25`) and not in percent. */
export function isFraction(texts: readonly string[]): boolean {
  const values = texts.map(numberOf).filter((value) => value !== null);
  return values.every((value) => value <= 1) && values.some((value) => value > 0 && value < 1);
}

/** A probability in whole percent (0 to 100); null when the text is none. */
export function percentOf(text: string, fractions: boolean): number | null {
  const value = numberOf(text);
  if (value === null) return null;
  const percent = Math.round(fractions && !text.includes('%') ? value * 100 : value);
  return percent >= 0 && percent <= 100 ? percent : null;
}

function numberOf(text: string): number | null {
  const found = /^\s*%?\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*%?\s*$/.exec(text);
  return found?.[1] === undefined ? null : Number(found[1].replace(',', '.'));
}

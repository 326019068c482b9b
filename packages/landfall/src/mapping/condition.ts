import type { Condition } from '../model/mapping.ts';
import { textKey } from './fold.ts';

/** The texts of a field, blank ones left out. */
export type TextsOf = (name: string) => readonly string[];

/** Whether a record (and the draft so far) fulfils conditions. */
export type ConditionTest = (source: TextsOf, target: TextsOf) => boolean;

/** Makes a test of conditions: all of them must hold. A field with several texts fulfils `in` with any of them. */
export function compileConditions(
  conditions: Condition | readonly Condition[] | undefined,
  resolve: (name: string) => string,
): ConditionTest | null {
  const list = conditions === undefined ? [] : isList(conditions) ? conditions : [conditions];
  if (list.length === 0) return null;
  const tests = list.map((condition) => compileCondition(condition, resolve));
  return (source, target) => tests.every((test) => test(source, target));
}

function isList(conditions: Condition | readonly Condition[]): conditions is readonly Condition[] {
  return Array.isArray(conditions);
}

function compileCondition(condition: Condition, resolve: (name: string) => string): ConditionTest {
  const { source, target } = condition;
  const wanted = condition.in === undefined ? null : new Set(condition.in.map(textKey));
  const unwanted = condition.notIn === undefined ? null : new Set(condition.notIn.map(textKey));
  const header = source === undefined ? null : resolve(source);
  const field = target?.replace(/^[a-zA-Z]+\.(?=[a-z])/, '') ?? '';
  return (sourceTexts, targetTexts) => {
    const texts = (header === null ? targetTexts(field) : sourceTexts(header)).map(textKey);
    if (condition.filled !== undefined && texts.length > 0 !== condition.filled) return false;
    if (unwanted !== null && texts.some((text) => unwanted.has(text))) return false;
    return wanted === null || (texts.length === 0 ? wanted.has('') : texts.some((text) => wanted.has(text)));
  };
}

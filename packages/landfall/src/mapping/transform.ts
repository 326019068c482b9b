import type { z } from 'zod';
import type { MappingContext, PipelineMapping } from '../model/mapping.ts';
import type { Address, Attendee, Effect, FileContent, LinkTry, Money, StageRef } from '../model/target.ts';

/** What one gathered record gives: a text for each field of the row, '' for an empty one. */
export type Line = readonly string[];

/** A value on its way through a chain. null: there is nothing (any more). */
export type Value =
  | string
  | boolean
  | null
  | readonly string[]
  | readonly Line[]
  | Money
  | Address
  | StageRef
  | FileContent
  | readonly Attendee[]
  | readonly Money[]
  | readonly LinkTry[];

/** What a transform hands on, as far as the check of a chain needs to know. */
export type Kind =
  | 'text'
  | 'html'
  | 'decimal'
  | 'integer'
  | 'boolean'
  | 'date'
  | 'time'
  | 'dateTime'
  | 'duration'
  | 'currency'
  | 'email'
  | 'phone'
  | 'owner'
  | 'texts'
  | 'fields'
  | 'lines'
  | 'money'
  | 'prices'
  | 'address'
  | 'stage'
  | 'attendees'
  | 'file'
  | 'link';

/**
 * What a transform is called with. `text`: one text (a list is taken item by item); `texts`: a list;
 * `fields`: the row's source fields in their order, '' for an empty one; `lines`: a line for each gathered record;
 * `any`: whatever there is.
 */
export type Takes = 'text' | 'texts' | 'fields' | 'lines' | 'any';

/** What a transform hands on: a kind, one of the items it got (`item`), or as much as it got (`same`). */
export type Gives = Kind | 'item' | 'same';

/** A value made, or the reason why not. */
export type Outcome = Given | Refused;

/** A value, with what was done to it when that differs from the transform's usual effect. */
export interface Given {
  readonly ok: true;
  readonly value: Value;
  readonly effect?: Effect;
  /** Parts that had to be left out, each with its reason: listed, the rest goes on. */
  readonly troubles?: readonly string[];
}

/** Why there is no value, for people. */
export interface Refused {
  readonly ok: false;
  readonly reason: string;
}

/** What transforms may know beside the value and their settings: the company's policies and the mapping's tables. */
export interface TransformContext extends MappingContext {
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly pipelines: readonly PipelineMapping[];
}

/** A case of a transform: documentation and test in one. */
export interface Example {
  readonly value: Value;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly context?: Partial<TransformContext>;
  /** The value expected, ... */
  readonly gives?: Value;
  /** ... with this effect (default: `asIs` when unchanged, else the transform's). */
  readonly effect?: Effect;
  /** A part of the reason expected. */
  readonly refuses?: string;
}

/** A step of a chain, ready to run: settings and tables are already looked up. */
export type Step = (value: Value) => Outcome;

/** A named rule that makes one value of another. Pure. */
export interface Transform {
  readonly name: string;
  /** One sentence for the generated reference. */
  readonly summary: string;
  readonly takes: Takes;
  readonly gives: Gives | ((settings: unknown) => Gives);
  /** What it does to a value that it changes. */
  readonly effect: Effect;
  readonly settings: z.ZodType;
  /** true: it is called when there is nothing, too. */
  readonly onEmpty: boolean;
  readonly examples: readonly Example[];
  /** Makes the step for settings that `settings` has parsed. */
  prepare(settings: unknown, context: TransformContext): Step;
  /** One value through it. `settings` as written; throws a ZodError when they are wrong. */
  apply(value: Value, settings: unknown, context: TransformContext): Outcome;
}

interface Definition<S, V> {
  readonly name: string;
  readonly summary: string;
  readonly gives: Gives | ((settings: S) => Gives);
  readonly effect: Effect;
  readonly settings: z.ZodType<S>;
  readonly onEmpty?: boolean;
  readonly examples: readonly Example[];
  prepare(settings: S, context: TransformContext): (value: V) => Outcome;
}

/** A transform of one text; lists are taken item by item. */
export function textTransform<S>(definition: Definition<S, string>): Transform {
  return build(definition, 'text', (step) => eachText(step));
}

/** A transform of a list of texts; one text is a list of one. */
export function listTransform<S>(definition: Definition<S, readonly string[]>): Transform {
  return build(definition, 'texts', (step) => (value) => step(textsOf(value)));
}

/** A transform of the row's fields by their position; empty ones are ''. */
export function fieldsTransform<S>(definition: Definition<S, readonly string[]>): Transform {
  return build(definition, 'fields', (step) => (value) => step(textsOf(value)));
}

/** A transform of the lines of gathered records; a list is a line of one text for each item. */
export function linesTransform<S>(definition: Definition<S, readonly Line[]>): Transform {
  return build(definition, 'lines', (step) => (value) => step(linesOf(value)));
}

/** The lines of a value: as they are, or one for each text. */
function linesOf(value: Value): readonly Line[] {
  if (!Array.isArray(value)) return textsOf(value).map((text) => [text]);
  return value.flatMap((item): Line[] =>
    typeof item === 'string' ? [[item]] : Array.isArray(item) ? [item] : [],
  );
}

/** A transform of whatever there is. */
export function anyTransform<S>(definition: Definition<S, Value>): Transform {
  return build(definition, 'any', (step) => step);
}

function build<S, V>(
  definition: Definition<S, V>,
  takes: Takes,
  adapt: (step: (value: V) => Outcome) => Step,
): Transform {
  const { prepare, gives: kind, onEmpty, ...rest } = definition;
  const prepareStep = (settings: unknown, context: TransformContext) =>
    adapt(prepare(settings as S, context));
  return {
    ...rest,
    takes,
    onEmpty: onEmpty ?? false,
    gives: typeof kind === 'function' ? (settings) => kind(settings as S) : kind,
    prepare: prepareStep,
    apply: (value, settings, context) =>
      prepareStep(definition.settings.parse(settings ?? {}), context)(value),
  };
}

/** A value made. */
export function gives(value: Value, effect?: Effect): Given {
  return effect === undefined ? { ok: true, value } : { ok: true, value, effect };
}

/** Nothing, by a rule: the value means "none". */
export const nothing: Given = { ok: true, value: null, effect: 'byRule' };

/** No value: the reason names what was found and what to do, in a sentence. */
export function refuses(reason: string): Refused {
  return { ok: false, reason };
}

const reasonsShown = 5;

/** The first reasons, and how many more there are: one cell never makes a thousand lines of a report. */
export function fewReasons(reasons: readonly string[]): readonly string[] {
  if (reasons.length <= reasonsShown) return reasons;
  return [...reasons.slice(0, reasonsShown), `and ${reasons.length - reasonsShown} more like these`];
}

/** A text in a message: cut to a length that people read, in quotes. */
export function quote(text: string): string {
  const limit = 60;
  return text.length > limit ? `"${text.slice(0, limit)}..."` : `"${text}"`;
}

/** The texts of a value: a list as it is, one text as a list of one, `Yes`/`No` values by their words. */
export function textsOf(value: Value): readonly string[] {
  if (Array.isArray(value)) return value.filter((item) => typeof item === 'string');
  const text = textOf(value);
  return text === null ? [] : [text];
}

/** The text of a plain value; null for lists and for values with parts. */
function textOf(value: Value): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' ? String(value) : null;
}

function eachText(step: (text: string) => Outcome): Step {
  return (value) => {
    if (typeof value === 'string') return step(value);
    if (typeof value === 'boolean') return step(String(value));
    return Array.isArray(value) ? eachItem(value, step) : refuses('a single text is needed here');
  };
}

/** Items that are refused are left out and listed; when all are, the value is refused. Empty items keep their place. */
function eachItem(items: readonly unknown[], step: (text: string) => Outcome): Outcome {
  const made: string[] = [];
  const troubles: string[] = [];
  let effect: Effect | undefined;
  for (const item of items) {
    if (typeof item !== 'string') return refuses('a list of texts is needed here');
    const outcome: Outcome = item === '' ? gives('') : step(item);
    if (!outcome.ok) {
      troubles.push(outcome.reason);
      continue;
    }
    effect = strongest(effect, outcome.effect);
    const text = outcome.value;
    if (typeof text === 'string') made.push(text);
    else if (text === null) made.push('');
    else return refuses('this transform makes no text of the items of a list');
  }
  if (troubles.length > 0 && made.every((text) => text === ''))
    return refuses(fewReasons(troubles).join('; '));
  return {
    ok: true,
    value: made,
    ...(effect === undefined ? {} : { effect }),
    ...(troubles.length === 0 ? {} : { troubles: fewReasons(troubles) }),
  };
}

const strength: Readonly<Record<Effect, number>> = { asIs: 0, normalised: 1, byRule: 2, lossy: 3 };

/** The stronger of two effects: asIs < normalised < byRule < lossy. */
export function strongest(left: Effect | undefined, right: Effect): Effect;
export function strongest(left: Effect, right: Effect | undefined): Effect;
export function strongest(left: Effect | undefined, right: Effect | undefined): Effect | undefined;
export function strongest(left: Effect | undefined, right: Effect | undefined): Effect | undefined {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return strength[left] >= strength[right] ? left : right;
}

/** What a step did: what it says itself, else nothing when the value is the same, else the transform's usual effect. */
export function effectOf(before: Value, outcome: Given, usual: Effect): Effect {
  if (outcome.effect !== undefined) return outcome.effect;
  return sameValue(before, outcome.value) ? 'asIs' : usual;
}

function sameValue(before: Value, after: Value): boolean {
  if (before === after) return true;
  if (typeof before === 'boolean' || typeof after === 'boolean') return false;
  if (!isTextOrTexts(before) || !isTextOrTexts(after)) return false;
  const left = textsOf(before).filter((text) => text !== '');
  const right = textsOf(after).filter((text) => text !== '');
  return left.length === right.length && left.every((text, index) => text === right[index]);
}

function isTextOrTexts(value: Value): boolean {
  return typeof value === 'string' || (Array.isArray(value) && typeof value[0] === 'string');
}

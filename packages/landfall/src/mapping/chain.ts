import type { MappingRow } from '../model/mapping.ts';
import type { TargetType } from '../model/target.ts';
import type { Kind } from './transform.ts';
import type { CallReading } from './transform-call.ts';

/** Kinds that are one text at run time. */
const textLike: ReadonlySet<Kind> = new Set([
  'text',
  'decimal',
  'integer',
  'date',
  'time',
  'dateTime',
  'duration',
  'currency',
  'email',
  'phone',
  'owner',
]);

interface Acceptance {
  readonly kinds: ReadonlySet<Kind>;
  /** What to put at the end of the chain. */
  readonly fix: string;
}

function accepts(fix: string, ...kinds: readonly Kind[]): Acceptance {
  return { kinds: new Set(kinds), fix };
}

const anyText: Acceptance = {
  kinds: textLike,
  fix: 'End the chain with a text: `join` or `firstFilled` for several fields.',
};

/** What each type of target field takes. */
const acceptances: Readonly<Record<TargetType, Acceptance>> = {
  text: anyText,
  longText: anyText,
  html: accepts('Add the transform `html`.', 'html'),
  number: accepts('Add the transform `number`.', 'decimal', 'integer'),
  integer: accepts('Add `number: { integer: true }` (or `round`).', 'integer'),
  boolean: accepts('Add the transform `boolean`.', 'boolean'),
  date: accepts('Add `date: { format: ... }`.', 'date'),
  time: accepts('Add the transform `time`.', 'time'),
  dateTime: accepts('Add `dateTime: { format: ... }`.', 'dateTime'),
  duration: accepts('Add the transform `duration`.', 'duration'),
  money: accepts('Add the transform `money`.', 'money'),
  currency: accepts('Add the transform `currency`.', 'currency'),
  emails: accepts('Add the transform `email` or `emails`.', 'email', 'texts'),
  phones: accepts('Add the transform `phone` or `phones`.', 'phone', 'texts'),
  phone: accepts('Add the transform `phone`.', 'phone'),
  address: accepts('Add the transform `address`, or fill its parts one by one.', 'address'),
  option: anyText,
  options: accepts('Add the transform `choices` or `tags`.', 'texts'),
  user: accepts('Add the transform `owner`.', 'owner'),
  stage: accepts('Add the transform `stage`.', 'stage'),
  prices: accepts('Add the transform `money`.', 'money'),
  content: accepts('Files come from sources that have them.'),
  attendees: accepts('Add the transform `attendees`.', 'attendees'),
  reference: accepts('Add the transform `reference`.', 'link'),
};

/** Whether a kind is one text at run time: a list that comes in its place is put together. */
export function isOneText(kind: Kind): boolean {
  return textLike.has(kind) || kind === 'html';
}

/** Why a chain's value does not fit a field, with the fix; null when it fits. */
export function misfit(
  kind: Kind,
  type: TargetType,
): { readonly message: string; readonly fix: string } | null {
  const { kinds, fix } = acceptances[type];
  if (kinds.has(kind)) return null;
  return { message: `the row gives ${kindWords(kind)}, the field takes ${typeWords(type)}`, fix };
}

function kindWords(kind: Kind): string {
  return kind === 'texts' ? 'a list of texts' : kind === 'text' ? 'a text' : `a value of kind ${kind}`;
}

function typeWords(type: TargetType): string {
  return `a value of type ${type}`;
}

/** What a row gives at the end of its chain, and what stands in its way. `calls` are the row's `via`, all of them found. */
export function kindOfRow(
  row: MappingRow,
  sourceCount: number,
  calls: readonly Extract<CallReading, { ok: true }>[],
): { readonly kind: Kind; readonly problem: { readonly index: number; readonly message: string } | null } {
  let kind = startKind(row, sourceCount, calls);
  for (const [index, { transform, settings }] of calls.entries()) {
    const made = typeof transform.gives === 'function' ? transform.gives(settings) : transform.gives;
    const takesText = transform.takes !== 'any';
    if (takesText && !textLike.has(kind) && kind !== 'texts' && kind !== 'boolean') {
      const message = `\`${transform.name}\` takes text, but gets ${kindWords(kind)}`;
      return { kind: made, problem: { index, message } };
    }
    if (transform.takes === 'text' && kind === 'texts' && !textLike.has(made)) {
      const message = `\`${transform.name}\` takes one text, but gets a list: use \`join\` before`;
      return { kind: made, problem: { index, message } };
    }
    kind = nextKind(kind, transform.name, transform.takes, made);
  }
  return { kind, problem: null };
}

function startKind(
  row: MappingRow,
  sourceCount: number,
  calls: readonly Extract<CallReading, { ok: true }>[],
): Kind {
  if (typeof row.value === 'boolean') return 'boolean';
  const [first] = calls;
  return sourceCount > 1 && first?.transform.takes !== 'fields' ? 'texts' : 'text';
}

/** These hand on what they get, tidied: what it was, it stays. */
const tidying = new Set(['default', 'trim', 'blank', 'truncate', 'replace']);

function nextKind(before: Kind, name: string, takes: string, made: Kind): Kind {
  if (takes === 'text' && before === 'texts' && textLike.has(made)) return 'texts';
  if (tidying.has(name) && (name === 'default' || textLike.has(before)))
    return before === 'boolean' ? made : before;
  return made;
}

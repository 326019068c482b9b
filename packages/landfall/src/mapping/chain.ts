import type { MappingRow } from '../model/mapping.ts';
import type { TargetType } from '../model/target.ts';
import type { Gives, Kind, Transform } from './transform.ts';
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
  prices: accepts('Add the transform `money`, or `prices` for several currencies.', 'money', 'prices'),
  content: accepts('Add the transform `file`.', 'file'),
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

const kindsInWords: Readonly<Partial<Record<Kind, string>>> = {
  text: 'a text',
  texts: 'a list of texts',
  fields: 'several fields side by side',
  lines: 'several fields of gathered records',
};

function kindWords(kind: Kind): string {
  return kindsInWords[kind] ?? `a value of kind ${kind}`;
}

function typeWords(type: TargetType): string {
  return `a value of type ${type}`;
}

/** What a row reads: how many fields, and whether they hold a text for each gathered record. */
export interface RowReads {
  readonly count: number;
  /** Some of them are fields of gathered records. */
  readonly gathered: boolean;
  /** The only one is how many records were gathered. */
  readonly isCount: boolean;
}

/** What goes through a chain. */
interface Flow {
  readonly kind: Kind;
  /** What the items of a list are. */
  readonly items: Kind;
  /** There is an item for each gathered record. */
  readonly gathered: boolean;
}

type GoodCall = Extract<CallReading, { ok: true }>;

/** What a row gives at the end of its chain, and what stands in its way. `calls` are the row's `via`, all of them found. */
export function kindOfRow(
  row: MappingRow,
  reads: RowReads,
  calls: readonly GoodCall[],
): { readonly kind: Kind; readonly problem: { readonly index: number; readonly message: string } | null } {
  let flow = startFlow(row, reads, calls);
  for (const [index, { transform, settings }] of calls.entries()) {
    const gives = typeof transform.gives === 'function' ? transform.gives(settings) : transform.gives;
    const made = madeOf(flow, gives);
    const message = obstacle(flow, transform, made);
    if (message !== null) return { kind: made, problem: { index, message } };
    flow = nextFlow(flow, transform, made);
  }
  return { kind: flow.kind, problem: null };
}

function startFlow(row: MappingRow, reads: RowReads, calls: readonly GoodCall[]): Flow {
  if (typeof row.value === 'boolean') return { kind: 'boolean', items: 'boolean', gathered: false };
  if (reads.isCount) return { kind: 'integer', items: 'integer', gathered: false };
  const [first] = calls;
  // a link takes the first of the gathered records that names one
  const isLink = first?.transform.gives === 'link';
  if (reads.gathered && !isLink)
    return { kind: reads.count > 1 ? 'lines' : 'texts', items: 'text', gathered: true };
  const isList = reads.count > 1 && first?.transform.takes !== 'fields';
  return { kind: isList ? 'texts' : 'text', items: 'text', gathered: false };
}

/** What a transform makes of what it gets. Of several fields the sum, or the item taken, keeps those beside it. */
function madeOf(flow: Flow, gives: Gives): Kind {
  if (gives === 'same') return flow.kind;
  if (flow.kind === 'lines' && (gives === 'item' || gives === 'decimal')) return 'fields';
  if (gives !== 'item') return gives;
  return flow.kind === 'texts' ? flow.items : flow.kind;
}

function obstacle(flow: Flow, transform: Transform, made: Kind): string | null {
  const { name, takes } = transform;
  const { kind } = flow;
  if (takes === 'any') return null;
  if (kind === 'lines' && takes !== 'lines') {
    return `\`${name}\` gets several fields of gathered records: use \`rows\`, \`sum\`, \`first\` or the like before`;
  }
  if (kind === 'texts' && flow.gathered && takes === 'fields') {
    return `\`${name}\` takes fields of one record, but gets a list of gathered ones: use \`sum\`, \`first\` or the like before`;
  }
  if (!listLike.has(kind) && !textLike.has(kind) && kind !== 'boolean') {
    return `\`${name}\` takes text, but gets ${kindWords(kind)}`;
  }
  if (takes !== 'text' || (kind !== 'texts' && kind !== 'fields')) return null;
  return kind === 'fields' || !textLike.has(made)
    ? `\`${name}\` takes one text, but gets ${kindWords(kind)}: use \`join\` before`
    : null;
}

/** Kinds that are several texts at run time. */
const listLike: ReadonlySet<Kind> = new Set(['texts', 'lines', 'fields']);

/** These hand on what they get, tidied: what it was, it stays. */
const tidying = new Set(['default', 'trim', 'blank', 'truncate', 'replace']);

function nextFlow(flow: Flow, { name, takes }: Transform, made: Kind): Flow {
  const { kind, gathered } = flow;
  if (takes === 'text' && kind === 'texts' && textLike.has(made)) {
    return { kind: 'texts', items: tidying.has(name) ? flow.items : made, gathered };
  }
  const stays = tidying.has(name) && (name === 'default' || textLike.has(kind)) && kind !== 'boolean';
  const next = stays ? kind : made;
  return {
    kind: next,
    items: next === 'texts' ? flow.items : next,
    gathered: gathered && listLike.has(next) && next !== 'fields',
  };
}

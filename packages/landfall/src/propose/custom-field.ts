import { textKey } from '../mapping/fold.ts';
import type { EntityMapping, LeftOut, MappingRow, NewField, TransformCall } from '../model/mapping.ts';
import type { Choice, Decision, Question } from '../model/question.ts';
import type { SourceEntity, SourceField } from '../model/source.ts';
import type { CustomFieldType, TargetCatalog } from '../model/target.ts';
import { currencyBeside } from './currency-beside.ts';
import { type CustomType, textType } from './custom-type.ts';
import { fieldInWords, labelOf } from './field-label.ts';
import type { Band } from './proposal-template.ts';
import { questionId } from './question-id.ts';
import { chainFor, fieldAt, isOfType } from './target-chain.ts';
import { callName } from './transform-call.ts';

/** A field that no template knows, and what a proposal must know to route it. */
export interface UnknownField {
  readonly entity: SourceEntity;
  readonly field: SourceField;
  /** What the entity becomes. */
  readonly mappings: readonly EntityMapping[];
  readonly type: CustomType;
  readonly target: TargetCatalog | null;
  /** Tells a transform how the field's values are written. */
  complete(call: TransformCall): TransformCall;
  readonly decision: Decision | null;
}

/** The way of one unknown field: a row, a new field, or a note on why it stays. */
export interface Route {
  readonly question: Question;
  readonly row: MappingRow | null;
  readonly field: NewField | null;
  readonly left: LeftOut | null;
  readonly target: string | null;
  readonly band: Band;
  readonly confidence: number;
  readonly evidence: string;
}

type Way = 'create' | 'text' | 'map' | 'note' | 'leave';

/** Routes a field the template does not know by the answer to its question, or by the default (S-31(b), MAP-08, DEC-11). */
export function routeField(unknown: UnknownField): Route {
  const question = customFieldQuestion(unknown);
  const way = wayOf(unknown, question);
  const base = { question, row: null, field: null, left: null, target: null };
  const decided = unknown.decision !== null;
  const because = decided ? `decided by ${unknown.decision?.by}` : unknown.type.because;
  const sure = decided
    ? { band: 'auto' as const, confidence: 1 }
    : { band: 'review' as const, confidence: 0.7 };
  if (way === 'leave') {
    const why = decided ? because : leaveReason(unknown);
    const left = { entity: unknown.entity.name, field: unknown.field.name, why };
    return { ...base, left, band: 'leave', confidence: decided ? 1 : 0.9, evidence: why };
  }
  if (way === 'map') {
    const to = unknown.decision?.value ?? '';
    return { ...base, ...sure, row: row(unknown, to, mapChain(unknown, to)), target: to, evidence: because };
  }
  if (way === 'note') {
    const to = `${entityOf(unknown)}.block.${labelOf(unknown.field)}`;
    return {
      ...base,
      ...sure,
      row: row(unknown, to, []),
      target: to,
      evidence: `${because}; activities have no fields of their own`,
    };
  }
  const type = way === 'text' ? textType(unknown.field, because) : unknown.type;
  return { ...base, ...sure, ...newField(unknown, type), evidence: because };
}

function wayOf(unknown: UnknownField, question: Question): Way {
  const { decision } = unknown;
  const chosen = question.choices.find(({ id }) => id === decision?.choice);
  if (chosen?.id === 'map' && !mapTargetExists(unknown, decision?.value ?? '')) return defaultWay(unknown);
  return (chosen?.id as Way | undefined) ?? defaultWay(unknown);
}

function defaultWay(unknown: UnknownField): Way {
  if (unknown.field.sensitive) return 'leave';
  return customEntityOf(unknown) === null ? 'note' : 'create';
}

/** Whether the answer names a field of a thing this entity becomes; without a target catalog its form must do. */
function mapTargetExists(unknown: UnknownField, to: string): boolean {
  const [entity = '', first] = to.split('.');
  if (first === undefined || !unknown.mappings.some((mapping) => mapping.to === entity)) return false;
  if (unknown.target === null || first === 'block') return true;
  const field = fieldAt(unknown.target, to);
  return field !== null && field.type !== 'reference' && field.settable !== 'never';
}

/** The transforms the named field needs; the new field's own where nobody knows its type. */
function mapChain(unknown: UnknownField, to: string): readonly TransformCall[] {
  const field = unknown.target === null ? null : fieldAt(unknown.target, to);
  if (field === null) return to.includes('.block.') ? [] : unknown.type.via;
  return isOfType(field, unknown.type.type) ? unknown.type.via : chainFor(field.type).map(unknown.complete);
}

function leaveReason({ field }: UnknownField): string {
  return field.sensitive
    ? 'it looks sensitive: it stays where it is unless somebody decides otherwise'
    : 'left out';
}

function entityOf(unknown: UnknownField): string {
  return unknown.mappings[0]?.to ?? 'activity';
}

/** What takes the values of a new field: the first kind of record the entity becomes that has custom fields. */
function holderOf(unknown: UnknownField): (typeof holders)[number] | null {
  const tos = unknown.mappings.map(({ to }) => to);
  return tos.flatMap((to) => holders.find((holder) => holder === to) ?? [])[0] ?? null;
}

const holders = ['organization', 'person', 'deal', 'lead'] as const;

/** The entity a new field would be made on: that of deals for leads; null where there are no custom fields. */
function customEntityOf(unknown: UnknownField): NewField['entity'] | null {
  const holder = holderOf(unknown);
  return holder === 'lead' ? 'deal' : holder;
}

function newField(unknown: UnknownField, type: CustomType): Pick<Route, 'row' | 'field' | 'target'> {
  const entity = customEntityOf(unknown) ?? 'deal';
  const name = freeName(unknown, entity, type.type);
  return {
    row: row(unknown, `${holderOf(unknown) ?? entity}.custom.${name}`, type.via),
    field: { entity, name, type: type.type, why: type.upgrade ?? type.because },
    target: `custom:${type.type}`,
  };
}

/** The field's name, or another one when the account has a field of that name that cannot take the values. */
function freeName(unknown: UnknownField, entity: NewField['entity'], type: CustomFieldType): string {
  const name = fieldName(unknown);
  const there = unknown.target?.entities[entity].find((field) => field.name === `custom.${name}`);
  return there === undefined || isOfType(there, type) ? name : `${name} (${unknown.entity.label})`;
}

/** A name the destination can hold: one line, at most 255 characters, and no other field's in the same table. */
function fieldName({ entity, field }: UnknownField): string {
  const name = labelOf(field).slice(0, 250);
  const alike = entity.fields.filter((other) => textKey(labelOf(other)) === textKey(name));
  const at = alike.findIndex(({ name: other }) => other === field.name);
  return at > 0 ? `${name} ${at + 1}` : name;
}

function row(unknown: UnknownField, to: string, via: readonly TransformCall[]): MappingRow {
  return {
    to,
    from: readBy(unknown, via),
    ...(via.length === 0 ? {} : { via }),
    why: unknown.decision === null ? unknown.type.because : `decided by ${unknown.decision.by}`,
  };
}

/** An amount is read with its currency. */
function readBy({ entity, field }: UnknownField, via: readonly TransformCall[]): string | readonly string[] {
  const currency =
    via[0] !== undefined && callName(via[0]) === 'money' ? currencyBeside(entity, field) : null;
  return currency === null ? field.name : [field.name, currency.name];
}

function customFieldQuestion(unknown: UnknownField): Question {
  const { entity, field } = unknown;
  const samples = field.samples.slice(0, 3).map((text) => `"${text.slice(0, 60)}"`);
  const shown = field.sensitive || samples.length === 0 ? '' : `, for example ${samples.join(', ')}`;
  return {
    id: questionId('custom-field', entity.name, field.name),
    kind: 'custom-field',
    subject: `${entity.name}.${field.name}`,
    question: `Where does ${fieldInWords(field)} of ${entity.label} go? ${field.filled} of ${entity.count.value} records have it${shown}.`,
    records: [],
    recordCount: field.filled,
    choices: choicesOf(unknown),
    blocks: 'mapping',
  };
}

function choicesOf(unknown: UnknownField): Choice[] {
  const usual = defaultWay(unknown);
  const choice = (id: Way, label: string, consequence: string, asksFor?: string): Choice => ({
    id,
    label,
    consequence,
    default: id === usual,
    ...(asksFor === undefined ? {} : { asksFor }),
  });
  const entity = customEntityOf(unknown);
  const created =
    entity === null
      ? [
          choice(
            'note',
            'A line in the note',
            `It stands as a labelled line at the top of the ${entityOf(unknown)}'s note.`,
          ),
        ]
      : createChoices(unknown, entity, choice);
  const example = entity === null ? 'activity.subject' : `${entity}.custom.Name`;
  return [
    ...created,
    choice(
      'map',
      'A field that exists',
      'Its values go into the field named.',
      `the target field, such as ${example}`,
    ),
    choice('leave', 'Leave it out', 'It is not moved; the mapping workbook lists it as left out.'),
  ];
}

function createChoices(
  unknown: UnknownField,
  entity: NewField['entity'],
  choice: (id: Way, label: string, consequence: string) => Choice,
): Choice[] {
  const { type } = unknown;
  const exists =
    unknown.target?.entities[entity].some(({ name }) => name === `custom.${fieldName(unknown)}`) ?? false;
  const made = exists ? `The ${entity} field of that name is used` : `A new ${entity} field is made`;
  const create = choice(
    'create',
    `A ${typeWords[type.type]} field`,
    `${made}: ${type.upgrade ?? type.because}.`,
  );
  if (type.type === 'varchar' || type.type === 'text') return [create];
  return [
    create,
    choice(
      'text',
      'A text field',
      `${made.replace('new', 'new text')}; every value is kept exactly as it stands.`,
    ),
  ];
}

const typeWords: Readonly<Record<CustomFieldType, string>> = {
  varchar: 'one-line text',
  text: 'long text',
  double: 'number',
  monetary: 'money',
  date: 'date',
  enum: 'dropdown',
  set: 'multiple options',
  phone: 'phone',
  address: 'address',
  user: 'user',
  org: 'organization',
  people: 'person',
};

import { type Account, isLive } from '../account.ts';
import { findCurrency } from '../currencies.ts';
import { labelField } from '../labels.ts';
import type { FieldOption, FieldRecord, StageRecord } from '../records.ts';
import { type CellKind, CUSTOM_OWNER } from './columns.ts';
import { clockOfCell, type DateOrder, dayOfCell, momentOfCell, spanOfCell } from './dates.ts';
import type { ImportedEntity } from './import-record.ts';
import { Skip } from './skip.ts';

/** What cells are read with. */
export interface Reading {
  readonly account: Account;
  readonly dateOrder: DateOrder;
}

/** Published: "no symbols in number fields". INF: a comma or a point before the decimals. */
const NUMBER = /^-?\d+([.,]\d+)?$/;
const MAX_TEXT = 255;
const YES = ['1', 'true', 'yes', 'done'];
const NO = ['0', 'false', 'no', 'to do'];

/** The value of a cell of a built-in column. Throws `Skip` with the reason. Kinds with parts are read elsewhere. */
export function cellValue(
  { account, dateOrder }: Reading,
  entity: ImportedEntity,
  kind: CellKind,
  key: string,
  text: string,
  column: string,
): unknown {
  switch (kind) {
    case 'text':
      if (text.length > MAX_TEXT) throw new Skip(`${column} is longer than ${MAX_TEXT} characters`);
      return text;
    case 'number':
      return numberOf(text, column);
    case 'whole':
      return Math.round(numberOf(text, column));
    case 'day':
      return dayOfCell(text, dateOrder, column);
    case 'moment':
      return momentOfCell(text, dateOrder, column);
    case 'clock':
      return clockOfCell(text, column);
    case 'span':
      return spanOfCell(text, column);
    case 'flag':
      return word(text, YES, NO, column);
    case 'busy':
      return word(text, ['busy', ...YES], ['free', ...NO], column);
    case 'owner':
      return userNamed(account, text, column);
    case 'labels':
      return entity === 'lead' ? leadLabels(account, text) : labels(account, entity, text);
    case 'option':
      return optionNamed(
        account.state.fieldsByCode.get(entity === 'lead' ? 'deal' : builtinOwner(entity))?.get(key),
        text,
        column,
      );
    case 'visibility':
      return visibility(account, text);
    case 'currency':
      return currencyNamed(account, text);
    case 'status':
      return one(text, ['open', 'won', 'lost'], column);
    case 'type':
      return typeNamed(account, text);
    case 'pipeline':
      return pipelineNamed(account, text);
    default:
      return text;
  }
}

function builtinOwner(entity: ImportedEntity): 'organization' | 'person' | 'deal' | 'activity' {
  return CUSTOM_OWNER[entity] ?? 'activity';
}

/** A number of a cell. Throws `Skip` when it is none. */
export function numberOf(text: string, column: string): number {
  if (!NUMBER.test(text)) throw new Skip(`Invalid number format in ${column}`);
  return Number(text.replace(',', '.'));
}

function word(text: string, yes: readonly string[], no: readonly string[], column: string): boolean {
  const lower = text.toLowerCase();
  if (yes.includes(lower)) return true;
  if (no.includes(lower)) return false;
  throw new Skip(`${column} must be ${yes[0]} or ${no[0]}`);
}

function one(text: string, words: readonly string[], column: string): string {
  const found = words.find((each) => each === text.toLowerCase());
  if (!found) throw new Skip(`${column} must be one of ${words.join(', ')}`);
  return found;
}

/** A user by name or e-mail. Throws `Skip` when there is none, or more than one. */
export function userNamed({ state }: Account, text: string, column: string): number {
  const lower = text.toLowerCase();
  const found = [...state.users.all()].filter(
    ({ name, email }) => name.toLowerCase() === lower || email.toLowerCase() === lower,
  );
  if (found.length > 1) throw new Skip(`There is more than one user ${text} for ${column}`);
  if (!found[0]) throw new Skip(`User "${text}" was not found for ${column}`);
  return found[0].id;
}

/** The option with this label, whatever the case. Throws `Skip` when there is none. */
export function optionNamed(field: FieldRecord | undefined, text: string, column: string): FieldOption['id'] {
  const lower = text.toLowerCase();
  const found = field?.options?.find(({ label }) => label.toLowerCase() === lower);
  if (!found) throw new Skip(`Option "${text}" does not exist in ${column}`);
  return found.id;
}

/** The labels of a cell with several, which are separated by commas. */
export function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function labels(account: Account, entity: ImportedEntity, text: string): readonly FieldOption['id'][] {
  const field = labelField(account, builtinOwner(entity));
  return listed(text).map((label) => optionNamed(field, label, 'Label'));
}

function leadLabels({ state }: Account, text: string): readonly string[] {
  return listed(text).map((name) => {
    for (const label of state.leadLabels.all())
      if (isLive(label) && label.name.toLowerCase() === name.toLowerCase()) return label.uuid;
    throw new Skip(`Label "${name}" does not exist`);
  });
}

const VISIBILITY: Readonly<Record<string, number>> = {
  'owner only': 1,
  'item owner': 1,
  "owner's visibility group": 3,
  "owner's visibility group and sub-groups": 5,
};

/** A currency by its code, in capitals where no other one is so written: custom codes may be. */
function currencyNamed(account: Account, text: string): string {
  const code = [text, text.toUpperCase()].find((each) => findCurrency(each, account) !== undefined);
  if (code === undefined) throw new Skip(`Currency "${text}" does not exist`);
  return code;
}

function visibility(account: Account, text: string): number {
  const lower = text.toLowerCase();
  const named = lower === 'entire company' ? account.plan.entireCompany : VISIBILITY[lower];
  const value = named ?? Number(text);
  if (!account.plan.visibility.includes(value)) throw new Skip(`Visibility "${text}" is not available`);
  return value;
}

function typeNamed({ state }: Account, text: string): string {
  const lower = text.toLowerCase();
  for (const type of state.activityTypes.all())
    if (isLive(type) && (type.name.toLowerCase() === lower || type.key_string === lower))
      return type.key_string;
  throw new Skip(`Activity type "${text}" does not exist`);
}

function pipelineNamed({ state }: Account, text: string): number {
  for (const pipeline of state.pipelines.all())
    if (isLive(pipeline) && pipeline.name.toLowerCase() === text.toLowerCase()) return pipeline.id;
  throw new Skip(`Pipeline "${text}" does not exist`);
}

/** The stage with this name: of the pipeline, or without one the first of all. Throws `Skip` when there is none. */
export function stageNamed({ state }: Account, text: string, pipelineId: number | undefined): number {
  const found = [...state.stages.all()].find(
    (stage: StageRecord) =>
      isLive(stage) &&
      isLive(state.pipelines.get(stage.pipeline_id)) &&
      (pipelineId === undefined || stage.pipeline_id === pipelineId) &&
      stage.name.toLowerCase() === text.toLowerCase(),
  );
  if (!found) throw new Skip(`Stage "${text}" does not exist`);
  return found.id;
}

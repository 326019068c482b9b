import { must } from '../../base/assert.ts';
import { entityTraits } from '../../model/entity-table.ts';
import { MigrationError } from '../../model/error.ts';
import { markerFieldName } from '../../model/key.ts';
import type { StageRef, TargetCatalog, TargetField, TargetValue } from '../../model/target.ts';
import type { PhaseContext } from '../context.ts';
import { readValue } from '../values.ts';
import type { Outcome } from './outcome.ts';
import type { Prepared } from './prepare.ts';

/** A request that the destination refused, told as such. */
export type Refused = Extract<Outcome, { readonly kind: 'failed' }>;

/** Names named in one message; the rest is counted. */
const shownNames = 5;

/**
 * Tells a record's own trouble from that of an account that people have changed since it was configured (reliability.md
 * F8): when many records are refused because a field is gone, the field is to be told, not the records put aside.
 */
export class Drift {
  readonly #context: PhaseContext;
  #known: TargetCatalog;

  /** `known`: the account as the requests were made for it. */
  constructor(context: PhaseContext, known: TargetCatalog) {
    this.#context = context;
    this.#known = known;
  }

  /**
   * Looks at the account anew and says what becomes of refused requests: failed, or to be sent again where the account
   * knows the same things under other ids now. Throws `destination-changed` when something they need has gone.
   */
  async judge(refused: readonly Refused[]): Promise<readonly Outcome[]> {
    const { destination, store, signal } = this.#context;
    const planned = must(
      await readValue(store, 'target'),
      'the account was read before anything was planned',
    );
    const now = await destination.describe(signal);
    const before = this.#known;
    this.#known = now;
    const gone = new Set(refused.flatMap(({ prepared }) => lost(prepared, planned, now)));
    if (gone.size > 0) throw changed([...gone]);
    return refused.map((outcome): Outcome => {
      const { prepared } = outcome;
      const isMoved = idsOf(prepared, before).join('\n') !== idsOf(prepared, now).join('\n');
      return isMoved ? { kind: 'again', prepared } : outcome;
    });
  }
}

function changed(gone: readonly string[]): MigrationError {
  const more = gone.length > shownNames ? ` and ${gone.length - shownNames} more` : '';
  const names = gone.slice(0, shownNames).join('; ');
  return new MigrationError(
    'destination-changed',
    `The account was changed during the load: ${names}${more}.`,
  );
}

/** A thing of the account that a request needs: by what it is known (null: it is not there). */
interface Need {
  readonly key: string;
  /** What it means that it is not there. */
  readonly words: string;
  readonly id: string | null;
  /** The key of what it is a part of: when that has gone, it is not worth a word. */
  readonly part?: string;
}

/** What the account had when it was configured and has no more. */
function lost(prepared: Prepared, planned: TargetCatalog, now: TargetCatalog): readonly string[] {
  const there = new Map(needsOf(prepared, now).map(({ key, id }) => [key, id]));
  const gone = needsOf(prepared, planned).filter(
    ({ key, id }) => id !== null && (there.get(key) ?? null) === null,
  );
  const whole = new Set(gone.flatMap(({ key, part }) => (part === undefined ? [key] : [])));
  return gone.filter(({ part }) => part === undefined || !whole.has(part)).map(({ words }) => words);
}

function idsOf(prepared: Prepared, catalog: TargetCatalog): readonly (string | null)[] {
  return needsOf(prepared, catalog).map(({ id }) => id);
}

function needsOf({ request }: Prepared, catalog: TargetCatalog): readonly Need[] {
  const { entity, values, marker, id } = request;
  const { fieldsOf } = entityTraits[entity];
  const ofMarker =
    fieldsOf === null || id !== undefined || marker === '' ? [] : [`custom.${markerFieldName}`];
  const fields = catalog.entities[entity];
  return [
    ...[...Object.keys(values), ...ofMarker].map((name) => fieldNeed(entity, name, fields)),
    ...Object.entries(values).flatMap(([name, value]) => {
      const field = fields.find((one) => one.name === name);
      return field === undefined || value === null ? [] : valueNeeds(entity, field, value, catalog);
    }),
  ];
}

/** A field that was deleted and made anew with another type is another field. */
function fieldNeed(entity: string, name: string, fields: readonly TargetField[]): Need {
  const field = fields.find((one) => one.name === name);
  const label = name.replace(/^custom\./, '');
  const words = `the ${entity} field “${label}” is gone`;
  return { key: `${name}: ${field?.type}`, words, id: field?.key ?? null };
}

function valueNeeds(
  entity: string,
  field: TargetField,
  value: TargetValue,
  catalog: TargetCatalog,
): readonly Need[] {
  if (field.type === 'option' || field.type === 'options') {
    const labels = typeof value === 'string' ? [value] : (value as readonly string[]);
    return labels.map((label) => optionNeed(entity, field, label));
  }
  if (field.type === 'stage') return [stageNeed(value as StageRef, catalog)];
  if (field.type === 'user') return [userNeed(String(value), catalog)];
  return [];
}

function optionNeed(entity: string, field: TargetField, label: string): Need {
  const option = field.options.find((one) => one.id === label || isSame(one.label, label));
  const words = `the option “${label}” of the ${entity} field “${field.label}” is gone or has another name`;
  return {
    key: `${field.name}: ${label}`,
    words,
    id: option?.id ?? null,
    part: `${field.name}: ${field.type}`,
  };
}

function stageNeed({ pipeline, stage }: StageRef, { pipelines }: TargetCatalog): Need {
  const home = pipelines.find((one) => isSame(one.name, pipeline));
  const found = home?.stages.find((one) => isSame(one.name, stage));
  const words = `the stage “${stage}” of the pipeline “${pipeline}” is gone or has another name`;
  return { key: `stage: ${pipeline}: ${stage}`, words, id: found?.id ?? null };
}

function userNeed(id: string, { users }: TargetCatalog): Need {
  const user = users.find((one) => one.id === id);
  const isHere = user?.active === true;
  const words = `the user ${user === undefined ? id : `${user.name} (${user.email})`} is not active any more`;
  return { key: `user: ${id}`, words, id: isHere ? id : null };
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLocaleLowerCase('en') === other.trim().toLocaleLowerCase('en');
}

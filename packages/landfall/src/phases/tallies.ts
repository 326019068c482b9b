import type { Tally } from '../model/store.ts';
import type { DraftField, Money, StageRef, TargetDraft } from '../model/target.ts';

/** The names of the fields whose values are options of the destination, by target entity. */
export type OptionFields = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Counts what the plan must know of all drafts together. Kinds: `owner` (subject: target entity),
 * `option` (subject: `<entity>|<field>`), `stage` (subject: pipeline), `currency` (subject: `<entity>|<field>`).
 */
export class Tallies {
  static readonly kinds = ['owner', 'option', 'stage', 'currency'] as const;
  readonly #counts = new Map<string, Tally & { count: number }>();
  readonly #optionFields: OptionFields;

  constructor(optionFields: OptionFields) {
    this.#optionFields = optionFields;
  }

  /** Adds one draft. */
  count(draft: TargetDraft): void {
    for (const name in draft.fields) {
      const field = draft.fields[name];
      if (field !== undefined) this.#countField(draft.entity, name, field);
    }
  }

  /** Everything counted so far. */
  list(): readonly Tally[] {
    return [...this.#counts.values()];
  }

  #countField(entity: string, name: string, field: DraftField): void {
    const { value } = field;
    if (isOwner(name, field)) this.#add('owner', entity, field.value);
    else if (isStage(value)) this.#add('stage', value.pipeline, value.stage);
    else if (isMoney(value)) this.#add('currency', `${entity}|${name}`, value.currency);
    else if (Array.isArray(value) && value.some(isMoney)) this.#countPrices(`${entity}|${name}`, value);
    else if (this.#optionFields.get(entity)?.has(name)) this.#countLabels(`${entity}|${name}`, value);
  }

  #countPrices(subject: string, prices: readonly unknown[]): void {
    for (const price of prices) this.#add('currency', subject, (price as Money).currency);
  }

  #countLabels(subject: string, value: DraftField['value']): void {
    const labels = Array.isArray(value) ? value : [value];
    for (const label of labels) if (typeof label === 'string') this.#add('option', subject, label);
  }

  #add(kind: string, subject: string, value: string): void {
    const key = `${kind}\n${subject}\n${value}`;
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { kind, subject, value, count: 1 });
    else known.count += 1;
  }
}

function isOwner(name: string, field: DraftField): field is DraftField & { readonly value: string } {
  return (name === 'owner_id' || name === 'user_id') && typeof field.value === 'string';
}

function isStage(value: DraftField['value']): value is StageRef {
  return typeof value === 'object' && 'stage' in value && 'pipeline' in value;
}

function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;
}

import type { Tally } from '../model/store.ts';
import type { DraftField, Money, StageRef, TargetDraft } from '../model/target.ts';

/**
 * Counts what the plan must know of all drafts together. Kinds: `owner` (subject: target entity),
 * `option` (subject: `<entity>|<field>`), `stage` (subject: pipeline), `currency` (subject: `<entity>|<field>`).
 */
export class Tallies {
  static readonly kinds = ['owner', 'option', 'stage', 'currency'] as const;
  readonly #counts = new Map<string, Tally & { count: number }>();
  readonly #optionFields: ReadonlySet<string>;

  /** `optionFields`: the fields whose values are options of the destination, as `<entity>|<field>`. */
  constructor(optionFields: ReadonlySet<string>) {
    this.#optionFields = optionFields;
  }

  /** Adds one draft. */
  count(draft: TargetDraft): void {
    for (const [name, field] of Object.entries(draft.fields)) this.#countField(draft.entity, name, field);
  }

  /** Everything counted so far. */
  list(): readonly Tally[] {
    return [...this.#counts.values()];
  }

  #countField(entity: string, name: string, field: DraftField): void {
    const subject = `${entity}|${name}`;
    if (isOwner(name, field)) this.#add('owner', entity, field.value);
    else if (isStage(field.value)) this.#add('stage', field.value.pipeline, field.value.stage);
    else if (isMoney(field.value)) this.#add('currency', subject, field.value.currency);
    else if (Array.isArray(field.value) && field.value.some(isMoney)) this.#countPrices(subject, field.value);
    else if (this.#optionFields.has(subject)) this.#countLabels(subject, field.value);
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

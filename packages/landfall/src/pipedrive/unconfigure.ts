import { must } from '../base/assert.ts';
import { customFieldEntities, entitiesWithFieldsOf } from '../model/entity-table.ts';
import { markerFieldName, type TargetId } from '../model/key.ts';
import type { ConfigurationStep } from '../model/plan.ts';
import type { TargetEntity, TargetField, TargetRecord } from '../model/target.ts';
import type { Account } from './account.ts';
import { nameKey } from './account-index.ts';
import { idNumber } from './decimal.ts';
import type { WireAccount } from './fields.ts';
import { costTable } from './prices.ts';
import { walkRecords } from './reads.ts';
import { type ListedKind, listed, rowsOf } from './unconfigure-listed.ts';

/** What of the configuration records still use: entity -> field -> the values in use, as names. */
type Use = ReadonlyMap<string, ReadonlySet<string>>;

/** What became of a step that was to be taken back. */
export interface TakenBack {
  readonly kept: string | null;
}

const gone: TakenBack = { kept: null };

/**
 * Takes configuration back, and keeps what is in use: each entity is walked once (0.02 tokens a record) to see which
 * fields hold values, and which options, stages and activity types are named. What we made is known by its id: people
 * may have given it another name, or its name to something of theirs. Deleting a field deletes its values.
 */
export class Unconfigure {
  readonly #account: Account;
  readonly #uses = new Map<TargetEntity, Promise<Use>>();

  constructor(account: Account) {
    this.#account = account;
  }

  /** Forgets what was seen in use: to be called after every write. */
  forget(): void {
    this.#uses.clear();
  }

  /** Takes one step back by the ids it gave. Things that are gone already are fine. */
  async takeBack(step: ConfigurationStep, ids: readonly string[], signal: AbortSignal): Promise<TakenBack> {
    if (step.kind === 'option') return this.#one(step, ids, signal);
    // several when people removed or renamed the thing and it was made again
    for (const id of ids) {
      const taken = await this.#one(step, [id], signal);
      if (taken.kept !== null) return taken;
    }
    return gone;
  }

  async #one(step: ConfigurationStep, ids: readonly string[], signal: AbortSignal): Promise<TakenBack> {
    if (ids.length === 0) return gone;
    switch (step.kind) {
      case 'field':
        return this.#field(step, ids, signal);
      case 'option':
        return this.#options(step, ids, signal);
      default:
        return this.#listed(step.kind, ids[0] ?? '', signal);
    }
  }

  async #field(
    { entity, type, options }: Extract<ConfigurationStep, { kind: 'field' }>,
    [code = '']: readonly string[],
    signal: AbortSignal,
  ): Promise<TakenBack> {
    // not by name: people may have given ours to one of theirs
    const { catalog } = await this.#account.index(signal);
    const field = catalog.entities[entity].find((each) => each.custom && codeOf(each) === code);
    if (field === undefined) return gone;
    const { fields } = await this.#wire(signal);
    const isOther = fields[entity]?.some((each) => each.field_code === code && each.field_type !== type);
    if (isOther)
      return { kept: `the ${entity} field "${field.label}" is not of the type that was asked for` };
    const ours = new Set(options.map(nameKey));
    const theirs = field.options.filter(({ label }) => !ours.has(nameKey(label)));
    if (theirs.length > 0) {
      const labels = theirs.map(({ label }) => `"${label}"`).join(', ');
      return { kept: `somebody has added ${labels} to the options of the ${entity} field "${field.label}"` };
    }
    if ((await this.#inUse(entity, field.name, signal)).size > 0)
      return { kept: `the ${entity} field "${field.label}" holds values in records that stay` };
    const what = `deleting the field "${field.label}"`;
    await this.#remove('v2', `${entity}Fields/${code}`, costTable.unconfigure('field'), what, signal);
    this.#account.learn((wire) => withoutField(wire, entity, code));
    return gone;
  }

  async #options(
    { entity, field: name, labels }: Extract<ConfigurationStep, { kind: 'option' }>,
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<TakenBack> {
    const { byName, custom } = (await this.#account.index(signal)).entities[entity];
    const holds = (each: TargetField | undefined) =>
      each?.options.some(({ id }) => ids.includes(id)) === true;
    const named = byName.get(name);
    const field = holds(named) ? named : custom.find(holds);
    if (field === undefined) return gone; // the options went, or the field and its options with it
    const used = await this.#inUse(entity, field.name, signal);
    const there = field.options.filter(({ id }) => ids.includes(id));
    const keep = there.filter(({ label }) => used.has(nameKey(label)));
    const drop = there.filter(({ label }) => !used.has(nameKey(label)));
    if (drop.length > 0) {
      const body = drop.map(({ id }) => ({ id: idNumber(id) }));
      const rest = `${entity}Fields/${field.key}/options`;
      const what = `deleting options of "${field.label}"`;
      await this.#remove('v2', rest, costTable.unconfigure('option'), what, signal, body);
      const dropped = new Set(drop.map(({ id }) => id));
      this.#account.learn((wire) => withoutOptions(wire, entity, field.key, dropped));
    }
    if (keep.length === 0) return gone;
    return {
      kept: `${keep.map(({ label }) => `"${label}"`).join(', ')} of ${labels.length} options of "${field.label}" in use`,
    };
  }

  /** The values of a field that records hold; those of other entities that have the same custom field count too. */
  async #inUse(entity: TargetEntity, field: string, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const owner = customFieldEntities.find((each) => each === entity);
    const holders =
      owner === undefined || !field.startsWith('custom.') ? [entity] : entitiesWithFieldsOf(owner);
    const values = new Set<string>();
    for (const holder of holders) {
      for (const value of (await this.#use(holder, signal)).get(nameKey(field)) ?? []) values.add(value);
    }
    return values;
  }

  /** Something with a list of its own, once nothing that stays needs it. */
  async #listed(kind: ListedKind, id: string, signal: AbortSignal): Promise<TakenBack> {
    const { list, version, words, usedIn, isUse, whyUsed, whyNeeded } = listed[kind];
    const wire = await this.#wire(signal);
    const thing = rowsOf(wire, list).find((each) => each.id === id);
    if (thing === undefined) return gone;
    const [entity, field] = usedIn;
    const used = await this.#inUse(entity, field, signal);
    if ([...used].some(isUse(thing, wire))) return { kept: whyUsed(thing.name) };
    const needed = whyNeeded?.(thing, wire) ?? null;
    if (needed !== null) return { kept: needed };
    const what = `deleting the ${words} "${thing.name}"`;
    await this.#remove(version, `${list}/${id}`, costTable.unconfigure(kind), what, signal);
    this.#account.learn((now) => ({ ...now, [list]: rowsOf(now, list).filter((each) => each.id !== id) }));
    return gone;
  }

  async #wire(signal: AbortSignal): Promise<WireAccount> {
    await this.#account.index(signal);
    return must(this.#account.wire, 'an account with an index was read');
  }

  #use(entity: TargetEntity, signal: AbortSignal): Promise<Use> {
    const known = this.#uses.get(entity) ?? useOf(this.#account, entity, signal);
    this.#uses.set(entity, known);
    known.catch(() => this.#uses.delete(entity));
    return known;
  }

  async #remove(
    version: 'v1' | 'v2',
    rest: string,
    costTokens: number,
    what: string,
    signal: AbortSignal,
    body?: unknown,
  ): Promise<void> {
    const path = this.#account.path(version, rest);
    const call = { method: 'DELETE', path, effect: 'repeatable', costTokens, what } as const;
    await this.#account.client.send(body === undefined ? call : { ...call, body }, signal);
  }
}

async function useOf(account: Account, entity: TargetEntity, signal: AbortSignal): Promise<Use> {
  const use = new Map<string, Set<string>>();
  for await (const page of walkRecords(account, entity, {}, signal))
    for (const record of page) note(use, record);
  return use;
}

function note(use: Map<string, Set<string>>, record: TargetRecord): void {
  const marker = { [`custom.${markerFieldName}`]: record.marker };
  for (const [field, value] of Object.entries({ ...record.values, ...marker })) {
    const names = namesIn(value);
    if (names.length === 0) continue;
    const known = use.get(nameKey(field)) ?? new Set<string>();
    use.set(nameKey(field), known);
    // texts of people are all different: that there are some is enough, and options are never this many
    if (known.size < mostNames) for (const name of names) known.add(nameKey(name));
  }
}

/** The code of a custom field: a currency's or address's own codes stand behind it. */
function codeOf({ key }: TargetField): string {
  return key.split('\n')[0] ?? key;
}

/** Values remembered of one field. */
const mostNames = 20_000;
/** A long text counts as used, its content does not matter. */
const longestName = 300;

function namesIn(value: TargetRecord['values'][string]): readonly string[] {
  if (value === null || value === undefined) return [];
  if (typeof value === 'string') return [value.length > longestName ? 'text' : value];
  if (Array.isArray(value)) return value.map((each) => (typeof each === 'string' ? each : 'value'));
  if (typeof value === 'object' && 'stage' in value) return [`${value.pipeline}\n${value.stage}`];
  return ['value'];
}

function withoutField(wire: WireAccount, entity: TargetEntity, code: string): WireAccount {
  const fields = (wire.fields[entity] ?? []).filter(({ field_code: each }) => each !== code);
  return { ...wire, fields: { ...wire.fields, [entity]: fields } };
}

function withoutOptions(
  wire: WireAccount,
  entity: TargetEntity,
  code: string,
  ids: ReadonlySet<TargetId | string>,
): WireAccount {
  const fields = (wire.fields[entity] ?? []).map((field) =>
    field.field_code === code
      ? { ...field, options: (field.options ?? []).filter(({ id }) => !ids.has(id)) }
      : field,
  );
  return { ...wire, fields: { ...wire.fields, [entity]: fields } };
}

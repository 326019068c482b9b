import { must } from '../base/assert.ts';
import { customFieldEntities, entitiesWithFieldsOf } from '../model/entity-table.ts';
import { markerFieldName, type TargetId } from '../model/key.ts';
import type { ConfigurationStep } from '../model/plan.ts';
import type { TargetEntity, TargetField, TargetRecord } from '../model/target.ts';
import type { Account } from './account.ts';
import { nameKey } from './account-index.ts';
import { idNumber } from './decimal.ts';
import type { WireAccount } from './fields.ts';
import { tokensOf } from './prices.ts';
import { walkRecords } from './reads.ts';

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
      case 'activityType':
        return this.#activityType(ids, signal);
      case 'leadLabel':
        return this.#leadLabel(ids, signal);
      case 'stage':
        return this.#stage(ids, signal);
      case 'pipeline':
        return this.#pipeline(ids, signal);
    }
  }

  async #field(
    { entity, options }: Extract<ConfigurationStep, { kind: 'field' }>,
    [code = '']: readonly string[],
    signal: AbortSignal,
  ): Promise<TakenBack> {
    const index = await this.#account.index(signal);
    const field = [...index.entities[entity].byName.values()].find(
      (each) => each.custom && codeOf(each) === code,
    );
    if (field === undefined) return gone;
    const ours = new Set(options.map(nameKey));
    const theirs = field.options.filter(({ label }) => !ours.has(nameKey(label)));
    if (theirs.length > 0) {
      const labels = theirs.map(({ label }) => `"${label}"`).join(', ');
      return { kept: `somebody has added ${labels} to the options of the ${entity} field "${field.label}"` };
    }
    if ((await this.#inUse(entity, field.name, signal)).size > 0)
      return { kept: `the ${entity} field "${field.label}" holds values in records that stay` };
    const what = `deleting the field "${field.label}"`;
    await this.#remove('v2', `${entity}Fields/${code}`, tokensOf.removeField, what, signal);
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
      await this.#remove('v2', rest, tokensOf.removeOptions, what, signal, body);
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

  async #leadLabel([id = '']: readonly string[], signal: AbortSignal): Promise<TakenBack> {
    const label = (await this.#wire(signal)).leadLabels.find((each) => each.id === id);
    if (label === undefined) return gone;
    const used = await this.#inUse('lead', 'label_ids', signal);
    if (used.has(nameKey(label.name))) return { kept: `leads with the label "${label.name}" stay` };
    const what = `deleting the lead label "${label.name}"`;
    await this.#remove('v1', `leadLabels/${id}`, tokensOf.removeLeadLabel, what, signal);
    this.#account.learn((wire) => ({ ...wire, leadLabels: without(wire.leadLabels, id) }));
    return gone;
  }

  async #activityType([id = '']: readonly string[], signal: AbortSignal): Promise<TakenBack> {
    const type = (await this.#wire(signal)).activityTypes.find((each) => each.id === id);
    if (type === undefined) return gone;
    const used = await this.#inUse('activity', 'type', signal);
    if (used.has(nameKey(type.name))) return { kept: `activities of the type "${type.name}" stay` };
    const what = `deleting the activity type "${type.name}"`;
    await this.#remove('v1', `activityTypes/${id}`, tokensOf.removeActivityType, what, signal);
    this.#account.learn((wire) => ({ ...wire, activityTypes: without(wire.activityTypes, id) }));
    return gone;
  }

  async #stage([id = '']: readonly string[], signal: AbortSignal): Promise<TakenBack> {
    const { stages, pipelines } = await this.#wire(signal);
    const stage = stages.find((each) => each.id === id);
    if (stage === undefined) return gone;
    const pipeline = pipelines.find((each) => each.id === stage.pipeline_id)?.name ?? '';
    const used = await this.#inUse('deal', 'stage_id', signal);
    if (used.has(nameKey(`${pipeline}\n${stage.name}`)))
      return { kept: `deals stay in the stage "${stage.name}"` };
    const what = `deleting the stage "${stage.name}"`;
    await this.#remove('v2', `stages/${id}`, tokensOf.removeStage, what, signal);
    this.#account.learn((wire) => ({ ...wire, stages: without(wire.stages, id) }));
    return gone;
  }

  async #pipeline([id = '']: readonly string[], signal: AbortSignal): Promise<TakenBack> {
    const pipeline = (await this.#wire(signal)).pipelines.find((each) => each.id === id);
    if (pipeline === undefined) return gone;
    const used = await this.#inUse('deal', 'stage_id', signal);
    if ([...used].some((stage) => stage.startsWith(nameKey(`${pipeline.name}\n`))))
      return { kept: `deals stay in the pipeline "${pipeline.name}"` };
    const what = `deleting the pipeline "${pipeline.name}"`;
    await this.#remove('v2', `pipelines/${id}`, tokensOf.removePipeline, what, signal);
    this.#account.learn((wire) => ({ ...wire, pipelines: without(wire.pipelines, id) }));
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

function without<Row extends { readonly id: string }>(rows: readonly Row[], id: string): readonly Row[] {
  return rows.filter((each) => each.id !== id);
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

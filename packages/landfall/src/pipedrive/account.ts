import { z } from 'zod';
import { entityTraits } from '../model/entity-table.ts';
import { MigrationError } from '../model/error.ts';
import type { ConfigurationStep } from '../model/plan.ts';
import type { TargetCatalog, TargetEntity } from '../model/target.ts';
import type { Call, Client, Reply } from '../wire/client.ts';
import { type AccountIndex, indexAccount } from './account-index.ts';
import { builtInFields } from './catalog.ts';
import {
  catalogOf,
  type WireAccount,
  type WireMe,
  wireActivityType,
  wireCurrency,
  wireField,
  wireLeadLabel,
  wireMe,
  wirePipeline,
  wireStage,
  wireUser,
} from './fields.ts';
import { type ApiVersion, entityPaths, usualPageSize } from './paths.ts';
import { tokensOf } from './prices.ts';
import type { OpenFile } from './upload.ts';

const cursorPage = z.object({
  data: z.array(z.unknown()).nullable(),
  additional_data: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** A page of a v1 list. */
export const offsetPage = z.object({
  data: z.array(z.unknown()).nullable(),
  additional_data: z
    .object({ pagination: z.object({ more_items_in_collection: z.boolean().default(false) }).nullish() })
    .nullish(),
});

const plainList = z.object({ data: z.array(z.unknown()).nullable() });

const meAnswer = z.object({ data: wireMe });

/** One page of a list with the place where the next one begins. */
export interface Page {
  readonly rows: readonly unknown[];
  readonly next: string | null;
}

/** An account behind its client: what was learned of it last, and how its lists are asked for. */
export class Account {
  readonly client: Client;
  readonly openFile: OpenFile;
  readonly #basePath: string;
  #wire: WireAccount | null = null;
  #index: AccountIndex | null = null;
  readonly #refusesInclude = new Set<TargetEntity>();
  #describing: Promise<AccountIndex> | null = null;

  constructor(client: Client, basePath: string, openFile: OpenFile) {
    this.client = client;
    this.openFile = openFile;
    this.#basePath = basePath;
  }

  /** The full path of a call. */
  path(version: ApiVersion, rest: string): string {
    return `${this.#basePath}/api/${version}/${rest}`;
  }

  /** What is known of the account; reads it when nothing is known yet. */
  async index(signal: AbortSignal): Promise<AccountIndex> {
    if (this.#index !== null) return this.#index;
    this.#describing ??= this.#read(signal).finally(() => {
      this.#describing = null;
    });
    return this.#describing;
  }

  /** What is known of the account; null before it was read. */
  get known(): AccountIndex | null {
    return this.#index;
  }

  /** The answers the catalog was made of; null before they were read. */
  get wire(): WireAccount | null {
    return this.#wire;
  }

  /**
   * The query part that asks for members a plain answer leaves out: the field list marks them. That `include_fields`
   * takes them is not in the published list of its words (UNC): an account that refuses is asked without from then on.
   */
  include(entity: TargetEntity): string {
    if (this.#refusesInclude.has(entity)) return '';
    const marked = (this.#wire?.fields[entity] ?? []).filter((field) => field.is_optional_response_field);
    const known = new Set(
      builtInFields[entity].filter(({ settable }) => settable !== 'never').map(({ name }) => name),
    );
    const codes = marked.map((field) => field.field_code).filter((code) => known.has(code));
    const all = [...new Set([...entityPaths[entity].include, ...codes])];
    return all.length === 0 ? '' : `include_fields=${all.join(',')}`;
  }

  /** Remembers that the account takes no `include_fields` for an entity. */
  leaveOutInclude(entity: TargetEntity): void {
    this.#refusesInclude.add(entity);
  }

  /** Reads the account anew: 12 requests, 132 tokens. */
  async describe(signal: AbortSignal): Promise<TargetCatalog> {
    return (await this.#read(signal)).catalog;
  }

  /**
   * Reads anew what tells whether a step was taken, and nothing else: one list, or two. Reads all when nothing is known
   * yet.
   */
  async look(step: ConfigurationStep, signal: AbortSignal): Promise<void> {
    if (this.#wire === null) {
      await this.#read(signal);
      return;
    }
    const fresh = await this.#listsOf(step, signal);
    this.learn((wire) => ({ ...wire, ...fresh, fields: { ...wire.fields, ...fresh.fields } }));
  }

  async #listsOf(step: ConfigurationStep, signal: AbortSignal): Promise<Partial<WireAccount>> {
    switch (step.kind) {
      case 'field':
      case 'option': {
        const owner = entityTraits[step.entity].fieldsOf ?? step.entity;
        return { fields: { [owner]: await this.#fields(owner, signal) } };
      }
      case 'pipeline':
      case 'stage': {
        const [pipelines, stages] = await Promise.all([this.#pipelines(signal), this.#stages(signal)]);
        return { pipelines, stages };
      }
      case 'activityType':
        return { activityTypes: await this.#activityTypes(signal) };
      case 'leadLabel':
        return { leadLabels: await this.#leadLabels(signal) };
    }
  }

  #pipelines(signal: AbortSignal) {
    return this.#v2List('pipelines', wirePipeline, tokensOf.pipelines, signal);
  }

  #stages(signal: AbortSignal) {
    return this.#v2List('stages', wireStage, tokensOf.stages, signal);
  }

  #activityTypes(signal: AbortSignal) {
    return this.#v1List('activityTypes', wireActivityType, tokensOf.activityTypes, signal);
  }

  #leadLabels(signal: AbortSignal) {
    return this.#v1List('leadLabels', wireLeadLabel, tokensOf.leadLabels, signal);
  }

  #fields(owner: TargetEntity, signal: AbortSignal) {
    return this.#v2List(`${owner}Fields`, wireField, tokensOf.fields, signal);
  }

  /** Takes over what we have just changed in the account ourselves, so that it need not be read again. */
  learn(change: (wire: WireAccount) => WireAccount): void {
    if (this.#wire === null) return;
    this.#know(change(this.#wire));
  }

  #know(wire: WireAccount): AccountIndex {
    const before =
      this.#wire === null || this.#index === null ? null : { wire: this.#wire, catalog: this.#index.catalog };
    this.#wire = wire;
    this.#index = indexAccount(catalogOf(wire, before));
    return this.#index;
  }

  /** Who the token belongs to. */
  async me(signal: AbortSignal): Promise<WireMe> {
    const what = 'reading whose token this is';
    const reply = await this.client.send(this.#get('v1', 'users/me', tokensOf.me, what), signal);
    return parsed(meAnswer, reply, what).data;
  }

  /** One page of a v2 list. */
  async cursorPage(rest: string, costTokens: number, what: string, signal: AbortSignal): Promise<Page> {
    const reply = await this.client.send(this.#get('v2', rest, costTokens, what), signal);
    return pageOf(reply, what);
  }

  /** As `cursorPage`, of what lies below one record: nothing does when that is gone. */
  async cursorPageBelow(rest: string, costTokens: number, what: string, signal: AbortSignal): Promise<Page> {
    const reply = await this.client.send(this.#get('v2', rest, costTokens, what), signal);
    return reply.gone ? { rows: [], next: null } : pageOf(reply, what);
  }

  /** A GET of this account. */
  #get(version: ApiVersion, rest: string, costTokens: number, what: string): Call {
    return { method: 'GET', path: this.path(version, rest), effect: 'read', costTokens, what };
  }

  async #read(signal: AbortSignal): Promise<AccountIndex> {
    const [
      me,
      users,
      currencies,
      activityTypes,
      leadLabels,
      pipelines,
      stages,
      organization,
      person,
      product,
      deal,
      activity,
    ] = await Promise.all([
      this.me(signal),
      this.#v1List('users', wireUser, tokensOf.users, signal),
      this.#v1List('currencies', wireCurrency, tokensOf.currencies, signal),
      this.#activityTypes(signal),
      this.#leadLabels(signal),
      this.#pipelines(signal),
      this.#stages(signal),
      this.#fields('organization', signal),
      this.#fields('person', signal),
      this.#fields('product', signal),
      this.#fields('deal', signal),
      this.#fields('activity', signal),
    ]);
    const fields = { organization, person, product, deal, activity };
    return this.#know({ me, users, currencies, activityTypes, leadLabels, pipelines, stages, fields });
  }

  async #v1List<Row>(
    rest: string,
    row: z.ZodType<Row>,
    costTokens: number,
    signal: AbortSignal,
  ): Promise<Row[]> {
    const what = `reading ${rest}`;
    const reply = await this.client.send(this.#get('v1', rest, costTokens, what), signal);
    return rowsOf(parsed(plainList, reply, what).data ?? [], row, what);
  }

  async #v2List<Row>(
    rest: string,
    row: z.ZodType<Row>,
    costTokens: number,
    signal: AbortSignal,
  ): Promise<Row[]> {
    const what = `reading ${rest}`;
    const rows = new Map<string, unknown>();
    let stalePages = 0;
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page = await this.cursorPage(
        `${rest}?limit=${usualPageSize}${query}`,
        costTokens,
        what,
        signal,
      );
      const known = rows.size;
      // a list that begins anew gives rows twice: two fields of one key would be two fields to us (F17)
      for (const one of page.rows) rows.set(keyOf(one), one);
      stalePages = rows.size > known ? 0 : stalePages + 1;
      if (page.next === cursor || (page.next !== null && stalePages >= mostStalePages))
        throw answerWrong(what, 'the next page is the same page');
      cursor = page.next;
    }
    return rowsOf([...rows.values()], row, what);
  }
}

function pageOf(reply: Reply, what: string): Page {
  const page = parsed(cursorPage, reply, what);
  const next = page.additional_data?.next_cursor ?? null;
  return { rows: page.data ?? [], next: next === '' ? null : next };
}

/** Pages in a row that bring nothing new before a list is taken for a circle. */
const mostStalePages = 3;

/** What tells the rows of a list of configuration apart. */
function keyOf(row: unknown): string {
  const { field_code: code, id } = (row ?? {}) as { readonly field_code?: unknown; readonly id?: unknown };
  return JSON.stringify(code ?? id ?? row);
}

/** Reads an answer by its shape. Throws `answer-wrong` when it has another one. */
export function parsed<T>(shape: z.ZodType<T>, reply: Reply, what: string): T {
  const result = shape.safeParse(reply.json);
  if (!result.success) throw answerWrong(what, firstIssue(result.error));
  return result.data;
}

/** The trouble of an answer that is not what the description promises. */
export function answerWrong(what: string, because: string): MigrationError {
  return new MigrationError('answer-wrong', `Pipedrive, while ${what}: ${because}.`);
}

/** The shape of a list for each shape of its rows: making one costs more than reading a page with it. */
const listShapes = new WeakMap<z.ZodType, z.ZodType>();

function listOf<Row>(shape: z.ZodType<Row>): z.ZodType<Row[]> {
  const list = listShapes.get(shape) ?? z.array(shape);
  listShapes.set(shape, list);
  return list as z.ZodType<Row[]>;
}

function rowsOf<Row>(rows: readonly unknown[], shape: z.ZodType<Row>, what: string): Row[] {
  const result = listOf(shape).safeParse(rows);
  if (!result.success) throw answerWrong(what, firstIssue(result.error));
  return result.data;
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'the answer has another shape' : `${issue.path.join('.')}: ${issue.message}`;
}

import { type Account, isLive, liveLink } from './account.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { type Exchange, type Handler, page, type Reply } from './exchange-context.ts';
import { addressView } from './field-values.ts';
import { pageSize, type Query, type QuerySpec, readQuery } from './query.ts';
import type { CustomValues, DealRecord, FieldEntity, OrganizationRecord, PersonRecord } from './records.ts';
import { schemaRefusal } from './refusal.ts';

/** Custom fields of these types are searched. */
const SEARCHABLE = new Set(['address', 'varchar', 'text', 'varchar_auto', 'double', 'monetary', 'phone']);

type ItemKind = 'deal' | 'person' | 'organization';

/** What can be found in a record, by the name of the searched field. */
type Texts = Readonly<Record<string, readonly string[]>>;

interface Found {
  readonly kind: ItemKind;
  readonly id: number;
  readonly item: Readonly<Record<string, unknown>>;
}

const PAGING = { limit: 'id', cursor: 'text' } as const;
const COMMON = { term: 'text', exact_match: 'bool', ...PAGING } as const;

const QUERIES: Readonly<Record<ItemKind, QuerySpec>> = {
  organization: { ...COMMON, fields: { words: ['address', 'custom_fields', 'notes', 'name'], list: true } },
  person: {
    ...COMMON,
    fields: { words: ['custom_fields', 'email', 'notes', 'phone', 'name'], list: true },
    organization_id: 'id',
    include_fields: { words: ['person.picture'], list: true },
  },
  deal: {
    ...COMMON,
    fields: { words: ['custom_fields', 'notes', 'title'], list: true },
    person_id: 'id',
    organization_id: 'id',
    status: { words: ['open', 'won', 'lost'] },
    include_fields: { words: ['deal.cc_email'], list: true },
  },
};

const ITEM_TYPES = [
  'deal',
  'person',
  'organization',
  'product',
  'lead',
  'file',
  'mail_attachment',
  'project',
];
const ITEM_QUERY: QuerySpec = {
  ...COMMON,
  item_types: { words: ITEM_TYPES, list: true },
  fields: {
    words: ['address', 'code', 'custom_fields', 'email', 'name', 'notes', 'phone', 'title', 'description'],
    list: true,
  },
  search_for_related_items: 'bool',
  include_fields: { words: ['deal.cc_email', 'person.picture', 'product.price'], list: true },
};

/** GET /v2/{deals,persons,organizations}/search. */
export function searchHandler(kind: ItemKind): Handler {
  return ({ account, call }) => {
    const query = readQuery(call, QUERIES[kind]);
    return answer(account, query, 500, [kind]);
  };
}

/** GET /v2/itemSearch: deals, persons and organizations; the other kinds are not emulated and never found. */
export const searchItems: Handler = ({ account, call }) => {
  const query = readQuery(call, ITEM_QUERY);
  const asked = query.list('item_types') ?? ITEM_TYPES;
  const kinds = (['deal', 'organization', 'person'] as const).filter((kind) => asked.includes(kind));
  return answer(account, query, 100, kinds);
};

function answer(account: Account, query: Query, most: number, kinds: readonly ItemKind[]): Reply {
  const term = termOf(query.text('term'), query.bool('exact_match') === true);
  const exact = query.bool('exact_match') === true;
  const wanted = term.toLowerCase();
  const matches = (text: string) =>
    exact ? text.toLowerCase() === wanted : text.toLowerCase().includes(wanted);
  const fields = query.list('fields');
  const found = kinds.flatMap((kind) =>
    [...candidates(account, kind, query)].filter(({ texts }) => hit(texts, fields, matches)),
  );
  return paged(
    account,
    query,
    most,
    found.map(({ kind, id, item }) => ({ kind, id, item: { result_score: exact ? 1 : 0.5, item } })),
    true,
  );
}

function hit(
  texts: Texts,
  fields: readonly string[] | undefined,
  matches: (text: string) => boolean,
): boolean {
  return (fields ?? Object.keys(texts)).some((field) => texts[field]?.some(matches) === true);
}

function paged(
  account: Account,
  query: Query,
  most: number,
  found: readonly Found[],
  wrapped: boolean,
): Reply {
  const size = pageSize(account, query.id('limit'), most);
  const from = query.text('cursor');
  // The index has no stable key of its own: the cursor counts from the start.
  const start = from ? decodeCursor(from, 'rank', 'asc').id : 0;
  const items = found.slice(start, start + size).map(({ item }) => item);
  const next = start + size;
  const cursor =
    found.length > next
      ? encodeCursor({ field: 'rank', fieldValue: next, sortDirection: 'asc', id: next })
      : null;
  if (!wrapped) return page(items, cursor);
  return { status: 200, value: { success: true, data: { items }, additional_data: { next_cursor: cursor } } };
}

function termOf(term: string | undefined, exact: boolean): string {
  if (term === undefined)
    throw schemaRefusal([{ key: 'term', text: "Parameter 'term' is required for this request" }]);
  const least = exact ? 1 : 2;
  if (term.trim().length < least)
    throw schemaRefusal([{ key: 'term', text: `must be at least ${least} characters long` }]);
  return term.trim();
}

function* candidates(
  account: Account,
  kind: ItemKind,
  query: Query,
): Generator<Found & { readonly texts: Texts }> {
  const { state } = account;
  const notes = notesByParent(account, kind);
  const lag = account.switches.searchLagMs;
  const now = account.clock.nowMs();
  if (kind === 'organization') {
    const newest = state.organizations.visibleUpTo(now, lag);
    for (const record of state.organizations.all())
      if (isLive(record) && record.id <= newest)
        yield organizationFound(account, record, notes.get(record.id) ?? []);
  } else if (kind === 'person') {
    const newest = state.persons.visibleUpTo(now, lag);
    const org = query.id('organization_id');
    for (const record of state.persons.all())
      if (isLive(record) && record.id <= newest && (org === undefined || record.org_id === org))
        yield personFound(account, record, notes.get(record.id) ?? []);
  } else {
    const newest = state.deals.visibleUpTo(now, lag);
    for (const record of state.deals.all())
      if (isLive(record) && record.id <= newest && dealAsked(record, query))
        yield dealFound(account, record, notes.get(record.id) ?? []);
  }
}

function dealAsked(deal: DealRecord, query: Query): boolean {
  const person = query.id('person_id');
  const org = query.id('organization_id');
  const status = query.text('status');
  return (
    (person === undefined || deal.person_id === person) &&
    (org === undefined || deal.org_id === org) &&
    (status === undefined || deal.status === status)
  );
}

function notesByParent(account: Account, kind: ItemKind): Map<number, string[]> {
  const key = kind === 'deal' ? 'deal_id' : kind === 'person' ? 'person_id' : 'org_id';
  const found = new Map<number, string[]>();
  for (const note of account.state.notes.all()) {
    const parent = note[key];
    if (!isLive(note) || parent === null) continue;
    const texts = found.get(parent) ?? [];
    texts.push(note.content.replace(/<[^>]*>/g, ' '));
    found.set(parent, texts);
  }
  return found;
}

function customTexts(account: Account, entity: FieldEntity, custom: CustomValues | null): string[] {
  if (custom === null) return [];
  const fields = account.state.fieldsByCode.get(entity);
  return Object.entries(custom).flatMap(([code, value]) => {
    if (!SEARCHABLE.has(fields?.get(code)?.type ?? '')) return [];
    return [
      String(typeof value === 'object' && value !== null ? (value as { value: unknown }).value : value),
    ];
  });
}

function organizationFound(account: Account, record: OrganizationRecord, notes: readonly string[]) {
  const address = addressView(record.address)?.value ?? null;
  const custom_fields = customTexts(account, 'organization', record.custom);
  const item = {
    id: record.id,
    type: 'organization',
    name: record.name,
    address,
    visible_to: record.visible_to,
    owner: { id: record.owner_id },
    custom_fields,
    notes,
  };
  const texts = {
    name: [record.name],
    address: address === null ? [] : [String(address)],
    custom_fields,
    notes,
  };
  return { kind: 'organization' as const, id: record.id, item, texts };
}

function organizationBrief(account: Account, id: number | null): Record<string, unknown> | null {
  const live = liveLink(account.state.organizations, id);
  const record = live === null ? undefined : account.state.organizations.get(live);
  return record ? { id: record.id, name: record.name, address: record.address?.value ?? null } : null;
}

function personFound(account: Account, record: PersonRecord, notes: readonly string[]) {
  const phones = record.phones.map((each) => each.value);
  const emails = record.emails.map((each) => each.value);
  const custom_fields = customTexts(account, 'person', record.custom);
  const item = {
    id: record.id,
    type: 'person',
    name: record.name,
    phones,
    emails,
    visible_to: record.visible_to,
    owner: { id: record.owner_id },
    organization: organizationBrief(account, record.org_id),
    custom_fields,
    notes,
  };
  return {
    kind: 'person' as const,
    id: record.id,
    item,
    texts: { name: [record.name], email: emails, phone: phones, custom_fields, notes },
  };
}

function dealFound(account: Account, record: DealRecord, notes: readonly string[]) {
  const { state } = account;
  const person = record.person_id === null ? undefined : state.persons.get(record.person_id);
  const custom_fields = customTexts(account, 'deal', record.custom);
  const item = {
    id: record.id,
    type: 'deal',
    title: record.title,
    value: record.value,
    currency: record.currency,
    status: record.status,
    visible_to: record.visible_to,
    owner: { id: record.owner_id },
    stage: { id: record.stage_id, name: state.stages.get(record.stage_id)?.name ?? null },
    person: person && isLive(person) ? { id: person.id, name: person.name } : null,
    organization: organizationBrief(account, record.org_id),
    custom_fields,
    notes,
    is_archived: record.archivedSec !== null,
  };
  return {
    kind: 'deal' as const,
    id: record.id,
    item,
    texts: { title: [record.title], custom_fields, notes },
  };
}

const FIELD_QUERY: QuerySpec = {
  term: 'text',
  entity_type: { words: ['deal', 'lead', 'person', 'organization', 'product', 'project'] },
  match: { words: ['exact', 'beginning', 'middle'] },
  field: 'text',
  ...PAGING,
};

/** GET /v2/itemSearch/field: one field of one entity, case sensitive. */
export const searchField: Handler = ({ account, call }: Exchange) => {
  const query = readQuery(call, FIELD_QUERY);
  const match = query.text('match') ?? 'exact';
  const term = termOf(query.text('term'), match === 'exact');
  const entity = query.text('entity_type');
  const field = query.text('field');
  for (const [key, value] of Object.entries({ entity_type: entity, field }))
    if (value === undefined)
      throw schemaRefusal([{ key, text: `Parameter '${key}' is required for this request` }]);
  const matches = (text: string) =>
    match === 'exact' ? text === term : match === 'beginning' ? text.startsWith(term) : text.includes(term);
  const found: Found[] = [];
  for (const { kind, id, text, name } of fieldTexts(account, entity ?? '', field ?? ''))
    if (text.some(matches)) found.push({ kind, id, item: { id, ...name } });
  return paged(account, query, 500, found, false);
};

function* fieldTexts(account: Account, entity: string, field: string) {
  const lag = account.switches.searchLagMs;
  const now = account.clock.nowMs();
  const { organizations, persons, deals } = account.state;
  const table = { organization: organizations, person: persons, deal: deals }[entity as ItemKind];
  if (!table) return;
  const newest = table.visibleUpTo(now, lag);
  for (const record of table.all()) {
    if (record.deletedSec !== null || record.id > newest) continue;
    const name = 'title' in record ? { title: record.title } : { name: record.name };
    yield {
      kind: entity as ItemKind,
      id: record.id,
      name,
      text: textsOf(account, entity as ItemKind, record, field),
    };
  }
}

function textsOf(
  account: Account,
  kind: ItemKind,
  record: OrganizationRecord | PersonRecord | DealRecord,
  field: string,
): readonly string[] {
  const definition = account.state.fieldsByCode.get(kind)?.get(field);
  if (definition?.custom) {
    const value = record.custom?.[field];
    return value === undefined ? [] : customTexts(account, kind, { [field]: value });
  }
  const value = (record as unknown as Record<string, unknown>)[field];
  if (Array.isArray(value)) return value.map((each) => String((each as { value?: unknown }).value ?? each));
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

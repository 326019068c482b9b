import { type Account, isLive } from './account.ts';
import type { Exchange, Handler } from './exchange-context.ts';
import { addressView } from './field-values.ts';
import { leadItems } from './lead-search.ts';
import { productItems } from './products/product-search.ts';
import { projectItems } from './projects/search.ts';
import { type Query, type QuerySpec, readQuery } from './query.ts';
import type { DealRecord, OrganizationRecord, PersonRecord, ProductRecord } from './records.ts';
import { schemaRefusal } from './refusal.ts';
import {
  customTexts,
  noteTexts,
  organizationBrief,
  personBrief,
  SEARCH_PAGING,
  SEARCH_QUERY,
  type SearchItem,
  searchAnswer,
  searchPage,
  termOf,
} from './search-engine.ts';
import { seenItems, sight } from './visibility.ts';

type ItemKind = 'deal' | 'person' | 'organization';

/** Where a note names the record it hangs on. */
const PARENT_KEYS = { deal: 'deal_id', person: 'person_id', organization: 'org_id' } as const;

const QUERIES: Readonly<Record<ItemKind, QuerySpec>> = {
  organization: {
    ...SEARCH_QUERY,
    fields: { words: ['address', 'custom_fields', 'notes', 'name'], list: true },
  },
  person: {
    ...SEARCH_QUERY,
    fields: { words: ['custom_fields', 'email', 'notes', 'phone', 'name'], list: true },
    organization_id: 'id',
    include_fields: { words: ['person.picture'], list: true },
  },
  deal: {
    ...SEARCH_QUERY,
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
  ...SEARCH_QUERY,
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
  return ({ account, call, user }) => {
    const query = readQuery(call, QUERIES[kind]);
    return searchAnswer(account, query, 500, seenItems(account, user, candidates(account, kind, query)));
  };
}

/** What each kind of item brings to a search of all; kinds that are not here are not emulated and never found. */
const SOURCES: Readonly<Record<string, (account: Account, query: Query) => Iterable<SearchItem>>> = {
  deal: (account, query) => candidates(account, 'deal', query),
  organization: (account, query) => candidates(account, 'organization', query),
  person: (account, query) => candidates(account, 'person', query),
  lead: leadItems,
  product: productItems,
  project: projectItems,
};

/** GET /v2/itemSearch: kind by kind. */
export const searchItems: Handler = ({ account, call, user }) => {
  const query = readQuery(call, ITEM_QUERY);
  const asked = query.list('item_types') ?? ITEM_TYPES;
  return searchAnswer(account, query, 100, seenItems(account, user, itemsOf(account, query, asked)));
};

function* itemsOf(account: Account, query: Query, kinds: readonly string[]): Generator<SearchItem> {
  for (const [kind, items] of Object.entries(SOURCES)) if (kinds.includes(kind)) yield* items(account, query);
}

function* candidates(account: Account, kind: ItemKind, query: Query): Generator<SearchItem> {
  const { state } = account;
  const notes = noteTexts(account, (note) => note[PARENT_KEYS[kind]]);
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
  return { item, texts };
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
  return { item, texts: { name: [record.name], email: emails, phone: phones, custom_fields, notes } };
}

function dealFound(account: Account, record: DealRecord, notes: readonly string[]) {
  const { state } = account;
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
    person: personBrief(account, record.person_id),
    organization: organizationBrief(account, record.org_id),
    custom_fields,
    notes,
    is_archived: record.archivedSec !== null,
  };
  return { item, texts: { title: [record.title], custom_fields, notes } };
}

const FIELD_QUERY: QuerySpec = {
  term: 'text',
  entity_type: { words: ['deal', 'lead', 'person', 'organization', 'product', 'project'] },
  match: { words: ['exact', 'beginning', 'middle'] },
  field: 'text',
  ...SEARCH_PAGING,
};

/** GET /v2/itemSearch/field: one field of one entity, case sensitive. */
export const searchField: Handler = ({ account, call, user }: Exchange) => {
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
  const found: Readonly<Record<string, unknown>>[] = [];
  const seen = sight(account, user, entity ?? '');
  for (const { id, text, name, record } of fieldTexts(account, entity ?? '', field ?? ''))
    if (text.some(matches) && (seen === null || seen(record))) found.push({ id, ...name });
  return searchPage(account, query, 500, found, false);
};

function* fieldTexts(account: Account, entity: string, field: string) {
  const lag = account.switches.searchLagMs;
  const now = account.clock.nowMs();
  const { organizations, persons, deals, products } = account.state;
  const table = { organization: organizations, person: persons, deal: deals, product: products }[
    entity as ItemKind | 'product'
  ];
  if (!table) return;
  const newest = table.visibleUpTo(now, lag);
  for (const record of table.all()) {
    if (record.deletedSec !== null || record.id > newest) continue;
    const name = 'title' in record ? { title: record.title } : { name: record.name };
    yield {
      id: record.id,
      name,
      record,
      text: textsOf(account, entity as ItemKind | 'product', record, field),
    };
  }
}

function textsOf(
  account: Account,
  kind: ItemKind | 'product',
  record: OrganizationRecord | PersonRecord | DealRecord | ProductRecord,
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

import { type Account, nowSec } from '../account.ts';
import { view as activityTypeView } from '../activity-types.ts';
import type { Exchange, Handler } from '../exchange-context.ts';
import { view as fileView } from '../files/files.ts';
import { briefView as filterView } from '../filters/filters.ts';
import { pipelineViews, productViews, stageViews } from '../legacy-v1/views.ts';
import { view as noteView } from '../notes.ts';
import { offsetPage } from '../offset.ts';
import type {
  ActivityRecord,
  ActivityTypeRecord,
  DealRecord,
  FileRecord,
  FilterRecord,
  NoteRecord,
  OrganizationRecord,
  PersonRecord,
  PipelineRecord,
  ProductRecord,
  StageRecord,
  UserRecord,
} from '../records.ts';
import { Refusal } from '../refusal.ts';
import type { Table } from '../table.ts';
import { parseMoment, v1Time } from '../times.ts';
import { view as userView } from '../users.ts';
import { userPart } from '../v1-parts.ts';
import { v1Activity, v1Deals, v1Organizations, v1Persons } from '../v1-views.ts';
import { maySee, type Visible, type VisibleEntity } from '../visibility.ts';

/** Recents reach back about one month, since December 2024 (reported by integrators). */
const RECENTS_REACH_SEC = 31 * 24 * 3_600;

interface Recent {
  readonly item: string;
  readonly id: number;
  readonly atSec: number;
  readonly data: () => unknown;
}

/** What is listed, and how it looks. */
interface Kind<T extends { readonly id: number }> {
  readonly item: string;
  readonly entity?: VisibleEntity;
  readonly table: (account: Account) => Table<T>;
  readonly changedSec: (record: T) => number;
  readonly show: (exchange: Exchange, record: T) => unknown;
}

function kind<T extends { readonly id: number }>(given: Kind<T>): Kind<{ readonly id: number }> {
  return given as unknown as Kind<{ readonly id: number }>;
}

const updated = (record: { readonly updatedSec: number }) => record.updatedSec;

const KINDS = [
  kind<ActivityRecord>({
    item: 'activity',
    table: ({ state }) => state.activities,
    changedSec: updated,
    show: ({ account }, record) => v1Activity(account, record),
  }),
  kind<ActivityTypeRecord>({
    item: 'activityType',
    table: ({ state }) => state.activityTypes,
    changedSec: updated,
    show: (_, record) => activityTypeView(record),
  }),
  kind<DealRecord>({
    item: 'deal',
    entity: 'deal',
    table: ({ state }) => state.deals,
    changedSec: updated,
    show: ({ account }, record) => v1Deals(account, [record])[0],
  }),
  kind<NoteRecord>({
    item: 'note',
    table: ({ state }) => state.notes,
    changedSec: updated,
    show: ({ account, user }, record) => noteView(account, record, user),
  }),
  kind<PersonRecord>({
    item: 'person',
    entity: 'person',
    table: ({ state }) => state.persons,
    changedSec: updated,
    show: ({ account }, record) => v1Persons(account, [record])[0],
  }),
  kind<OrganizationRecord>({
    item: 'organization',
    entity: 'organization',
    table: ({ state }) => state.organizations,
    changedSec: updated,
    show: ({ account }, record) => ({
      ...v1Organizations(account, [record])[0],
      owner_id: { ...userPart(account, record.owner_id), value: record.owner_id },
    }),
  }),
  kind<PipelineRecord>({
    item: 'pipeline',
    table: ({ state }) => state.pipelines,
    changedSec: updated,
    show: ({ account }, record) => pipelineViews(account, [record])[0],
  }),
  kind<StageRecord>({
    item: 'stage',
    table: ({ state }) => state.stages,
    changedSec: updated,
    show: ({ account }, record) => stageViews(account, [record])[0],
  }),
  kind<ProductRecord>({
    item: 'product',
    entity: 'product',
    table: ({ state }) => state.products,
    changedSec: updated,
    show: ({ account }, record) => productViews(account, [record])[0],
  }),
  kind<FileRecord>({
    item: 'file',
    table: ({ state }) => state.files,
    changedSec: updated,
    show: fileView,
  }),
  kind<FilterRecord>({
    item: 'filter',
    table: ({ state }) => state.filters,
    changedSec: updated,
    show: ({ user }, record) => filterView(record, user),
  }),
  kind<UserRecord>({
    item: 'user',
    table: ({ state }) => state.users,
    changedSec: (record) => record.addedSec,
    show: ({ user }, record) => userView(record, user),
  }),
];

const ITEMS = KINDS.map(({ item }) => item);

function* recentsOf(exchange: Exchange, items: readonly string[], sinceSec: number): Generator<Recent> {
  const { account, user } = exchange;
  for (const { item, entity, table, changedSec, show } of KINDS) {
    if (!items.includes(item)) continue;
    for (const record of table(account).all()) {
      const atSec = changedSec(record);
      if (atSec < sinceSec) continue;
      if (entity && !maySee(account, user, entity, record as Visible)) continue;
      yield { item, id: record.id, atSec, data: () => show(exchange, record) };
    }
  }
}

function askedItems(exchange: Exchange): readonly string[] {
  const items = exchange.call.query.get('items')?.split(',') ?? ITEMS;
  const unknown = items.find((item) => !ITEMS.includes(item));
  if (unknown !== undefined) throw new Refusal(400, `Unknown item type ${unknown}`);
  return items;
}

/** GET /v1/recents: what changed since a time, oldest change first, deleted records too; a month back at most. */
export const listRecents: Handler = (exchange) => {
  const { account, call } = exchange;
  const text = call.query.get('since_timestamp');
  const since = text === null ? null : parseMoment(text);
  if (since === null) throw new Refusal(400, 'since_timestamp must be given in format YYYY-MM-DD HH:MM:SS');
  const sinceSec = Math.max(since, nowSec(account) - RECENTS_REACH_SEC);
  const found = [...recentsOf(exchange, askedItems(exchange), sinceSec)].sort((a, b) => a.atSec - b.atSec);
  const { items, start, limit, more } = offsetPage(account, call, found);
  const last = items[items.length - 1];
  const additional_data = {
    since_timestamp: v1Time(since),
    last_timestamp_on_page: last ? v1Time(last.atSec) : v1Time(since),
    pagination: { start, limit, more_items_in_collection: more },
  };
  const data = items.map((each) => ({ item: each.item, id: each.id, data: each.data() }));
  return { status: 200, value: { success: true, data, additional_data } };
};

import type { Account } from '../account.ts';
import { Refusal } from '../refusal.ts';
import { type AnyRecord, type FilterObject, liveRecord, primaryPerson, recordsOf } from './record-values.ts';

/** The id of the record of another object that a record points to. */
type Pointer = (record: AnyRecord) => unknown;

const by =
  (key: string): Pointer =>
  (record) =>
    record[key];

/** Which objects point to which, and how. */
const POINTERS: Readonly<Record<FilterObject, Partial<Readonly<Record<FilterObject, Pointer>>>>> = {
  deal: { person: by('person_id'), organization: by('org_id') },
  person: { organization: by('org_id') },
  organization: {},
  product: {},
  project: {},
  activity: { deal: by('deal_id'), person: primaryPerson, organization: by('org_id') },
  lead: { person: by('person_id'), organization: by('organization_id') },
};

/** Deals and products belong together by the lines of deals: the key of the one, and of the other. */
const LINES: Partial<
  Readonly<
    Record<FilterObject, Partial<Readonly<Record<FilterObject, readonly [mine: LineKey, other: LineKey]>>>>
  >
> = {
  deal: { product: ['deal_id', 'product_id'] },
  product: { deal: ['product_id', 'deal_id'] },
};
type LineKey = 'deal_id' | 'product_id';

/**
 * Finds the live records of `object` that belong to a record of `self`: what it points to, or what points to it.
 * Throws 501 where the two are not linked by one step.
 */
export function relatedFinder(
  account: Account,
  self: FilterObject,
  object: FilterObject,
): (record: AnyRecord) => readonly AnyRecord[] {
  // Leads carry the fields of deals, so a line about a deal in a filter of leads is about the lead (INF).
  if (self === object || (self === 'lead' && object === 'deal')) return (record) => [record];
  const there = POINTERS[self][object];
  if (there)
    return (record) => {
      const found = liveRecord(account, object, there(record));
      return found ? [found] : [];
    };
  const groups = groupsBelow(account, self, object);
  if (!groups) throw new Refusal(501, `Not emulated: ${object} in a filter of ${self}s`, 'ERR_NOT_EMULATED');
  return (record) => groups.get(record.id) ?? [];
}

/** The records of `object` by the record of `self` that they point to, or that shares a line with them. */
function groupsBelow(account: Account, self: FilterObject, object: FilterObject): Groups | null {
  const through = LINES[self]?.[object];
  if (through) return throughLines(account, object, ...through);
  const back = POINTERS[object][self];
  return back ? grouped(recordsOf(account, object), back) : null;
}

type Groups = ReadonlyMap<unknown, readonly AnyRecord[]>;

function throughLines(account: Account, object: FilterObject, mine: LineKey, other: LineKey): Groups {
  const groups = new Map<unknown, AnyRecord[]>();
  for (const line of account.state.dealProducts.all()) {
    const found = line.deletedSec === null ? liveRecord(account, object, line[other]) : null;
    if (found) groups.set(line[mine], [...(groups.get(line[mine]) ?? []), found]);
  }
  return groups;
}

function grouped(records: Iterable<AnyRecord>, back: Pointer): Groups {
  const groups = new Map<unknown, AnyRecord[]>();
  for (const record of records) {
    if ((record.deletedSec ?? null) !== null) continue;
    const key = back(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

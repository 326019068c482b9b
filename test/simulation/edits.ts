import { type SeededRandom, seededRandom } from 'landfall-emulators/kit/random.ts';
import type { Snapshot, SnapshotRecord } from '../scenarios/support/emulator.ts';
import type { Account } from './account.ts';

/** What people did between a migration and its rollback, by the records it touched. */
export interface Edited {
  /** Records that somebody changed, or hung something on: `deal 7`. */
  readonly touched: ReadonlySet<string>;
  /** Records that somebody removed. */
  readonly removed: ReadonlySet<string>;
  /** Records that somebody made. */
  readonly made: ReadonlySet<string>;
}

const kinds = {
  organizations: 'organization',
  persons: 'person',
  deals: 'deal',
  activities: 'activity',
  notes: 'note',
} as const;
type Plural = keyof typeof kinds;

/** The name of a record by its list and id. */
export function recordName(plural: string, id: unknown): string {
  return `${kinds[plural as Plural] ?? plural} ${String(id)}`;
}

/** One thing people do with a record: the request, and what it touches. */
interface Edit {
  readonly on: Plural;
  readonly what: 'change' | 'remove' | 'hang';
  body(record: SnapshotRecord, random: SeededRandom): Readonly<Record<string, unknown>>;
  /** For `hang`: the list the new record goes to. */
  readonly to?: 'notes' | 'activities' | 'deals' | 'persons';
}

const edits: readonly Edit[] = [
  { on: 'organizations', what: 'change', body: ({ name }) => ({ name: `${String(name)} (new)` }) },
  {
    on: 'organizations',
    what: 'change',
    body: (_one, random) => ({ employee_count: random.between(1, 9_999) }),
  },
  { on: 'organizations', what: 'change', body: () => ({ website: 'https://edited.example' }) },
  { on: 'organizations', what: 'change', body: () => ({ address: { value: 'Edited street 7' } }) },
  { on: 'persons', what: 'change', body: ({ name }) => ({ name: `${String(name)} edited` }) },
  { on: 'persons', what: 'change', body: () => ({ phones: [{ value: '+905550000001', primary: true }] }) },
  {
    on: 'persons',
    what: 'change',
    body: () => ({ emails: [{ value: 'edited@simulated.example', primary: true }] }),
  },
  { on: 'persons', what: 'change', body: () => ({ org_id: null }) },
  { on: 'deals', what: 'change', body: (_one, random) => ({ value: random.between(1_000_000, 2_000_000) }) },
  { on: 'deals', what: 'change', body: ({ title }) => ({ title: `${String(title)} edited` }) },
  { on: 'deals', what: 'change', body: ({ status }) => ({ status: status === 'won' ? 'open' : 'won' }) },
  { on: 'deals', what: 'change', body: () => ({ expected_close_date: '2031-01-02' }) },
  { on: 'deals', what: 'change', body: () => ({ probability: 77 }) },
  { on: 'activities', what: 'change', body: ({ done }) => ({ done: done !== true }) },
  { on: 'activities', what: 'change', body: ({ subject }) => ({ subject: `${String(subject)} edited` }) },
  { on: 'notes', what: 'change', body: ({ content }) => ({ content: `${String(content)} edited` }) },
  { on: 'organizations', what: 'remove', body: () => ({}) },
  { on: 'persons', what: 'remove', body: () => ({}) },
  { on: 'deals', what: 'remove', body: () => ({}) },
  { on: 'activities', what: 'remove', body: () => ({}) },
  { on: 'notes', what: 'remove', body: () => ({}) },
  { on: 'organizations', what: 'hang', to: 'notes', body: ({ id }) => ({ content: 'Theirs', org_id: id }) },
  { on: 'organizations', what: 'hang', to: 'deals', body: ({ id }) => ({ title: 'Theirs', org_id: id }) },
  { on: 'organizations', what: 'hang', to: 'persons', body: ({ id }) => ({ name: 'Theirs', org_id: id }) },
  { on: 'persons', what: 'hang', to: 'notes', body: ({ id }) => ({ content: 'Theirs', person_id: id }) },
  { on: 'persons', what: 'hang', to: 'deals', body: ({ id }) => ({ title: 'Theirs', person_id: id }) },
  {
    on: 'persons',
    what: 'hang',
    to: 'activities',
    body: ({ id }) => ({ subject: 'Theirs', type: 'call', participants: [{ person_id: id, primary: true }] }),
  },
  { on: 'deals', what: 'hang', to: 'notes', body: ({ id }) => ({ content: 'Theirs', deal_id: id }) },
  {
    on: 'deals',
    what: 'hang',
    to: 'activities',
    body: ({ id }) => ({ subject: 'Theirs', type: 'call', deal_id: id }),
  },
];

function pathOf(plural: Plural, id: unknown): string {
  return `/api/${plural === 'notes' ? 'v1' : 'v2'}/${plural}/${String(id)}`;
}

/** People edit, remove and add `count` times, on records of the migration and of their own. */
export async function makeEdits(account: Account, seed: number, count: number): Promise<Edited> {
  const random = seededRandom(seed);
  const touched = new Set<string>();
  const removed = new Set<string>();
  const made = new Set<string>();
  for (let at = 0; at < count; at += 1) {
    const edit = random.pick(edits);
    const records = (account.snapshot()[edit.on] ?? []) as readonly SnapshotRecord[];
    if (records.length === 0) continue;
    const record = random.pick(records);
    const name = recordName(edit.on, record['id']);
    if (edit.what === 'hang') {
      const to = edit.to ?? 'notes';
      const answer = await account.person(
        'POST',
        `/api/${to === 'notes' ? 'v1' : 'v2'}/${to}`,
        edit.body(record, random),
      );
      if (answer === null) continue;
      touched.add(name);
      made.add(recordName(to, answer['id']));
    } else {
      const method = edit.what === 'remove' ? 'DELETE' : edit.on === 'notes' ? 'PUT' : 'PATCH';
      const answer = await account.person(
        method,
        pathOf(edit.on, record['id']),
        edit.what === 'remove' ? undefined : edit.body(record, random),
      );
      if (answer !== null) (edit.what === 'remove' ? removed : touched).add(name);
    }
  }
  return { touched, removed, made };
}

/** Nobody did anything. */
export const noEdits: Edited = { touched: new Set(), removed: new Set(), made: new Set() };

/** The record as a list of an account holds it; undefined when it is not there. */
export function recordIn(snapshot: Snapshot, name: string): SnapshotRecord | undefined {
  const [kind = '', id = ''] = name.split(' ');
  const plural = Object.entries(kinds).find(([, one]) => one === kind)?.[0] ?? kind;
  return (snapshot[plural] ?? []).find((record) => String(record['id']) === id);
}

/** The lists of records a person can edit. */
export const editable: readonly Plural[] = Object.keys(kinds) as Plural[];

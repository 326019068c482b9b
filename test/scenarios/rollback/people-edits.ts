import type { SeededRandom } from 'landfall-emulators/kit/random.ts';
import type { Snapshot, SnapshotRecord } from '../support/emulator.ts';

/** A person at work in the account: what they see, and what they may ask of it. */
export interface Desk {
  readonly random: SeededRandom;
  /** Records of a kind that may be edited now, of these owners. */
  pick(kind: RecordKind, whose: Whose): SnapshotRecord | null;
  snapshot(): Snapshot;
  /** Their own request. Throws when it is refused. */
  ask(method: string, path: string, body?: unknown): Promise<void>;
  /** A word nobody has used. */
  word(): string;
}

/** `ours`: made by the migration; `found`: was there before; `theirs`: made by a person meanwhile. */
export type Whose = 'ours' | 'found' | 'theirs';

/** Lists of the account's snapshot that people's records lie in. */
export type RecordKind =
  | 'organizations'
  | 'persons'
  | 'deals'
  | 'leads'
  | 'activities'
  | 'notes'
  | 'relationships';

/** One kind of thing that people do. `make` answers false when there is nothing to do it to. */
export interface EditKind {
  readonly what: string;
  /** What it touches: which edits may be made while a rollback is at work. */
  readonly on: RecordKind;
  make(desk: Desk): Promise<boolean>;
}

type Body = Readonly<Record<string, unknown>>;

const v2 = (kind: string, id: unknown) => `/api/v2/${kind}/${id}`;

/** Changes members of one record. */
function change(
  what: string,
  on: RecordKind,
  whose: Whose,
  body: (desk: Desk, record: SnapshotRecord) => Body | null,
): EditKind {
  return {
    what,
    on,
    make: async (desk) => {
      const record = desk.pick(on, whose);
      const given = record === null ? null : body(desk, record);
      if (record === null || given === null) return false;
      if (on === 'notes') await desk.ask('PUT', `/api/v1/notes/${record.id}`, given);
      else if (on === 'relationships')
        await desk.ask('PUT', `/api/v1/organizationRelationships/${record.id}`, given);
      else if (on === 'leads') await desk.ask('PATCH', `/api/v1/leads/${record.id}`, given);
      else await desk.ask('PATCH', v2(on, record.id), given);
      return true;
    },
  };
}

/** Hangs something new of theirs on a record. */
function hang(
  what: string,
  on: RecordKind,
  whose: Whose,
  path: string,
  body: (desk: Desk, record: SnapshotRecord) => Body,
): EditKind {
  return {
    what,
    on,
    make: async (desk) => {
      const record = desk.pick(on, whose);
      if (record === null) return false;
      await desk.ask('POST', path, body(desk, record));
      return true;
    },
  };
}

function remove(what: string, on: 'organizations' | 'persons' | 'deals' | 'notes'): EditKind {
  return {
    what,
    on,
    make: async (desk) => {
      const record = desk.pick(on, 'ours');
      if (record === null) return false;
      await desk.ask('DELETE', on === 'notes' ? `/api/v1/notes/${record.id}` : v2(on, record.id));
      return true;
    },
  };
}

function otherUser({ random, snapshot }: Desk, record: SnapshotRecord): number | null {
  const users = (snapshot().users ?? []).filter(
    ({ id, active }) => active !== false && id !== record.owner_id,
  );
  return users.length === 0 ? null : Number(random.pick(users).id);
}

function customCode({ snapshot }: Desk, entity: string, name: string): string | null {
  const fields = snapshot().fields ?? [];
  const field = fields.find((one) => one.entity === entity && one.field_name === name);
  return field === undefined ? null : String(field.field_code);
}

const email = (word: string) => ({ value: `${word}@people.example`, label: 'work', primary: true });
const phone = (random: SeededRandom) => ({
  value: `+90555${random.between(1_000_000, 9_999_999)}`,
  label: 'home',
  primary: true,
});

/** What people do to an account between a migration and its rollback, and during both (RB-02). */
export const editKinds: readonly EditKind[] = [
  change('renames an organization', 'organizations', 'ours', (desk) => ({ name: desk.word() })),
  change('moves an organization', 'organizations', 'ours', (desk) => ({ address: { value: desk.word() } })),
  change('writes into a field of ours', 'organizations', 'ours', (desk) => {
    const code = customCode(desk, 'organization', 'Tier');
    return code === null ? null : { custom_fields: { [code]: desk.word() } };
  }),
  change('empties a field of ours', 'organizations', 'ours', (desk) => {
    const code = customCode(desk, 'organization', 'Tier');
    return code === null ? null : { custom_fields: { [code]: null } };
  }),
  change('gives an organization to somebody else', 'organizations', 'ours', (desk, record) => {
    const owner_id = otherUser(desk, record);
    return owner_id === null ? null : { owner_id };
  }),
  change('renames a person', 'persons', 'ours', (desk) => ({ name: desk.word() })),
  change('adds a phone', 'persons', 'ours', ({ random }, { phones }) => ({
    phones: [...((phones ?? []) as object[]).map((one) => ({ ...one, primary: false })), phone(random)],
  })),
  change('takes every e-mail away', 'persons', 'ours', () => ({ emails: [] })),
  change('takes a person out of the organization', 'persons', 'ours', () => ({ org_id: null })),
  change('moves a person to another organization', 'persons', 'ours', (desk) => {
    const home = desk.pick('organizations', 'ours');
    return home === null ? null : { org_id: home.id };
  }),
  change('retitles a deal', 'deals', 'ours', (desk) => ({ title: desk.word() })),
  change('changes the value of a deal', 'deals', 'ours', ({ random }) => ({
    value: random.between(1, 90_000),
  })),
  change('moves a deal to another stage', 'deals', 'ours', ({ random, snapshot }, { stage_id }) => {
    const stages = (snapshot().stages ?? []).filter(({ id }) => id !== stage_id);
    return stages.length === 0 ? null : { stage_id: random.pick(stages).id };
  }),
  change('wins a deal', 'deals', 'ours', () => ({ status: 'won' })),
  change('archives a deal', 'deals', 'ours', () => ({ is_archived: true })),
  change('gives a deal another contact', 'deals', 'ours', (desk) => {
    const contact = desk.pick('persons', 'ours');
    return contact === null ? null : { person_id: contact.id };
  }),
  change('does an activity', 'activities', 'ours', (_desk, { done }) => ({ done: done !== true })),
  change('puts an activity off', 'activities', 'ours', ({ random }) => ({
    due_date: `2031-0${random.between(1, 9)}-1${random.between(0, 9)}`,
  })),
  change('asks one more person to an activity', 'activities', 'ours', (desk, { participants }) => {
    const guest = desk.pick('persons', 'ours');
    const there = (participants ?? []) as readonly { person_id: unknown }[];
    if (guest === null || there.some(({ person_id }) => person_id === guest.id)) return null;
    return { participants: [...there, { person_id: guest.id, primary: there.length === 0 }] };
  }),
  change('rewrites a note', 'notes', 'ours', (desk) => ({ content: desk.word() })),
  change('turns a relationship round', 'relationships', 'ours', (_desk, { type }) => ({
    type: type === 'parent' ? 'related' : 'parent',
  })),
  hang('writes a note on an organization', 'organizations', 'ours', '/api/v1/notes', (desk, { id }) => ({
    content: desk.word(),
    org_id: id,
  })),
  hang('plans an activity with a person', 'persons', 'ours', '/api/v2/activities', (desk, { id }) => ({
    subject: desk.word(),
    type: 'call',
    participants: [{ person_id: id, primary: true }],
  })),
  hang('plans an activity on a deal', 'deals', 'ours', '/api/v2/activities', (desk, { id }) => ({
    subject: desk.word(),
    type: 'call',
    deal_id: id,
  })),
  hang('opens a deal with an organization', 'organizations', 'ours', '/api/v2/deals', (desk, { id }) => ({
    title: desk.word(),
    org_id: id,
  })),
  hang('adds a person to an organization', 'organizations', 'ours', '/api/v2/persons', (desk, { id }) => ({
    name: desk.word(),
    org_id: id,
  })),
  hang('opens a lead with a person', 'persons', 'ours', '/api/v1/leads', (desk, { id }) => ({
    title: desk.word(),
    person_id: id,
  })),
  {
    what: 'relates an organization of ours to one of theirs',
    on: 'organizations',
    make: async (desk) => {
      const [one, other] = [desk.pick('organizations', 'ours'), desk.pick('organizations', 'found')];
      if (one === null || other === null) return false;
      const ends = { rel_owner_org_id: other.id, rel_linked_org_id: one.id };
      await desk.ask('POST', '/api/v1/organizationRelationships', { type: 'parent', ...ends });
      return true;
    },
  },
  remove('removes a note of ours', 'notes'),
  remove('removes a deal of ours', 'deals'),
  remove('removes a person of ours', 'persons'),
  remove('removes an organization of ours', 'organizations'),
  change('overwrites what we filled in', 'persons', 'found', ({ random }) => ({ phones: [phone(random)] })),
  change('empties what we filled in', 'persons', 'found', () => ({ phones: [] })),
  change('changes what we did not touch', 'persons', 'found', (desk) => ({ emails: [email(desk.word())] })),
  change('moves a found person to an organization of ours', 'persons', 'found', (desk) => {
    const home = desk.pick('organizations', 'ours');
    return home === null ? null : { org_id: home.id };
  }),
  {
    what: 'changes a title and changes it back',
    on: 'deals',
    make: async (desk) => {
      const deal = desk.pick('deals', 'ours');
      if (deal === null || deal.is_archived === true) return false;
      await desk.ask('PATCH', v2('deals', deal.id), { title: desk.word() });
      await desk.ask('PATCH', v2('deals', deal.id), { title: deal.title });
      return true;
    },
  },
  hang(
    'makes a record of their own with nothing of ours',
    'organizations',
    'found',
    '/api/v2/organizations',
    (desk) => ({
      name: desk.word(),
    }),
  ),
];

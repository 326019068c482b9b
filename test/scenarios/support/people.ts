import type { EmulatedAccount, Snapshot, SnapshotRecord } from './emulator.ts';

/** Something a person does in Pipedrive between the migration and its rollback. */
export interface Edit {
  readonly what: string;
  /** Does it; answers the records of ours it touches (`organization 7`), which must stay. */
  make(account: EmulatedAccount): Promise<readonly string[]>;
}

/** Records of an account before the migration that the smallest sample company matches, each with something empty. */
export const existingRecords = {
  organizations: [
    { name: 'Akçay Yazılım A.Ş.', website: 'https://akcay.example' },
    { name: 'BOZDAĞ GIDA', address: { value: 'Kept street 1', locality: 'İzmir' } },
  ],
  persons: [
    { name: 'Ayse O.', emails: [{ value: 'ayse.ornek@akcay.example', primary: true, label: 'work' }] },
    {
      name: 'Lale Hanım',
      emails: [{ value: 'lale@akcay.example' }],
      phones: [{ value: '+90 212 000 00 00', primary: true, label: 'home' }],
    },
  ],
};

/** Those records as they are now. */
export function foundRecords(snapshot: Snapshot): readonly SnapshotRecord[] {
  const organizations = (snapshot.organizations ?? []).filter(({ name }) =>
    /^(Akçay Yaz|BOZDAĞ G)/.test(String(name)),
  );
  const persons = (snapshot.persons ?? []).filter(({ name }) => name === 'Ayse O.' || name === 'Lale Hanım');
  return [...organizations, ...persons];
}

/** The record that was made of a source record, by the end of its marker. */
function made(
  account: EmulatedAccount,
  kind: string,
  sourceId: string,
): SnapshotRecord & { readonly id: number } {
  const record = (account.snapshot()[kind] ?? []).find(({ custom_fields }) =>
    Object.values((custom_fields ?? {}) as object).some((value) => String(value).endsWith(`:${sourceId}`)),
  );
  if (record === undefined) throw new Error(`no ${kind} was made of ${sourceId}`);
  return record as SnapshotRecord & { readonly id: number };
}

function named(
  account: EmulatedAccount,
  kind: string,
  member: string,
  value: unknown,
): SnapshotRecord & { readonly id: number } {
  const record = (account.snapshot()[kind] ?? []).find((one) => one[member] === value);
  if (record === undefined) throw new Error(`no ${kind} with ${member} ${value}`);
  return record as SnapshotRecord & { readonly id: number };
}

function fieldCode(account: EmulatedAccount, entity: string, name: string): string {
  const field = (account.snapshot().fields ?? []).find(
    (one) => one.entity === entity && one.field_name === name,
  );
  if (field === undefined) throw new Error(`no ${entity} field ${name}`);
  return String(field.field_code);
}

function edit(what: string, make: Edit['make']): Edit {
  return { what, make };
}

/** A change of one of our records of a kind. */
function change(
  what: string,
  kind: 'organizations' | 'persons' | 'deals',
  sourceId: string,
  body: object,
): Edit {
  return edit(what, async (account) => {
    const { id } = made(account, kind, sourceId);
    await account.person('PATCH', `/api/v2/${kind}/${id}`, body);
    return [`${kind.slice(0, -1)} ${id}`];
  });
}

/** What people do, each on records of its own (RB-02). */
export const peopleEdits: readonly Edit[] = [
  change('renames an organization', 'organizations', 'C-90012', { name: 'Pasif Sahip Tekstil (new name)' }),
  change('adds a phone to a person', 'persons', 'P-90009', {
    phones: [{ value: '+90 555 000 00 01', primary: true }],
  }),
  change('changes the value of a deal', 'deals', 'D-90002', { value: 77_777 }),
  change('gives a deal to another owner', 'deals', 'D-90012', { owner_id: 5 }),
  change('wins a deal', 'deals', 'D-90009', { status: 'won' }),
  change('takes a person out of the organization', 'persons', 'P-90017', { org_id: null }),
  edit('moves a deal to another stage', async (account) => {
    const deal = made(account, 'deals', 'D-90005');
    const stage = (account.snapshot().stages ?? []).find(
      ({ id, pipeline_id }) => pipeline_id === deal.pipeline_id && id !== deal.stage_id,
    );
    await account.person('PATCH', `/api/v2/deals/${deal.id}`, { stage_id: stage?.id });
    return [`deal ${deal.id}`];
  }),
  edit('adds a label to a person', async (account) => {
    const { id } = made(account, 'persons', 'P-90010');
    const field = (account.snapshot().fields ?? []).find(
      (one) => one.entity === 'person' && one.field_code === 'label_ids',
    );
    const [label] = (field?.options ?? []) as readonly SnapshotRecord[];
    await account.person('PATCH', `/api/v2/persons/${id}`, { label_ids: [label?.id] });
    return [`person ${id}`];
  }),
  edit('writes a note on a person', async (account) => {
    const { id } = made(account, 'persons', 'P-90011');
    await account.person('POST', '/api/v1/notes', { content: 'Called, no answer', person_id: id });
    return [`person ${id}`];
  }),
  edit('plans an activity on a deal', async (account) => {
    const { id } = made(account, 'deals', 'D-90014');
    await account.person('POST', '/api/v2/activities', { subject: 'Theirs', type: 'call', deal_id: id });
    return [`deal ${id}`];
  }),
  edit('opens a deal with an organization', async (account) => {
    const { id } = made(account, 'organizations', 'C-90004');
    await account.person('POST', '/api/v2/deals', { title: 'Theirs', org_id: id });
    return [`organization ${id}`];
  }),
  edit('adds a person to an organization', async (account) => {
    const { id } = made(account, 'organizations', 'C-90009');
    await account.person('POST', '/api/v2/persons', { name: 'Theirs', org_id: id });
    return [`organization ${id}`];
  }),
  edit('does an open activity', async (account) => {
    const { id } = named(account, 'activities', 'subject', 'Açık görev');
    await account.person('PATCH', `/api/v2/activities/${id}`, { done: true });
    return [`activity ${id}`];
  }),
  edit('edits a note', async (account) => {
    const { id } = named(account, 'notes', 'content', '<p>Şirkete yazılmış not</p>');
    await account.person('PUT', `/api/v1/notes/${id}`, {
      content: '<p>Şirkete yazılmış not, düzeltildi</p>',
    });
    return [`note ${id}`];
  }),
  edit('deletes a note of ours', async (account) => {
    const { id } = named(account, 'notes', 'content', '<p>Yazarı bilinmeyen</p>');
    await account.person('DELETE', `/api/v1/notes/${id}`);
    return [];
  }),
  edit('deletes an organization of ours that people and deals of ours are linked to', async (account) => {
    const { id } = made(account, 'organizations', 'C-90003');
    await account.person('DELETE', `/api/v2/organizations/${id}`);
    return [];
  }),
  edit('uses a field of ours on a record of their own', async (account) => {
    const custom_fields = { [fieldCode(account, 'organization', 'Vergi No')]: '12345' };
    await account.person('POST', '/api/v2/organizations', { name: 'Theirs with our field', custom_fields });
    return [];
  }),
  edit('adds an option to a field of ours', async (account) => {
    const code = fieldCode(account, 'deal', 'Region');
    await account.person('POST', `/api/v2/dealFields/${code}/options`, [{ label: 'Theirs' }]);
    return [];
  }),
  edit('puts a deal of their own into a stage of ours', async (account) => {
    const stage = named(account, 'stages', 'name', 'Negotiation');
    await account.person('POST', '/api/v2/deals', { title: 'Theirs in our stage', stage_id: stage.id });
    return [];
  }),
];

/** Configuration of ours that those edits use: it must stay. */
export const keptConfiguration: readonly RegExp[] = [
  /^organization\.Vergi No$/,
  /^deal\.Region$/,
  /Negotiation/,
];

/** The records with everything of ours they are linked to, link by link. */
export function withParents(snapshot: Snapshot, names: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  const add = (name: string) => {
    if (all.has(name)) return;
    all.add(name);
    const record = recordOf(snapshot, name);
    if (record === undefined) return;
    for (const [member, entity] of Object.entries({
      org_id: 'organization',
      person_id: 'person',
      deal_id: 'deal',
    })) {
      if (typeof record[member] === 'number') add(`${entity} ${record[member]}`);
    }
    for (const one of (record.participants ?? []) as readonly SnapshotRecord[])
      add(`person ${one.person_id}`);
  };
  for (const name of names) add(name);
  return all;
}

const kindOf: Readonly<Record<string, string>> = {
  organization: 'organizations',
  person: 'persons',
  deal: 'deals',
  activity: 'activities',
  note: 'notes',
};

/** A record by its kind and id (`deal 12`). */
export function recordOf(snapshot: Snapshot, name: string): SnapshotRecord | undefined {
  const [entity = '', id = ''] = name.split(' ');
  return (snapshot[kindOf[entity] ?? ''] ?? []).find((record) => String(record.id) === id);
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { unknownOwner } from '../../samples/users.ts';
import { AccountView } from './account-view.ts';
import { type EmulatedAccount, startAccount } from './support/emulator.ts';
import { expectBalanced, type StatusRow } from './support/verdict.ts';
import { advanceAll, makeWorkspace, must, planned, type Workspace } from './support/workspace.ts';

// Every command is a process of its own: on a busy machine a few of them take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

interface Question {
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  readonly records: readonly string[];
}

interface Status {
  readonly gates: readonly { readonly gate: string; readonly state: string }[];
  readonly ledger: Readonly<Record<string, StatusRow>>;
}

describe('the other answers a customer can give', () => {
  let account: EmulatedAccount;
  let workspace: Workspace;
  let view: AccountView;
  const seen: {
    first: readonly Question[];
    each: readonly Question[];
    afterInvitation: readonly Question[];
  } = { first: [], each: [], afterInvitation: [] };
  let approvedThenStale: Status['gates'];

  beforeAll(async () => {
    account = await startAccount();
    workspace = await makeWorkspace(account, {
      policies: 'inDoubtQuietSeconds: 1, budgetShare: 1, duplicates: merge',
    });
    const run = (...args: readonly string[]) => workspace.run(args);
    const questions = async () => (await run('queue')).json as readonly Question[];
    const decide = async (id: string | undefined, ...rest: readonly string[]) =>
      must(await run('decide', id ?? 'missing', ...rest), [0]);
    must(await run('advance', '--to', 'plan'), [0, 3, 5]);
    seen.first = await questions();
    for (const { id, kind, question } of seen.first)
      if (kind === 'owner' && question.toLowerCase().includes('kaan')) await decide(id, 'provisioned');
    await decide('links-deal-org_id', 'each');
    await decide('links-person-org_id', 'parent', '--value', 'Çınarlı Holding');
    await decide(
      seen.first.find(({ kind, records }) => kind === 'ambiguous-link' && records.includes('D-90006'))?.id,
      'contacts:P-90008',
    );
    must(await run('advance', '--to', 'plan'), [0, 3, 5]);
    seen.each = await questions();
    const single = (record: string) =>
      seen.each.find(({ kind, records }) => kind === 'unlinked-deal' && records.includes(record))?.id;
    await decide(single('D-90004'), 'link', '--value', 'C-90003');
    await decide(single('D-90005'), 'exclude');
    await decide(single('D-90008'), 'placeholder');
    for (const gate of ['scope', 'data']) must(await run('approve', gate, '--as', 'Ayla'), [0]);

    // The admin invites the user, and somebody mends a phone number in the export: nobody has to begin again.
    account.seed({ users: [{ name: unknownOwner.name, email: unknownOwner.email }] });
    const file = join(workspace.directory, 'export', 'contacts.csv');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('+90 212 555 11 22');
    writeFileSync(file, text.replace('+90 212 555 11 22', '+90 212 555 99 88'));
    must(await run('discover'), [0]);
    must(await run('advance', '--to', 'plan'), [0, 3, 5]);
    seen.afterInvitation = await questions();
    approvedThenStale = ((await run('status')).json as Status).gates;
    must(await run('decide', '--defaults', '--as', 'Ayla'), [0]);
    must(await run('advance', '--to', 'plan'), [0, 5]);
    must(await run(...advanceAll), [0, 5]);
    view = new AccountView(account.snapshot());
  });

  afterAll(async () => {
    await account?.close();
    workspace?.remove();
  });

  it('OWN-03: an owner invited since is found by the next discover, and the question is gone', () => {
    const kaan = (questions: readonly Question[]) =>
      questions.filter(({ kind, question }) => kind === 'owner' && question.toLowerCase().includes('kaan'));
    expect(kaan(seen.first)).toHaveLength(2);
    expect(kaan(seen.each)).toHaveLength(2);
    expect(kaan(seen.afterInvitation)).toEqual([]);
    const user = view.userId(unknownOwner.email);
    expect(view.made('organization', 'C-90011')['owner_id']).toBe(user);
    expect(view.made('deal', 'D-90009')['owner_id']).toBe(user);
  });

  it('DQ-14, R-28: unlinked deals decided one by one: linked, left out, on the placeholder', () => {
    expect(
      seen.each
        .filter(({ kind }) => kind === 'unlinked-deal')
        .flatMap(({ records }) => records)
        .toSorted(),
    ).toEqual(['D-90004', 'D-90005', 'D-90008']);
    expect(view.made('deal', 'D-90004')['org_id']).toBe(view.made('organization', 'C-90003').id);
    expect(view.has('deal', 'D-90005')).toBe(false);
    expect(view.made('deal', 'D-90008')['org_id']).toBe(view.made('organization', 'organization').id);
  });

  it('DQ-14: contacts without a company on a designated parent', () => {
    expect(view.made('person', 'P-90002')['org_id']).toBe(view.made('organization', 'C-90004').id);
    expect(view.made('person', 'P-90003')['org_id']).toBe(view.made('organization', 'C-90004').id);
  });

  it('S-22(b): an ambiguous name that was decided leads to the person decided', () => {
    expect(view.made('deal', 'D-90006')['person_id']).toBe(view.made('person', 'P-90008').id);
  });

  it('DQ-02: duplicates: merge makes one organization of a domain, without a question', () => {
    expect(seen.first.filter(({ kind }) => kind === 'duplicates')).toEqual([]);
    expect(view.has('organization', 'C-90001')).toBe(true);
    expect(view.has('organization', 'C-90002')).toBe(false);
    expect(view.made('organization', 'C-90001').labels).toContain('Partner');
  });

  it('a changed export is staged anew, and what was approved of the old one is stale', () => {
    const { phones } = view.made('person', 'P-90001') as unknown as {
      readonly phones: readonly { readonly value: string }[];
    };
    expect(phones.map(({ value }) => value)).toContain('+902125559988');
    expect(approvedThenStale.find(({ gate }) => gate === 'scope')?.state).toBe('stale');
  });

  it('every record that was left out or put aside is in the books', async () => {
    const { ledger } = (await workspace.run(['status'])).json as Status;
    expectBalanced(ledger);
    expect(ledger['deal']).toMatchObject({ skipped: 1 });
  });
});

describe('a plan made again after configure', () => {
  it('keeps in mind what was made, makes what is new, and rollback takes both back', async () => {
    const account = await startAccount();
    const workspace = await makeWorkspace(account, {
      policies: 'inDoubtQuietSeconds: 1, budgetShare: 1, notesAs: note',
    });
    try {
      const before = account.snapshot();
      await planned(workspace);
      must(await workspace.run(['advance', '--to', 'configure', '--approve-as', 'Ayla']), [0, 5]);
      const gates = async () => ((await workspace.run(['status'])).json as Status).gates;
      const approved = (await gates()).filter(({ state }) => state === 'approved').map(({ gate }) => gate);

      // Nothing has changed: nothing needs to be approved again.
      must(await workspace.run(['discover']), [0]);
      must(await workspace.run(['advance', '--to', 'plan']), [0, 5]);
      expect((await gates()).filter(({ state }) => state === 'approved').map(({ gate }) => gate)).toEqual(
        approved,
      );

      const file = join(workspace.directory, 'mapping.yaml');
      const text = readFileSync(file, 'utf8');
      const widened = text
        .replace(
          /\n {6}- to: person\.owner_id/,
          '\n      - to: person.custom.Second name\n        from: Last Name\n        via: [ trim ]$&',
        )
        .replace(
          /^fields:$/m,
          'fields:\n  - entity: person\n    name: Second name\n    type: varchar\n    why: asked for late',
        );
      writeFileSync(file, widened);
      must(await workspace.run(advanceAll), [0, 5]);
      const view = new AccountView(account.snapshot());
      expect(view.made('person', 'P-90001').custom['Second name']).toBe('Örnek');

      must(await workspace.run(['rollback']), [0]);
      expect(account.snapshot()).toEqual(before);
    } finally {
      await account.close();
      workspace.remove();
    }
  });
});

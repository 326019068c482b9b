import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccountView } from './account-view.ts';
import { badCase, expectRefusal, goodContacts, removeCases } from './bad-case.ts';
import { errorOf } from './support/cli.ts';
import { type EmulatedAccount, startAccount, writesIn } from './support/emulator.ts';
import { expectBalanced, type StatusRow } from './support/verdict.ts';
import { advanceAll, makeWorkspace, must, planned, type Workspace } from './support/workspace.ts';

// Every command is a process of its own: on a busy machine a few of them take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

let account: EmulatedAccount;

beforeAll(async () => {
  account = await startAccount();
});

afterAll(async () => {
  await account?.close();
  removeCases();
});

describe('a configuration that is wrong is refused with its lines', () => {
  const config = 'landfall.yaml';

  it.each<readonly [string, string, (text: string) => string, readonly RegExp[]]>([
    [
      'broken YAML',
      'configuration-wrong',
      (text) => text.replace('}\ndestination', '\ndestination'),
      [/landfall\.yaml:\d: /],
    ],
    [
      'an unknown policy',
      'configuration-wrong',
      (text) => text.replace('policies: {', 'policies: { colour: red,'),
      [/landfall\.yaml:5: policies.*colour/],
    ],
    [
      'a policy with an unknown value',
      'configuration-wrong',
      (text) => text.replace('policies: {', 'policies: { unlinkedDeals: maybe, timezone: Mars/Phobos,'),
      [
        /landfall\.yaml:5: policies\.unlinkedDeals: .*placeholder/,
        /landfall\.yaml:5: policies\.timezone: .*Europe\/Istanbul/,
      ],
    ],
    [
      'an unknown source',
      'configuration-wrong',
      (text) => text.replace('smart-crm-online', 'salesforce'),
      [/landfall\.yaml:3: source\.system.*salesforce.*smart-crm-online/s],
    ],
    [
      'a table that is not there',
      'configuration-wrong',
      (text) => text.replace('./export', './export, tables: [{ file: firms.csv, entity: companies }]'),
      [/landfall\.yaml:3: source\.tables.*firms\.csv/],
    ],
    [
      'a column that is not there',
      'configuration-wrong',
      (text) =>
        text.replace('./export', './export, tables: [{ file: contacts.csv, columns: { Tel: Phone } }]'),
      [/landfall\.yaml:3: source\.tables\[0\]\.columns.*no column Tel; there are Contact ID/],
    ],
    [
      'an encoding nobody knows',
      'configuration-wrong',
      (text) => text.replace('./export', './export, tables: [{ file: contacts.csv, encoding: klingon }]'),
      [/landfall\.yaml:3: source\.tables\.0\.encoding: .*windows-1254/],
    ],
    [
      'a table said to be what does not exist',
      'configuration-wrong',
      (text) => text.replace('./export', './export, tables: [{ file: contacts.csv, entity: planets }]'),
      [/landfall\.yaml:3: source\.tables\[0\].*planets.*companies/s],
    ],
    [
      'a name that cannot be a marker',
      'configuration-wrong',
      (text) => text.replace('name: bad', 'name: Bad Name!'),
      [/landfall\.yaml:2: name/],
    ],
  ])('%s', async (_what, code, spoil, words) => {
    const one = badCase(account);
    one.write('export/contacts.csv', goodContacts);
    one.write(config, spoil(readFileSync(join(one.directory, config), 'utf8')));
    expectRefusal(await one.run('check'), 2, code, words);
  });

  it('a variable that is not set is named, and no value of another is told', async () => {
    const one = badCase(account, { token: '' });
    one.write('export/contacts.csv', goodContacts);
    expectRefusal(await one.run('check'), 2, 'secret-missing', [/TOKEN is not set/]);
  });

  it('a wrong token is refused and not repeated to anybody', async () => {
    const one = badCase(account, { token: 'not-the-token-0123456789' });
    one.write('export/contacts.csv', goodContacts);
    const ran = await one.run('check');
    expectRefusal(ran, 2, 'unauthorized', [/401/]);
    expect(ran.stderr).not.toContain('not-the-token');
  });

  it('a fallback owner who is no active user', async () => {
    const one = badCase(account, {
      policies: ', unmatchedOwners: fallback, fallbackOwner: nobody@nowhere.example',
    });
    one.write(
      'export/contacts.csv',
      goodContacts
        .replace('Email\n', 'Email,Owner\n')
        .replace('ayse@one.example', 'ayse@one.example,Kaan Bilgin'),
    );
    expectRefusal(await one.run('advance', '--to', 'plan'), 2, 'configuration-wrong', [
      /fallbackOwner.*nobody@nowhere/,
    ]);
  });

  it('a mapping with faults is refused with every line of them, and an answer that is none stays a question', async () => {
    const one = badCase(account);
    one.write('export/contacts.csv', goodContacts);
    must(await one.run('advance', '--to', 'map'), [0]);
    const file = join(one.directory, 'mapping.yaml');
    const good = readFileSync(file, 'utf8');
    const lineOf = (text: string, words: string) =>
      text.split('\n').findIndex((line) => line.includes(words)) + 1;

    const faulty = good
      .replace('via: [ emails ]', 'via: [ shout ]')
      .replace('to: person.phones.work', 'to: person.shoeSize');
    writeFileSync(file, faulty);
    const wrong = [`mapping\\.yaml:${lineOf(faulty, 'shout')}: `, 'shout'].map((word) => new RegExp(word));
    expectRefusal(await one.run('advance', '--to', 'audit'), 2, 'mapping-wrong', wrong);

    const broken = good.replace('entities:', 'entities: [');
    writeFileSync(file, broken);
    expectRefusal(await one.run('audit'), 2, 'mapping-wrong', [/mapping\.yaml:\d+: /]);

    writeFileSync(file, good);
    one.write('decisions.yaml', '- id: links-person-org_id\n  choice: sell-them\n');
    must(await one.run('advance', '--to', 'plan'), [0, 3, 5]);
    const open = (await one.run('queue')).json as readonly { readonly id: string }[];
    expect(open.map(({ id }) => id)).toContain('links-person-org_id');
    one.write('decisions.yaml', '- id: links-person-org_id\n  answer: leave\n');
    expectRefusal(await one.run('queue'), 2, 'configuration-wrong', [/decisions\.yaml:\d: /]);
  });
});

describe('an account that is too small', () => {
  let small: EmulatedAccount;
  let journey: Workspace;

  beforeAll(async () => {
    small = await startAccount({ plan: 'lite', seats: 1 });
    small.seed({
      fields: Array.from({ length: 15 }, (_, at) => ({
        entity: 'person',
        field_name: `Old field ${at}`,
        field_type: 'varchar',
      })),
    });
  });

  afterAll(async () => {
    await small?.close();
    journey?.remove();
  });

  it('too few custom fields: told with numbers before the first write (1)', async () => {
    journey = await makeWorkspace(small);
    await planned(journey);
    const plan = must(await journey.run(['plan']), [0]).json as {
      readonly caps: readonly { readonly name: string; readonly fits: boolean; readonly wanted: number }[];
    };
    expect(plan.caps.find(({ fits }) => !fits)?.name).toMatch(/field/i);
    const ran = await journey.run(advanceAll);
    expect([ran.code, errorOf(ran)?.code]).toEqual([1, 'cap-reached']);
    expect(errorOf(ran)?.message).toMatch(/\d+ are needed, the plan allows 30/);
    expect(writesIn(small.log())).toEqual([]);
    journey.remove();
  });

  it('too few deals, found out on the way: it stops, nothing is lost, and with more room it goes on (1, then done)', async () => {
    const tight = await startAccount();
    const other = await makeWorkspace(tight);
    try {
      await planned(other);
      tight.switches({ openDealsCap: 5 });
      const ran = await other.run(advanceAll);
      expect([ran.code, errorOf(ran)?.code]).toEqual([1, 'cap-reached']);
      expect(errorOf(ran)?.message).toMatch(/deal/i);
      expect(new AccountView(tight.snapshot()).all('deal')).toHaveLength(5);
      tight.switches({ openDealsCap: null });
      const { status } = must(await other.run(advanceAll), [0, 5]).json as {
        readonly status: { readonly ledger: Readonly<Record<string, StatusRow>> };
      };
      expectBalanced(status.ledger);
      expect(new AccountView(tight.snapshot()).all('deal')).toHaveLength(
        Number(status.ledger['deal']?.['created']),
      );
    } finally {
      await tight.close();
      other.remove();
    }
  });
});

describe('an export that changes', () => {
  it('after the approval: what was approved is what is loaded, and discover says that it is another one', async () => {
    const one = badCase(account);
    one.write('export/contacts.csv', goodContacts);
    must(await one.run('advance', '--to', 'plan'), [0, 3, 5]);
    must(await one.run('decide', '--defaults'), [0]);
    must(await one.run('advance', '--to', 'configure', '--approve-as', 'Ayla'), [0]);

    one.write('export/contacts.csv', goodContacts.replace('Bora,Demir', 'Bora,Çelik'));
    must(await one.run('discover'), [0]);
    const stale = await one.run('run');
    expect([stale.code, errorOf(stale)?.code]).toEqual([3, 'approval-stale']);

    one.write('export/contacts.csv', goodContacts);
    must(await one.run('discover'), [0]);
    must(await one.run('advance', '--to', 'plan'), [0, 5]);
    one.write('export/contacts.csv', 'gone');
    must(await one.run('run'), [0]);
    const view = new AccountView(account.snapshot());
    expect(view.made('person', '2')['name']).toBe('Bora Demir');
  });
});

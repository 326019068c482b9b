import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeSampleCompany } from '../../samples/smart-crm-online.ts';
import { unknownOwner } from '../../samples/users.ts';
import { AccountView } from './account-view.ts';
import { errorOf, landfall, type Ran } from './support/cli.ts';
import { type EmulatedAccount, startAccount, writesIn } from './support/emulator.ts';
import { expectBalanced, type StatusRow } from './support/verdict.ts';
import { advanceAll, must } from './support/workspace.ts';

// Every command is a process of its own: on a busy machine a few of them take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

interface Question {
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  readonly records: readonly string[];
  readonly choices: readonly { readonly id: string; readonly label: string; readonly default: boolean }[];
  readonly default: string | null;
  readonly blocks: string | null;
}

interface Status {
  readonly phase: string;
  readonly gates: readonly { readonly gate: string; readonly state: string; readonly by: string | null }[];
  readonly waiting: readonly Question[];
  readonly ledger: Readonly<Record<string, StatusRow>>;
}

interface Verified {
  readonly records: number;
  readonly fields: number;
  readonly equal: number;
  readonly normalised: number;
  readonly byRule: number;
  readonly lossy: number;
  readonly missing: number;
  readonly different: number;
}

const needed = ['scope', 'mapping', 'data', 'owners', 'configuration', 'plan'];

describe('a customer moves a company, by the command line alone', () => {
  let account: EmulatedAccount;
  let directory: string;
  const run = (...args: readonly string[]): Promise<Ran> =>
    landfall(args, { directory, env: { PIPEDRIVE_API_TOKEN: account.token } });
  const queue = async () => (await run('queue')).json as readonly Question[];
  const report = (name: string) => readFileSync(join(directory, 'reports', name), 'utf8');

  beforeAll(async () => {
    account = await startAccount();
    directory = join(mkdtempSync(join(tmpdir(), 'landfall-journey-')), 'acme');
  });

  afterAll(async () => {
    await account?.close();
    if (directory !== undefined) rmSync(join(directory, '..'), { recursive: true, force: true });
  });

  it('init makes a workspace that says what to fill in, and makes it once', async () => {
    must(await landfall(['init', directory, '--from', 'smart-crm-online']), [0]);
    const config = readFileSync(join(directory, 'landfall.yaml'), 'utf8');
    expect(config).toContain('name: acme');
    expect(config).toContain('# Never write the token here');
    expect(readFileSync(join(directory, '.gitignore'), 'utf8')).toContain('.landfall/');
    const again = await landfall(['init', directory, '--from', 'smart-crm-online']);
    expect([again.code, errorOf(again)?.code]).toEqual([2, 'workspace-exists']);
  });

  it('a workspace nobody has filled in says what is missing', async () => {
    const ran = await run('check');
    expect([ran.code, errorOf(ran)?.code]).toEqual([2, 'nothing-to-read']);
    await writeSampleCompany(join(directory, 'export'), {
      companies: 2,
      contacts: 6,
      deals: 6,
      activities: 8,
      notes: 4,
    });
    const config = readFileSync(join(directory, 'landfall.yaml'), 'utf8');
    const filled = config
      .replace('https://YOUR-COMPANY.pipedrive.com', account.url)
      .replace('plan: growth  ', 'plan: ultimate')
      .replace('seats: 5', 'seats: 10\n  pace: off')
      .replace('inDoubtQuietSeconds: 120', 'inDoubtQuietSeconds: 1');
    writeFileSync(join(directory, 'landfall.yaml'), filled);
  });

  it('check proves both sides and names plan, seats and the day’s tokens', async () => {
    const { source, destination } = must(await run('check'), [0]).json as {
      source: { system: string; lines: readonly string[] };
      destination: { plan: string; seats: number; dailyTokens: number };
    };
    expect(source.system).toBe('smart-crm-online');
    expect(source.lines.join('\n')).toMatch(/contacts\.csv: contacts/);
    expect(destination).toMatchObject({ plan: 'Ultimate', seats: 10, dailyTokens: 2_100_000 });
  });

  it('discover counts exactly and writes the scope document (DISC-14, DISC-16)', async () => {
    const catalog = must(await run('discover'), [0]).json as {
      entities: readonly { name: string; count: { value: number; exact: boolean } }[];
    };
    const counts = Object.fromEntries(catalog.entities.map(({ name, count }) => [name, count]));
    expect(counts['companies']).toEqual({ value: 2 + 12, exact: true });
    expect(counts['activities']).toEqual({ value: 8 + 8 + 1, exact: true });
    const scope = report('scope.md');
    for (const words of ['contacts.csv', 'price-list.csv']) expect(scope).toContain(words);
  });

  it('advance --to plan stops before the first write', async () => {
    const ran = must(await run('advance', '--to', 'plan'), [0, 3, 5]);
    expect((ran.json as { done: readonly string[] }).done).toEqual(['map', 'audit', 'plan']);
    expect(writesIn(account.log())).toEqual([]);
    expect((ran.json as { status: Status }).status.phase).toBe('configure');
    const scope = report('scope.md');
    for (const words of ['Customer Tier', 'Teklif Gönderildi', 'Original created'])
      expect(scope).toContain(words);
  });

  it('queue lists what only a person can decide, with choices, consequences and a default', async () => {
    const ran = await run('queue');
    expect(ran.code).toBe(3);
    const questions = ran.json as readonly Question[];
    const kinds = new Set(questions.map(({ kind }) => kind));
    for (const kind of [
      'owner',
      'custom-field',
      'date-format',
      'duplicates',
      'unlinked-deals',
      'contacts-without-company',
      'ambiguous-link',
    ])
      expect(kinds).toContain(kind);
    for (const question of questions)
      expect(question.choices.map(({ id }) => id)).toContain(question.default);
  });

  it('a gate with an open question is not approved, and run writes nothing', async () => {
    for (const gate of ['mapping', 'plan']) {
      const ran = await run('approve', gate, '--as', 'Ayla');
      expect([gate, ran.code, errorOf(ran)?.code]).toEqual([gate, 3, 'waiting']);
      expect(errorOf(ran)?.message).toMatch(/waits for .*: \S+/);
    }
    const ran = await run('run');
    expect([ran.code, errorOf(ran)?.code]).toEqual([3, 'waiting']);
    expect(writesIn(account.log())).toEqual([]);
  });

  it('decide takes a choice with its value, and refuses what is none', async () => {
    const about =
      (await queue()).find(({ kind, question }) => kind === 'owner' && question.includes(unknownOwner.email))
        ?.id ?? '';
    const refused = [
      ['nothing-such', 'map'],
      [about, 'nobody'],
      [about, 'map'],
      [about, 'map', '--value', 'nobody@nowhere.example'],
      [about],
    ];
    for (const args of refused) {
      const ran = await run('decide', ...args);
      expect([args, ran.code]).toEqual([args, 2]);
    }
    const given = must(
      await run('decide', about, 'map', '--value', 'burak.oz@sample.example', '--as', 'Ayla'),
      [0],
    );
    expect(given.json).toMatchObject([
      { id: about, choice: 'map', value: 'burak.oz@sample.example', by: 'Ayla' },
    ]);
    expect(readFileSync(join(directory, 'decisions.yaml'), 'utf8')).toContain(about);
  });

  it('the rest is answered by its defaults; then nothing waits but the gates', async () => {
    must(await run('decide', '--defaults', '--as', 'Ayla'), [0]);
    must(await run('advance', '--to', 'plan'), [0, 5]);
    expect((await run('queue')).code).toBe(0);
    const ran = await run('advance');
    expect(ran.code).toBe(3);
    const { waiting } = ran.json as { readonly waiting: readonly string[] };
    expect(waiting.toSorted()).toEqual(needed.map((gate) => `gate ${gate} (waiting)`).toSorted());
  });

  it('each gate is approved in a name', async () => {
    for (const gate of needed) must(await run('approve', gate, '--as', 'Ayla'), [0]);
    const { gates } = (await run('status')).json as Status;
    for (const { gate, state, by } of gates.filter((one) => needed.includes(one.gate)))
      expect([gate, state, by]).toEqual([gate, 'approved', 'Ayla']);
    expect((await run('approve', 'nothing')).code).toBe(2);
    expect((await run('approve', 'cutover')).code).toBe(2);
  });

  it('a mapping edited after its approval makes the gate stale, and nothing runs until it is planned and approved again', async () => {
    const file = join(directory, 'mapping.yaml');
    const approved = readFileSync(file, 'utf8');
    writeFileSync(file, `# a remark\n${approved}`);
    expect(((await run('status')).json as Status).gates.find(({ gate }) => gate === 'mapping')?.state).toBe(
      'approved',
    );

    writeFileSync(
      file,
      approved.replace(
        /(to: organization\.name\n\s+from: Company Name\n\s+via: )\[ collapse \]/,
        '$1[ trim ]',
      ),
    );
    expect(((await run('status')).json as Status).gates.find(({ gate }) => gate === 'mapping')?.state).toBe(
      'stale',
    );
    const stale = await run('run');
    expect([stale.code, errorOf(stale)?.code]).toEqual([3, 'approval-stale']);

    must(await run('approve', 'mapping', '--as', 'Ayla'), [0]);
    const older = await run('run');
    expect([older.code, errorOf(older)?.code]).toEqual([3, 'approval-stale']);
    expect(errorOf(older)?.hint).toContain('advance --to plan');
    expect(writesIn(account.log())).toEqual([]);

    must(await run('advance', '--to', 'plan'), [0, 5]);
    const notYet = await run('run');
    expect([notYet.code, errorOf(notYet)?.code]).toEqual([3, 'approval-stale']);
    must(await run('approve', 'plan', '--as', 'Ayla'), [0]);
  });

  it('run loads everything and says what was rejected: exit code 5', async () => {
    const ran = must(await run('run'), [5]);
    const { ledger, phase } = ran.json as Status;
    expect(phase).toBe('verify');
    for (const row of Object.values(ledger)) {
      expect(row['extracted']).toBe(
        Number(row['excluded']) + Number(row['rejected']) + Number(row['mapped']),
      );
      expect(row['drafted']).toBe(
        Number(row['created']) +
          Number(row['matched']) +
          Number(row['updated']) +
          Number(row['skipped']) +
          Number(row['failed']),
      );
    }
    expect(ledger['person']).toMatchObject({ extracted: 6 + 18, rejected: 1 });
    expect(ledger['activity']).toMatchObject({ rejected: 1 });
  });

  it('verify reads every record back and finds every field as it was written', async () => {
    const answer = must(await run('verify'), [0]).json as Verified;
    const { fields, equal, normalised, byRule, lossy, missing, different } = answer;
    expect(fields).toBe(equal + normalised + byRule + lossy + missing + different);
    expect([missing, different]).toEqual([0, 0]);
    const view = new AccountView(account.snapshot());
    const made =
      view.all('organization').length +
      view.all('person').length +
      view.all('deal').length +
      view.list('activities').length +
      view.list('relationships').length;
    expect(answer.records).toBe(made);
  });

  it('the books of status balance, and agree with what lies in the account', async () => {
    const { ledger, phase } = must(await run('status'), [0]).json as Status;
    expect(phase).toBe('done');
    expectBalanced(ledger);
    const view = new AccountView(account.snapshot());
    expect(ledger['organization']?.['created']).toBe(view.all('organization').length);
    expect(ledger['person']?.['created']).toBe(view.all('person').length);
    expect(ledger['deal']?.['verified']).toBe(view.all('deal').length);
    expect(ledger['activity']?.['created']).toBe(view.list('activities').length);
  });

  it('the owner that was mapped to another user is that user’s', () => {
    const view = new AccountView(account.snapshot());
    expect(view.made('person', 'P-90015')['owner_id']).toBe(view.userId('burak.oz@sample.example'));
  });

  it('a second run, a second configure and a second advance write nothing', async () => {
    const before = writesIn(account.log()).length;
    must(await run('run'), [5]);
    must(await run(...advanceAll), [5]);
    expect(writesIn(account.log()).length).toBe(before);
  });

  it('why tells where a phone number came from and how it came back', async () => {
    const { id } = new AccountView(account.snapshot()).made('person', 'P-90001');
    const story = must(await run('why', 'person', String(id), 'phones'), [0]).json as {
      sourceKey: string;
      position: string;
      fields: readonly {
        field: string;
        source: Record<string, unknown>;
        readBack: string;
        rule: { to: string; why: string } | null;
      }[];
      audit: readonly unknown[];
    };
    expect(story.sourceKey).toBe('contacts:P-90001');
    expect(story.position).toMatch(/^contacts\.csv:\d+$/);
    expect(story.fields).toHaveLength(1);
    expect(Object.values(story.fields[0]?.source ?? {})).toContain('+90 212 555 11 22');
    expect(story.fields[0]).toMatchObject({ field: 'phones', readBack: 'came back as planned' });
    expect(story.audit.length).toBeGreaterThanOrEqual(2);
    const none = await run('why', 'person', '999999');
    expect([none.code, errorOf(none)?.code]).toEqual([5, 'not-found']);
    expect((await run('why', 'nothing', '1')).code).toBe(2);
  });

  it.each([
    ['scope.md', ['Smart CRM Online', 'price-list.csv', 'Enterprise Sales']],
    ['scope.html', ['<html']],
    ['custom-fields.csv', ['Customer Tier', 'Weighted Value (formula)']],
    ['stages.csv', ['Teklif Gönderildi', '65']],
    ['owners.csv', [unknownOwner.email, 'burak.oz@sample.example', 'Emre Gündüz']],
    ['quality.csv', ['P-90001', 'C-90001', 'contacts.Phone', 'activities.csv']],
    ['rejects.csv', ['contacts.csv', 'duplicate-id', 'C-90008', 'N-90007']],
    ['plan.md', ['organization', 'tokens']],
    ['reconciliation.csv', ['extracted', 'person']],
    ['reconciliation.md', ['person']],
    ['links.csv', ['D-90006']],
    ['automations.csv', ['Stage sets the']],
    ['upgrade.md', ['Weighted Value (formula)']],
    ['summary.html', ['<html']],
  ])('reports/%s holds what it must', (name, words) => {
    const text = report(name);
    for (const word of words) expect(text).toContain(word);
  });

  it('report writes a document again, and knows its names', async () => {
    rmSync(join(directory, 'reports', 'owners.csv'));
    const files = must(await run('report', 'owners'), [0]).json as readonly string[];
    expect(files.map((file) => file.split('/').at(-1))).toContain('owners.csv');
    expect(statSync(join(directory, 'reports', 'owners.csv')).size).toBeGreaterThan(100);
    expect(existsSync(join(directory, 'reports', 'mapping-workbook.xlsx'))).toBe(true);
    expect((await run('report', 'nothing-such')).code).toBe(2);
  });

  it('phases that would change what was approved are refused once the load has begun', async () => {
    for (const phase of ['discover', 'plan']) {
      const ran = await run(phase);
      expect([phase, ran.code, errorOf(ran)?.code]).toEqual([phase, 2, 'phase-order']);
      expect(errorOf(ran)?.hint).toContain('landfall r');
    }
  });
});

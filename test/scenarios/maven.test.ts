import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AccountView } from './account-view.ts';
import { landfall, type Ran } from './support/cli.ts';
import { type EmulatedAccount, startAccount, writesIn } from './support/emulator.ts';
import { expectBalanced, type StatusRow } from './support/verdict.ts';
import { must } from './support/workspace.ts';

// Every command is a process of its own: on a busy machine a few of them take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 180_000 });

const shared = process.env['LANDFALL_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const tables = join(shared, 'data', 'maven-crm-sales');
const template = fileURLToPath(new URL('./maven', import.meta.url));
const isThere = existsSync(join(tables, 'accounts.csv'));
const title = `8,800 real deals of a hardware seller${isThere ? '' : ` (skipped: there is no ${tables})`}`;

const agents = () =>
  readFileSync(join(tables, 'sales_teams.csv'), 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(',')[0] ?? '')
    .filter((name) => name !== '');
/** Two agents without a user: what becomes of their deals stands in maven/decisions.yaml. */
const unknown = ['Wilburn Farren', 'Rosie Papadopoulos'];
const address = (name: string) => `${name.toLowerCase().replaceAll(' ', '.')}@maven.example`;

/** A row of sales_pipeline.csv; no cell of it holds a comma or a quote. */
const deals = () =>
  readFileSync(join(tables, 'sales_pipeline.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [
        id = '',
        agent = '',
        product = '',
        company = '',
        stage = '',
        engaged = '',
        closed = '',
        value = '',
      ] = line.split(',');
      return { id, agent, product, company, stage, engaged, closed, value };
    });

/** M/d/yyyy as yyyy-MM-dd. */
function iso(date: string): string {
  const [month = '', day = '', year = ''] = date.split('/');
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

describe.skipIf(!isThere)(title, () => {
  let account: EmulatedAccount;
  let directory: string;
  let view: AccountView;
  let end: { readonly status: { readonly ledger: Readonly<Record<string, StatusRow>> } };

  const run = (...args: readonly string[]): Promise<Ran> =>
    landfall(args, { directory, env: { PIPEDRIVE_API_TOKEN: account.token } });

  beforeAll(async () => {
    account = await startAccount({ users: false });
    account.seed({
      users: agents()
        .filter((name) => !unknown.includes(name))
        .map((name) => ({ name, email: address(name) })),
    });
    directory = mkdtempSync(join(tmpdir(), 'landfall-maven-'));
    must(await landfall(['init', directory, '--from', 'smart-crm-online']), [0]);
    const config = readFileSync(join(template, 'landfall.yaml'), 'utf8');
    writeFileSync(
      join(directory, 'landfall.yaml'),
      config.replace('${EXPORT}', tables).replace('${URL}', account.url),
    );
    cpSync(join(template, 'decisions.yaml'), join(directory, 'decisions.yaml'));
    must(await run('advance', '--to', 'map'), [0]);
    mendSectors();
    end = must(await run('advance', '--approve-as', 'sales operations'), [0]).json as typeof end;
    view = new AccountView(account.snapshot());
  });

  afterAll(async () => {
    await account?.close();
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  });

  /** What a person does who saw the misspelt sector: a value table in mapping.yaml. */
  function mendSectors(): void {
    const file = join(directory, 'mapping.yaml');
    const text = readFileSync(file, 'utf8');
    const mended = text
      .replace(
        /(from: Industry\n\s+via: )\[ choice \]/,
        '$1[ choice, { lookup: { table: sectors, otherwise: keep } } ]',
      )
      .replace(/^values:$/m, 'values:\n  sectors:\n    technolgy: technology');
    expect(mended).toContain('table: sectors');
    expect(mended).toContain('technolgy: technology');
    writeFileSync(file, mended);
  }

  it('ends balanced and verified: every account and every deal is in the books and in Pipedrive', () => {
    expectBalanced(end.status.ledger);
    expect(end.status.ledger['organization']).toMatchObject({
      extracted: 85,
      rejected: 0,
      drafted: 86,
      created: 86,
      verified: 86,
    });
    expect(end.status.ledger['deal']).toMatchObject({
      extracted: 8_800,
      rejected: 0,
      drafted: 8_800,
      created: 8_800,
      verified: 8_800,
      diverged: 0,
    });
    expect(view.all('organization')).toHaveLength(86);
    expect(view.all('deal')).toHaveLength(8_800);
  });

  it('every deal hangs on the account it names; blank accounts hang on the placeholder, as was decided', () => {
    const nameOf = new Map(view.all('organization').map((one) => [one.id, one['name']]));
    const found = new Map(
      view
        .all('deal')
        .map((deal) => [
          String(deal.custom['Landfall source key']).split(':').at(-1),
          nameOf.get(Number(deal['org_id'])),
        ]),
    );
    const wrong = deals().filter(
      ({ id, company }) => found.get(id) !== (company === '' ? 'Without company (Landfall)' : company),
    );
    expect(wrong).toEqual([]);
    expect(deals().filter(({ company }) => company === '')).toHaveLength(1_425);
  });

  it('owners are found by their names; those without a user got what was decided for them', () => {
    const userOf = new Map(view.list('users').map((user) => [user['name'], user['id']]));
    const heir = new Map<string, unknown>([
      ['Wilburn Farren', userOf.get('Zane Levy')],
      ['Rosie Papadopoulos', userOf.get('Admin User')],
    ]);
    const owners = new Map(
      view
        .all('deal')
        .map((deal) => [String(deal.custom['Landfall source key']).split(':').at(-1), deal['owner_id']]),
    );
    expect(
      deals().filter(({ id, agent }) => owners.get(id) !== (heir.get(agent) ?? userOf.get(agent))),
    ).toEqual([]);
  });

  it('outcome, value and M/d/yyyy dates of every deal are those of its row', () => {
    const made = new Map(
      view.all('deal').map((deal) => [String(deal.custom['Landfall source key']).split(':').at(-1), deal]),
    );
    const wrong = deals().filter(({ id, stage, engaged, closed, value }) => {
      const deal = made.get(id);
      const status = stage === 'Won' ? 'won' : stage === 'Lost' ? 'lost' : 'open';
      // Midnight in New York is 4 or 5 o'clock in UTC, of the same day.
      const day = String(deal?.['won_time'] ?? deal?.['lost_time'] ?? '').slice(0, 10);
      const isSame =
        deal?.['status'] === status && Number(deal['value']) === Number(value === '' ? 0 : value);
      return (
        !isSame ||
        day !== (closed === '' ? '' : iso(closed)) ||
        (deal.custom['engage_date'] ?? '') !== (engaged === '' ? '' : iso(engaged))
      );
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('a subsidiary is linked to its parent by name', () => {
    const nameOf = new Map(view.all('organization').map((one) => [one.id, one['name']]));
    const edges = view
      .list('relationships')
      .map(({ ownerOrgId, linkedOrgId }) =>
        [nameOf.get(Number(ownerOrgId)), nameOf.get(Number(linkedOrgId))].join(' > '),
      );
    const wanted = readFileSync(join(tables, 'accounts.csv'), 'utf8')
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','))
      .filter((cells) => (cells.at(-1) ?? '') !== '')
      .map((cells) => `${cells.at(-1)} > ${cells[0]}`);
    expect(wanted).toHaveLength(15);
    expect(edges.toSorted()).toEqual(wanted.toSorted());
  });

  it('the misspelt sector was mended by a value table of the mapping', () => {
    expect(view.options('organization', 'Industry')).toContain('technology');
    expect(view.options('organization', 'Industry')).not.toContain('technolgy');
    expect(view.all('organization').filter(({ custom }) => custom['Industry'] === 'technology').length).toBe(
      12,
    );
  });

  it('the account was asked for each write once: 8,901 records, no repetition', () => {
    const records = writesIn(account.log()).filter(({ path }) =>
      /^\/api\/v[12]\/(organizations|deals|organizationRelationships)$/.test(path),
    );
    expect(records).toHaveLength(8_800 + 86 + 15);
    expect(records.filter(({ status }) => status >= 300)).toEqual([]);
  });

  it('the copy with dd-mm-yy dates is read by its evidence: days over 12 say which part is the day', async () => {
    const { mapping } = await mappedVariant(() => true);
    expect(mapping).toContain('format: dd-MM-yy');
    expect(mapping).not.toContain('format: MM-dd-yy');
  });

  it('without such days nothing is guessed: both date columns are asked about, with what each reading makes of them', async () => {
    const isEarly = (date: string) => date === '' || Number(date.slice(0, 2)) <= 12;
    const { questions } = await mappedVariant((engaged, closed) => isEarly(engaged) && isEarly(closed));
    const about = questions.filter(({ kind }) => kind === 'date-format');
    expect(about.map(({ question }) => question).join('\n')).toMatch(
      /close_date[\s\S]*engage_date|engage_date[\s\S]*close_date/,
    );
    for (const { choices } of about)
      expect(choices.map(({ id }) => id).toSorted()).toEqual(['MM-dd-yy', 'dd-MM-yy']);
  });

  interface Question {
    readonly kind: string;
    readonly question: string;
    readonly choices: readonly { readonly id: string }[];
  }

  /** Maps an export with those rows of the dd-mm-yy copy that `isWanted` keeps. */
  async function mappedVariant(
    isWanted: (engaged: string, closed: string) => boolean,
  ): Promise<{ mapping: string; questions: readonly Question[] }> {
    const other = mkdtempSync(join(tmpdir(), 'landfall-maven-'));
    try {
      const [header = '', ...rows] = readFileSync(join(tables, 'sales_pipeline_variant_ddmmyy.csv'), 'utf8')
        .trim()
        .split(/\r?\n/);
      const kept = rows.filter((row) => isWanted(row.split(',')[5] ?? '', row.split(',')[6] ?? ''));
      expect(kept.length).toBeGreaterThan(500);
      mkdirSync(join(other, 'export'));
      cpSync(join(tables, 'accounts.csv'), join(other, 'export', 'accounts.csv'));
      writeFileSync(join(other, 'export', 'deals.csv'), [header, ...kept].join('\n'));
      const config = readFileSync(join(template, 'landfall.yaml'), 'utf8').replace(
        / {2}tables:[\s\S]*?(?=destination:)/,
        '',
      );
      writeFileSync(
        join(other, 'landfall.yaml'),
        config.replace('${EXPORT}', './export').replace('${URL}', account.url),
      );
      const ran = await landfall(['advance', '--to', 'map'], {
        directory: other,
        env: { PIPEDRIVE_API_TOKEN: account.token },
      });
      const { status } = must(ran, [0]).json as {
        readonly status: { readonly waiting: readonly Question[] };
      };
      return { mapping: readFileSync(join(other, 'mapping.yaml'), 'utf8'), questions: status.waiting };
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  }
});

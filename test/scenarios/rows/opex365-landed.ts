import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type DataverseEmulator,
  type DataverseOptions,
  serveDataverse,
} from 'landfall-emulators/dataverse/emulator.ts';
import type { Ref, Value } from 'landfall-emulators/dataverse/world/content.ts';
import { GeneratedWorld } from 'landfall-emulators/dataverse/world/world.ts';
import { type Ports, systemPorts } from '../../../packages/landfall/src/base/ports.ts';
import { answerDefaults } from '../../../packages/landfall/src/migration/answers.ts';
import { openQuestions } from '../../../packages/landfall/src/migration/gates.ts';
import { advance, takeBack } from '../../../packages/landfall/src/migration/journey.ts';
import { Session } from '../../../packages/landfall/src/migration/session.ts';
import { type Status, statusOf } from '../../../packages/landfall/src/migration/status.ts';
import type { Ledger } from '../../../packages/landfall/src/model/ledger.ts';
import type { Question } from '../../../packages/landfall/src/model/question.ts';
import type { CatalogIssue, Reject } from '../../../packages/landfall/src/model/source.ts';
import type { Progress } from '../../../packages/landfall/src/phases/context.ts';
import { readValue } from '../../../packages/landfall/src/phases/values.ts';
import { AccountView, type Seen } from '../account-view.ts';
import {
  type EmulatedAccount,
  type Logged,
  type Snapshot,
  type SnapshotRecord,
  startAccount,
  writesIn,
} from '../support/emulator.ts';

/** The emulated organisation after its journey: what is in the account, what was asked, the books and the reports. */
export interface OpexLanded {
  /** The source's records by table and row, as the emulator makes them. */
  readonly world: GeneratedWorld;
  readonly account: EmulatedAccount;
  readonly seen: AccountView;
  readonly log: readonly Logged[];
  /** Every question, in the order it was asked. */
  readonly questions: readonly Question[];
  /** Writes that had reached the account when the last question was asked. */
  readonly writesBeforeAnswers: number;
  readonly status: Status;
  /** The books of what was read, by entity of the source. */
  readonly sources: Ledger['source'];
  readonly issues: readonly CatalogIssue[];
  /** All lines of the books about records that were left, listed or put aside. */
  readonly rejects: readonly Reject[];
  readonly mapping: string;
  /** What the account held before the first request of the migration. */
  readonly before: Snapshot;
  /** Takes everything back: what that did, and what the account holds then. */
  takenBack(): Promise<{ readonly did: TakenBack; readonly after: Snapshot }>;
  /** A report of the workspace, by its name. */
  report(name: string): string;
  end(): Promise<void>;
}

/** A lettered rule of the pair's page, and what must hold in the account for it. */
export interface OpexRule {
  readonly rule: string;
  readonly says: string;
  holds(landed: OpexLanded): void;
}

/** What a rollback says it did. */
export type TakenBack = Awaited<ReturnType<typeof takeBack>>;

const secretName = 'OPEX365_CLIENT_SECRET';
const tokenName = 'PIPEDRIVE_API_TOKEN';

/** What is wrong with the organisation that moves. */
export interface OpexTrouble {
  readonly records?: number;
  readonly switches?: DataverseOptions['switches'];
  /** Further settings of the source, as YAML. */
  readonly settings?: string;
  /** In the place of the machine's. */
  readonly ports?: Ports;
  /** Hears how far each phase is, while it runs. */
  readonly meanwhile?: (progress: Progress, emulator: DataverseEmulator) => void;
}

/** Moves the sample organisation with every question answered by its default. */
export async function landOpex({
  records = 300,
  switches = {},
  settings = '',
  ports = systemPorts(),
  meanwhile = () => undefined,
}: OpexTrouble = {}): Promise<OpexLanded> {
  const source = await serveDataverse({ records, limits: 'off', switches });
  const world = new GeneratedWorld({ seed: 1, records, guidOrder: 'sql' });
  const account = await startAccount({ users: false });
  account.seed({ users: usersOf(world) });
  const directory = mkdtempSync(join(tmpdir(), 'landfall-opex365-'));
  writeFileSync(join(directory, 'landfall.yaml'), workspaceText(source, account, settings));
  const open = () =>
    Session.open({
      directory,
      ports,
      environment: { [tokenName]: account.token, [secretName]: source.oauth.clientSecret },
      signal: new AbortController().signal,
      report: (progress) => meanwhile(progress, source.emulator),
    });
  const before = account.snapshot();
  const session = await open();
  try {
    const asked = await answered(session, account);
    await advance(session, { to: null, approveAs: 'tester' });
    return {
      world,
      account,
      seen: new AccountView(account.snapshot()),
      log: account.log(),
      ...asked,
      status: await statusOf(session),
      sources: (await session.store.ledger()).source,
      issues: (await readValue(session.store, 'catalog'))?.issues ?? [],
      rejects: await session.store.rejects(null, 0, 100_000),
      mapping: readFileSync(join(directory, 'mapping.yaml'), 'utf8'),
      before,
      takenBack: async () => {
        const again = await open();
        const did = await takeBack(again).finally(() => again.close());
        return { did, after: account.snapshot() };
      },
      report: (name) => readFileSync(join(directory, 'reports', name), 'utf8'),
      end: async () => {
        await source.close();
        await account.close();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  } finally {
    await session.close();
  }
}

function workspaceText(
  { url, oauth }: Awaited<ReturnType<typeof serveDataverse>>,
  account: EmulatedAccount,
  settings: string,
): string {
  const auth = `authority: ${url}, tenant: ${oauth.tenantId}, clientId: ${oauth.clientId}, clientSecret: { env: ${secretName} }`;
  return `version: 1
name: opex
source: { system: opex365, url: ${url}, auth: { ${auth} }${settings} }
destination:
  system: pipedrive
  url: ${account.url}
  auth: { token: { env: ${tokenName} } }
  plan: ${account.plan}
  seats: ${account.seats}
  pace: off
policies: { inDoubtQuietSeconds: 1, budgetShare: 1 }
`;
}

/** The people of the source who still work there, but for the last of them: somebody who was not invited yet. */
function usersOf(world: GeneratedWorld): readonly unknown[] {
  const active = rowsOf(world, 'systemuser').filter(
    (index) =>
      world.value('systemuser', index, 'isdisabled') !== true &&
      world.value('systemuser', index, 'applicationid') === null,
  );
  return active.slice(0, -1).map((index) => ({
    name: world.value('systemuser', index, 'fullname'),
    email: world.value('systemuser', index, 'internalemailaddress'),
    active_flag: true,
    is_admin: false,
  }));
}

async function answered(
  session: Session,
  account: EmulatedAccount,
): Promise<Pick<OpexLanded, 'questions' | 'writesBeforeAnswers'>> {
  const asked = new Map<string, Question>();
  let writesBeforeAnswers = 0;
  for (;;) {
    await advance(session, { to: 'plan', approveAs: null });
    const open = await openQuestions(session);
    if (open.length === 0) return { questions: [...asked.values()], writesBeforeAnswers };
    for (const question of open) asked.set(question.id, question);
    writesBeforeAnswers = writesIn(account.log()).length;
    if ((await answerDefaults(session, 'tester')).length === 0)
      throw new Error(`no default: ${open.map(({ id }) => id).join(', ')}`);
  }
}

/** The rows of a table, by number. */
export function rowsOf(world: GeneratedWorld, table: string): readonly number[] {
  return Array.from({ length: world.count(table) }, (_, index) => index);
}

/** The row of the record a link leads to. Throws when it is no link, or leads to another table. */
export function rowAt(world: GeneratedWorld, table: string, value: Value): number {
  const ref = value as Ref | null;
  const row = ref?.table === table ? world.indexOf(table, ref.id) : null;
  if (row === null) throw new Error(`it leads to no ${table}`);
  return row;
}

/** Whether a link leads to a record of a table. */
export function leadsTo(value: Value, table: string): value is Ref {
  return typeof value === 'object' && value !== null && value.table === table;
}

/** An amount or decimal of the world as a number. */
export function decimal(value: Value, scale: number): number {
  return Number(value) / 10 ** scale;
}

/** The first row for which something holds. Throws when there is none. */
export function rowWhere(world: GeneratedWorld, table: string, holds: (row: number) => boolean): number {
  const row = rowsOf(world, table).find(holds);
  if (row === undefined) throw new Error(`no ${table} is like that`);
  return row;
}

/** What was made of a row of accounts, contacts or opportunities. */
export function madeOf(
  { seen, world }: OpexLanded,
  table: 'account' | 'contact' | 'opportunity',
  row: number,
) {
  const entity = { account: 'organization', contact: 'person', opportunity: 'deal' } as const;
  return seen.made(entity[table], world.id(table, row));
}

/** The product made of a row, with its custom fields by name. Throws when there is not exactly one. */
export function productOf(
  landed: OpexLanded,
  table: string,
  row: number,
): SnapshotRecord & { readonly custom: Readonly<Record<string, unknown>> } {
  const fields = landed.seen.list('fields').filter(({ entity }) => entity === 'product');
  const found = landed.seen.list('products').map((product) => {
    const entries = Object.entries((product['custom_fields'] ?? {}) as Record<string, unknown>);
    const custom = entries.map(([code, value]) => {
      const field = fields.find(({ field_code }) => field_code === code) as
        | { field_name: string; options: readonly { id: unknown; label: string }[] | null }
        | undefined;
      const label = field?.options?.find(({ id }) => id === value)?.label;
      return [field?.field_name ?? code, label ?? value] as const;
    });
    return { ...product, custom: Object.fromEntries(custom) };
  });
  const id = landed.world.id(table, row);
  const [only, ...others] = found.filter(({ custom }) =>
    String(custom['Landfall source key']).includes(`:${id}`),
  );
  if (only === undefined || others.length > 0) throw new Error(`not one product of ${table} ${row}`);
  return only;
}

/** The person made of a lead, beside the lead itself. Throws when there is not exactly one. */
export function personOfLead({ seen, world }: OpexLanded, row: number): Seen {
  const found = seen
    .all('person')
    .filter(({ custom }) => String(custom['Landfall source key']).includes(`:${world.id('lead', row)}`));
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) throw new Error(`${found.length} persons of lead ${row}`);
  return only;
}

/** The lines of the books about one row. */
export function linesAbout({ rejects, world }: OpexLanded, table: string, row: number): readonly Reject[] {
  return rejects.filter(({ key }) => key === `${table}:${world.id(table, row)}`);
}

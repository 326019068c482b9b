import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DinamikcrmOptions, serveDinamikcrm } from 'landfall-emulators/dinamikcrm/emulator.ts';
import { USERS } from 'landfall-emulators/dinamikcrm/world/furniture.ts';
import { systemPorts } from '../../../packages/landfall/src/base/ports.ts';
import { answerDefaults } from '../../../packages/landfall/src/migration/answers.ts';
import { openQuestions } from '../../../packages/landfall/src/migration/gates.ts';
import { advance, takeBack } from '../../../packages/landfall/src/migration/journey.ts';
import { Session } from '../../../packages/landfall/src/migration/session.ts';
import { type Status, statusOf } from '../../../packages/landfall/src/migration/status.ts';
import type { Question } from '../../../packages/landfall/src/model/question.ts';
import { AccountView } from '../account-view.ts';
import { type EmulatedAccount, type Snapshot, startAccount } from '../support/emulator.ts';

/** The emulated company after its journey: what is in the account, what was asked, the books and the reports. */
export interface DinamikLanded {
  readonly account: EmulatedAccount;
  readonly seen: AccountView;
  readonly questions: readonly Question[];
  readonly status: Status;
  /** A report of the workspace, by its name. */
  report(name: string): string;
  /** What the account held before the first request of the migration. */
  readonly before: Snapshot;
  /** Takes everything back: what that did, and what the account holds then. */
  takenBack(): Promise<{ readonly did: Awaited<ReturnType<typeof takeBack>>; readonly after: Snapshot }>;
  end(): Promise<void>;
}

const names = { key: 'DINAMIK_KEY', secret: 'DINAMIK_SECRET', token: 'PIPEDRIVE_API_TOKEN' } as const;

/** One active owner is not invited yet, one has no e-mail: both go to the queue. */
const invitedUsers = USERS.filter(
  ({ active, isApproved, email, id }) => active && isApproved && email !== null && id !== 4,
).map(({ name, surname, email }) => ({
  name: `${name} ${surname}`,
  email: email?.toLowerCase(),
  active_flag: true,
  is_admin: false,
}));

const usual: DinamikAccount = { options: { records: 200 }, settings: '' };

function workspaceText(url: string, account: EmulatedAccount, settings: string): string {
  const auth = `apiKey: { env: ${names.key} }, apiSecret: { env: ${names.secret} }`;
  return `version: 1
name: anadolu
source: { system: dinamikcrm, url: ${url}, auth: { ${auth} }${settings} }
destination:
  system: pipedrive
  url: ${account.url}
  auth: { token: { env: ${names.token} } }
  plan: ${account.plan}
  seats: ${account.seats}
  pace: off
policies: { timezone: Europe/Istanbul, country: TR, currency: TRY, inDoubtQuietSeconds: 1, budgetShare: 1 }
`;
}

/** Another account than the usual one, and what `landfall.yaml` says of it besides. */
export interface DinamikAccount {
  readonly options: DinamikcrmOptions;
  /** As YAML; `{url}` stands for the account's address. */
  readonly settings: string;
}

/** Moves the sample company with every question answered by its default. */
export async function landDinamik({ options, settings }: DinamikAccount = usual): Promise<DinamikLanded> {
  const source = await serveDinamikcrm({ limits: 'off', ...options });
  const account = await startAccount({ users: false });
  account.seed({ users: invitedUsers });
  const before = account.snapshot();
  const directory = mkdtempSync(join(tmpdir(), 'landfall-dinamikcrm-'));
  const more = settings.replaceAll('{url}', source.url);
  writeFileSync(join(directory, 'landfall.yaml'), workspaceText(source.url, account, more));
  const [key = '', secret = ''] = source.token.split(':');
  const open = () =>
    Session.open({
      directory,
      ports: systemPorts(),
      environment: { [names.token]: account.token, [names.key]: key, [names.secret]: secret },
      signal: new AbortController().signal,
      report: () => undefined,
    });
  const session = await open();
  try {
    const questions = await answered(session);
    await advance(session, { to: null, approveAs: 'tester' });
    return {
      account,
      before,
      seen: new AccountView(account.snapshot()),
      questions,
      status: await statusOf(session),
      report: (name) => readFileSync(join(directory, 'reports', name), 'utf8'),
      takenBack: async () => {
        const again = await open();
        const did = await takeBack(again).finally(() => again.close());
        return { did, after: account.snapshot() };
      },
      end: async () => {
        await account.close();
        await source.close();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  } finally {
    await session.close();
  }
}

async function answered(session: Session): Promise<readonly Question[]> {
  const asked = new Map<string, Question>();
  for (;;) {
    await advance(session, { to: 'plan', approveAs: null });
    const open = await openQuestions(session);
    if (open.length === 0) return [...asked.values()];
    for (const question of open) asked.set(question.id, question);
    if ((await answerDefaults(session, 'tester')).length === 0)
      throw new Error(`no default: ${open.map(({ id }) => id).join(', ')}`);
  }
}

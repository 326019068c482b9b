import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servePromoxcrm } from 'landfall-emulators/promoxcrm/emulator.ts';
import { systemPorts } from '../../../packages/landfall/src/base/ports.ts';
import { answer, answerDefaults } from '../../../packages/landfall/src/migration/answers.ts';
import { openQuestions } from '../../../packages/landfall/src/migration/gates.ts';
import { advance } from '../../../packages/landfall/src/migration/journey.ts';
import { Session } from '../../../packages/landfall/src/migration/session.ts';
import type { Question } from '../../../packages/landfall/src/model/question.ts';
import { type EmulatedAccount, startAccount } from './emulator.ts';

/** An emulated distributor that moves into an emulated account; both listen in the test process. */
export interface PromoMove {
  readonly directory: string;
  readonly account: EmulatedAccount;
  readonly source: Awaited<ReturnType<typeof servePromoxcrm>>;
  /** Opens the workspace in this process. Close it when done. */
  open(): Promise<Session>;
  close(): Promise<void>;
}

/** What a distributor and its workspace are made of. */
export interface PromoOptions {
  /** A world of the emulator: a size, or what its API is like. */
  readonly world?: string;
  /** About so many records. */
  readonly records?: number;
  /** Which ways the workspace names: the API, the folder of exported files, or both. */
  readonly ways?: readonly ('api' | 'export')[];
  /** Lines of `policies` in `landfall.yaml`, as YAML flow. */
  readonly policies?: string;
}

const tokenName = 'PIPEDRIVE_API_TOKEN';
const keyName = 'PROMOXCRM_KEY';

/** Who has a user in the account: everybody who sells but one, who is asked about. */
const users = [
  { name: 'Dana Whitfield', email: 'dana.whitfield@promo.example', is_admin: true },
  { name: 'Marcus Tran', email: 'marcus.tran@promo.example' },
  { name: 'Elena Castillo', email: 'elena.castillo@promo.example' },
  { name: 'Priya Gupta', email: 'priya.gupta@promo.example' },
];

/** Starts both sides and writes a workspace. */
export async function startPromoMove({
  world = 'sample',
  records = 200,
  ways = ['api'],
  policies = 'inDoubtQuietSeconds: 1, budgetShare: 1',
}: PromoOptions = {}): Promise<PromoMove> {
  const source = await servePromoxcrm({ world, records, limits: 'off' });
  const account = await startAccount({ users: false });
  account.seed({ users });
  const directory = mkdtempSync(join(tmpdir(), 'landfall-promoxcrm-'));
  if (ways.includes('export')) source.emulator.writeExport(join(directory, 'export'));
  const api = ways.includes('api')
    ? `url: ${source.url}, auth: { token: { env: ${keyName} } }, probe: { spaceMs: 0 }, `
    : '';
  const exported = ways.includes('export') ? 'export: ./export, ' : '';
  const lines = [
    'version: 1',
    'name: promo',
    `source: { ${api}${exported}system: promoxcrm }`,
    'destination:',
    '  system: pipedrive',
    `  url: ${account.url}`,
    `  auth: { token: { env: ${tokenName} } }`,
    '  plan: ultimate',
    '  seats: 10',
    '  pace: off',
    `policies: { timezone: UTC, country: US, currency: USD, ${policies} }`,
  ];
  writeFileSync(join(directory, 'landfall.yaml'), `${lines.join('\n')}\n`);
  const environment = { [tokenName]: account.token, [keyName]: source.token };
  return {
    directory,
    account,
    source,
    open: () =>
      Session.open({
        directory,
        ports: systemPorts(),
        environment,
        signal: new AbortController().signal,
        report: () => undefined,
      }),
    close: async () => {
      await source.close();
      await account.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/**
 * Answers every question, round by round, up to the plan: by `given` (choices by the question's id), else by its
 * default; gives what was asked.
 */
export async function planPromoMove(
  session: Session,
  given: Readonly<Record<string, string>> = {},
): Promise<readonly Question[]> {
  const asked = new Map<string, Question>();
  do {
    await advance(session, { to: 'plan', approveAs: null });
    for (const question of await openQuestions(session)) {
      asked.set(question.id, question);
      const choice = given[question.id];
      if (choice !== undefined)
        await answer(session, { id: question.id, choice, value: undefined, by: 'tester' });
    }
  } while ((await answerDefaults(session, 'tester')).length > 0);
  return [...asked.values()];
}

/** Approves and does everything that is due. Throws when something waits. */
export async function runPromoMove(session: Session): Promise<void> {
  const { waiting } = await advance(session, { to: null, approveAs: 'tester' });
  if (waiting.length > 0) throw new Error(`waits for ${waiting.join(', ')}`);
}

import { afterAll, describe, expect, test } from 'vitest';
import { runPhase } from '../../packages/landfall/src/migration/journey.ts';
import type { Scene } from './support/crashes.ts';
import type { EmulatedAccount, SnapshotRecord } from './support/emulator.ts';
import { meanwhile } from './support/meanwhile.ts';
import { type Contents, contentsOf, differences, markersTwice } from './support/oracle.ts';
import { rehearse, stopped } from './support/small-firm.ts';
import { expectBalanced, expectFinished } from './support/verdict.ts';
import { advanceHere, openSession, type Workspace } from './support/workspace.ts';

const firm = await rehearse();
afterAll(() => firm.remove());

const perTestMs = 60_000;
/** Three deals are there, six are to come. */
const fourthDeal = { method: 'POST', path: '/api/v2/deals', n: 4 };

async function inScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  const scene = await firm.scene();
  try {
    await work(scene);
  } finally {
    await scene.end();
  }
}

function found(account: EmulatedAccount, kind: string, member: string, value: unknown): SnapshotRecord {
  const record = (account.snapshot()[kind] ?? []).find((one) => one[member] === value);
  if (record === undefined) throw new Error(`no ${kind} with ${member} ${value}`);
  return record;
}

const region = (account: EmulatedAccount) => found(account, 'fields', 'field_name', 'Region');
const regionPath = (account: EmulatedAccount) => `/api/v2/dealFields/${region(account).field_code}`;

function optionId(account: EmulatedAccount, label: string): unknown {
  return (region(account).options as readonly SnapshotRecord[]).find((one) => one.label === label)?.id;
}

const rename = (account: EmulatedAccount, from: string, to: string) =>
  account.person('PATCH', `${regionPath(account)}/options`, [{ id: optionId(account, from), label: to }]);

async function configureAgain(workspace: Workspace): Promise<unknown> {
  const session = await openSession(workspace);
  try {
    return await runPhase(session, 'configure');
  } finally {
    await session.close();
  }
}

/** What verification told: field and verdict of each finding. */
async function findings(workspace: Workspace): Promise<readonly string[]> {
  const session = await openSession(workspace);
  try {
    const found = await session.store.findings(0, 100);
    return found.map(({ sourceKey, field, verdict }) => `${sourceKey} ${field} ${verdict}`).toSorted();
  } finally {
    await session.close();
  }
}

interface Case {
  readonly what: string;
  readonly says: RegExp;
  /** The person's deed, and what undoes it where `configure` does not. */
  change(account: EmulatedAccount): Promise<unknown>;
  /** What the first three deals have lost by it. */
  readonly lost: readonly string[];
}

/** The records, apart from what was deleted below them. */
function apart(contents: Contents): Contents {
  const { organizations, persons, deals, notes } = contents;
  const bare = (deals ?? []).map((deal) => {
    const {
      custom_fields,
      stage_id: _stage,
      pipeline_id: _pipeline,
      ...rest
    } = JSON.parse(deal) as SnapshotRecord;
    const { Region: _region, ...fields } = custom_fields as SnapshotRecord;
    return JSON.stringify({ ...rest, fields });
  });
  return { organizations: organizations ?? [], persons: persons ?? [], notes: notes ?? [], deals: bare };
}

const cases: readonly Case[] = [
  {
    what: 'a field of ours is deleted',
    says: /^The account was changed during the load: the deal field “Region” is gone\.$/,
    change: (account) => account.person('DELETE', regionPath(account)),
    lost: [
      'deals:D-0 custom.Region missing',
      'deals:D-1 custom.Region missing',
      'deals:D-2 custom.Region missing',
    ],
  },
  {
    what: 'an option of a field of ours is deleted',
    says: /the option “Ege” of the deal field “Region” is gone or has another name/,
    change: (account) =>
      account.person('DELETE', `${regionPath(account)}/options`, [{ id: optionId(account, 'Ege') }]),
    lost: ['deals:D-1 custom.Region missing'],
  },
  {
    what: 'a stage is deleted',
    says: /the stage “Negotiation” of the pipeline “Sales” is gone or has another name/,
    change: (account) =>
      account.person('DELETE', `/api/v2/stages/${found(account, 'stages', 'name', 'Negotiation').id}`),
    lost: ['deals:D-2 stage_id missing'],
  },
  {
    what: 'a pipeline is deleted',
    says: /the stage “[A-Z][a-z ]+” of the pipeline “Sales” is gone or has another name/,
    change: (account) =>
      account.person('DELETE', `/api/v2/pipelines/${found(account, 'pipelines', 'name', 'Sales').id}`),
    lost: ['deals:D-0 stage_id missing', 'deals:D-1 stage_id missing', 'deals:D-2 stage_id missing'],
  },
];

describe.concurrent('somebody changes the account while it is loaded (F8)', () => {
  test.each(cases)(
    '$what: exit 3 names it, no record is put aside for it, and after `landfall configure` it goes on',
    ({ says, change, lost }) =>
      inScene(async ({ account, workspace }) => {
        const { exit, error } = await stopped(
          workspace,
          meanwhile(fourthDeal, () => change(account)),
        );
        expect(error.message).toMatch(says);
        expect([exit, error.code]).toEqual([3, 'destination-changed']);
        expect(error.hint).toMatch(/landfall configure/);
        expect((await stopped(workspace)).error.message).toMatch(says);
        await configureAgain(workspace);
        const { ledger } = await advanceHere(workspace);
        expectBalanced(ledger);
        expect(ledger.deal).toMatchObject({ created: 9, failed: 0, inDoubt: 0 });
        expect(markersTwice(account.snapshot())).toEqual([]);
        expect(await findings(workspace)).toEqual(lost);
        expect(differences(apart(firm.contents), apart(contentsOf(account.snapshot())))).toEqual([]);
      }),
    perTestMs,
  );

  test(
    'an option gets another name: what is sent by its id arrives, and verification tells the difference',
    () =>
      inScene(async ({ account, workspace }) => {
        const ports = meanwhile(fourthDeal, () => rename(account, 'Ege', 'Ege Bölgesi'));
        const { ledger } = await advanceHere(workspace, 1, ports);
        expectBalanced(ledger);
        expect(ledger.deal).toMatchObject({ created: 9, failed: 0 });
        expect(await findings(workspace)).toEqual([
          'deals:D-1 custom.Region different',
          'deals:D-4 custom.Region different',
          'deals:D-7 custom.Region different',
        ]);
      }),
    perTestMs,
  );

  test(
    'an option gets another name between two runs: the second one names it before it sends a deal, and its old name lets it go on',
    () =>
      inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'cloudflare-403', method: 'POST', path: '/api/v2/deals', after: 3 }]);
        expect((await stopped(workspace)).exit).toBe(4);
        account.faults([]);
        await rename(account, 'Ege', 'Ege Bölgesi');
        const { exit, error } = await stopped(workspace);
        expect([exit, error.message]).toEqual([
          3,
          expect.stringMatching(/the option “Ege” of the deal field “Region”/),
        ]);
        await rename(account, 'Ege Bölgesi', 'Ege');
        await advanceHere(workspace);
        await expectFinished(workspace, firm.contents);
      }),
    perTestMs,
  );

  test(
    'the user who gets some of the deals is deactivated: exit 3 names them, and when they are active again it goes on',
    () =>
      inScene(async ({ account, workspace }) => {
        const { data } = (await (
          await fetch(`${account.url}/api/v1/users`, { headers: { 'x-api-token': account.token } })
        ).json()) as { data: readonly SnapshotRecord[] };
        const burak = data.find(({ name }) => name === 'Burak Öz')?.id;
        const be = (active: boolean) =>
          account.person('PUT', `/api/v1/users/${burak}`, { active_flag: active });
        const { exit, error } = await stopped(
          workspace,
          meanwhile(fourthDeal, () => be(false)),
        );
        expect([exit, error.message]).toEqual([
          3,
          expect.stringMatching(/the user Burak Öz \(.+@.+\) is not active any more/),
        ]);
        await be(true);
        await advanceHere(workspace);
        await expectFinished(workspace, firm.contents);
      }),
    perTestMs,
  );
});

import { afterAll, describe, expect, test } from 'vitest';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { errorOf } from './support/cli.ts';
import {
  killedAt,
  makeStage,
  openScene,
  type Scene,
  type SceneOptions,
  untilDone,
} from './support/crashes.ts';
import { type FaultRule, startAccount, writesIn } from './support/emulator.ts';
import { chargedTokens, contentsOf, differences } from './support/oracle.ts';
import { expectFinished } from './support/verdict.ts';
import {
  advanceAll,
  advanceHere,
  makeWorkspace,
  must,
  openSession,
  planned,
  smallest,
  writeConfig,
} from './support/workspace.ts';

const stage = await makeStage();
afterAll(() => stage.remove());

const perTestMs = 300_000;
const dayMs = 86_400_000;

async function inScene<T>(work: (scene: Scene) => Promise<T>, options: SceneOptions = {}): Promise<T> {
  const scene = await openScene(stage.plannedAt, options);
  try {
    return await work(scene);
  } finally {
    await scene.end();
  }
}

describe.concurrent('one kind of fault at a time (F3-F7, C-30, NF-03)', () => {
  const kinds: readonly (readonly [string, FaultRule])[] = [
    ['429 for going too fast', { kind: 'status-429', rate: 0.03 }],
    ['500', { kind: 'status-500', rate: 0.1 }],
    ['502 with an HTML page', { kind: 'status-502-html', rate: 0.1 }],
    ['503', { kind: 'status-503', rate: 0.1 }],
    ['a connection reset after the record was stored', { kind: 'lost-answer', rate: 0.1 }],
    [
      'a connection reset, the record stored 150 ms later',
      { kind: 'late-commit', rate: 0.1, delayMs: 150, status: 0 },
    ],
    ['a 504, the record stored 150 ms later', { kind: 'late-commit', rate: 0.1, delayMs: 150, status: 504 }],
    ['answers that break off in the middle', { kind: 'reset-mid-body', rate: 0.1 }],
    ['answers that are no JSON', { kind: 'malformed-json', rate: 0.1 }],
    ['slow answers', { kind: 'slow', rate: 0.1, delayMs: 400 }],
  ];
  test.each(kinds)(
    '%s: nothing lost, nothing twice',
    async (_name, rule) => {
      await inScene(async ({ account, workspace }) => {
        account.faults([rule], 7);
        await untilDone(workspace, advanceAll);
        expect(account.log().some(({ fault }) => fault === rule.kind)).toBe(true);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );

  test(
    'every create of a kind is answered by 503 a while: it pauses with exit 4 and goes on later (RUN-12)',
    async () => {
      await inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'status-503', method: 'GET', path: '/api/v2/persons' }]);
        const ran = await workspace.run([...advanceAll]);
        expect(ran.code).toBe(4);
        expect(errorOf(ran)).toMatchObject({ code: 'unavailable' });
        account.faults([]);
        await untilDone(workspace, advanceAll);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );
});

describe.concurrent('what stops a run and lets it go on (F9, F10, F21, C-30)', () => {
  test(
    'the day of the account is used up: exit 4 with the time, and on the next day it goes on',
    async () => {
      await inScene(
        async ({ account, workspace }) => {
          account.switches({});
          account.faults([
            { kind: 'daily-exhausted', method: 'POST', path: '/api/v2/deals', after: 5, count: 1 },
          ]);
          const ran = await workspace.run([...advanceAll]);
          expect(ran.code, ran.stderr).toBe(4);
          const error = errorOf(ran);
          expect(error?.code).toBe('budget-exhausted');
          expect(Date.parse(error?.resumeAt ?? '')).toBeGreaterThan(Date.now());
          const writes = writesIn(account.log()).length;
          expect((await workspace.run([...advanceAll])).code).toBe(4);
          expect(writesIn(account.log()).filter(({ status }) => status !== 429).length).toBeLessThanOrEqual(
            writes,
          );
          account.advanceClock(dayMs);
          await untilDone(workspace, advanceAll);
          await expectFinished(workspace, stage.contents);
        },
        { limits: 'on' },
      );
    },
    perTestMs,
  );

  test(
    'our share of the day is used up: exit 4 before the account says 429, and nothing is written again the same day',
    async () => {
      await inScene(
        async ({ account, workspace }) => {
          const ran = await workspace.run([...advanceAll]);
          expect(ran.code, ran.stderr).toBe(4);
          expect(errorOf(ran)?.code).toBe('budget-exhausted');
          expect(errorOf(ran)?.message).toMatch(/share/);
          expect(chargedTokens(account.log())).toBeLessThanOrEqual(share * 30_000 * 7 * 10);
          const writes = writesIn(account.log()).length;
          const again = await workspace.run([...advanceAll]);
          expect([again.code, errorOf(again)?.code]).toEqual([4, 'budget-exhausted']);
          expect(writesIn(account.log()).length).toBe(writes);
          expect(account.log().filter(({ status }) => status === 429)).toEqual([]);
        },
        { limits: 'on', pace: 'plan', policies: sharePolicies },
      );
    },
    perTestMs,
  );

  test(
    'an API token that is refused: one closed door is not knocked at again, and a new token goes on',
    async () => {
      await inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'token-expired', after: 60 }]);
        const ran = await workspace.run([...advanceAll]);
        expect(ran.code).toBe(2);
        expect(errorOf(ran)?.code).toBe('unauthorized');
        expect(account.log().filter(({ status }) => status === 401).length).toBeLessThanOrEqual(64);
        account.faults([]);
        await untilDone(workspace, advanceAll);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );

  test(
    'the firewall shuts us out: exit 4 with the time, and it goes on later',
    async () => {
      await inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'cloudflare-403', after: 60 }]);
        const ran = await workspace.run([...advanceAll]);
        expect(ran.code, ran.stderr).toBe(4);
        expect(errorOf(ran)?.code).toBe('blocked');
        expect(Date.parse(errorOf(ran)?.resumeAt ?? '')).toBeGreaterThan(Date.now());
        account.faults([]);
        await untilDone(workspace, advanceAll);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );

  test(
    'the account holds fewer custom fields than are needed: told before the first write, by the name of the cap; a raised plan in landfall.yaml goes on',
    async () => {
      const account = await startAccount({ plan: 'lite' });
      const field = (at: number) => ({ entity: 'deal', field_name: `Theirs ${at}`, field_type: 'varchar' });
      account.seed({ fields: Array.from({ length: 25 }, (_, at) => field(at)) });
      const workspace = await makeWorkspace(account);
      try {
        await planned(workspace);
        const ran = await workspace.run([...advanceAll]);
        expect(ran.code, ran.stderr).toBe(1);
        expect(errorOf(ran)).toMatchObject({
          code: 'cap-reached',
          message: expect.stringMatching(/custom ?fields/i),
        });
        expect(writesIn(account.log())).toEqual([]);
        account.switches({ customFieldsCap: 100 });
        writeConfig(workspace.directory, account, { plan: 'growth' });
        await untilDone(workspace, advanceAll);
        expect(account.snapshot().deals?.length).toBeGreaterThan(10);
      } finally {
        await account.close();
        workspace.remove();
      }
    },
    perTestMs,
  );

  test(
    'the plan holds fewer deals than there are: told before the first write, by the name of the cap',
    async () => {
      const account = await startAccount({ plan: 'lite', seats: 1 });
      const workspace = await makeWorkspace(account, { sample: { ...smallest, deals: 2_500 } });
      try {
        await planned(workspace);
        const ran = await workspace.run([...advanceAll]);
        expect(ran.code, ran.stderr).toBe(1);
        expect(errorOf(ran)).toMatchObject({ code: 'cap-reached', message: expect.stringMatching(/deals/i) });
        expect(writesIn(account.log())).toEqual([]);
      } finally {
        await account.close();
        workspace.remove();
      }
    },
    perTestMs,
  );

  test(
    'the account says in the middle that it holds no more deals: exit 1 names the cap, and it goes on when there is room',
    async () => {
      await inScene(async ({ account, workspace }) => {
        account.switches({ openDealsCap: 9 });
        const ran = await workspace.run([...advanceAll]);
        expect(ran.code, ran.stderr).toBe(1);
        expect(errorOf(ran)).toMatchObject({ code: 'cap-reached', message: expect.stringMatching(/deals/i) });
        account.switches({ openDealsCap: null });
        await untilDone(workspace, advanceAll);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );
});

const share = 0.0005;
const sharePolicies = `timezone: Europe/Istanbul, country: TR, currency: TRY, inDoubtQuietSeconds: 0.6, notesAs: note, budgetShare: ${share}`;

describe.concurrent('two at once, and a stop by hand (F16, F26, RUN-12)', () => {
  test(
    'a second command while another works is told who works, and writes nothing',
    async () => {
      await inScene(async ({ account, workspace }) => {
        const session = await openSession(workspace);
        const ran = await session.work(() => workspace.run([...advanceAll]));
        await session.close();
        expect(ran.code).toBe(1);
        expect(errorOf(ran)).toMatchObject({
          code: 'lease-held',
          message: expect.stringContaining(`process ${process.pid} on`),
        });
        expect(writesIn(account.log())).toEqual([]);
        await advanceHere(workspace);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );

  test(
    'a process that was asleep while another took over wakes, writes nothing any more and says so',
    async () => {
      await inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'slow', method: 'POST', delayMs: 150 }]);
        let pid = 0;
        const sleeper = workspace.run([...advanceAll], {
          env: { LANDFALL_CRASH_LOG: '1' },
          onStderr: (text, child) => {
            if (pid !== 0 || (text.match(/load:after-settle/g) ?? []).length < 2) return;
            pid = child.pid ?? 0;
            child.kill('SIGSTOP');
          },
        });
        while (pid === 0) await new Promise((resolve) => setTimeout(resolve, 50));
        await new Promise((resolve) => setTimeout(resolve, 400));
        account.faults([]);
        await advanceLater(workspace);
        const before = account.log().length;
        process.kill(pid, 'SIGCONT');
        const ran = await sleeper;
        expect(ran.code, ran.stderr.slice(-500)).toBe(4);
        expect(errorOf(ran)?.code).toBe('lease-lost');
        expect(writesIn(account.log().slice(before))).toEqual([]);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );

  test(
    'Ctrl-C once: what is in flight is kept, exit 4, and the same command goes on',
    async () => {
      await inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'slow', method: 'POST', delayMs: 100 }]);
        let isAsked = false;
        const ran = await workspace.run([...advanceAll], {
          env: { LANDFALL_CRASH_LOG: '1' },
          onStderr: (text, child) => {
            if (isAsked || !text.includes('load:after-send')) return;
            isAsked = true;
            child.kill('SIGINT');
          },
        });
        expect(ran.code, ran.stderr.slice(-500)).toBe(4);
        expect(ran.stderr).toMatch(/run the same command again/);
        account.faults([]);
        await untilDone(workspace, advanceAll);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );
});

/** Takes the migration over as a process would whose clock is two minutes on, and brings it to its end. */
async function advanceLater(workspace: Scene['workspace']): Promise<void> {
  const { clock } = systemPorts();
  const later = { ...clock, nowMs: () => clock.nowMs() + 120_000 };
  await advanceHere(workspace, 1, systemPorts({ clock: later }));
}

describe('the disk (F12)', () => {
  test(
    'a state file that may grow no more stops the run before the next request; with room it goes on',
    async () => {
      await inScene(async ({ account, workspace }) => {
        const ran = await workspace.run([...advanceAll], { fileLimitBytes: 1_200_000 });
        expect(ran.code, ran.stderr).toBe(1);
        expect(errorOf(ran)).toMatchObject({ code: 'store-unusable', hint: expect.stringMatching(/safe/) });
        await untilDone(workspace, advanceAll);
        await expectFinished(workspace, stage.contents);
        expect(account.log().length).toBeGreaterThan(0);
      });
    },
    perTestMs,
  );
});

async function spentToday(workspace: Scene['workspace']): Promise<number> {
  const { json } = must(await workspace.run(['status']), [0]);
  return (json as { budget: { spentToday: number } }).budget.spentToday;
}

describe.concurrent('the bill (I8, I7, C-30)', () => {
  test(
    'of a process that was killed: what it spent up to its last transaction is counted',
    async () => {
      await inScene(async ({ account, workspace }) => {
        const before = await spentToday(workspace);
        await killedAt(workspace, advanceAll, 'load:after-settle', 2);
        expect((await spentToday(workspace)) - before).toBe(chargedTokens(account.log()));
        await untilDone(workspace, advanceAll);
        await expectFinished(workspace, stage.contents);
      });
    },
    perTestMs,
  );

  test(
    'what we count is what the account charged, to the token, answers lost or not',
    async () => {
      const account = await startAccount();
      const workspace = await makeWorkspace(account);
      try {
        await planned(workspace);
        account.faults([
          { kind: 'lost-answer', method: 'POST', rate: 0.1 },
          { kind: 'status-429', rate: 0.02 },
        ]);
        await untilDone(workspace, advanceAll);
        expect(await spentToday(workspace)).toBe(chargedTokens(account.log()));
        expect(differences(stage.contents, contentsOf(account.snapshot()))).toEqual([]);
      } finally {
        await account.close();
        workspace.remove();
      }
    },
    perTestMs,
  );
});

import { afterAll, describe, expect, test } from 'vitest';
import { type Ports, systemPorts } from '../../packages/landfall/src/base/ports.ts';
import type { Scene, SceneOptions } from './support/crashes.ts';
import { type EmulatedAccount, writesIn } from './support/emulator.ts';
import { meanwhile } from './support/meanwhile.ts';
import { rehearse, stopped } from './support/small-firm.ts';
import { expectFinished } from './support/verdict.ts';
import { advanceHere } from './support/workspace.ts';

const share = 0.5;
const paced: SceneOptions = {
  account: { seats: 1 },
  limits: 'on',
  pace: 'plan',
  policies: `timezone: Europe/Istanbul, country: TR, currency: TRY, inDoubtQuietSeconds: 0.6, notesAs: note, budgetShare: ${share}`,
};
const firm = await rehearse(paced);
afterAll(() => firm.remove());

const perTestMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

async function inScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  const scene = await firm.scene();
  try {
    await work(scene);
  } finally {
    await scene.end();
  }
}

/** Ports of a process that starts when a day has passed. */
function nextDay(): Ports {
  const { clock } = systemPorts();
  return systemPorts({ clock: { ...clock, nowMs: () => clock.nowMs() + dayMs } });
}

/** Another integration uses the account's tokens, until we and everybody else have only so many left. */
async function spendDownTo(account: EmulatedAccount, leftTokens: number): Promise<void> {
  const createTokens = 5;
  const factor = Math.floor((account.budget().remaining - leftTokens) / createTokens);
  account.switches({ writeCostFactor: factor });
  const { id } = await account.person('POST', '/api/v2/organizations', {
    name: 'Made and deleted by another',
  });
  account.switches({ writeCostFactor: 1 });
  await account.person('DELETE', `/api/v2/organizations/${id}`);
}

describe.concurrent('another integration eats the tokens of the day (F10, RUN-09)', () => {
  test.each([
    ['before the deals', { method: 'GET', path: '/api/v2/deals', n: 1 }],
    ['while the account is configured', { method: 'POST', path: '/api/v2/pipelines', n: 1 }],
    ['while it is proven', { method: 'GET', path: '/api/v2/persons', n: 3 }],
  ])(
    '%s: exit 4 with the time, the reserve stays with the others, and on the next day it goes on',
    (_when, moment) =>
      inScene(async ({ account, workspace }) => {
        const reserve = account.budget().limit * (1 - share);
        const ports = meanwhile(moment, () => spendDownTo(account, reserve + 20));
        const { exit, error } = await stopped(workspace, ports);
        expect([exit, error.code]).toEqual([4, 'budget-exhausted']);
        expect(error.message).toMatch(
          /^Others have used .+ only the reserve is left; it can go on at 20.+T00:00:00Z/,
        );
        expect(error.resumeAtMs).toBe(Math.ceil(Date.now() / dayMs) * dayMs);
        expect(account.budget().remaining).toBeGreaterThanOrEqual(reserve - 20);
        const writes = writesIn(account.log()).length;
        expect((await stopped(workspace)).error.code).toBe('budget-exhausted');
        expect(writesIn(account.log()).length).toBe(writes);
        account.advanceClock(dayMs);
        await advanceHere(workspace, 1, nextDay());
        expect(account.log().filter(({ status }) => status === 429)).toEqual([]);
        await expectFinished(workspace, firm.contents);
      }),
    perTestMs,
  );
});

/** A process whose wall clock jumps when the n-th request of the load is about to leave. */
function jumping(n: number, byMs: number): Ports {
  const { clock } = systemPorts();
  let off = 0;
  let seen = 0;
  return systemPorts({
    clock: { ...clock, nowMs: () => clock.nowMs() + off },
    crashPoint: (name) => {
      if (name !== 'load:before-send') return;
      seen += 1;
      if (seen === n) off = byMs;
    },
  });
}

describe.concurrent('the clock of the machine jumps in the middle of a run (F11)', () => {
  test.each([
    ['forward by five hours', 5 * hourMs],
    ['back by five hours', -5 * hourMs],
    ['into the next budget day', dayMs],
    ['back into the budget day before', -dayMs],
    ['back by ten years', -3_650 * dayMs],
  ])(
    '%s, while answers are lost: it keeps its lease, waits no longer than it must, and nothing is doubled',
    (_how, byMs) =>
      inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'lost-answer', method: 'POST', path: '/api/v2/*', rate: 0.2 }], 5);
        const startedMs = performance.now();
        await advanceHere(workspace, 1, jumping(10, byMs));
        expect(performance.now() - startedMs).toBeLessThan(30_000);
        expect(account.log().some(({ fault }) => fault === 'lost-answer')).toBe(true);
        await expectFinished(workspace, firm.contents);
      }),
    perTestMs,
  );

  test.each([
    ['forward', 5 * hourMs],
    ['back', -5 * hourMs],
  ])(
    '%s between two processes: the second goes on where the first paused',
    (_how, byMs) =>
      inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'cloudflare-403', method: 'POST', path: '/api/v2/deals', after: 3 }]);
        expect((await stopped(workspace)).exit).toBe(4);
        account.faults([]);
        await advanceHere(workspace, 1, jumping(1, byMs));
        await expectFinished(workspace, firm.contents);
      }),
    perTestMs,
  );
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import type { Scene } from './support/crashes.ts';
import { type EmulatedAccount, writesIn } from './support/emulator.ts';
import { rehearse, stopped } from './support/small-firm.ts';
import { expectFinished } from './support/verdict.ts';
import { advanceHere, writeConfig } from './support/workspace.ts';

const firm = await rehearse();
afterAll(() => firm.remove());

/** An app's deals say that they come from the marketplace. */
const contents = Object.fromEntries(
  Object.entries(firm.contents).map(([kind, records]) => [
    kind,
    records.map((record) => record.replace('"origin":"API"', '"origin":"Marketplace"')),
  ]),
);
const perTestMs = 60_000;
const hourMs = 3_600_000;

/** A workspace that reaches its account by OAuth, by the account's own token server. */
async function signedIn(work: (scene: Scene) => Promise<void>): Promise<void> {
  const scene = await firm.scene();
  const { account, workspace } = scene;
  writeConfig(workspace.directory, account, { auth: authOf(account, account.oauth().refreshToken) });
  try {
    await work(scene);
  } finally {
    await scene.end();
  }
}

function authOf(account: EmulatedAccount, refreshToken: string, tokenUrl = `${account.url}/oauth/token`) {
  const { clientId, clientSecret } = account.oauth();
  return `clientId: ${clientId}, clientSecret: ${clientSecret}, refreshToken: "${refreshToken}", tokenUrl: ${tokenUrl}`;
}

const refreshes = ({ account }: Scene) => account.log().filter(({ path }) => path.startsWith('/oauth/token'));

/** Calls back once, when the n-th request of the load is about to leave. */
function atRequest(n: number, act: () => void) {
  let seen = 0;
  return systemPorts({
    crashPoint: (name) => {
      if (name !== 'load:before-send') return;
      seen += 1;
      if (seen === n) act();
    },
  });
}

/** The person disconnects the app in their account: all its tokens end. */
async function disconnect({ account }: Scene): Promise<void> {
  const { clientId, clientSecret, refreshToken } = account.oauth();
  await fetch(`${account.url}/oauth/revoke`, {
    method: 'POST',
    headers: basic(clientId, clientSecret),
    body: new URLSearchParams({ token: refreshToken }),
  });
}

/** The person connects the app again: a consent, its code, and the refresh token for it. */
async function connectAgain({ account }: Scene): Promise<string> {
  const { clientId, clientSecret } = account.oauth();
  const consent = await fetch(`${account.url}/oauth/authorize?client_id=${clientId}`, { redirect: 'manual' });
  const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
  const answer = await fetch(`${account.url}/oauth/token`, {
    method: 'POST',
    headers: basic(clientId, clientSecret),
    body: new URLSearchParams({ grant_type: 'authorization_code', code }),
  });
  return String(((await answer.json()) as { refresh_token: unknown }).refresh_token);
}

describe.concurrent('the connection to the account (F9, RUN-12)', () => {
  test.each([2, 7, 16])(
    'the access token ends before record %i leaves: one refresh for all in flight, nothing lost, nothing twice',
    (request) =>
      signedIn(async (scene) => {
        scene.account.faults([{ kind: 'slow', method: 'POST', delayMs: 30 }]);
        const ports = atRequest(request, () => scene.account.advanceClock(hourMs + 1));
        await advanceHere(scene.workspace, 1, ports);
        expect(scene.account.log().filter(({ status }) => status === 401).length).toBeGreaterThan(0);
        expect(refreshes(scene)).toHaveLength(2);
        await expectFinished(scene.workspace, contents);
      }),
    perTestMs,
  );

  test(
    'the app is disconnected in the middle: exit 2 says to connect again, one refresh is tried, and with a new sign-in it goes on',
    () =>
      signedIn(async (scene) => {
        const { account, workspace } = scene;
        let gone: Promise<void> | null = null;
        const ports = atRequest(8, () => {
          gone = disconnect(scene);
        });
        account.faults([{ kind: 'slow', method: 'POST', delayMs: 60 }]);
        const { exit, error } = await stopped(workspace, ports);
        await gone;
        expect([exit, error.code]).toEqual([2, 'unauthorized']);
        expect(`${error.message} ${error.hint}`).toMatch(/connect/i);
        expect(`${error.message} ${error.hint}`).not.toContain(account.oauth().refreshToken);
        expect(refreshes(scene).filter(({ status }) => status === 400)).toHaveLength(1);
        const writes = writesIn(account.log()).length;
        expect((await stopped(workspace)).exit).toBe(2);
        expect(
          writesIn(account.log()).filter(({ path }) => !path.startsWith('/oauth')).length,
        ).toBeLessThanOrEqual(writes);
        const refreshToken = await connectAgain(scene);
        writeConfig(workspace.directory, account, { auth: authOf(account, refreshToken) });
        account.faults([]);
        await advanceHere(workspace);
        await expectFinished(workspace, contents);
      }),
    perTestMs,
  );

  test(
    'the refresh token changes with each use; when all of them are refused, that of a new sign-in is taken and not the kept one',
    async () => {
      const tokens = await startRotation();
      const signIn = (scene: Scene, refreshToken: string) => {
        const auth = authOf(scene.account, refreshToken, tokens.url);
        writeConfig(scene.workspace.directory, scene.account, { auth });
      };
      await signedIn(async (scene) => {
        const { account, workspace } = scene;
        tokens.leadsTo(account);
        signIn(scene, 'first');
        let isRefused = false;
        const ports = atRequest(8, () => {
          isRefused = true;
          tokens.accept('second');
          account.advanceClock(hourMs + 1);
        });
        account.faults([{ kind: 'slow', method: 'POST', delayMs: 30 }]);
        expect((await stopped(workspace, ports)).exit).toBe(2);
        expect([isRefused, (await stopped(workspace)).exit]).toEqual([true, 2]);
        expect(tokens.used).toEqual(['first', 'rotated 1', 'rotated 1']);
        signIn(scene, 'second');
        await advanceHere(workspace);
        await expectFinished(workspace, contents);
        expect(tokens.used.slice(3)).toEqual(['second']);
      }).finally(tokens.close);
    },
    perTestMs,
  );
});

/** An authority that gives a new refresh token with each access token and takes only the newest. */
async function startRotation() {
  let next = 'first';
  let account: EmulatedAccount | null = null;
  const used: string[] = [];
  let given = 0;
  const grant = async (token: string): Promise<readonly [number, object]> => {
    used.push(token);
    if (token !== next || account === null) return [400, { error: 'invalid_grant' }];
    given += 1;
    next = `rotated ${given}`;
    const { clientId, clientSecret, refreshToken } = account.oauth();
    const answer = await fetch(`${account.url}/oauth/token`, {
      method: 'POST',
      headers: basic(clientId, clientSecret),
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    });
    return [200, { ...((await answer.json()) as object), refresh_token: next }];
  };
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const [status, body] = await grant(form.get('refresh_token') ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/oauth/token`,
    used,
    leadsTo: (one: EmulatedAccount) => {
      account = one;
    },
    accept: (token: string) => {
      next = token;
    },
    close: () => void server.close(),
  };
}

function basic(clientId: string, clientSecret: string) {
  return { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` };
}

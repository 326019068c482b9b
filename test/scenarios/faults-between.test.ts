import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, json } from 'node:stream/consumers';
import { Pool } from 'undici';
import { afterAll, describe, expect, test } from 'vitest';
import { type Ports, systemPorts } from '../../packages/landfall/src/base/ports.ts';
import type { Scene } from './support/crashes.ts';
import type { EmulatedAccount } from './support/emulator.ts';
import { meanwhile } from './support/meanwhile.ts';
import { type Contents, contentsOf, differences, markersTwice } from './support/oracle.ts';
import { rehearse, stopped } from './support/small-firm.ts';
import { expectBalanced, expectFinished } from './support/verdict.ts';
import { advanceHere, openSession, writeConfig } from './support/workspace.ts';

const firm = await rehearse();
afterAll(() => firm.remove());

const perTestMs = 60_000;

/** Waits pass twenty times faster. */
function quick(more: Partial<Ports> = {}): Ports {
  const { clock } = systemPorts();
  return systemPorts({ ...more, clock: { ...clock, sleep: (ms, signal) => clock.sleep(ms / 20, signal) } });
}

async function inScene(work: (scene: Scene) => Promise<void>): Promise<void> {
  const scene = await firm.scene();
  try {
    await work(scene);
  } finally {
    await scene.end();
  }
}

/** Serves on a free port while work is done. */
async function serving(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const server: Server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe.concurrent('no answer at all (F5)', () => {
  test.each([
    ['carried out', true],
    ['not carried out', false],
  ])(
    'every twentieth request is never answered, and was %s: the patience ends, it is looked up, nothing is lost or doubled',
    (_what, commits) =>
      inScene(async ({ account, workspace }) => {
        account.faults([{ kind: 'never-answer', rate: 0.05, commits }], 3);
        const patience = { headersTimeout: 300, bodyTimeout: 300 };
        const ports = quick({ dispatcher: (origin) => new Pool(origin, { ...patience, connections: 16 }) });
        await advanceHere(workspace, 8, ports);
        expect(account.log().filter(({ fault }) => fault === 'never-answer').length).toBeGreaterThan(1);
        await expectFinished(workspace, firm.contents);
      }),
    perTestMs,
  );
});

const page = '<!DOCTYPE html><html><body>Please sign in to the guest network</body></html>';

function showPage(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end(page);
}

async function forward(account: EmulatedAccount, request: IncomingMessage): Promise<Response> {
  const { method = 'GET', url = '/' } = request;
  const given = await buffer(request);
  const headers = {
    'x-api-token': String(request.headers['x-api-token']),
    'content-type': 'application/json',
  };
  return fetch(`${account.url}${url}`, { method, headers, ...(given.length === 0 ? {} : { body: given }) });
}

async function pass(answer: Response, response: ServerResponse): Promise<void> {
  const limits = [...answer.headers].filter(([name]) => /^(content-type|x-)/.test(name));
  response.writeHead(answer.status, Object.fromEntries(limits)).end(await answer.text());
}

describe.concurrent('a proxy stands between (F4, F7)', () => {
  test(
    'it answers some requests with a web page and status 200, sent on or not: nothing is lost or doubled',
    () =>
      inScene(async ({ account, workspace }) => {
        let seen = 0;
        const answer = async (request: IncomingMessage, response: ServerResponse) => {
          seen += 1;
          if (seen % 7 === 0) return showPage(response);
          const answered = await forward(account, request);
          return seen % 5 === 0 ? showPage(response) : pass(answered, response);
        };
        await serving(answer, async (url) => {
          writeConfig(workspace.directory, { ...account, url });
          await advanceHere(workspace, 8, quick());
        });
        writeConfig(workspace.directory, account);
        await expectFinished(workspace, firm.contents);
      }),
    perTestMs,
  );

  test(
    'it lets nothing through any more: exit 4 says that a web page came, and elsewhere it goes on',
    () =>
      inScene(async ({ account, workspace }) => {
        let seen = 0;
        const answer = async (request: IncomingMessage, response: ServerResponse) => {
          seen += 1;
          return seen > 40 ? showPage(response) : pass(await forward(account, request), response);
        };
        await serving(answer, async (url) => {
          writeConfig(workspace.directory, { ...account, url });
          const { exit, error } = await stopped(workspace, quick());
          expect([exit, error.code]).toEqual([4, 'unavailable']);
          expect(error.message).toMatch(/a web page came in the place of an answer/);
        });
        writeConfig(workspace.directory, account);
        await advanceHere(workspace);
        await expectFinished(workspace, firm.contents);
      }),
    perTestMs,
  );
});

/** An automation of the account: it is told of every new deal, renames it, and plans a call on it. */
async function withAutomation(
  account: EmulatedAccount,
  work: (done: () => number) => Promise<void>,
): Promise<void> {
  let done = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { data } = (await json(request)) as { data: { id: number; title: string } };
    response.writeHead(200).end();
    await account.person('PATCH', `/api/v2/deals/${data.id}`, { title: `${data.title} (checked)` });
    await account.person('POST', '/api/v2/activities', {
      subject: 'Welcome call',
      type: 'call',
      deal_id: data.id,
    });
    done += 1;
  };
  await serving(answer, async (url) => {
    await account.person('POST', '/api/v1/webhooks', {
      subscription_url: url,
      event_action: 'create',
      event_object: 'deal',
      name: 'Automation',
      version: '2.0',
    });
    await work(() => done);
  });
}

describe.concurrent('an automation of the account works on every new deal at once', () => {
  test.each([
    ['all answers arrive', 0],
    ['a third of the answers is lost', 0.34],
  ])(
    '%s: what it changed is told as a difference, nothing is missing, and what it made stays',
    (_how, rate) =>
      inScene(async ({ account, workspace }) => {
        await withAutomation(account, async (done) => {
          if (rate > 0)
            account.faults([{ kind: 'lost-answer', method: 'POST', path: '/api/v2/deals', rate }], 2);
          const ports = meanwhile({ method: 'POST', path: '/api/v1/notes', n: 1 }, async () => {
            while (done() < 9) await new Promise((resolve) => setTimeout(resolve, 20));
          });
          const { ledger } = await advanceHere(workspace, 1, ports);
          expectBalanced(ledger);
          expect(ledger.deal).toMatchObject({ created: 9, failed: 0, inDoubt: 0, verified: 0, diverged: 9 });
        });
        const session = await openSession(workspace);
        const findings = await session.store.findings(0, 100);
        await session.close();
        expect(findings.map(({ field, verdict }) => `${field} ${verdict}`)).toEqual(
          Array(9).fill('title different'),
        );
        expect(findings[0]?.found).toMatch(/^Order \d \(checked\)$/);
        const snapshot = account.snapshot();
        expect(markersTwice(snapshot)).toEqual([]);
        expect(snapshot.activities).toHaveLength(9);
        const renamed = JSON.parse(
          JSON.stringify(contentsOf(snapshot)).replaceAll(' (checked)', ''),
        ) as Contents;
        const theirs = { activities: [], webhooks: [] };
        expect(differences(firm.contents, { ...renamed, ...theirs })).toEqual([]);
      }),
    perTestMs,
  );
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import type { MigrationError } from '../model/error.ts';
import { type Dialect, plainDialect } from './answer.ts';
import { type Call, Client } from './client.ts';
import { defaultLimits, openExchange } from './exchange.ts';
import { Gate } from './gate.ts';
import { fixedAuthorization } from './oauth.ts';
import { createRedact } from './redact.ts';
import { defaultRetry } from './retry.ts';

const token = 'canary-token-1234567890';
const good = '{"success":true,"data":{"id":1}}';
const dialect: Dialect = { ...plainDialect, successMember: 'success' };
const noLimit = { limit: null, windowMs: 2_000, guardMs: 0 };
const noTokens = {
  dailyTokens: null,
  share: 1,
  offPeak: null,
  offPeakShare: 1,
  reserveTokens: null,
  resetMinuteUtc: 0,
};

/** What the server does to one request; the last one given is repeated. */
type Act = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let client: Client;
let acts: Act[];
let asked: number;
let slept: number[];

const says =
  (status: number, body: string, headers: Record<string, string> = {}): Act =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
const breaksOff: Act = (request) => request.socket.destroy();
const echoes: Act = (request, response) => {
  const words = `no access for ${String(request.headers['x-api-token'])}`;
  response.writeHead(422, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ success: false, error: words }));
};

beforeEach(async () => {
  [acts, asked, slept] = [[], 0, []];
  server = createServer((request, response) => {
    const act = acts[Math.min(asked, acts.length - 1)];
    asked += 1;
    act?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let passedMs = 0;
  const ports = systemPorts({
    clock: {
      nowMs: () => Date.UTC(2026, 10, 21) + passedMs,
      monotonicMs: () => passedMs,
      sleep: async (ms) => {
        slept.push(ms);
        passedMs += ms;
      },
    },
  });
  client = new Client({
    exchange: openExchange(`http://127.0.0.1:${port}`, defaultLimits),
    gate: new Gate({ tokens: noTokens, burst: noLimit, lanes: {} }, ports.clock),
    authorization: fixedAuthorization({ 'x-api-token': token }),
    dialect,
    retry: defaultRetry,
    redact: createRedact([token]),
    ports,
    system: 'The other side',
    charged: () => true,
    capWords: (_code, words) => words,
  });
});

afterEach(async () => {
  await client.close();
  server.close();
});

function send(effect: Call['effect'], ...given: Act[]): ReturnType<Client['send']> {
  acts = given;
  const method = effect === 'read' ? 'GET' : effect === 'write' ? 'POST' : 'DELETE';
  const call: Call = { method, path: '/things', effect, costTokens: 1, what: 'a test' };
  return client.send(call, new AbortController().signal);
}

async function errorOf(promise: Promise<unknown>): Promise<MigrationError> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (error: MigrationError) => error,
  );
}

const lost: readonly (readonly [string, Act])[] = [
  ['a broken connection', breaksOff],
  ['a 500 with words', says(500, '{"success":false,"error":"oops"}')],
  ['a 503 with a page', says(503, '<html>busy</html>', { 'content-type': 'text/html' })],
  ['a 201 that cannot be read', says(201, good.slice(0, 20))],
  ['a 200 that does not say it succeeded', says(200, '{}')],
];

describe('what is sent again (reliability.md 3.1, F4 to F7)', () => {
  it.each(lost)('a write never, after %s: it may have been carried out', async (_name, act) => {
    expect(await errorOf(send('write', act, says(200, good)))).toMatchObject({ code: 'outcome-unknown' });
    expect(asked).toBe(1);
  });

  it.each(lost)('a read and a removal, after %s', async (_name, act) => {
    expect((await send('read', act, says(200, good))).json).toMatchObject({ success: true });
    expect(asked).toBe(2);
    asked = 0;
    expect((await send('repeatable', act, says(200, good))).gone).toBe(false);
    expect(asked).toBe(2);
  });

  it('a write after a 429, which proves that nothing was done, and not before it is asked for again (F3)', async () => {
    const busy = says(429, '{"success":false}', { 'retry-after': '7' });
    expect((await send('write', busy, says(201, good))).status).toBe(201);
    expect(asked).toBe(2);
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(7_000);
  });

  it('after a 503 no sooner than Retry-After says', async () => {
    await send('read', says(503, '{}', { 'retry-after': '9' }), says(200, good));
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(9_000);
  });
});

it('the other side’s words become an error without the token they repeat (I10, T19)', async () => {
  const error = await errorOf(send('write', echoes));
  expect(error).toMatchObject({ code: 'refused' });
  expect(error.message).toContain('no access for');
  expect(`${error.message} ${error.hint}`).not.toContain(token);
});

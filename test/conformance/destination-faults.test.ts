import { type ServedPipedrive, servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ports, systemPorts } from '../../packages/landfall/src/base/ports.ts';
import type { Destination, WriteRequest } from '../../packages/landfall/src/model/destination.ts';
import type { MigrationError } from '../../packages/landfall/src/model/error.ts';
import { markerFieldName } from '../../packages/landfall/src/model/key.ts';
import { createPipedrive, type PipedriveConfig } from '../../packages/landfall/src/pipedrive/destination.ts';
import { walked } from './destination.ts';

interface Line {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly tokens: number;
}

const signal = new AbortController().signal;
const speed = 25;
const hourMs = 3_600_000;

let served: ServedPipedrive;
let destination: Destination;
const opened: Destination[] = [];

/** Waits pass `speed` times faster; the clock itself runs as ever. */
function quickPorts(): Ports {
  const ports = systemPorts();
  const { clock } = ports;
  const sleep: typeof clock.sleep = (ms, stop) => clock.sleep(ms / speed, stop);
  // monotonic time runs fast too, so that what was waited for has passed
  return { ...ports, clock: { nowMs: clock.nowMs, monotonicMs: () => clock.monotonicMs() * speed, sleep } };
}

function open(config: Partial<PipedriveConfig> = {}, ports = quickPorts()): Destination {
  const auth = { token: served.token };
  const limits = { headersTimeoutMs: 400, bodyTimeoutMs: 400 };
  const made = createPipedrive(
    { url: served.url, auth, plan: 'growth', seats: 10, share: 1, limits, ...config },
    ports,
  );
  opened.push(made);
  return made;
}

async function control(name: string, body?: unknown): Promise<unknown> {
  const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${served.control}/${name}`, options);
  if (!answer.ok) throw new Error(`control ${name}: ${await answer.text()}`);
  return answer.json();
}

const log = async () => (await control('log')) as readonly Line[];
const tokensOf = (lines: readonly Line[]) => lines.reduce((sum, { tokens }) => sum + tokens, 0);
const faults = (...rules: readonly Record<string, unknown>[]) => control('faults', { seed: 1, rules });

function person(name: string): WriteRequest {
  return { entity: 'person', values: { name }, marker: `faults:${name}` };
}

async function start(options: Parameters<typeof servePipedrive>[0] = {}): Promise<void> {
  served = await servePipedrive({ plan: 'growth', seats: 10, limits: 'off', ...options });
  destination = open();
  await destination.describe(signal);
  await destination.configure(
    { kind: 'field', entity: 'person', name: markerFieldName, type: 'varchar', options: [] },
    signal,
  );
}

beforeEach(() => start());

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await served.close();
});

/** The error a promise ends with. */
async function errorOf(promise: Promise<unknown>): Promise<MigrationError> {
  return promise.then(
    () => expect.fail('it should have failed'),
    (error: MigrationError) => error,
  );
}

describe('reads (RUN-08, F4, F6, F7)', () => {
  it.each([
    'status-500',
    'status-502-html',
    'status-503',
    'malformed-json',
    'reset-mid-body',
    'lost-answer',
    'never-answer',
    'slow',
    'status-429',
  ])('are asked again after %s', async (kind) => {
    await destination.write(person('one'), signal);
    await faults({ method: 'GET', path: '/api/v2/persons', kind, count: 2, delayMs: 50 });
    expect((await walked(destination, 'person')).map(({ marker }) => marker)).toEqual(['faults:one']);
    const charged = tokensOf(await log());
    // what is never answered may have been charged: the ledger takes it so
    if (kind === 'never-answer') expect(destination.budget().spentHere).toBeGreaterThanOrEqual(charged);
    else expect(destination.budget().spentHere).toBe(charged);
  });

  it('give up after six tries, with a time to go on', async () => {
    const { id } = await destination.write(person('one'), signal);
    await faults({ method: 'GET', kind: 'status-500' });
    const before = (await log()).length;
    const error = await errorOf(destination.get('person', id, signal));
    expect(error).toMatchObject({ code: 'unavailable', recovery: 'pause' });
    expect(error.resumeAtMs).toBeGreaterThan(0);
    expect((await log()).length - before).toBe(6);
  });
});

describe('writes (reliability.md 3.1, F4 to F7)', () => {
  it.each([
    ['status-500', 0],
    ['status-502-html', 0],
    ['status-503', 0],
    ['lost-answer', 1],
    ['malformed-json', 1],
    ['reset-mid-body', 1],
    ['late-commit', 0],
    ['never-answer', 0],
  ])(
    'are unknown after %s: sent once, and found by a sweep if they were carried out',
    async (kind, carriedOut) => {
      const downTo = await destination.watermark('person', signal);
      await faults({
        method: 'POST',
        path: '/api/v2/persons',
        kind,
        count: 1,
        commits: false,
        delayMs: hourMs,
      });
      const before = (await log()).filter(({ method }) => method === 'POST').length;
      const error = await errorOf(destination.write(person('lost'), signal));
      expect(error).toMatchObject({ code: 'outcome-unknown', recovery: 'retry' });
      expect((await log()).filter(({ method }) => method === 'POST').length - before).toBe(1);
      const found = await walked(destination, 'person', { downTo });
      expect(found.map(({ marker }) => marker)).toEqual(carriedOut === 1 ? ['faults:lost'] : []);
    },
  );

  it('are sent again after a 429, which proves that nothing was done (F3)', async () => {
    await faults({ method: 'POST', kind: 'status-429', count: 3 });
    expect((await destination.write(person('late'), signal)).marker).toBe('faults:late');
    expect(destination.budget()).toMatchObject({ throttled: 3, spentHere: tokensOf(await log()) });
    expect(await walked(destination, 'person')).toHaveLength(1);
  });

  it('are sent again when there was no connection, and cost nothing then', async () => {
    const closed = open({ url: 'http://127.0.0.1:9' });
    const error = await errorOf(closed.check(signal));
    expect(error).toMatchObject({ code: 'unavailable' });
    expect(closed.budget()).toMatchObject({ requests: 0, spentHere: 0 });
  });

  it.each([400, 404])(
    'that link to a record that is gone are refused, whether it answers %i (UNC)',
    async (status) => {
      await control('switches', { missingLinkStatus: status });
      const request = { entity: 'person', values: { name: 'x', org_id: '424242' }, marker: 'x' } as const;
      expect(await errorOf(destination.write(request, signal))).toMatchObject({
        code: 'refused',
        recovery: 'reject',
      });
    },
  );

  it('of a removal are asked again: it is fine when the record is gone', async () => {
    const { id } = await destination.write(person('gone'), signal);
    await faults({ method: 'DELETE', kind: 'lost-answer', count: 2 });
    await destination.remove('person', id, signal);
    expect(await destination.get('person', id, signal)).toBeNull();
  });
});

describe('pauses (F9, F10, RUN-09)', () => {
  it('stops when the day is used up, names the reset, and sends nothing more', async () => {
    await served.close();
    await start({ limits: 'on' });
    await faults({ method: 'POST', kind: 'daily-exhausted', count: 1 });
    const error = await errorOf(destination.write(person('one'), signal));
    expect(error).toMatchObject({ code: 'budget-exhausted', recovery: 'pause' });
    expect(error.resumeAtMs ?? 0).toBeGreaterThan(Date.now());
    expect((error.resumeAtMs ?? 0) - Date.now()).toBeLessThanOrEqual(24 * hourMs);
    const sent = (await log()).length;
    for (let again = 0; again < 3; again += 1) {
      expect(await errorOf(destination.write(person('one'), signal))).toMatchObject({
        code: 'budget-exhausted',
      });
    }
    expect((await log()).length).toBe(sent);
  });

  it('keeps its share of the day and leaves the rest to others', async () => {
    const own = open({ share: 0.0005 }); // 300 of 600,000 tokens
    await own.describe(signal);
    const error = await errorOf(
      (async () => {
        for (let number = 0; ; number += 1) await own.write(person(`share ${number}`), signal);
      })(),
    );
    expect(error).toMatchObject({ code: 'budget-exhausted' });
    // the other connection has spent too: of the account's day no more than the share is gone
    expect(tokensOf(await log())).toBeLessThanOrEqual(300);
    expect(tokensOf(await log())).toBeGreaterThan(290);
  });

  it('stops at a page of the firewall, and does not knock again', async () => {
    await faults({ kind: 'cloudflare-403', count: 1 });
    const error = await errorOf(destination.write(person('one'), signal));
    expect(error).toMatchObject({ code: 'blocked', recovery: 'pause' });
    const sent = (await log()).length;
    expect(await errorOf(destination.check(signal))).toMatchObject({ code: 'blocked' });
    expect((await log()).length).toBe(sent);
  });

  it('ends a wait when the operator asks to stop', async () => {
    const stop = new AbortController();
    await faults({ kind: 'status-429' });
    const waiting = errorOf(open({}, systemPorts()).check(stop.signal));
    setTimeout(() => stop.abort(), 100);
    expect(await waiting).toMatchObject({ name: 'AbortError' });
  });
});

describe('OAuth (F9)', () => {
  async function connect(grant: Record<string, unknown> = {}): Promise<Destination> {
    const app = (await control('oauth')) as Record<'clientId' | 'clientSecret' | 'refreshToken', string>;
    const { clientId, clientSecret, refreshToken } = app;
    const tokenUrl = `${served.url}/oauth/token`;
    return open({ auth: { oauth: { clientId, clientSecret, refreshToken, tokenUrl, ...grant } } });
  }
  const refreshes = async () => (await log()).filter(({ path }) => path.startsWith('/oauth/token')).length;

  it('refreshes once for eight callers, at the start and when the token expires', async () => {
    const connection = await connect();
    const work = () => Promise.all(Array.from({ length: 8 }, () => connection.check(signal)));
    await work();
    expect(await refreshes()).toBe(1);
    await faults({ path: '/api/v1/users/me', kind: 'token-expired', count: 8 });
    await work();
    expect(await refreshes()).toBe(2);
    // whose token it is (2), the summary of the deals (40), the list of the leads (20)
    expect(connection.budget().spentHere).toBe(8 * 2 * (2 + 40 + 20));
  });

  it('pauses when the connection was revoked, and tells no secret', async () => {
    const connection = await connect({ refreshToken: 'a-refresh-token-of-nobody' });
    const error = await errorOf(connection.check(signal));
    expect(error).toMatchObject({ code: 'unauthorized', recovery: 'pause' });
    expect(`${error.message} ${error.hint}`).not.toContain('a-refresh-token-of-nobody');
    expect(await refreshes()).toBe(1);
  });
});

describe('limits of the plan (F21, C-12)', () => {
  it.each([
    [
      { customFieldsCap: 0 },
      { kind: 'field', entity: 'deal', name: 'More', type: 'varchar', options: [] } as const,
      /100 custom fields on Growth with 10 seats/,
    ],
  ])('names the cap on custom fields and its number: %o', async (switches, step, words) => {
    await control('switches', switches);
    const before = (await log()).length;
    const error = await errorOf(destination.configure(step, signal));
    expect(error).toMatchObject({
      code: 'cap-reached',
      recovery: 'stop',
      message: expect.stringMatching(words),
    });
    expect((await log()).length - before).toBe(1);
  });

  it('names the cap on deals and its number', async () => {
    await control('switches', { openDealsCap: 0 });
    await destination.configure(
      { kind: 'field', entity: 'deal', name: markerFieldName, type: 'varchar', options: [] },
      signal,
    );
    const write = destination.write(
      { entity: 'deal', values: { title: 'One too many' }, marker: 'm' },
      signal,
    );
    expect(await errorOf(write)).toMatchObject({
      code: 'cap-reached',
      message: expect.stringMatching(/50000 deals and leads/),
    });
  });
});

describe('the ledger of tokens (I8)', () => {
  it('equals what the account was charged, to the token, with refusals and faults in between', async () => {
    await faults(
      { method: 'POST', kind: 'status-429', rate: 0.2 },
      { method: 'GET', kind: 'malformed-json', rate: 0.2 },
      { kind: 'slow', rate: 0.1, delayMs: 20 },
    );
    await Promise.all(
      Array.from({ length: 40 }, async (_, number) => {
        await destination.write(person(`n${number}`), signal);
        await errorOf(
          destination.write(
            { entity: 'person', values: { name: 'x', org_id: '424242' }, marker: 'x' },
            signal,
          ),
        );
      }),
    );
    for (const entity of ['person', 'note', 'deal', 'activity', 'organization'] as const)
      await walked(destination, entity);
    expect(destination.budget().spentHere).toBe(tokensOf(await log()));
    expect(destination.budget().requests).toBe((await log()).length);
  });

  it('holds when answers come without the daily headers', async () => {
    await control('switches', { omitDailyHeaders: 0.5 });
    for (let number = 0; number < 20; number += 1) await destination.write(person(`h${number}`), signal);
    expect(destination.budget().spentHere).toBe(tokensOf(await log()));
  });
});

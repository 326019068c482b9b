import { describe, expect, it } from 'vitest';
import { createDataverse } from '../emulator.ts';
import type { Switches } from '../switches.ts';
import { bench, TEST_MS } from '../test-fixture.ts';

/** An organisation whose clock a test moves. */
function timed(switches: Partial<Switches>) {
  let now = TEST_MS;
  const asked = bench({ nowMs: () => now, switches: { servers: 1, ...switches } });
  return { ...asked, pass: (ms: number) => (now += ms) };
}

describe('service protection', () => {
  it('refuses the request over the limit for 300 seconds, in the published words', async () => {
    const asked = timed({ requestsMax: 5 });
    for (let turn = 0; turn < 5; turn += 1) {
      asked.pass(10_000);
      expect((await asked.get('WhoAmI')).status).toBe(200);
    }
    const refused = await asked.get('WhoAmI');
    expect(refused.status).toBe(429);
    expect(refused.json.error).toEqual({
      code: '0x80072322',
      message: 'Number of requests exceeded the limit of 5 over time window of 300 seconds.',
    });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBe(260);
    asked.pass(wait * 1_000);
    expect((await asked.get('WhoAmI')).status).toBe(200);
  });

  it('makes those wait longer who go on asking', async () => {
    const asked = timed({ requestsMax: 1 });
    await asked.get('WhoAmI');
    const waits: number[] = [];
    for (let turn = 0; turn < 4; turn += 1)
      waits.push(Number((await asked.get('WhoAmI')).headers.get('retry-after')));
    expect(waits).toEqual([300, 300, 300, 300]);
    asked.pass(290_000);
    const late: number[] = [];
    for (let turn = 0; turn < 3; turn += 1)
      late.push(Number((await asked.get('WhoAmI')).headers.get('retry-after')));
    expect(late).toEqual([14, 15, 16]);
    const calm = timed({ requestsMax: 1, pressureMs: 0 });
    await calm.get('WhoAmI');
    calm.pass(290_000);
    await calm.get('WhoAmI');
    expect((await calm.get('WhoAmI')).headers.get('retry-after')).toBe('10');
  });

  it('charges execution time by request, row and byte', async () => {
    const asked = timed({ executionMsMax: 100, requestMs: 20, rowMs: 1, megabyteMs: 0 });
    const first = await asked.get('accounts?$select=name&$top=10');
    expect(first.headers.get('x-ms-ratelimit-time-remaining-xrm-requests')).toBe('0.10');
    const second = await asked.get('accounts?$select=name&$top=40');
    expect(second.headers.get('x-ms-ratelimit-time-remaining-xrm-requests')).toBe('0.07');
    const third = await asked.get('accounts?$select=name&$top=40');
    expect(third.status).toBe(200);
    const fourth = await asked.get('WhoAmI');
    expect([fourth.status, fourth.json.error.code]).toEqual([429, '0x80072321']);
    const usage = asked.emulator.control.extra('usage') as { executionMs: number }[];
    expect(usage[0]?.executionMs).toBe(30 + 60 + 60);
  });

  it('refuses more at the same time than it may be, at once', async () => {
    const waiting: (() => void)[] = [];
    const asked = bench({
      sleep: () => new Promise((resolve) => waiting.push(resolve)),
      switches: { servers: 1, concurrentMax: 3, answersTakeTime: true },
    });
    const open = [1, 2, 3].map(() => asked.get('WhoAmI'));
    await expect.poll(() => waiting.length).toBe(3);
    const refused = await asked.get('WhoAmI');
    expect([refused.status, refused.json.error.code]).toEqual([429, '0x80072326']);
    for (const end of waiting) end();
    expect((await Promise.all(open)).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('holds answers back for as long as the server takes, in real time too', async () => {
    const emulator = createDataverse({ switches: { answersTakeTime: true, requestMs: 80 } });
    const from = performance.now();
    const headers = { authorization: `Bearer ${emulator.token}` };
    await emulator.app.fetch(new Request('http://x/api/data/v9.2/WhoAmI', { headers }));
    expect(performance.now() - from).toBeGreaterThan(70);
    await emulator.close();
  });

  it('holds for each server apart, and keeps to the server that a cookie names', async () => {
    const asked = timed({ requestsMax: 3, servers: 3 });
    const cookies = new Set<string>();
    for (let turn = 0; turn < 9; turn += 1) {
      const seen = await asked.get('WhoAmI');
      expect(seen.status).toBe(200);
      cookies.add(seen.headers.get('set-cookie')?.split(';')[0] ?? '');
    }
    expect(cookies.size).toBe(3);
    expect((await asked.get('WhoAmI')).status).toBe(429);
    const kept = timed({ requestsMax: 3, servers: 3 });
    const cookie = [...cookies][0] ?? '';
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await kept.get('WhoAmI', { cookie })).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it('hints at parallelism and says what remains on the server that answers', async () => {
    const { headers } = await timed({ dopHint: 12 }).get('WhoAmI');
    expect(headers.get('x-ms-dop-hint')).toBe('12');
    expect(headers.get('x-ms-ratelimit-burst-remaining-xrm-requests')).toBe('5999');
    expect(headers.get('x-ms-ratelimit-time-remaining-xrm-requests')).toBe('1,200.00');
  });

  it('can be left out for benches', async () => {
    const asked = bench({ limits: 'off', switches: { requestsMax: 1 } });
    await asked.get('WhoAmI');
    expect((await asked.get('WhoAmI')).status).toBe(200);
  });

  it.each([
    ['status-429', 429],
    ['status-500', 500],
    ['status-502-html', 502],
    ['status-503', 503],
  ])('the fault %s is answered %i in the vendor’s words', async (kind, status) => {
    const asked = bench();
    asked.emulator.control.faults({ rules: [{ kind, count: 1 }] });
    const seen = await asked.get('WhoAmI');
    expect(seen.status).toBe(status);
    if (kind === 'status-429') expect(seen.json.error.code).toBe('0x80072322');
    expect((await asked.get('WhoAmI')).status).toBe(200);
  });
});

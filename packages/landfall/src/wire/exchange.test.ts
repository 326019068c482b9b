import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { classify, type Outcome, plainDialect } from './answer.ts';
import { defaultLimits, type Exchange, openExchange } from './exchange.ts';

let server: Server;
let exchange: Exchange;

afterEach(async () => {
  await exchange.close();
  server.close();
});

/** A server that does to a connection what it is told, once a request has come. */
async function serving(
  act: (socket: Socket) => void,
  limits: Partial<typeof defaultLimits> = {},
): Promise<void> {
  server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => act(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  exchange = openExchange(`http://127.0.0.1:${port}`, { ...defaultLimits, ...limits });
}

const send = () => exchange.send({ method: 'POST', path: '/', headers: { 'x-a': 'b' }, body: '{}' }, null);
const kindOf = (outcome: Outcome) => classify(outcome, true, { ...plainDialect, successMember: 'success' });

function answer(body: string, status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const good = JSON.stringify({ success: true, data: { id: '9007199254740993', name: 'ş'.repeat(300) } });

describe('one request on the wire (F6, F7)', () => {
  it('takes an answer that is cut off at any byte for no answer', async () => {
    const whole = Buffer.from(answer(good));
    let cut = 0;
    await serving((socket) => socket.end(whole.subarray(0, cut)));
    for (cut = 0; cut < whole.length; cut += 1) {
      const outcome = await send();
      expect(kindOf(outcome), `cut at ${cut}`).toBe('unknown');
    }
    expect(kindOf(await send())).toBe('ok');
  });

  it.each([
    ['a reset before any answer', (socket: Socket) => socket.resetAndDestroy()],
    ['what is no HTTP', (socket: Socket) => socket.end('hello\r\n\r\n')],
    [
      'an answer longer than it says',
      (socket: Socket) => socket.end(answer(good).replace(/length: \d+/, 'length: 5')),
    ],
    ['nothing for too long', () => {}],
    ['half an answer for too long', (socket: Socket) => socket.write(answer(good).slice(0, 200))],
    [
      'damaged compression',
      (socket: Socket) =>
        socket.end(
          answer('\u001f\u008b\u0008xxxx').replace('content-type', 'content-encoding: gzip\r\ncontent-type'),
        ),
    ],
  ])('takes %s for no answer', async (_what, act) => {
    await serving(act, { headersTimeoutMs: 150, bodyTimeoutMs: 150 });
    expect(kindOf(await send())).toBe('unknown');
  });

  it('refuses a body larger than its limit', async () => {
    await serving((socket) => socket.end(answer(good)), { mostBodyBytes: 100 });
    expect(await send()).toMatchObject({
      kind: 'lost',
      because: expect.stringContaining('larger than 100 bytes'),
    });
  });

  it('does not wait for an answer that only drips', async () => {
    await serving(
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n');
        const drip = setInterval(() => socket.write(' '), 20);
        socket.on('close', () => clearInterval(drip));
      },
      { answerTimeoutMs: 150 },
    );
    expect(await send()).toMatchObject({ kind: 'lost', because: expect.stringContaining('not whole after') });
  });

  it.each([
    { path: '/', headers: { authorization: 'key\nx-other: 1' } },
    { path: '/', headers: { authorization: 'anahtar-ş' } },
    { path: '/a b', headers: {} },
    { path: '/a\r\nx-other: 1', headers: {} },
  ])('sends nothing that no request can hold, and hangs for none of it: %j', async (wrong) => {
    await serving((socket) => socket.write(answer(good)), { connections: 2 });
    for (let turn = 0; turn < 5; turn += 1) {
      const outcome = await exchange.send({ method: 'GET', body: null, ...wrong }, null);
      expect(outcome).toMatchObject({ kind: 'notSent', because: expect.stringContaining('character') });
      expect(JSON.stringify(outcome)).not.toContain('x-other');
    }
    expect(kindOf(await send())).toBe('ok');
  });

  it('follows no redirect', async () => {
    let requests = 0;
    await serving((socket) => {
      requests += 1;
      socket.end('HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n');
    });
    expect(await send()).toMatchObject({ kind: 'answer', status: 302 });
    expect(requests).toBe(1);
  });

  it('tells a connection that never came about from one that broke', async () => {
    await serving(() => {});
    server.close();
    await exchange.close();
    const { port } = { port: 9 };
    exchange = openExchange(`http://127.0.0.1:${port}`, defaultLimits);
    expect(await send()).toMatchObject({ kind: 'notSent' });
  });

  it('breaks a request off when asked to', async () => {
    await serving(() => {});
    const stop = new AbortController();
    const under = exchange.send({ method: 'GET', path: '/', headers: {}, body: null }, stop.signal);
    setTimeout(() => stop.abort(), 20);
    expect(await under).toMatchObject({ kind: 'lost' });
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import type { Destination } from '../model/destination.ts';
import { targetId } from '../model/key.ts';
import { createPipedrive } from './destination.ts';
import { compareIds } from './walk-order.ts';

const signal = new AbortController().signal;
let server: Server | null = null;
let destination: Destination | null = null;

afterEach(async () => {
  await destination?.close();
  server?.close();
});

type Answer = (query: URLSearchParams, ask: number) => unknown;

/** An account that answers one list as it is told to, and is empty otherwise. */
async function listing(list: string, answer: Answer): Promise<Destination> {
  let asks = 0;
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const empty = url.pathname.endsWith('/users/me') ? { id: 1 } : [];
    const body = url.pathname.endsWith(list)
      ? answer(url.searchParams, asks++)
      : { success: true, data: empty };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  destination = createPipedrive(
    { url, auth: { token: 'x'.repeat(40) }, plan: 'growth', seats: 1, share: 1, pace: 'off' },
    systemPorts(),
  );
  return destination;
}

const rows = (...ids: readonly number[]) =>
  ids.map((id) => ({ id, name: `n${id}`, content: `n${id}`, custom_fields: {} }));
const page = (next: string | null, ...ids: readonly number[]) => ({
  success: true,
  data: rows(...ids),
  additional_data: { next_cursor: next },
});

async function ids(entity: 'person' | 'note' | 'lead', downTo?: string): Promise<readonly string[]> {
  const found: string[] = [];
  const options = downTo === undefined ? {} : { downTo: targetId(downTo) };
  for await (const each of destination?.walk(entity, options, signal) ?? [])
    found.push(...each.map(({ id }) => id));
  return found;
}

describe('walking lists (F17)', () => {
  it('gives a row that comes twice once', async () => {
    await listing('/persons', (_query, ask) => [page('a', 1, 2), page('b', 2, 3), page(null, 3, 4)][ask]);
    expect(await ids('person')).toEqual(['1', '2', '3', '4']);
  });

  it.each([
    ['the same cursor again', () => page('a', 1, 2)],
    ['new cursors and old rows', (_query: URLSearchParams, ask: number) => page(`c${ask}`, 1, 2)],
    ['new cursors and no rows', (_query: URLSearchParams, ask: number) => page(`c${ask}`)],
  ])('stops after few pages when they bring nothing new: %s', async (_what, answer) => {
    let asked = 0;
    await listing('/persons', (query, ask) => {
      asked += 1;
      return answer(query, ask);
    });
    await expect(ids('person')).rejects.toMatchObject({ code: 'answer-wrong' });
    expect(asked).toBeLessThanOrEqual(4);
  });

  it('ends a sweep at the watermark without asking for more', async () => {
    await listing('/persons', (query) => {
      expect(query.get('sort_direction')).toBe('desc');
      return page('more', 9, 8, 7);
    });
    expect(await ids('person', '7')).toEqual(['9', '8']);
  });

  it('says so when the shape of a page has changed (F8)', async () => {
    await listing('/persons', () => ({ success: true, data: { items: [] } }));
    await expect(ids('person')).rejects.toMatchObject({ code: 'answer-wrong', recovery: 'pause' });
  });

  it('misses no note when others are deleted between two pages', async () => {
    let alive = Array.from({ length: 1_200 }, (_, at) => at + 1);
    await listing('/notes', (query, ask) => {
      if (ask === 1) alive = alive.slice(10); // ten before the second page: all others move up
      const start = Number(query.get('start'));
      const found = alive.slice(start, start + 500);
      const more = start + 500 < alive.length;
      return {
        success: true,
        data: rows(...found),
        additional_data: { pagination: { more_items_in_collection: more } },
      };
    });
    expect(await ids('note')).toEqual(Array.from({ length: 1_200 }, (_, at) => String(at + 1)));
  });

  it('gives every lead once and misses none, though they have no order but that of time (F17)', async () => {
    let alive = Array.from({ length: 1_200 }, (_, at) => `${String(at).padStart(8, '0')}-5d2c`);
    const time = '2026-01-02T03:04:05.678Z';
    await listing('/v1/leads', (query, ask) => {
      if (ask === 1) alive = alive.slice(10); // ten are deleted before the second page: all others move up
      const start = Number(query.get('start'));
      const found = alive.slice(start, start + 500).map((id) => ({ id, title: id, add_time: time }));
      const more = start + 500 < alive.length;
      return {
        success: true,
        data: found,
        additional_data: { pagination: { more_items_in_collection: more } },
      };
    });
    expect(await ids('lead')).toHaveLength(1_200);
  });

  it('a sweep of leads goes back to the second of the watermark, and no further', async () => {
    const at = (second: number) => ({ id: `id-${second}`, add_time: `2026-01-02T03:04:0${second}.5Z` });
    await listing('/v1/leads', (query) => {
      expect(query.get('sort')).toBe('add_time DESC');
      return { success: true, data: [at(9), at(7), at(7), at(6)] };
    });
    expect(await ids('lead', '2026-01-02T03:04:07Z')).toEqual(['id-9', 'id-7']);
  });

  it('orders ids as numbers of any length', () => {
    expect(['10', '9', '9007199254740993', '100'].sort(compareIds)).toEqual([
      '9',
      '10',
      '100',
      '9007199254740993',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Paging, RestDialect } from './dialect.ts';
import { type Scripted, scriptedClient, testDialect } from './rest-fixture.ts';
import { type WalkedPage, walk } from './walk.ts';

const signal = new AbortController().signal;
const list = { path: '/records', what: 'reading records', id: 'id' };
const rows = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ id: from + index }));

const dialectWith = (paging: Paging): RestDialect => ({ ...testDialect, paging });
const byPage = (size: number): RestDialect =>
  dialectWith({ kind: 'page', page: 'page', size: 'size', first: 1, pageRecords: size });

async function walked(
  answer: (query: URLSearchParams, path: string) => Scripted,
  dialect = byPage(10),
  from: string | null = null,
): Promise<{ ids: number[]; pages: WalkedPage[]; asked: number }> {
  const { client, asked } = scriptedClient(
    (path) => answer(new URLSearchParams(path.split('?')[1] ?? ''), path),
    dialect,
  );
  const pages: WalkedPage[] = [];
  for await (const page of walk(client, list, from, signal)) pages.push(page);
  return { ids: pages.flatMap(({ items }) => items.map(({ id }) => Number(id))), pages, asked: asked.length };
}

const number = (query: URLSearchParams, name: string) => Number(query.get(name));
/** A sound service with pages by number; it may give less than it is asked for. */
const sound =
  (count: number, most = 1_000) =>
  (query: URLSearchParams) => {
    const size = Math.min(number(query, 'size'), most);
    const first = (number(query, 'page') - 1) * size + 1;
    return { body: { items: rows(first, Math.min(count, first + size - 1)), total: count } };
  };
const upTo = (count: number) => rows(1, count).map(({ id }) => id);

describe('each way of paging', () => {
  it.each([0, 1, 9, 10, 11, 35])('by page: %i records, each once', async (count) => {
    expect((await walked(sound(count))).ids).toEqual(upTo(count));
  });

  it('by page, when the service gives less than it is asked for', async () => {
    expect((await walked(sound(35, 4))).ids).toEqual(upTo(35));
  });

  it('by page, when a page size is refused: a smaller one is learned', async () => {
    const answer = (query: URLSearchParams) =>
      number(query, 'size') > 30 ? { status: 400, body: {} } : sound(70)(query);
    expect((await walked(answer, byPage(100))).ids).toEqual(upTo(70));
  });

  it('by page without a total: an empty page is the end, a short one is not', async () => {
    const answer = (query: URLSearchParams) => {
      const page = number(query, 'page');
      return { body: [rows(1, 10), rows(11, 14), rows(15, 24), []][page - 1] ?? [] };
    };
    expect((await walked(answer)).ids).toEqual(upTo(24));
  });

  it('by offset', async () => {
    const answer = (query: URLSearchParams) => {
      const first = number(query, 'offset') + 1;
      return { body: { items: rows(first, Math.min(25, first + number(query, 'limit') - 1)), total: 25 } };
    };
    const paging = { kind: 'offset', offset: 'offset', size: 'limit', pageRecords: 10 } as const;
    expect((await walked(answer, dialectWith(paging))).ids).toEqual(upTo(25));
  });

  it('by cursor', async () => {
    const answer = (query: URLSearchParams) => {
      const first = Number(query.get('after') ?? 1);
      return { body: { items: rows(first, first + 9), next: first < 21 ? String(first + 10) : null } };
    };
    const paging = { kind: 'cursor', cursor: 'after', size: 'limit', pageRecords: 10 } as const;
    expect((await walked(answer, dialectWith(paging))).ids).toEqual(upTo(30));
  });

  it('by links, and never to another address', async () => {
    const asked: string[] = [];
    const answer = (_query: URLSearchParams, path: string) => {
      asked.push(path);
      const isFirst = asked.length === 1;
      return {
        body: {
          items: isFirst ? rows(1, 10) : rows(11, 12),
          next: isFirst ? 'https://evil.example/records?p=2' : '',
        },
      };
    };
    const paging = { kind: 'link', size: 'limit', pageRecords: 10 } as const;
    expect((await walked(answer, dialectWith(paging))).ids).toEqual(upTo(12));
    expect(asked[1]).toBe('/records?p=2');
  });

  it.each(['/site/records?p=2', 'https://test.example/site/records?p=2'])(
    'by links of a service below a path of its own: %s',
    async (next) => {
      const paging = { kind: 'link', size: 'limit', pageRecords: 10 } as const;
      const answer = (_path: string, nth: number) => ({
        body: { items: nth === 1 ? rows(1, 10) : rows(11, 12), next: nth === 1 ? next : '' },
      });
      const { client, asked } = scriptedClient(answer, dialectWith(paging), undefined, '/site');
      const ids: number[] = [];
      for await (const { items } of walk(client, list, null, signal))
        ids.push(...items.map(({ id }) => Number(id)));
      expect(ids).toEqual(upTo(12));
      expect(asked.map(({ path }) => path)).toEqual(['/site/records?limit=10', '/site/records?p=2']);
    },
  );

  it('not at all', async () => {
    expect((await walked(() => ({ body: rows(1, 7) }), dialectWith({ kind: 'none' }))).ids).toEqual(upTo(7));
  });
});

describe('hostile pages', () => {
  const wrong = { code: 'answer-wrong' };

  it('a page that comes twice in place of the next: another pass brings what was missing', async () => {
    const answer = (query: URLSearchParams) => {
      const size = number(query, 'size');
      return sound(30)(number(query, 'page') === 2 ? new URLSearchParams(`page=1&size=${size}`) : query);
    };
    const { ids } = await walked(answer);
    expect(ids.toSorted((left, right) => left - right)).toEqual(upTo(30));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('the first page over and over: what is missing is told, and not a shorter list', async () => {
    const answer = () => ({ body: { items: rows(1, 10), total: 30 } });
    await expect(walked(answer)).rejects.toMatchObject(wrong);
    await expect(walked(answer)).rejects.toThrow('says that there are 30 records, but gives 10');
  });

  it('a page that leaves one out', async () => {
    const answer = (query: URLSearchParams) => {
      const { body } = sound(30)(query);
      return { body: { ...body, items: body.items.filter(({ id }) => id !== 5) } };
    };
    await expect(walked(answer)).rejects.toMatchObject(wrong);
  });

  it('pages that go in circles end', async () => {
    const answer = (query: URLSearchParams) => {
      const page = ((number(query, 'page') - 1) % 3) + 1;
      return { body: rows(page * 10 - 9, page * 10) };
    };
    const { ids, asked } = await walked(answer);
    expect(ids).toEqual(upTo(30));
    expect(asked).toBeLessThan(6);
  });

  it('a cursor that goes in circles ends', async () => {
    const paging = { kind: 'cursor', cursor: 'after', size: 'limit', pageRecords: 10 } as const;
    const { ids } = await walked(() => ({ body: { items: rows(1, 10), next: 'x' } }), dialectWith(paging));
    expect(ids).toEqual(upTo(10));
  });

  it('an order that moves: another pass brings what was missing, each record once', async () => {
    let pass = 0;
    const answer = (query: URLSearchParams) => {
      const page = number(query, 'page');
      if (page === 1) pass += 1;
      const items =
        pass === 1 ? [rows(1, 10), rows(5, 14), rows(21, 30)][page - 1] : rows(page * 10 - 9, page * 10);
      return { body: { items: page > 3 ? [] : (items ?? []), total: 30 } };
    };
    const { ids } = await walked(answer);
    expect(ids.toSorted((left, right) => left - right)).toEqual(upTo(30));
  });

  it('a total that changes while we read is not held against the service', async () => {
    const answer = (query: URLSearchParams) => {
      const page = number(query, 'page');
      return { body: { items: rows(page * 10 - 9, Math.min(25, page * 10)), total: 25 + page } };
    };
    expect((await walked(answer)).ids).toEqual(upTo(25));
  });

  it.each([
    ['no list', { items: 'none' }],
    ['a list of words', { items: ['a'] }],
  ])('%s', async (_, body) => {
    await expect(walked(() => ({ body }))).rejects.toMatchObject(wrong);
  });
});

describe('numbers of records that are none', () => {
  it.each([
    ['the number of the page in place of that of all', (_all: number, page: number) => page],
    ['a number from long ago', () => 3],
    ['zero', () => 0],
  ])('%s: the list goes on to its end', async (_, totalOf) => {
    const answer = (query: URLSearchParams) => {
      const { items } = sound(35, 7)(query).body;
      return { body: { items, total: totalOf(35, items.length) } };
    };
    expect((await walked(answer)).ids).toEqual(upTo(35));
  });

  it('by cursor: as long as there is a next page, it is read', async () => {
    const answer = (query: URLSearchParams) => {
      const first = Number(query.get('after') ?? 1);
      const next = first < 21 ? String(first + 10) : null;
      return { body: { items: rows(first, first + 9), total: 10, next } };
    };
    const paging = { kind: 'cursor', cursor: 'after', size: 'limit', pageRecords: 10 } as const;
    expect((await walked(answer, dialectWith(paging))).ids).toEqual(upTo(30));
  });

  it.each([404, 400])('a %i behind the last page is the end, and a trouble before it', async (status) => {
    const answer = (total: number) => (query: URLSearchParams) =>
      number(query, 'page') > 3 ? { status, body: {} } : { body: { ...sound(30)(query).body, total } };
    expect((await walked(answer(30))).ids).toEqual(upTo(30));
    await expect(walked(answer(31))).rejects.toMatchObject({
      code: status === 404 ? 'not-found' : 'refused',
    });
  });

  it('absurdly many, and the same pages again and again: it ends soon', async () => {
    let asked = 0;
    const answer = (query: URLSearchParams) => {
      asked += 1;
      const page = ((number(query, 'page') - 1) % 3) + 1;
      return { body: { items: rows(page * 10 - 9, page * 10), total: 1e15 } };
    };
    await expect(walked(answer)).rejects.toMatchObject({ code: 'answer-wrong' });
    expect(asked).toBeLessThan(60);
  });
});

describe('records without an id of their own', () => {
  const answerOf = (items: readonly object[]) => () => ({ body: { items, total: items.length } });

  it('are handed out once each, whatever page they come on again', async () => {
    const items = [{ id: 1 }, { name: 'x' }, { name: 'y' }, { id: null, name: 'z' }, { name: 'x' }];
    const { pages } = await walked(answerOf(items));
    expect(pages.flatMap((page) => page.items)).toEqual(items);
  });

  it('two of one page with the same id are both handed out: the books say what becomes of the second', async () => {
    const items = [{ id: 1 }, { id: '1', name: 'other' }, { id: 'a' }, { id: 'A' }];
    const { pages } = await walked(answerOf(items));
    expect(pages.flatMap((page) => page.items)).toEqual(items);
  });
});

describe('a walk that is begun again', () => {
  it('from any page gives the same pages', async () => {
    const { pages } = await walked(sound(35));
    expect(pages.map(({ items }) => items.length)).toEqual([10, 10, 10, 5]);
    expect(pages.at(-1)?.next).toBeNull();
    for (const [at, { next }] of pages.entries()) {
      if (next === null) continue;
      expect((await walked(sound(35), byPage(10), next)).pages).toEqual(pages.slice(at + 1));
    }
  });

  it.each([
    ['a record before it is gone', (id: number) => id !== 3],
    ['everything behind the first page is gone', (id: number) => id <= 10],
  ])(
    'from a place that has moved (%s) it goes on nowhere: a record could be lost in silence',
    async (_, stays) => {
      const { pages } = await walked(sound(35));
      const left = upTo(35).filter(stays);
      const moved = (query: URLSearchParams) => {
        const first = (number(query, 'page') - 1) * 10;
        return { body: { items: left.slice(first, first + 10).map((id) => ({ id })), total: left.length } };
      };
      await expect(walked(moved, byPage(10), pages[1]?.next ?? null)).rejects.toThrow('have moved');
    },
  );

  it('from a place behind which records were added it gives these too', async () => {
    const { pages } = await walked(sound(35));
    const { ids } = await walked(sound(38), byPage(10), pages[1]?.next ?? null);
    expect(ids).toEqual(upTo(38).slice(20));
  });

  it('refuses a place that is not one of ours', async () => {
    await expect(walked(sound(3), byPage(10), 'nowhere')).rejects.toMatchObject({ code: 'answer-wrong' });
  });
});

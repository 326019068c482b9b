import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemPorts } from '../../../base/ports.ts';
import { basePathsOf } from './configuration.ts';
import { probe } from './probe.ts';
import type { ProbePlan } from './probe-plan.ts';
import type { ProbeReport } from './probe-report.ts';
import { reportIssues } from './report-issues.ts';

const signal = new AbortController().signal;
const token = 'a key/nobody+may see';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const plan: ProbePlan = {
  label: 'Test',
  basePath: '/api',
  lists: [
    { name: 'things', path: 'things' },
    { name: 'kinds', path: 'kinds' },
    { name: 'files', path: 'files' },
  ],
  auth: [
    { name: 'bearer', headers: { authorization: 'Bearer {token}' } },
    { name: 'parameter', query: { api_key: '{token}' } },
  ],
  paging: [{ kind: 'offset', offset: 'offset', size: 'limit', pageRecords: 100 }],
  items: ['data'],
  total: ['total'],
  next: ['next'],
  limitHeaders: ['retry-after'],
  since: 'since',
  objects: { list: 'kinds', key: 'key', label: 'label', fields: 'fields', records: 'kinds/{key}/records' },
  files: { list: 'files', url: 'url' },
};

interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** What a probe finds out of a server that answers so, and what the server was asked. */
async function probed(
  answer: (url: URL, request: IncomingMessage, nth: number) => Answer,
  basePaths: readonly string[] = ['/api'],
) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const url = new URL(request.url ?? '', 'http://x');
    const { status = 200, body = { data: [], total: 0 }, headers = {} } = answer(url, request, asked.length);
    response.writeHead(status, headers).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
  );
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = { nowMs: () => 0, monotonicMs: () => 0, sleep: async () => undefined };
  const subject = {
    plan,
    origin,
    basePaths,
    token,
    bounds: { mostRequests: 60, spaceMs: 0 },
    ports: systemPorts({ clock }),
  };
  return { report: await probe(subject, signal), asked };
}

const page = (url: URL, all: readonly object[], most: number) => {
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const size = Math.min(most, Number(url.searchParams.get('limit') ?? most));
  return { body: { data: all.slice(offset, offset + size), total: all.length } };
};
const kinds = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: at, key: `k/${at}?#`, label: `Kind ${at}`, fields: [] }));
const codes = (report: ProbeReport) =>
  reportIssues(report).map(({ code, severity }) => `${code} ${severity}`);

describe('a probe is polite (P-03)', () => {
  it('asks 60 times at most, whatever there is, and tells what it could not ask for', async () => {
    const { report, asked } = await probed((url) => {
      if (url.pathname === '/api/kinds') return page(url, kinds(200), 500);
      return page(url, [{ id: 1 }, { id: 2 }, { id: 3 }], 100);
    });
    expect(asked).toHaveLength(60);
    expect(asked.every((one) => /^(?:GET|OPTIONS) \/api\//.test(one))).toBe(true);
    expect(report.stopped).toContain('60 requests');
    expect(codes(report)).toContain('object-unreadable high');
    expect(report.objects).toHaveLength(200);
  });

  it('asks nothing more after a 429, however long it is told to wait', async () => {
    const { asked, report } = await probed((_url, _request, nth) =>
      nth === 3 ? { status: 429, headers: { 'retry-after': '31536000' } } : {},
    );
    expect(asked).toHaveLength(3);
    expect(report.stopped).toContain('first 429');
  });

  it('does not ask again what failed, and follows no redirect', async () => {
    const { asked } = await probed((_url, request) => ({
      status: 302,
      headers: { location: `http://${request.headers.host ?? ''}/elsewhere` },
    }));
    expect(asked.filter((one) => one.includes('elsewhere'))).toEqual([]);
    expect(new Set(asked.slice(0, 6)).size).toBe(6);
  });

  it('keys of objects stay one part of the address', async () => {
    const { asked } = await probed((url) =>
      url.pathname === '/api/kinds' ? page(url, kinds(1), 10) : page(url, [], 10),
    );
    expect(asked).toContain('GET /api/kinds/k%2F0%3F%23/records');
  });

  it('keeps no secret: not when it travels in the address, and not when the service says it back', async () => {
    const { report, asked } = await probed((url, request) => {
      const isIn = url.searchParams.get('api_key') === token;
      if (!isIn) return { status: 401, body: { message: `no ${request.headers.authorization ?? ''}` } };
      return page(url, [{ id: 1 }, { id: 2 }], 10);
    });
    expect(report.auth).toBe('parameter');
    expect(asked.some((one) => one.includes('api_key='))).toBe(true);
    const kept = JSON.stringify(report);
    for (const form of [token, encodeURIComponent(token), 'api_key=', 'nobody'])
      expect(kept).not.toContain(form);
  });

  it('definitions of objects behind the first page are asked for; what does not come is told', async () => {
    const all = await probed((url) => {
      if (url.pathname === '/api/kinds') {
        const most = url.searchParams.has('limit') ? 100 : 2;
        return page(url, kinds(5), most);
      }
      return page(url, [{ id: 1 }, { id: 2 }, { id: 3 }], 100);
    });
    expect(all.report.objects).toHaveLength(5);
    expect(codes(all.report)).not.toContain('objects-untold high');
    const some = await probed((url) =>
      page(url, url.pathname === '/api/kinds' ? kinds(5) : [{ id: 1 }, { id: 2 }, { id: 3 }], 2),
    );
    expect(some.report.objectsUntold).toBe(3);
    expect(codes(some.report)).toContain('objects-untold high');
  });

  it('bytes of files are asked for at the same host only', async () => {
    for (const url of [
      '//evil.example/api/f',
      'https://evil.example/api/f',
      '/elsewhere/f',
      'file:///etc/passwd',
    ]) {
      const { asked, report } = await probed((path) => page(path, [{ id: 1, url }, { id: 2 }], 10));
      expect(report.filesOpen).toBe(false);
      expect(asked.filter((one) => /evil|elsewhere|passwd/.test(one))).toEqual([]);
    }
  });
});

describe('where the API lies (P-03)', () => {
  it.each([
    ['', ['/api/v1']],
    ['/tenant', ['/tenant/api/v1', '/tenant']],
    ['/tenant/api', ['/tenant/api/v1', '/tenant/api']],
    ['/tenant/api/v1', ['/tenant/api/v1']],
    ['/api', ['/api/v1', '/api']],
    ['/myapi', ['/myapi/api/v1', '/myapi']],
  ])('the path %j of the address is kept: %j', (path, expected) => {
    expect(basePathsOf(path, '/api/v1')).toEqual(expected);
  });

  it.each([
    ['/tenant/api', '/tenant/api/v1'],
    ['/tenant', '/tenant'],
  ])('of two places the one that answers: %s, %s', async (path, lies) => {
    const things = [{ id: 1 }, { id: 2 }];
    const { report, asked } = await probed(
      (url) =>
        url.pathname.startsWith(`${lies}/things`) ? page(url, things, 100) : { status: 404, body: {} },
      basePathsOf(path, '/api/v1'),
    );
    expect(new URL(report.address).pathname).toBe(lies);
    expect(report.lists[0]).toMatchObject({ isReadable: true, total: 2 });
    expect(asked.every((one) => one.includes(` ${path.split('/').slice(0, 2).join('/')}/`))).toBe(true);
    expect(report.requests).toBeLessThanOrEqual(60);
  });
});

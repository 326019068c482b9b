import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Ports, systemPorts } from '../../base/ports.ts';
import type { Automation, SourceConnector } from '../../model/source.ts';
import { testSurroundings } from '../surroundings-fixture.ts';
import { opex365Source } from './access.ts';
import { closeAll, countOf, openOrganisation, pagesOf, refusal, standBefore } from './opex365-fixture.ts';

const never = new AbortController().signal;
const token = 'a-token-nobody-may-see';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await closeAll();
});

const hasty: Ports = systemPorts({
  clock: { nowMs: () => 0, monotonicMs: () => 0, sleep: async () => undefined },
});

/** A source whose service answers every question with this. */
async function sourceAgainst(
  status: number,
  bodyOf: (authorization: string) => string,
): Promise<SourceConnector> {
  const server = createServer((request, response) =>
    response.writeHead(status).end(bodyOf(String(request.headers.authorization))),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const source = opex365Source({ system: 'opex365', url, auth: { token } }, hasty, testSurroundings());
  ends.push(
    () => new Promise((resolve) => server.close(resolve)),
    () => server.closeAllConnections(),
    () => source.close?.(),
  );
  return source;
}

describe('a service that means no good (O-01, O-10)', () => {
  it.each([400, 403])(
    'words of a refusal (%i) with the token in them come without it, short, in one line',
    async (status) => {
      const source = await sourceAgainst(status, (authorization) =>
        JSON.stringify({ error: { code: '0x1', message: `no ${authorization}\n${'x'.repeat(5_000_000)}` } }),
      );
      const error = await source.check(never).catch((thrown: unknown) => thrown);
      expect(String(error)).toContain('[removed]');
      expect(String(error)).not.toContain(token);
      expect(String(error)).not.toContain('\n');
      expect(String(error).length).toBeLessThan(2_000);
    },
  );

  it('pages without rows that lead on and on end the reading', async () => {
    const { served, connect } = await openOrganisation({ records: 50 });
    let pages = 0;
    const url = await standBefore(served.url, (path, body, own) => {
      if (!path.startsWith('/api/data/v9.2/contacts')) return body;
      pages += 1;
      const next = `${own}/api/data/v9.2/contacts?$skiptoken=${pages}`;
      return JSON.stringify({ value: [], '@odata.nextLink': next });
    });
    await expect(pagesOf(connect({ url }), 'contact')).rejects.toMatchObject({
      code: 'answer-wrong',
      message: expect.stringContaining('without rows'),
    });
  });

  it('what is refused is one trouble of its own: links keep the ids behind names, the inventory says what is missing', async () => {
    const { served, connect } = await openOrganisation({ records: 50 });
    const url = await standBefore(served.url, (path, body) =>
      /\/(?:contacts\?\$select=fullname&\$filter|workflows\?)/.test(path) ? refusal : body,
    );
    const source = connect({ url });
    const links = (await pagesOf(source, 'new_project_contact')).flatMap(({ records }) => records);
    expect(links).toHaveLength(countOf(served, 'new_project_contact'));
    for (const { fields } of links) {
      expect(fields['contactid']).toMatch(/^[0-9a-f-]{36}$/);
      expect(fields['contactid Name'] ?? '').toBe('');
    }
    const rules: Automation[] = [];
    for await (const rule of source.automations(never)) rules.push(rule);
    expect(rules[0]).toMatchObject({ name: 'Workflows', evidence: expect.stringContaining('not today') });
    expect(rules.length).toBeGreaterThan(1);
  });

  it('a value that is nested beyond all measure is one line in the books; the other rows are read', async () => {
    const { served, connect } = await openOrganisation({ records: 50 });
    const deep = `${'['.repeat(20_000)}1${']'.repeat(20_000)}`;
    let key = '';
    const url = await standBefore(served.url, (path, body) => {
      if (!path.startsWith('/api/data/v9.2/contacts')) return body;
      key = /"contactid":"([^"]+)"/.exec(body)?.[1] ?? '';
      return body.replace(/"jobtitle":(?:null|"[^"]*")/, `"jobtitle":${deep}`);
    });
    const pages = await pagesOf(connect({ url }), 'contact');
    const rejects = pages.flatMap((page) => page.rejects);
    expect(rejects).toMatchObject([
      { code: 'unreadable-row', key: `contact:${key}`, reason: expect.stringContaining('nested') },
    ]);
    expect(pages.flatMap((page) => page.records)).toHaveLength(countOf(served, 'contact') - 1);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { allOf, closeAll, opened } from './dinamikcrm-fixture.ts';

const signal = new AbortController().signal;
afterAll(closeAll);

describe('modules these keys may not read (D-03)', () => {
  it.each([
    ['its records', ['modules/sales/records'], 'sales'],
    ['its fields', ['modules/sales/fields'], 'sales'],
    ['all of it', ['modules/sales/'], 'sales'],
  ])('%s: an issue in the books for that module, the others go on', async (_, forbidden, at) => {
    const { source } = await opened({ records: 0, switches: { forbidden } });
    const { issues, entities } = await source.describe(signal);
    const issue = issues.find(({ code }) => code === 'no-right');
    expect(issue).toMatchObject({ at, severity: 'high' });
    expect(issue?.message).toContain('Bu modül için yetkiniz yok');
    const names = entities.map(({ name }) => name);
    expect(names).not.toContain('sales');
    expect(names).toEqual(expect.arrayContaining(['company', 'proposal', 'ozel_makine']));
    await expect(allOf(source, 'sales')).rejects.toMatchObject({
      name: 'MigrationError',
    });
  });

  it('records that only name one of such a module keep its id', async () => {
    const { source } = await opened({ records: 0, switches: { forbidden: ['modules/contact/'] } });
    const { issues } = await source.describe(signal);
    expect(issues.filter(({ code }) => code === 'no-right').map(({ at }) => at)).toEqual(['contact']);
    expect((await allOf(source, 'activity'))[0]?.fields['Attendees']).toMatch(/^\d+(; \d+)*$/);
  });

  it('one whose records the service will not hand out is an issue too, and takes no other with it', async () => {
    let account = '';
    const service = createServer(async (request, response) => {
      const path = request.url ?? '';
      if (path.startsWith('/api/modules/contact/records'))
        return response.writeHead(422, { 'content-type': 'application/json' }).end('{"message":"not today"}');
      const { apikey, apisecret } = request.headers;
      const headers = { apikey: String(apikey), apisecret: String(apisecret) };
      const answer = await fetch(account + path, { headers });
      const type = answer.headers.get('content-type') ?? '';
      return response.writeHead(answer.status, { 'content-type': type }).end(await answer.text());
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    const { source, served } = await opened({ records: 0 }, { url });
    account = served.url;
    const { issues, entities } = await source.describe(signal);
    const closed = issues.filter(({ code }) => code === 'unreadable-module');
    expect(closed).toMatchObject([{ at: 'contact', message: expect.stringContaining('not today') }]);
    expect(entities.map(({ name }) => name)).toEqual(expect.arrayContaining(['activity', 'proposal']));
    expect((await allOf(source, 'activity'))[0]?.fields['Attendees']).toMatch(/^\d+(; \d+)*$/);
    service.close();
    service.closeAllConnections();
  });

  it('an outage is no missing right: it pauses', async () => {
    const { source, served } = await opened({ records: 0 });
    served.emulator.control.faults({ rules: [{ kind: 'status-503', path: '/api/modules/sales/records' }] });
    await expect(source.describe(signal)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('keys that may read no module at all are refused', async () => {
    const forbidden = Array.from('abcdefghijklmnopqrstuvwxyz', (letter) => `modules/${letter}`);
    const { source } = await opened({ records: 0, switches: { forbidden } });
    await expect(source.describe(signal)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['a module’s table', 'Sales/', 'Satışlar / Sales', 'sales'],
    ['the table of all rows', 'Contact/GetList', 'Kişiler / Contacts', 'contact'],
  ])('by the tables, %s: an issue, the others go on', async (_, path, label, entity) => {
    const { source } = await opened({ records: 0, switches: { moduleApi: false, forbidden: [path] } });
    const { issues, entities } = await source.describe(signal);
    expect(issues.filter(({ code }) => code === 'no-right').map(({ at }) => at)).toEqual([label]);
    expect(entities.map(({ name }) => name)).not.toContain(entity);
    expect(entities.map(({ name }) => name)).toContain('company');
  });

  it('by the tables, a table of parts: the records come without them, and it is said', async () => {
    const { source } = await opened({
      records: 0,
      switches: { moduleApi: false, forbidden: ['ContactEmail/'] },
    });
    const { issues } = await source.describe(signal);
    expect(issues.filter(({ code }) => code === 'no-right').map(({ at }) => at)).toEqual(['ContactEmail']);
    const contacts = await allOf(source, 'contact');
    expect(contacts.length).toBeGreaterThan(5);
    expect(contacts.filter(({ fields }) => fields['Email'] !== undefined)).toEqual([]);
  });

  it.each([
    ['modules', ['users', 'pipelines', 'tags', 'automations'], true],
    ['tables', ['User/', 'Type/', 'ProposalCategory/', 'Dynamic/', 'CustomField/'], false],
  ])(
    'by the %s, lists of users, pipelines and choices: what hangs on them keeps its ids',
    async (_, forbidden, moduleApi) => {
      const { source } = await opened({ records: 0, switches: { moduleApi, forbidden } });
      const { issues, owners } = await source.describe(signal);
      expect(issues.filter(({ code }) => code === 'not-told').length).toBeGreaterThanOrEqual(3);
      expect(owners).toEqual([]);
      expect((await allOf(source, 'proposal'))[0]?.fields['Owner']).toMatch(/^User \d+ \(not listed\)$/);
      const rules = [];
      for await (const rule of source.automations(signal)) rules.push(rule.name);
      expect(rules[0]).toBe('Rules of this account: not told');
    },
  );
});

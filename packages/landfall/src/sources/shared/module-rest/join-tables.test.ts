import { describe, expect, it } from 'vitest';
import { sourceText } from '../../../mapping/source-text.ts';
import { Account } from './account.ts';
import { describeAccount } from './describe-account.ts';
import type { KnownModule, RestCatalog, TableService } from './rest-catalog.ts';
import { scriptedClient, testDialect } from './rest-fixture.ts';

const signal = new AbortController().signal;
const meta = (name: string) => ({ path: `/${name}`, members: { id: 'id', label: 'name', otherLabel: 'en' } });

const service: TableService = {
  kind: 'tables',
  dialect: { ...testDialect, answers: { items: ['items'], total: [], next: [] }, paging: { kind: 'none' } },
  list: '/{table}',
  modules: { path: '/Module', members: { ...meta('Module').members, active: 'active' } },
  options: { path: '/Dynamic', members: { id: 'id', label: 'name', of: 'typeId' } },
  customFields: {
    path: '/CustomField',
    members: { number: 'fieldNumber', module: 'moduleId', type: 'typeId', label: 'label', otherLabel: 'en' },
    types: {},
    valueTable: 'CustomFieldData',
    field: 'fieldNumber',
    value: 'fieldValue',
  },
  users: { path: '/User', members: { id: 'id', name: 'name', surname: 's', email: 'email' }, active: [] },
  pipelines: { path: '/Type', members: { id: 'id', name: 'name' } },
  stages: [],
  tags: { path: 'Tag', members: { name: 'name', group: 'g', module: 'moduleId', record: 'dataNumber' } },
};

const company: KnownModule = {
  ...{ key: 'company', names: ['Companies'], label: 'Companies', numberField: 'number', table: 'Company' },
  fields: [
    { key: 'name', standard: 'Name', type: 'name' },
    { key: 'phones', standard: 'Phones', type: 'phone' },
  ],
  keys: [],
  children: [{ table: 'Phone', by: 'number', gives: 'values', into: 'phones', column: 'phone' }],
};

const catalog: RestCatalog = {
  ...{ system: 'test', label: 'Test', id: 'id', live: 'active', tenant: 'groupId', common: [] },
  modules: [company],
  equivalents: {},
  unread: [],
  patterns: [],
  changedAt: 'changedAt',
};

/** An account whose tables are these; those not named are empty. */
function accountOf(tables: Readonly<Record<string, readonly unknown[]>>, tenant: string | null = null) {
  const all: Readonly<Record<string, readonly unknown[]>> = {
    Module: [{ id: 1, name: 'Companies', en: 'Companies', active: true }],
    ...tables,
  };
  const { client } = scriptedClient(
    (path) => ({ body: { items: all[path.split('/')[1] ?? ''] ?? [] } }),
    service.dialect,
  );
  return new Account(client, service, catalog, tenant);
}

async function rowsIn(account: Account): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { records, rejects } of account.pages(
    await account.module('company', signal),
    null,
    signal,
  )) {
    for (const { fields } of records) found.push(`${sourceText(fields.Name)}: ${sourceText(fields.Phones)}`);
    for (const { code, position } of rejects) found.push(`${code} ${position}`);
  }
  return found;
}

const issuesOf = async (account: Account) =>
  (await describeAccount(account, signal)).issues.map(({ code, at }) => `${code} ${at}`);

describe('records of tables, joined (D-09)', () => {
  it('records with one number, or with none, all come; what hangs on the number goes to the first, and is told', async () => {
    const account = accountOf({
      Company: [
        { id: 1, number: 'C1', name: 'A' },
        { id: 2, number: 'C1', name: 'B' },
        { id: 3, number: '', name: 'C' },
        { id: 4, name: 'D' },
        { number: 'C5', name: 'E' },
      ],
      Phone: [{ number: 'C1', phone: '1' }],
    });
    expect((await rowsIn(account)).toSorted()).toEqual([
      'A: 1',
      'B: ',
      'C: ',
      'D: ',
      'unreadable-row company C5',
    ]);
    expect(await issuesOf(account)).toContain('number-not-unique Company');
  });

  it('rows that name a record which is not there are told', async () => {
    const account = accountOf({
      Company: [{ id: 1, number: 'C1', name: 'A' }],
      Phone: [{ number: 'C9', phone: '1' }, { phone: '2' }],
    });
    const { issues } = await describeAccount(account, signal);
    expect(issues.find(({ code }) => code === 'rows-without-record')?.message).toContain(
      '2 rows of the table Phone',
    );
  });

  it('deleted rows of a part stay out', async () => {
    const account = accountOf({
      Company: [{ id: 1, number: 'C1', name: 'A', active: true }],
      Phone: [
        { number: 'C1', phone: '1', active: false },
        { number: 'C1', phone: '2', active: null },
        { number: 'C1', phone: '3' },
      ],
    });
    expect(await rowsIn(account)).toEqual(['A: 2; 3']);
  });

  it('begun again it goes on behind the last record, although others have gone since', async () => {
    const rows = Array.from({ length: 1_200 }, (_, at) => ({
      id: at + 1,
      number: `C${at + 1}`,
      name: `N${at + 1}`,
    }));
    const idsOf = async (companies: readonly unknown[], from: string | null) => {
      const account = accountOf({ Company: companies });
      const pages: { readonly keys: readonly string[]; readonly next: string | null }[] = [];
      for await (const page of account.pages(await account.module('company', signal), from, signal))
        pages.push({ keys: page.records.map(({ key }) => key), next: page.next });
      return pages;
    };
    const [first, ...later] = await idsOf(rows, null);
    expect(await idsOf(rows, first?.next ?? '')).toEqual(later);
    for (const gone of [[7], [500], [7, 500, 501]]) {
      const left = rows.filter(({ id }) => !gone.includes(id));
      const keys = (await idsOf(left, first?.next ?? '')).flatMap((page) => page.keys);
      expect(keys).toEqual(left.filter(({ id }) => id > 500).map(({ id }) => `company:${id}`));
    }
    await expect(idsOf(rows, 'nowhere')).rejects.toMatchObject({ code: 'answer-wrong' });
  });

  it('a row that is no record is said to be one, and nothing falls over', async () => {
    const account = accountOf({ Company: [null, { id: 1 }] });
    await expect(rowsIn(account)).rejects.toMatchObject({ code: 'answer-wrong' });
  });

  it('rows of several tenants are told; of the one that is named only its own users come', async () => {
    const tables = {
      Company: [
        { id: 1, number: 'C1', name: 'A', groupId: 1 },
        { id: 2, number: 'C2', name: 'B', groupId: 2 },
      ],
      User: [
        { id: 1, name: 'Ada', groupId: 1 },
        { id: 2, name: 'Bob', groupId: 2 },
      ],
    };
    expect(await issuesOf(accountOf(tables))).toContain('several-tenants source.group');
    const { owners, issues } = await describeAccount(accountOf(tables, '1'), signal);
    expect(owners?.map(({ owner }) => owner)).toEqual(['Ada']);
    expect(issues.map(({ code }) => code)).not.toContain('several-tenants');
  });
});

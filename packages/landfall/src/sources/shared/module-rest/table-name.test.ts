import { describe, expect, it } from 'vitest';
import { toldColumns } from './table-columns.ts';
import { guessedTables } from './table-name.ts';

describe('tables of modules that nobody describes (D-27(a), D-27(b))', () => {
  it.each([
    [
      ['Tedarikçiler', 'Vendors'],
      ['Vendor', 'Vendors', 'Tedarikciler'],
    ],
    [
      ['Fırsatlar', 'Opportunities'],
      ['Opportunity', 'Opportunities', 'Firsatlar'],
    ],
    [
      ['Makine Parkı', 'Machine park'],
      ['MachinePark', 'MakineParki'],
    ],
    [
      ['NPS', 'NPS'],
      ['Np', 'Nps'],
    ],
    [['İşler (2)', ''], ['Isler2']],
    [['', ''], []],
  ])('%j may be called %j', (names, expected) => {
    expect(guessedTables(names)).toEqual(expected);
  });

  const catalog = { id: 'id', live: 'active', tenant: 'groupId', unread: ['ip', 'password'] };
  const companies = [{ key: 'company', table: 'Company', numberField: 'companyNumber' }];
  const told = (
    rows: readonly Readonly<Record<string, unknown>>[],
    choices: readonly [string, string][] = [],
  ) =>
    Object.fromEntries(
      toldColumns(rows, catalog, companies, new Map(choices)).map(({ key, type, references }) => [
        key,
        references.length === 0 ? type : `${type} to ${references.join()}`,
      ]),
    );

  it('columns hold what their values show; ids, tenants, deletions and passwords are no fields', () => {
    const row = { id: 1, active: true, groupId: 1, ip: '10.0.0.1', Password: 'x' };
    expect(
      told([
        {
          ...row,
          companyId: 7,
          companyNumber: 'COM-1',
          kurulum: '2026-01-02T00:00:00',
          saat: 12.5,
          serino: 'A-1',
        },
        { ...row, id: 2, companyId: null, kurulum: '', saat: 7, serino: 'B-2' },
      ]),
    ).toEqual({
      companyId: 'reference to company',
      companyNumber: 'reference to company',
      kurulum: expect.stringMatching(/^date/),
      saat: 'number',
      serino: 'text',
    });
  });

  it('numbers are choices only where each of them is one of the module’s', () => {
    const rows = [{ model: 101 }, { model: '102' }, { model: null }];
    const choices: [string, string][] = [
      ['101', 'MX'],
      ['102', 'ŞX'],
    ];
    expect(told(rows, choices)).toEqual({ model: 'choice' });
    expect(told([...rows, { model: 9 }], choices)).toEqual({ model: 'number' });
    expect(told([{ model: null }], choices)).toEqual({ model: 'text' });
  });
});

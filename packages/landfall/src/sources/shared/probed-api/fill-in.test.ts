import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openTables } from '../../../files/open-tables.ts';
import type { ExportCatalog } from '../export-files/export-catalog.ts';
import { workbookName, writeFillIn } from './fill-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'landfall-fill-in-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shared = { requires: [], naturalKey: [], lookups: [], fileWords: [] };
const catalog: ExportCatalog = {
  system: 'sample',
  label: 'Sample',
  expected: [],
  patterns: [],
  entities: [
    {
      ...shared,
      name: 'firms',
      label: 'Firm',
      id: 'Firm ID',
      fields: [{ name: 'Firm ID', aliases: [], type: 'id' }],
    },
    {
      ...shared,
      name: 'orders',
      label: 'Order',
      id: 'Order ID',
      fields: [
        { name: 'Order ID', aliases: [], type: 'id' },
        { name: 'Firm ID', aliases: [], type: 'reference', references: 'firms' },
        { name: 'Owner ID', aliases: [], type: 'text' },
        { name: 'Owner', aliases: [], type: 'owner' },
        { name: 'Amount', aliases: [], type: 'money' },
      ],
      lookedUp: [
        {
          ...{ name: 'Owner', type: 'owner', from: 'Owner ID', through: 'users' },
          ...{ key: ['User ID'], gives: ['User Name'], otherwise: 'words' },
        },
      ],
    },
  ],
};

describe('the workbook for what nothing hands out (P-02)', () => {
  it('has a sheet for each entity, without what nobody can fill in, and a row that explains', async () => {
    const path = join(folder, 'deep', workbookName);
    await writeFillIn(path, catalog, ['orders']);
    const { tables } = await openTables(path);
    expect(tables.map(({ sheet, header }) => ({ sheet, header }))).toEqual([
      { sheet: 'Order', header: ['Order ID', 'Firm ID', 'Owner', 'Amount'] },
    ]);
    for await (const [row] of tables[0]?.rows() ?? [])
      expect(row?.cells).toEqual([
        'EXAMPLE, delete this row: a number of your own: 1001',
        'the Firm ID of the sheet Firm',
        'Name <e-mail> of the user',
        '$1,234.56',
      ]);
  });
});

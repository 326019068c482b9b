import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import { writeResultsExport } from '../../samples/results.ts';
import { closedFolder, hostileFiles } from './hostile-files.ts';
import { type OpenedSource, sourceSuite } from './source.ts';

async function opened(folder: string, files = join(folder, 'field-service')): Promise<OpenedSource> {
  const settings = { system: 'results', export: folder, files };
  const connector = createSource(settings, systemPorts(), testSurroundings());
  return { connector, close: async () => connector.close?.() };
}

sourceSuite('results, the sample firm', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-source-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { rows } = await writeResultsExport(folder, {
    companies: 60,
    contacts: 700,
    deals: 80,
    activities: 600,
    notes: 20,
    products: 10,
    lines: 40,
    invoices: 20,
    workOrders: 10,
    documents: 8,
    photos: 12,
  });
  const broken = join(folder, 'broken');
  return {
    make: () => opened(folder),
    entities: {
      companies: rows.contacts,
      contacts: rows.associates,
      products: rows.products,
      prices: rows['price-list'],
      deals: rows.projects,
      lines: rows['project-lines'],
      activities: rows.activities,
      notes: rows.notes,
      invoices: rows.invoices,
      'invoice-lines': rows['invoice-lines'],
      'work-orders': rows['work-orders'],
      documents: rows.documents,
      'field-files': rows.manifest,
      timesheets: rows.timesheets,
    },
    wrongCredentials: () => closedFolder('results'),
    refusal: 'path-forbidden',
    pages: hostileFiles('results'),
    files: { entity: 'field-files', reference: 'File', size: 'File Size' },
    hostile: [
      { what: 'the export is not there any more', make: () => opened(broken), code: 'path-missing' },
      {
        what: 'the folder of files is not there any more',
        make: () => opened(folder, broken),
        code: 'path-missing',
      },
      {
        what: 'the export is a program',
        make: async () => {
          writeFileSync(`${broken}.csv`, Buffer.from('7f454c460201010000', 'hex'));
          return opened(`${broken}.csv`, join(folder, 'field-service'));
        },
        code: 'file-unreadable',
      },
    ],
  };
});

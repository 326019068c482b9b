import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import { writeSampleCompany } from '../../samples/smart-crm-online.ts';
import { closedFolder, hostileFiles } from './hostile-files.ts';
import { type OpenedSource, sourceSuite } from './source.ts';

/** A source of export files, in a folder that goes with it. */
async function opened(system: string, folder: string): Promise<OpenedSource> {
  const connector = createSource({ system, export: folder }, systemPorts(), testSurroundings());
  return { connector, close: async () => connector.close?.() };
}

sourceSuite('smart-crm-online, the sample company', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-source-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { rows, duplicateIds } = await writeSampleCompany(folder, {
    companies: 120,
    contacts: 1_300,
    deals: 200,
    activities: 700,
    notes: 200,
    leads: 60,
  });
  const broken = join(folder, 'broken');
  return {
    make: () => opened('smart-crm-online', folder),
    entities: rows,
    repeatedKeys: duplicateIds,
    wrongCredentials: () => closedFolder('smart-crm-online'),
    refusal: 'path-forbidden',
    pages: hostileFiles('smart-crm-online'),
    hostile: [
      {
        what: 'the export is not there any more',
        make: () => opened('smart-crm-online', broken),
        code: 'path-missing',
      },
      {
        what: 'the export is a program',
        make: async () => {
          writeFileSync(`${broken}.csv`, Buffer.from('7f454c460201010000', 'hex'));
          return opened('smart-crm-online', `${broken}.csv`);
        },
        code: 'file-unreadable',
      },
    ],
  };
});

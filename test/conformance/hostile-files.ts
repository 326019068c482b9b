import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemPorts } from '../../packages/landfall/src/base/ports.ts';
import { createSource } from '../../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../../packages/landfall/src/sources/surroundings-fixture.ts';
import { type HostileWorlds, signInPageText } from './hostile-pages.ts';
import type { OpenedSource } from './source-reading.ts';

/** Somebody who may read nothing of root's. */
const nobody = 65_534;

/** Files need no key: who may not open their folder is not let in. Root may open everything, so another user asks. */
export async function closedFolder(system: string): Promise<OpenedSource> {
  const { connector, close, folder } = await opened(system, whole);
  chmodSync(folder, 0o000);
  const asRoot = process.getuid?.() === 0;
  if (asRoot) process.seteuid?.(nobody);
  return {
    connector,
    close: () => {
      if (asRoot) process.seteuid?.(0);
      chmodSync(folder, 0o700);
      return close();
    },
  };
}

const companies = [
  'Company ID,Company Name,Website,Owner',
  '1,Acme Inc.,www.acme.example,Tom Ashby',
  '2,Zeta LLC,www.zeta.example,Tom Ashby',
  '3,Beta GmbH,www.beta.example,Tom Ashby',
];
const contacts = [
  'Contact ID,Company ID,First Name,Last Name,Email,Phone,Owner',
  '10,1,Ann,Lee,ann@acme.example,(212) 555-0100,Tom Ashby',
  '11,2,Bob,Ray,bob@zeta.example,(212) 555-0101,Tom Ashby',
  '12,3,Cem,Kaya,cem@beta.example,(212) 555-0102,Tom Ashby',
];

const whole = { 'companies.csv': companies, 'contacts.csv': contacts };

/**
 * What hostile pages are to a source of files: a table that lies there twice, one from which rows are gone, other
 * orders, a web page saved as a table, a download that broke off.
 */
export function hostileFiles(system: string): HostileWorlds {
  const world = (files: Readonly<Record<string, readonly string[] | string>>) => () => opened(system, files);
  return {
    sound: world(whole),
    repeating: { make: world({ ...whole, 'contacts (1).csv': contacts }), tells: 'duplicate-ids' },
    missing: { make: world({ ...whole, 'companies.csv': companies.slice(0, 2) }), tells: 'dangling-ids' },
    unstable: {
      make: world({ ...whole, 'contacts.csv': [contacts[0] ?? '', ...contacts.slice(1).toReversed()] }),
      ends: 'whole',
    },
    cyclic: { none: 'a file has an end: it leads to no next one' },
    html: { make: world({ ...whole, 'contacts.csv': signInPageText }), tells: 'file-is-html' },
    truncated: {
      make: world({ ...whole, 'contacts.csv': `${contacts.join('\r\n')}\r\n13,3,Dora` }),
      tells: 'truncated-last-line',
    },
  };
}

async function opened(
  system: string,
  files: Readonly<Record<string, readonly string[] | string>>,
): Promise<OpenedSource & { readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-hostile-'));
  for (const [name, lines] of Object.entries(files))
    writeFileSync(join(folder, name), typeof lines === 'string' ? lines : `${lines.join('\r\n')}\r\n`);
  const connector = createSource({ system, export: folder }, systemPorts(), testSurroundings());
  return {
    connector,
    folder,
    close: async () => {
      await connector.close?.();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

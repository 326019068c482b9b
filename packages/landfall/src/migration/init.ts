import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { systemPorts } from '../base/ports.ts';
import { MigrationError } from '../model/error.ts';
import { createSource, sourceSystems } from '../sources/registry.ts';
import { configFileName } from './workspace-config.ts';

/** Writes a commented workspace for a source. Throws `usage` for an unknown source, `workspace-exists` when one is there. */
export function initWorkspace(directory: string, system: string): readonly string[] {
  if (!sourceSystems.includes(system)) {
    throw new MigrationError(
      'usage',
      `There is no source “${system}”; there are ${sourceSystems.join(', ')}.`,
    );
  }
  createSource({ system, export: './export' }, systemPorts(), directory);
  if (existsSync(join(directory, configFileName))) {
    throw new MigrationError('workspace-exists', `There is a workspace in ${directory} already.`);
  }
  mkdirSync(join(directory, 'export'), { recursive: true });
  const name = nameOf(directory);
  const files = { [configFileName]: configText(name, system), '.gitignore': gitignore };
  for (const [file, text] of Object.entries(files)) {
    if (!existsSync(join(directory, file))) writeFileSync(join(directory, file), text);
  }
  return readdirSync(directory).map((file) => join(directory, file));
}

const gitignore = '# the state and its secrets; everything else is made to be kept in git\n.landfall/\n';

/** The folder's name as a migration's name: it becomes part of every marker. */
function nameOf(directory: string): string {
  const slug = basename(resolve(directory))
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug.slice(0, 63) || 'migration';
}

function configText(name: string, system: string): string {
  return `# One migration. Commands: landfall check, discover, map, audit, plan, approve, run, verify, rollback; or: advance.
version: 1
# Part of the marker on every record that is made: never change it after the first run.
name: ${name}
source:
  system: ${system}
  # A folder, a zip or a workbook with the export, as it came. Files are recognised by their headers.
  export: ./export
  # tables:                          # only where recognition needs help
  #   - { file: firms.csv, entity: companies, encoding: windows-1254, delimiter: ";", columns: { Firm: Company Name } }
destination:
  system: pipedrive
  url: https://YOUR-COMPANY.pipedrive.com
  # Never write the token here: name the environment variable that holds it.
  auth: { token: { env: PIPEDRIVE_API_TOKEN } }
  # With an OAuth app the burst limit is four times as high:
  # auth: { clientId: ..., clientSecret: { env: NAME }, refreshToken: { env: NAME } }
  plan: growth                       # lite, growth, premium, ultimate
  seats: 5
policies:
  timezone: Europe/Istanbul          # of times that name no zone
  country: TR                        # of phone numbers without a country code
  currency: TRY                      # of amounts without a currency
  unlinkedDeals: review              # review, placeholder, leave
  contactsWithoutCompany: review     # review, placeholder, leave
  unmatchedOwners: queue             # queue, fallback
  # fallbackOwner: admin@your-company.com
  notesAs: activity                  # activity (of a type named Note), note (keeps author and time)
  tagsAs: labels                     # labels, field, review
  duplicates: review                 # review, merge, keep
  existing: review                   # records already in Pipedrive: review, update-empty, skip, create
  budgetShare: 0.5                   # of the day's tokens; the rest stays for your other integrations
  # offPeak: "20:00-06:00"           # hours in which offPeakShare (0.8) holds
  inDoubtQuietSeconds: 120           # how long a lost write may still land (an assumption: not published)
# database: postgres://...           # state in Postgres instead of .landfall/state.sqlite
`;
}

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { MigrationError } from '../model/error.ts';
import type { Policies } from '../model/policy.ts';
import { defaultPolicies } from '../model/policy-table.ts';
import type { SourceExample } from '../sources/example.ts';
import { exampleOf, sourceSystems } from '../sources/registry.ts';
import { pairPolicies, policiesAsked } from './pair.ts';
import { configFileName } from './workspace-config.ts';

/** Writes a commented workspace for a source. Throws `usage` for an unknown source, `workspace-exists` when one is there. */
export function initWorkspace(directory: string, system: string): readonly string[] {
  const example = exampleOf(system);
  if (example === null) {
    throw new MigrationError(
      'usage',
      `There is no source “${system}”; there are ${sourceSystems.join(', ')}.`,
    );
  }
  if (existsSync(join(directory, configFileName))) {
    throw new MigrationError('workspace-exists', `There is a workspace in ${directory} already.`);
  }
  for (const folder of ['', ...example.folders]) mkdirSync(join(directory, folder), { recursive: true });
  const name = nameOf(directory);
  const files = { [configFileName]: configText(name, system, example), '.gitignore': gitignore };
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

function configText(name: string, system: string, { settings }: SourceExample): string {
  return `# One migration. Commands: landfall check, discover, map, audit, plan, approve, run, verify, rollback; or: advance.
version: 1
# Part of the marker on every record that is made: never change it after the first run.
name: ${name}
source:
  system: ${system}
${settings}
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
${policyLines(system)}
  budgetShare: 0.5                   # of the day's tokens; the rest stays for your other integrations
  # offPeak: "20:00-06:00"           # hours in which offPeakShare (0.8) holds
  fileProof: size                    # size, bytes: each file is read back and hashed (20 tokens a file)
  inDoubtQuietSeconds: 120           # how long a lost write may still land (an assumption: not published)
# database: postgres://...           # state in Postgres instead of .landfall/state.sqlite
`;
}

/** What a person may want to decide otherwise, with what may stand there. */
const shownPolicies: readonly (readonly [name: keyof Policies, comment: string])[] = [
  ['timezone', 'of times that name no zone'],
  ['country', 'of phone numbers without a country code'],
  ['currency', 'of amounts without a currency'],
  ['unlinkedDeals', 'review, placeholder, leave'],
  ['contactsWithoutCompany', 'review, placeholder, leave'],
  ['unmatchedOwners', 'queue, fallback (fallbackOwner: admin@your-company.com)'],
  ['notesAs', 'activity (of a type named Note), note (keeps author and time)'],
  ['tagsAs', 'labels, field, review'],
  ['commissionPlacement', 'deal, person: where commission amounts go'],
  ['dealsAre', 'both, proposals, sales; the others become notes'],
  ['duplicates', 'review, merge, keep'],
  ['existing', 'records already in Pipedrive: review, update-empty, skip, create'],
];

/** Policies of certain sources only: shown where the pair's template asks for them. */
const policiesOfSome: readonly string[] = ['commissionPlacement', 'dealsAre'];

function policyLines(system: string): string {
  const policies = { ...defaultPolicies, ...pairPolicies(system) };
  const asked = policiesAsked(system);
  const shown = shownPolicies.filter(([name]) => !policiesOfSome.includes(name) || asked.has(name));
  const lines = shown.map(([name, comment]) => `  ${`${name}: ${policies[name]}`.padEnd(34)} # ${comment}`);
  return lines.join('\n');
}

import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { MigrationError } from '../model/error.ts';
import type { Dialect } from './upgrades.ts';

/** Upgrades of the schema by name, in order of name. */
export type Upgrades = Readonly<Record<string, Migration>>;

const upgradeTable = 'schema_upgrade';

/** Asks the database something, before there is a line to it. */
export type AskRows = (text: string) => Promise<readonly { readonly name: string | null }[]>;

/** Whether the program knows upgrades the database has not had. Throws `store-newer` when it has had unknown ones. */
export async function upgradeIsDue(ask: AskRows, dialect: Dialect, upgrades: Upgrades): Promise<boolean> {
  const done = await doneUpgrades(ask, dialect);
  const unknown = done.find((name) => !(name in upgrades));
  if (unknown !== undefined) {
    throw new MigrationError(
      'store-newer',
      `The state has the schema ${unknown}, which this version of Landfall does not know.`,
    );
  }
  return done.length < Object.keys(upgrades).length;
}

/** Makes all due upgrades. `inTransaction`: the caller has begun one, and commits it. */
export async function upgradeDatabase(
  db: Kysely<unknown>,
  upgrades: Upgrades,
  options: { readonly inTransaction: boolean },
): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...upgrades }) },
    migrationTableName: upgradeTable,
    migrationLockTableName: `${upgradeTable}_lock`,
    disableTransactions: options.inTransaction,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function doneUpgrades(ask: AskRows, dialect: Dialect): Promise<readonly string[]> {
  const there =
    dialect === 'sqlite'
      ? `select name from sqlite_master where name = '${upgradeTable}'`
      : `select to_regclass('${upgradeTable}')::text as name`;
  const [found] = await ask(there);
  if (found === undefined || found.name === null) return [];
  const done = await ask(`select name from ${upgradeTable} order by name`);
  return done.flatMap(({ name }) => (name === null ? [] : [name]));
}

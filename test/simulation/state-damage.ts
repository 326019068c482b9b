import { closeSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import SqliteFile from 'better-sqlite3';

/** What can befall a state file while no process works (F24). */
export const damages = ['header', 'cut', 'newer'] as const;

/** One of `damages`: its first bytes are overwritten, its second half is gone, or a later version has upgraded it. */
export type Damage = (typeof damages)[number];

/** Every kind is told by its own code, before anything is asked of the account. */
export const damageCodes: Readonly<Record<Damage, string>> = {
  header: 'store-unusable',
  cut: 'store-unusable',
  newer: 'store-newer',
};

/** Damages a state file in place. What stood in its log is put into the file before, so that nothing hides the damage. */
export function damageState(file: string, damage: Damage): void {
  const handle = new SqliteFile(file);
  if (damage === 'newer')
    handle.prepare("insert into schema_upgrade (name, timestamp) values ('9999-later', '')").run();
  handle.pragma('wal_checkpoint(TRUNCATE)');
  handle.close();
  if (damage === 'cut') truncateSync(file, Math.floor(statSync(file).size / 2));
  if (damage === 'header') overwriteHead(file);
}

function overwriteHead(file: string): void {
  const open = openSync(file, 'r+');
  writeSync(open, Buffer.alloc(64, 0x5a), 0, 64, 0);
  closeSync(open);
}

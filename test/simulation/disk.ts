import { appendFileSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection, Database } from '../../packages/landfall/src/store/connection.ts';
import type { Life } from './life.ts';
import { type Damage, damageState } from './state-damage.ts';

/** Trouble of the disk: which statement fails (counted over all writes of one process), and how. */
export interface DiskTrouble {
  readonly at: number;
  /** Writes that fail from there on: the disk stays full until the process ends. */
  readonly count: number;
  readonly code: 'SQLITE_FULL' | 'SQLITE_IOERR_WRITE' | 'SQLITE_READONLY';
  /** Only writes to this table fail; null: every write. */
  readonly table: string | null;
}

/** Files of one run, on a memory disk where there is one: a kill leaves what was written, and only that. */
export class Disk {
  readonly folder: string;
  readonly #losesPower: boolean;
  /** The files as a power cut would leave them, when that is not as they are. */
  #safe: string | null = null;
  #image = 0;
  #steps = 0;
  readonly #open = new Set<object>();

  /** `losesPower`: kills of this run are power cuts. */
  constructor(losesPower: boolean) {
    this.#losesPower = losesPower;
    const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
    this.folder = mkdtempSync(join(memory, 'landfall-simulation-'));
  }

  /** The state file as the next process finds it. */
  get file(): string {
    return join(this.folder, String(this.#image), 'state.sqlite');
  }

  /** Other than before whenever something may have been written since; null: something is being written. */
  get version(): string | null {
    return this.#open.size > 0 ? null : `${this.#image} ${this.#steps}`;
  }

  /** The database, with each of its transactions told to `version`. */
  watched(database: Database): Database {
    return {
      ...database,
      transaction: async (work, durability) => {
        const transaction = {};
        this.#open.add(transaction);
        try {
          return await database.transaction(work, durability);
        } finally {
          this.#open.delete(transaction);
          this.#steps += 1;
        }
      },
    };
  }

  /** Starts with a copy of a prepared state. */
  startWith(file: string): void {
    mkdirSync(join(this.folder, '0'), { recursive: true });
    copyFileSync(file, this.file);
  }

  /** A commit begins that need not outlive a power cut: what is safe now is remembered. */
  lend(): void {
    if (!this.#losesPower || this.#safe !== null) return;
    this.#safe = join(this.folder, 'safe.sqlite');
    this.#copy(this.file, this.#safe);
  }

  /** A commit has reached the disk, and with it everything before it. */
  sync(): void {
    this.#safe = null;
  }

  /**
   * The process died: the next one finds the files as they are at this moment. When the power went with it (`torn`),
   * commits that need not outlive that are lost, and the tail of the log holds pages that were on their way.
   */
  cut(torn: Uint8Array | null): void {
    const from = torn !== null && this.#safe !== null ? this.#safe : this.file;
    this.#safe = null;
    this.#move(from);
    const log = `${this.file}-wal`;
    if (torn !== null && existsSync(log) && statSync(log).size > 0) appendFileSync(log, torn);
  }

  /** The next process finds a damaged state; what was there is what `restore` brings back. */
  damage(damage: Damage): void {
    this.#move(this.file);
    damageState(this.file, damage);
  }

  /** The operator puts back the copy from before the damage. */
  restore(): void {
    this.#move(join(this.folder, String(this.#image - 1), 'state.sqlite'));
  }

  #move(from: string): void {
    this.#image += 1;
    // what a dead process had begun will never end, and is not in these files
    this.#open.clear();
    mkdirSync(join(this.folder, String(this.#image)), { recursive: true });
    this.#copy(from, this.file);
  }

  #copy(from: string, to: string): void {
    for (const part of ['', '-wal']) {
      if (existsSync(from + part)) copyFileSync(from + part, to + part);
      else rmSync(to + part, { force: true });
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

class DiskError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`simulated ${code}`);
    this.code = code;
  }
}

/** Puts a process's death, its being held up and the disk's trouble between a store and its database. */
export function faultyDatabase(
  database: Database,
  life: Life,
  disk: Disk,
  trouble: DiskTrouble | null,
): Database {
  let writes = 0;
  const failing = (table: string): void => {
    if (trouble === null || (trouble.table !== null && trouble.table !== table)) return;
    writes += 1;
    if (writes >= trouble.at && writes < trouble.at + trouble.count) throw new DiskError(trouble.code);
  };
  const guarded = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const turn = life.turn();
    if (turn !== null) await turn;
    return life.step(name) ? work() : new Promise<never>(() => undefined);
  };
  const reading = <T>(work: () => Promise<T>) => guarded('store: read', work);
  const writing = <T>(table: string, work: () => Promise<T>) =>
    guarded('store: write', () => {
      failing(table);
      return work();
    });
  const around = (line: Connection): Connection => ({
    ...line,
    rows: (text, values) => reading(() => line.rows(text, values)),
    run: (text, values) => writing(text, () => line.run(text, values)),
    insert: (table, ...given) => writing(table, () => line.insert(table, ...given)),
    insertNew: (table, ...given) => writing(table, () => line.insertNew(table, ...given)),
    update: (update, rows) => writing(update.table, () => line.update(update, rows)),
  });
  return {
    reader: around(database.reader),
    transaction: (work, durability) =>
      guarded('store: begin', async () => {
        if (durability === 'process') disk.lend();
        const result = await database.transaction((line) => work(around(line)), durability);
        if (durability !== 'process') disk.sync();
        return result;
      }),
    close: () => database.close(),
  };
}

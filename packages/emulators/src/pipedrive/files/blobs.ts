import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes of files by their SHA-256: in memory, or in a folder beside the state file once `keepIn` named one. */
export class Blobs {
  readonly #memory = new Map<string, Uint8Array>();
  #folder: string | null = null;

  /** Keeps the bytes and answers their SHA-256 in hex. In a folder they survive the sudden death of the process. */
  put(bytes: Uint8Array): string {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (this.#folder === null) this.#memory.set(sha256, bytes);
    else write(this.#folder, sha256, bytes);
    return sha256;
  }

  /** The bytes with this SHA-256, or null. */
  get(sha256: string): Uint8Array | null {
    const known = this.#memory.get(sha256);
    if (known || this.#folder === null) return known ?? null;
    const file = join(this.#folder, sha256);
    return /^[0-9a-f]{64}$/.test(sha256) && existsSync(file) ? readFileSync(file) : null;
  }

  /** From now on the bytes lie in this folder; what is there and not among `used` is removed. */
  keepIn(folder: string, used: ReadonlySet<string>): void {
    this.#folder = folder;
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (!used.has(name)) rmSync(join(folder, name));
    for (const [sha256, bytes] of this.#memory) write(folder, sha256, bytes);
    this.#memory.clear();
  }
}

function write(folder: string, sha256: string, bytes: Uint8Array): void {
  const file = join(folder, sha256);
  if (existsSync(file)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.new`, bytes);
  renameSync(`${file}.new`, file);
}

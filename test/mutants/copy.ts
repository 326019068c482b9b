import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Mutant, withBug } from './mutant.ts';

/** The root of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where a mutant is planted, in the tree at `folder`. */
export function pathOf(folder: string, { file }: Mutant): string {
  return join(folder, 'packages/landfall/src', file);
}

/** A copy of the tree to break: the work tree itself is never touched. */
export interface Copy {
  readonly folder: string;
  /** Puts bugs into the copy; what is called takes them out again. */
  plant(bugs: readonly Mutant[]): () => void;
  remove(): void;
}

/** Copies the tree into a temporary folder, with the installed packages as links. */
export function copyTree(): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-mutants-'));
  for (const name of readdirSync(root).filter(isCopied)) {
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: isCopied });
  }
  const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name));
  for (const at of ['', ...packages])
    linkPackages(join(root, at, 'node_modules'), join(folder, at, 'node_modules'));
  return {
    folder,
    plant: (bugs) => plant(folder, bugs),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function isCopied(path: string): boolean {
  return !['node_modules', '.git'].includes(basename(path));
}

/** Each package as a link to where it is installed; those of the workspace are relative links, and lead into the copy. */
function linkPackages(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    // caches stay behind: a copy makes its own
    if (entry.name.startsWith('.') && entry.name !== '.bin') continue;
    const place = join(from, entry.name);
    symlinkSync(entry.isSymbolicLink() ? readlinkSync(place) : place, join(to, entry.name));
  }
}

function plant(folder: string, bugs: readonly Mutant[]): () => void {
  const before = new Map<string, string>();
  for (const bug of bugs) {
    const path = pathOf(folder, bug);
    const text = readFileSync(path, 'utf8');
    if (!before.has(path)) before.set(path, text);
    writeFileSync(path, withBug(text, bug));
  }
  return () => {
    for (const [path, text] of before) writeFileSync(path, text);
  };
}

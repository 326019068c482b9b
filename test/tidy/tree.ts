import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One file of the project; `text` is read when it is asked for. */
export interface TreeFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The project as the rules see it: files on disk, or a planted tree in memory. */
export interface Tree {
  readonly files: readonly TreeFile[];
  /** True for a file or a folder. */
  has(path: string): boolean;
}

/** What a rule found, and how many things it looked at: a rule that looked at nothing proves nothing. */
export interface Findings {
  readonly looked: number;
  /** `path:line what is wrong`. */
  readonly found: readonly string[];
}

/** A claim about the project, how to check it, and a small tree that breaks it. */
export interface Rule {
  /** A sentence that is true of a tidy tree. */
  readonly claim: string;
  check(tree: Tree): Findings;
  /** Path -> text: violations, and innocent things that look alike. */
  readonly planted: Readonly<Record<string, string>>;
  /** Exactly what must be found in the planted tree. */
  readonly finds: readonly string[];
}

/** The root of the repository. */
const root = fileURLToPath(new URL('../..', import.meta.url));

const roots = ['packages', 'test', 'bench', 'samples', 'scripts', 'docs', '.ci'];
const skipped = new Set(['node_modules', 'dist', 'coverage', '.landfall']);

function walk(folder: string, paths: string[]): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && !skipped.has(entry.name)) walk(path, paths);
    if (entry.isFile()) paths.push(path);
  }
}

/** The project on disk: what would be committed. Data written by runs is left out. */
export function readTree(): Tree {
  const paths = readdirSync(root).filter((name) => statSync(join(root, name)).isFile());
  for (const folder of roots) {
    if (statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory()) walk(folder, paths);
  }
  return treeOf(paths.sort().map(lazyFile));
}

function lazyFile(path: string): TreeFile {
  let text: string | undefined;
  return {
    path,
    get text() {
      text ??= readFileSync(join(root, path), 'utf8');
      return text;
    },
  };
}

/** A tree in memory, for planted violations. */
export function plant(files: Readonly<Record<string, string>>): Tree {
  return treeOf(Object.entries(files).map(([path, text]) => ({ path, text })));
}

function treeOf(files: readonly TreeFile[]): Tree {
  const names = new Set<string>();
  for (const { path } of files) {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) names.add(path.slice(0, end));
  }
  return { files, has: (path) => names.has(path) };
}

/** The file at `path`, or null. */
export function fileAt(tree: Tree, path: string): TreeFile | null {
  return tree.files.find((file) => file.path === path) ?? null;
}

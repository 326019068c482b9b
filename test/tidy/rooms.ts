import type { Tree, TreeFile } from './tree.ts';

/** Rooms of the product with their floors: a room imports only lower floors, and never one of its own. */
export const floors: Readonly<Record<string, number>> = {
  base: 1,
  model: 2,
  store: 3,
  mapping: 3,
  wire: 3,
  files: 3,
  sources: 4,
  pipedrive: 4,
  phases: 4,
  propose: 4,
  documents: 4,
  templates: 5,
  migration: 6,
  server: 7,
  cli: 8,
};

/** Where the product's rooms are. */
export const productRoot = 'packages/landfall/src/';
/** Where the emulators are. */
export const emulatorRoot = 'packages/emulators/src/';

/** The room a product file lies in; null for other files. */
export function roomOf(path: string): string | null {
  return path.startsWith(productRoot) ? (path.slice(productRoot.length).split('/')[0] ?? null) : null;
}

/** Tests, and what only tests use (`*-fixture.ts`): they may reach across rooms and stop clocks. */
export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || isFixture(path);
}

/** What tests share beside the code. */
export function isFixture(path: string): boolean {
  return path.endsWith('-fixture.ts');
}

/** TypeScript of the product and the emulators, without tests. */
export function productFiles(tree: Tree): readonly TreeFile[] {
  return tree.files.filter(({ path }) => isPackageSource(path) && !isTest(path));
}

/** All TypeScript of the project, tests too. */
export function typescriptFiles(tree: Tree): readonly TreeFile[] {
  return tree.files.filter(({ path }) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

function isPackageSource(path: string): boolean {
  return /^packages\/[^/]+\/src\/.+\.ts$/.test(path) && !path.endsWith('.d.ts');
}

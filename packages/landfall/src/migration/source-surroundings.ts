import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrationError } from '../model/error.ts';
import type { Keep, SourceSurroundings } from '../sources/surroundings.ts';
import { openVault } from './vault.ts';
import { type Environment, reveal, secret } from './workspace-config.ts';

/**
 * What a source of the workspace in `directory` is given: secrets of `environment`, a vault in `.landfall/secrets.json`
 * and what it keeps in `.landfall/source-<name>` (readable by their owner only). Makes nothing before it is used.
 */
export function sourceSurroundings(directory: string, environment: Environment): SourceSurroundings {
  const state = join(directory, '.landfall');
  return {
    directory,
    secret: (setting, at) => reveal(checkedSecret(setting, at), environment, at),
    keep: keepIn(state),
    vault: vaultIn(state, environment),
  };
}

function checkedSecret(setting: unknown, at: string) {
  const parsed = secret.safeParse(setting);
  if (parsed.success) return parsed.data;
  throw new MigrationError('configuration-wrong', `${at} must be a text or { env: NAME }.`, {
    at: 'landfall.yaml',
  });
}

/** Secrets of a source are named apart from those of the destination. */
function vaultIn(state: string, environment: Environment): Keep {
  const vault = openVault(state, environment);
  return {
    read: (name) => vault.read(`source: ${name}`),
    write: (name, text) => vault.write(`source: ${name}`, text),
  };
}

function keepIn(state: string): Keep {
  return {
    read(name) {
      const path = pathOf(state, name);
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    },
    write(name, text) {
      const path = pathOf(state, name);
      mkdirSync(state, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.part`, text, { mode: 0o600 });
      renameSync(`${path}.part`, path);
    },
  };
}

/** A name is one path segment whatever stands in it. */
function pathOf(state: string, name: string): string {
  return join(state, `source-${encodeURIComponent(name).replaceAll('.', '%2E')}`);
}

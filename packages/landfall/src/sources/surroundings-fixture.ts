import { MigrationError } from '../model/error.ts';
import type { Keep, SourceSurroundings } from './surroundings.ts';

/** Surroundings for tests: `environment` in place of the process's; what is kept lies in memory and can be looked at. */
export function testSurroundings(
  directory = '.',
  environment: Readonly<Record<string, string>> = {},
): SourceSurroundings & { readonly kept: ReadonlyMap<string, string> } {
  const kept = new Map<string, string>();
  return {
    directory,
    secret(setting, at) {
      if (typeof setting === 'string') return setting;
      const name = (setting as { readonly env?: string } | undefined)?.env ?? '';
      const found = environment[name];
      if (found === undefined) throw new MigrationError('secret-missing', `${at}: ${name} is not set.`);
      return found;
    },
    keep: keepIn(kept, ''),
    vault: keepIn(kept, 'vault: '),
    kept,
  };
}

function keepIn(kept: Map<string, string>, prefix: string): Keep {
  return {
    read: (name) => kept.get(prefix + name) ?? null,
    write: (name, text) => void kept.set(prefix + name, text),
  };
}

import { z } from 'zod';
import { MigrationError } from '../../model/error.ts';
import { type Address, checkedAddress } from '../../wire/address.ts';

/** A secret as text or `{ env: NAME }`: the surroundings read it. */
export const secretSetting = z.unknown().refine((value) => value !== undefined, { error: 'is missing' });

/**
 * The `source` part of `landfall.yaml` in its shape. Throws `configuration-wrong` with every fault of it, as
 * `source.url: ...`; `say` may put one otherwise.
 */
export function parseSettings<Settings>(
  shape: z.ZodType<Settings>,
  config: unknown,
  say: (place: string, message: string) => string = (place, message) => `${place}: ${message}`,
): Settings {
  const parsed = shape.safeParse(config);
  if (parsed.success) return parsed.data;
  throw wrongSettings(
    parsed.error.issues.map(({ path, message }) => say(['source', ...path.map(String)].join('.'), message)),
  );
}

/** What is wrong with the `source` part of `landfall.yaml`, a line each. */
export function wrongSettings(faults: readonly string[]): MigrationError {
  return new MigrationError('configuration-wrong', faults.join('\n'), { at: 'landfall.yaml' });
}

/** An address that keys may be sent to. Throws `configuration-wrong` with the place of the setting. */
export function addressSetting(url: string, at: string): Address {
  try {
    return checkedAddress(url);
  } catch (error) {
    if (error instanceof MigrationError) throw wrongSettings([`${at}: ${error.message}`]);
    throw error;
  }
}

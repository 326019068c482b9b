import { MigrationError } from '../../model/error.ts';

/**
 * Whether a refusal concerns one thing and not the whole rollback. A right the token lacks does: other records may
 * belong to somebody who gave it.
 */
export function isOneThings(error: unknown): error is MigrationError {
  return error instanceof MigrationError && (error.recovery === 'reject' || error.code === 'forbidden');
}

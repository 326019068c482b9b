import { MigrationError } from '../../model/error.ts';

/** Whether we may not read something, or the service will not hand it out: the trouble of that alone, not of all. */
export function isClosed(error: unknown): error is MigrationError {
  return error instanceof MigrationError && (error.code === 'forbidden' || error.code === 'refused');
}

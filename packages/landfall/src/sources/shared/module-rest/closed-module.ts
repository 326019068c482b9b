import { MigrationError } from '../../../model/error.ts';
import type { CatalogIssue } from '../../../model/source.ts';

/** A module that these keys may not read, or that the service will not hand out. Rethrows other troubles. */
export function closedModule(key: string, label: string, error: unknown): CatalogIssue {
  if (!(error instanceof MigrationError)) throw error;
  if (error.code !== 'forbidden' && error.code !== 'refused') throw error;
  return {
    code: error.code === 'forbidden' ? 'no-right' : 'unreadable-module',
    severity: 'high',
    at: key,
    message: `${label} is not read, and nothing of it is moved: ${error.message}`,
    hint: 'Give these keys the right to read it, then discover again; else its records stay behind.',
  };
}

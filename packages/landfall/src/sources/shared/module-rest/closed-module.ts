import type { CatalogIssue } from '../../../model/source.ts';
import { isClosed } from '../closed.ts';

/** A module that is closed to us. Rethrows other troubles. */
export function closedModule(key: string, label: string, error: unknown): CatalogIssue {
  if (!isClosed(error)) throw error;
  const isForbidden = error.code === 'forbidden';
  const first = isForbidden ? 'Give these keys the right to read it' : 'Ask the vendor why it is refused';
  return {
    code: isForbidden ? 'no-right' : 'unreadable-module',
    severity: 'high',
    at: key,
    message: `${label} is not read, and nothing of it is moved: ${error.message}`,
    hint: `${first}, then discover again; else its records stay behind.`,
  };
}

import { type ErrorCode, MigrationError } from '../model/error.ts';

interface Row {
  readonly codes: readonly string[];
  readonly error: ErrorCode;
  readonly says: (path: string, code: string) => string;
  readonly hint?: string;
}

const fullHint =
  'Make room, then run the same command again: the state up to here is safe. `landfall report` writes documents anew.';

/** What the system says about files and folders, with what it means to a person. */
const troubles: readonly Row[] = [
  { codes: ['ENOENT', 'ENOTDIR'], error: 'path-missing', says: (path) => `There is nothing at ${path}.` },
  {
    codes: ['EISDIR'],
    error: 'path-missing',
    says: (path) => `${path} is a folder where a file should be.`,
    hint: 'Move the folder away.',
  },
  {
    codes: ['EACCES', 'EPERM'],
    error: 'path-forbidden',
    says: (path, code) => `This user has no right to ${path} (${code}).`,
    hint: 'Give this user the right to read it, and to write where Landfall writes; then run the same command again.',
  },
  {
    codes: ['EROFS'],
    error: 'path-forbidden',
    says: (path) => `${path} lies on a disk that is read-only.`,
    hint: 'Put the workspace where this user may write.',
  },
  {
    codes: ['ENOSPC', 'EDQUOT', 'EFBIG'],
    error: 'store-unusable',
    says: (path, code) => `The disk is full: ${path} could not be written (${code}).`,
    hint: fullHint,
  },
];

/** System calls about files: the same codes from a socket or a child process mean something else. */
const fileCalls =
  /^(?:access|chmod|close|copyfile|fsync|ftruncate|l?stat|mkdir|mkdtemp|open|opendir|read|readlink|rename|rm|rmdir|scandir|unlink|write)$/;

/**
 * What the system threw about a file or folder, said for people; `path` where the error itself names none.
 * Everything else comes back as it is.
 */
export function pathTrouble(cause: unknown, path?: string): unknown {
  if (!(cause instanceof Error) || cause instanceof MigrationError) return cause;
  const { code = '', syscall = '', path: named } = cause as NodeJS.ErrnoException;
  const row = troubles.find(({ codes }) => codes.includes(code));
  if (row === undefined || !fileCalls.test(syscall)) return cause;
  const at = named ?? path ?? 'a file of this workspace';
  const { error, says, hint } = row;
  return new MigrationError(error, says(at, code), { at, cause, ...(hint === undefined ? {} : { hint }) });
}

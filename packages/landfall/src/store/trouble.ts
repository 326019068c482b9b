import { MigrationError } from '../model/error.ts';

interface Row {
  readonly code: RegExp;
  readonly says: string;
  readonly hint: string;
}

const full = 'Make room on the disk, then run again: the state up to here is safe.';
const damaged =
  'Restore .landfall from a backup, or begin again in a new workspace and match what is there already.';
const unreachable = 'Check that the database runs, its address and the network; then run again.';

/** Codes of better-sqlite3, of Postgres (five characters) and of Node, with what they mean to a person. */
const troubles: readonly Row[] = [
  { code: /^SQLITE_FULL$|^ENOSPC$|^53100$/, says: 'the disk is full', hint: full },
  {
    code: /^SQLITE_READONLY|^EROFS$|^25006$/,
    says: 'it is read-only',
    hint: 'Give this user the right to write there.',
  },
  {
    code: /^SQLITE_(BUSY|LOCKED)|^55P03$/,
    says: 'another program holds it',
    hint: 'Wait for the other program (or a backup) to end, then run again.',
  },
  { code: /^SQLITE_CORRUPT|^XX00[12]$/, says: 'it is damaged', hint: damaged },
  { code: /^SQLITE_NOTADB$/, says: 'it is not a Landfall state file', hint: damaged },
  {
    code: /^SQLITE_IOERR/,
    says: 'the disk does not read or write',
    hint: 'Check the disk, then run again: the state up to here is safe.',
  },
  {
    code: /^SQLITE_(CANTOPEN|PERM|AUTH)|^(EACCES|EPERM|ENOTDIR|EEXIST|ENOENT)$/,
    says: 'it cannot be opened',
    hint: 'Check the folder and its rights.',
  },
  {
    code: /^28/,
    says: 'the user or password is refused',
    hint: 'Check user and password in LANDFALL_DATABASE_URL.',
  },
  { code: /^3D000$/, says: 'there is no such database', hint: 'Create the database, then run again.' },
  {
    code: /^42501$/,
    says: 'the user may not do this there',
    hint: 'Grant the user CREATE on the schema and all rights on its tables.',
  },
  {
    code: /^53300$/,
    says: 'it has no connection free',
    hint: 'Raise max_connections, or stop another program.',
  },
  {
    code: /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$|^08|^57P0/,
    says: 'it does not answer',
    hint: unreachable,
  },
];

/** What pg throws without a code when a connection breaks. */
const brokenConnection =
  /Connection terminated|timeout expired|timeout exceeded when trying to connect|not queryable|SSL/i;

/**
 * What a database threw, said for people: `store-unusable` with what, where and what to do.
 * `where` is a path, or a database's host and name, never with a password. Everything else (our own bugs) comes back as it is.
 */
export function storeTrouble(error: unknown, where: string): unknown {
  if (error instanceof MigrationError || !(error instanceof Error)) return error;
  const code = codeOf(error);
  const row = troubles.find((known) => known.code.test(code));
  if (row !== undefined) return unusable(row, where, error);
  if (brokenConnection.test(error.message) && code === '') {
    return unusable({ says: 'it does not answer', hint: unreachable }, where, error);
  }
  return error;
}

/** A stored text that cannot be read any more. */
export function damagedRow(where: string, cause: unknown): MigrationError {
  return new MigrationError('store-unusable', `The state cannot be used: ${where} is damaged.`, {
    hint: damaged,
    cause,
  });
}

function unusable(row: Pick<Row, 'says' | 'hint'>, where: string, cause: Error): MigrationError {
  return new MigrationError('store-unusable', `The state cannot be used: ${row.says} (${where}).`, {
    hint: row.hint,
    at: where,
    cause,
  });
}

/** Node wraps several failed addresses of one host into one error. */
function codeOf(error: Error): string {
  const own = (error as { code?: unknown }).code;
  if (typeof own === 'string') return own;
  if (error instanceof AggregateError) {
    const inner: unknown = error.errors[0];
    if (inner instanceof Error) return codeOf(inner);
  }
  return '';
}

import { errorTable } from './error-table.ts';

/** What the engine does about a trouble: try again, put one record aside, wait for a time or person, or stop. */
export type Recovery = 'retry' | 'reject' | 'pause' | 'stop';

/** Every code of `error-table.ts`. */
export type ErrorCode = keyof typeof errorTable;

/** What a person needs beside the message. */
export interface ErrorDetail {
  /** What to do next; default: the hint of the code. */
  readonly hint?: string;
  /** Where: `mapping.yaml:12`, `contacts.csv:812`, `person 4711`. */
  readonly at?: string;
  /** When it can go on, for recovery `pause`. Milliseconds since 1970. */
  readonly resumeAtMs?: number;
  readonly cause?: unknown;
}

/** The world's trouble: what happened, where, and what to do next. Holds no secret and no customer value. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: ErrorCode;
  readonly recovery: Recovery;
  readonly hint: string;
  readonly at: string | null;
  readonly resumeAtMs: number | null;

  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}) {
    super(message, detail.cause === undefined ? {} : { cause: detail.cause });
    this.code = code;
    this.recovery = errorTable[code].recovery;
    this.hint = detail.hint ?? errorTable[code].hint;
    this.at = detail.at ?? null;
    this.resumeAtMs = detail.resumeAtMs ?? null;
  }
}

/** The process exit code an error leads to, as `cli.md` fixes them. */
export function exitCodeOf(error: unknown): number {
  return error instanceof MigrationError ? errorTable[error.code].exit : 1;
}

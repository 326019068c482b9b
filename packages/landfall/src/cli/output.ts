import { styleText } from 'node:util';
import { MigrationError } from '../model/error.ts';
import type { Progress } from '../phases/context.ts';

/** Where a command's words go: its result to stdout, everything else to stderr. */
export interface Output {
  readonly json: boolean;
  /** The result: as JSON, or as text for people. */
  result(document: unknown, text: () => string): void;
  /** A line for people; left out with `--quiet`. */
  say(line: string): void;
  progress(progress: Progress): void;
  /** Ends a progress bar that is still on the screen. */
  endProgress(): void;
}

/** Output to this process's terminal. */
export function terminalOutput(options: { readonly json: boolean; readonly quiet: boolean }): Output {
  const bar = progressBar(options.quiet);
  return {
    json: options.json,
    result: (document, text) => {
      bar.end();
      process.stdout.write(options.json ? `${JSON.stringify(document)}\n` : `${text()}\n`);
    },
    say: (line) => {
      bar.end();
      if (!options.quiet) process.stderr.write(`${line}\n`);
    },
    progress: bar.show,
    endProgress: bar.end,
  };
}

const redrawEveryMs = 100;
const lineEveryMs = 5_000;
const barCells = 24;

/** A bar on a terminal; plain lines, not too many, elsewhere. */
function progressBar(quiet: boolean): { show(progress: Progress): void; end(): void } {
  const isTerminal = process.stderr.isTTY === true;
  let shownAtMs = 0;
  let subject = '';
  let open = false;
  const end = () => {
    if (open) process.stderr.write('\n');
    open = false;
  };
  const show = (progress: Progress) => {
    if (quiet) return;
    const now = Date.now();
    const name = `${progress.phase} ${progress.subject}`;
    const isNew = name !== subject;
    const isLast = progress.total !== null && progress.done >= progress.total;
    if (!isNew && !isLast && now - shownAtMs < (isTerminal ? redrawEveryMs : lineEveryMs)) return;
    if (isNew) end();
    [shownAtMs, subject] = [now, name];
    if (!isTerminal && isNew && progress.total !== null && !isLast) return;
    process.stderr.write(isTerminal ? `\r\u001b[2K${barOf(progress)}` : `${lineOf(progress)}\n`);
    open = isTerminal;
  };
  return { show, end };
}

function lineOf({ phase, subject, done, total, note }: Progress): string {
  const count =
    total === null
      ? done > 0
        ? done.toLocaleString('en')
        : ''
      : `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  return [phase.padEnd(10), subject.padEnd(24), count, note ?? ''].join(' ').trimEnd();
}

function barOf(progress: Progress): string {
  const { done, total } = progress;
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const filled = Math.round(share * barCells);
  const bar = total === null ? ' '.repeat(barCells) : '█'.repeat(filled) + '░'.repeat(barCells - filled);
  return `${styleText('cyan', bar)} ${lineOf(progress)}`;
}

/**
 * Tells a failure to a person: what happened, where, what to do. What nobody foresaw is our bug. With `--json` it is
 * one JSON line on stderr.
 */
export function tellError(error: unknown, json: boolean): void {
  const { code, message, hint, at, resumeAtMs } = error instanceof MigrationError ? error : bugOf(error);
  const resumeAt = resumeAtMs === null ? null : new Date(resumeAtMs).toISOString();
  if (json) process.stderr.write(`${JSON.stringify({ error: { code, message, hint, at, resumeAt } })}\n`);
  else process.stderr.write(errorText(code, message, hint, resumeAt));
}

function bugOf(error: unknown) {
  const message = `This is our bug: ${storyOf(error, mostCauses)}`;
  return { code: 'bug', message, hint: bugHint, at: null, resumeAtMs: null };
}

const mostCauses = 5;

/** Where it happened, and what led to it. */
function storyOf(error: unknown, causes: number): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  if (error.cause === undefined || causes === 0) return own;
  return `${own}\n  caused by: ${storyOf(error.cause, causes - 1)}`;
}

const bugHint =
  'Please report it to those you have Landfall from, with these lines, the command and the version (landfall --version). What was kept is safe: the same command may be run again.';

function errorText(code: string, message: string, hint: string, resumeAt: string | null): string {
  const when = resumeAt === null ? '' : `\n  it can go on at ${resumeAt}`;
  return `${styleText('red', 'error')} ${message}${when}\n  ${styleText('dim', `${hint} (${code})`)}\n`;
}

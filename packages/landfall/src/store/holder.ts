import { hostname } from 'node:os';

/** How a process names itself as the holder of a lease: what it does, its number and its machine. */
export function holderName(doing: string): string {
  return `${doing} (process ${process.pid} on ${hostname()})`;
}

/**
 * Whether the process that gave itself this name has certainly ended: it was on this machine and its number is free.
 * A name of another shape, or of another machine, says nothing: false.
 */
export function hasEnded(holder: string): boolean {
  const named = /\(process (\d+) on (.+)\)$/.exec(holder);
  if (named === null || named[2] !== hostname()) return false;
  return !isAlive(Number(named[1]));
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code !== 'ESRCH';
  }
}

import { type Ports, systemPorts } from '../base/ports.ts';

/**
 * For the tests that kill the process: LANDFALL_CRASH=`<point>:<n>` kills it (SIGKILL) when the named crash point is
 * reached for the n-th time; LANDFALL_CRASH_LOG=1 tells each point it passes on stderr. Without them: null.
 */
export function testPorts(environment: NodeJS.ProcessEnv): Ports | null {
  const wanted = environment.LANDFALL_CRASH;
  const log = environment.LANDFALL_CRASH_LOG === '1';
  if (wanted === undefined && !log) return null;
  const at = wanted?.lastIndexOf(':') ?? 0;
  const point = wanted?.slice(0, at);
  let left = Number(wanted?.slice(at + 1) ?? 1);
  return systemPorts({
    crashPoint: (name) => {
      if (log) process.stderr.write(`crash-point ${name}\n`);
      if (name !== point) return;
      left -= 1;
      if (left === 0) process.kill(process.pid, 'SIGKILL');
    },
  });
}

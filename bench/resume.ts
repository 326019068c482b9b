// A run is killed in the middle and started again: how long until it writes, and what its gates take.
// Run: npx node bench/resume.ts [--records 100000]
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { answerDefaults } from '../packages/landfall/src/migration/answers.ts';
import { advance } from '../packages/landfall/src/migration/journey.ts';
import { bulkWorkspace, cleanUp, machine, numberOption, openBench, root, startEmulator } from './support.ts';

interface Request {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly at: string | number;
}

const records = numberOption('records', 100_000);
const emulator = await startEmulator(['--plan', 'ultimate', '--seats', '100', '--limits', 'off']);
const workspace = bulkWorkspace(records, emulator, 'plan: ultimate, seats: 100, pace: off');
const session = await openBench(workspace, emulator);
await advance(session, { to: 'plan', approveAs: null });
await answerDefaults(session, 'bench');
await advance(session, { to: 'configure', approveAs: 'bench' });
await session.close();

/** `landfall run` in a process of its own; its exit code, or null when it was killed. */
function run(environment: Readonly<Record<string, string>>): Promise<number | null> {
  const program = join(root, 'packages/landfall/bin/landfall.js');
  const child = spawn(process.execPath, [program, 'run', '--quiet', '-C', workspace], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, TOKEN: emulator.token, ...environment },
  });
  return new Promise((resolve) => child.on('exit', resolve));
}

const log = async () => (await (await fetch(`${emulator.control}/log`)).json()) as Request[];
const isWrite = ({ method, path }: Request) =>
  method === 'POST' && /\/(organizations|persons|deals)$/.test(path);
const msOf = ({ at }: Request) => (typeof at === 'number' ? at : Date.parse(at));
const entityOf = ({ path }: Request) => path.split('?')[0] ?? '';

const killed = await run({ LANDFALL_CRASH: `load:after-send:${Math.floor(records / 2)}` });
const before = (await log()).length;
const startedMs = Date.now();
const ended = await run({});
const requests = await log();
const again = requests.slice(before);
const first = again.find(isWrite);
const writes = requests.filter(isWrite);
const gateSeconds = writes.slice(1).flatMap((request, index) => {
  const last = writes[index];
  return last === undefined || entityOf(last) === entityOf(request)
    ? []
    : [(msOf(request) - msOf(last)) / 1_000];
});
const lastWrite = writes.at(-1);
const end = requests.at(-1);
console.log(
  JSON.stringify({
    what: 'a run killed in the middle and started again, limits off, SQLite',
    ...machine(),
    records,
    killed: killed === null,
    exitCode: ended,
    writtenBeforeTheKill: requests.slice(0, before).filter(isWrite).length,
    secondsUntilTheNextWrite:
      first === undefined ? null : Number(((msOf(first) - startedMs) / 1_000).toFixed(1)),
    secondsBetweenEntities: gateSeconds.map((seconds) => Number(seconds.toFixed(1))),
    secondsOfTheLastGate:
      end === undefined || lastWrite === undefined
        ? null
        : Number(((msOf(end) - msOf(lastWrite)) / 1_000).toFixed(1)),
    twice: writes.filter(({ status }) => status < 300).length - records,
  }),
);
cleanUp(workspace, emulator);

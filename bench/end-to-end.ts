// The load over real HTTP into the emulator. Run: npx node bench/end-to-end.ts [--records 20000]           limits off
//                                                npx node bench/end-to-end.ts --records 4000 --growth      a Growth plan's burst limit

import { answerDefaults } from '../packages/landfall/src/migration/answers.ts';
import { advance, runPhase } from '../packages/landfall/src/migration/journey.ts';
import { bulkWorkspace, cleanUp, machine, numberOption, openBench, startEmulator, timed } from './support.ts';

const growth = process.argv.includes('--growth');
const records = numberOption('records', growth ? 2_000 : 20_000);
const plan = growth ? 'growth' : 'ultimate';
const emulator = await startEmulator(['--plan', plan, '--seats', '100', '--limits', growth ? 'on' : 'off']);
const destination = `plan: ${plan}, seats: 100${growth ? '' : ', pace: off'}`;
const workspace = bulkWorkspace(records, emulator, destination);
const session = await openBench(workspace, emulator);
await advance(session, { to: 'plan', approveAs: null });
await answerDefaults(session, 'bench');
await advance(session, { to: 'configure', approveAs: 'bench' });
const before = session.destination.budget();
const runSeconds = await timed(() => runPhase(session, 'run'));
const after = session.destination.budget();
const verifySeconds = await timed(() => runPhase(session, 'verify'));
const log = (await (await fetch(`${emulator.control}/log`)).json()) as { status: number; tokens: number }[];
const burst = 40;
const requests = after.requests - before.requests;
console.log(
  JSON.stringify({
    what: growth
      ? 'load under a Growth plan’s burst limit (API token, 40 requests per 2 s)'
      : 'load with limits off',
    ...machine(),
    records,
    runSeconds: Number(runSeconds.toFixed(1)),
    recordsPerSecond: Math.round(records / runSeconds),
    ...(growth ? { allowedUsed: Number((requests / (burst + (runSeconds / 2) * burst)).toFixed(3)) } : {}),
    answered429: log.filter((request) => request.status === 429).length,
    requests: log.length,
    verifySeconds: Number(verifySeconds.toFixed(1)),
    tokensPerRecord: Number((log.reduce((sum, request) => sum + request.tokens, 0) / records).toFixed(3)),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
await session.close();
cleanUp(workspace, emulator);

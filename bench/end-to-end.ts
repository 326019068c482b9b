// The load over real HTTP into the emulator. Run: npx node bench/end-to-end.ts [--records 20000]           limits off
//                                                npx node bench/end-to-end.ts --records 4000 --growth      a Growth plan's burst limit
//                                                npx node bench/end-to-end.ts --faults                     limits off, answers lost, late, refused and broken

import { answerDefaults } from '../packages/landfall/src/migration/answers.ts';
import { advance, runPhase } from '../packages/landfall/src/migration/journey.ts';
import { bulkWorkspace, cleanUp, machine, numberOption, openBench, startEmulator, timed } from './support.ts';

/** About two in a hundred writes go wrong: in 20,000 records some 100 answers are lost, 40 say 429, 100 say 503. */
const faultRules = [
  { kind: 'lost-answer', method: 'POST', rate: 0.005 },
  { kind: 'late-commit', method: 'POST', rate: 0.002, delayMs: 1_000 },
  { kind: 'status-429', rate: 0.002 },
  { kind: 'status-503', rate: 0.005 },
  { kind: 'reset-mid-body', rate: 0.003 },
  { kind: 'malformed-json', rate: 0.002 },
];

const growth = process.argv.includes('--growth');
const faults = process.argv.includes('--faults');
const records = numberOption('records', growth ? 2_000 : 20_000);
const plan = growth ? 'growth' : 'ultimate';
const emulator = await startEmulator(['--plan', plan, '--seats', '100', '--limits', growth ? 'on' : 'off']);
const destination = `plan: ${plan}, seats: 100${growth ? '' : ', pace: off'}`;
const workspace = bulkWorkspace(records, emulator, destination, faults ? 'inDoubtQuietSeconds: 5' : '');
const session = await openBench(workspace, emulator);
await advance(session, { to: 'plan', approveAs: null });
await answerDefaults(session, 'bench');
await advance(session, { to: 'configure', approveAs: 'bench' });
if (faults) await setFaults(faultRules);
const before = session.destination.budget();
const runSeconds = await timed(() => runPhase(session, 'run'));
const after = session.destination.budget();
const verifySeconds = await timed(() => runPhase(session, 'verify'));
// before the account's log and contents are read: those are the bench's own
const peakMemoryMb = Math.round(process.resourceUsage().maxRSS / 1024);
if (faults) await setFaults([]);
const log = (await (await fetch(`${emulator.control}/log`)).json()) as {
  status: number;
  tokens: number;
  fault?: string;
}[];
const burst = 40;
const requests = after.requests - before.requests;
console.log(
  JSON.stringify({
    what: growth
      ? 'load under a Growth plan’s burst limit (API token, 40 requests per 2 s)'
      : `load with limits off${faults ? ' and faults on' : ''}`,
    ...machine(),
    records,
    runSeconds: Number(runSeconds.toFixed(1)),
    recordsPerSecond: Math.round(records / runSeconds),
    ...(growth ? { allowedUsed: Number((requests / (burst + (runSeconds / 2) * burst)).toFixed(3)) } : {}),
    answered429: log.filter((request) => request.status === 429).length,
    requests: log.length,
    ...(faults
      ? { faults: countsOf(log.flatMap(({ fault }) => fault ?? [])), live: await liveRecords() }
      : {}),
    verifySeconds: Number(verifySeconds.toFixed(1)),
    tokensPerRecord: Number((log.reduce((sum, request) => sum + request.tokens, 0) / records).toFixed(3)),
    peakMemoryMb,
  }),
);
await session.close();
cleanUp(workspace, emulator);

async function setFaults(rules: readonly object[]): Promise<void> {
  await fetch(`${emulator.control}/faults`, { method: 'POST', body: JSON.stringify({ seed: 1, rules }) });
}

/** How many records the account holds: nothing may be missing and nothing there twice. */
async function liveRecords(): Promise<number> {
  const snapshot = (await (await fetch(`${emulator.control}/snapshot`)).json()) as Record<string, unknown[]>;
  return ['organizations', 'persons', 'deals'].reduce((sum, kind) => sum + (snapshot[kind]?.length ?? 0), 0);
}

function countsOf(words: readonly string[]): Readonly<Record<string, number>> {
  const groups = Object.entries(Object.groupBy(words, (word) => word));
  return Object.fromEntries(groups.map(([word, all]) => [word, all?.length ?? 0]));
}

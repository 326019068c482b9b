// The engine without the wire: read, stage, map, plan, ledger. Run: npx node bench/engine.ts [--records 350000]
import { answerDefaults } from '../packages/landfall/src/migration/answers.ts';
import { map, usableMapping } from '../packages/landfall/src/migration/mapping-step.ts';
import { audit } from '../packages/landfall/src/phases/audit.ts';
import { discover } from '../packages/landfall/src/phases/discover.ts';
import { plan } from '../packages/landfall/src/phases/plan/plan.ts';
import { transform } from '../packages/landfall/src/phases/transform.ts';
import { bulkWorkspace, cleanUp, machine, numberOption, openBench, startEmulator, timed } from './support.ts';

const records = numberOption('records', 350_000);
const emulator = await startEmulator(['--plan', 'ultimate', '--seats', '100', '--limits', 'off']);
const workspace = bulkWorkspace(records, emulator, 'plan: ultimate, seats: 100, pace: off');
const session = await openBench(workspace, emulator);
const cpuBefore = process.cpuUsage();
const seconds: Record<string, number> = {};

async function step(name: string, task: () => Promise<unknown>): Promise<void> {
  seconds[name] = Number((await timed(task)).toFixed(1));
}

await session.work(async (context) => {
  await step('read and stage', () => discover(context));
  await step('propose', () => map(session, context));
});
await answerDefaults(session, 'bench');
await session.work(async (context) => {
  await map(session, context);
  const input = await usableMapping(session);
  await step('map', () => transform(context, input));
  await step('audit', () => audit(context, input.mapping));
  await step('plan', () => plan(context, input.mapping));
});
const total = Object.values(seconds).reduce((sum, one) => sum + one, 0);
console.log(
  JSON.stringify({
    what: 'engine only: read, stage, map, plan, ledger in SQLite; no documents; the destination is asked for its catalog only',
    ...machine(),
    records,
    mix: '20 % organizations, 50 % persons, 30 % deals',
    seconds,
    recordsPerSecond: Math.round(records / total),
    cpuSeconds: Number(
      ((process.cpuUsage(cpuBefore).user + process.cpuUsage(cpuBefore).system) / 1e6).toFixed(1),
    ),
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
await session.close();
cleanUp(workspace, emulator);

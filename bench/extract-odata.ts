import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serveDataverse } from '../packages/emulators/src/dataverse/emulator.ts';
import { type Ports, systemPorts } from '../packages/landfall/src/base/ports.ts';
import type { SourceConnector } from '../packages/landfall/src/model/source.ts';
import { createSource } from '../packages/landfall/src/sources/registry.ts';
import { testSurroundings } from '../packages/landfall/src/sources/surroundings-fixture.ts';
import { machine, numberOption } from './support.ts';

/**
 * Reading an organisation over real HTTP. First with limits off: rows a second, and memory at every tenth of the way
 * (it must be flat). Then under service protection: how much of the execution time that is allowed in some windows of
 * 300 seconds is used. For that the clocks of both sides run faster, and the allowance is smaller than the published
 * one, so that the limit and not this machine decides.
 */
const rows = numberOption('rows', 500_000);
const windows = numberOption('windows', 3);
const faster = numberOption('faster', 10);
const allowedMs = numberOption('allowed', 12_000);
const servers = 2;
const windowMs = 300_000;
/** Rows cost the server more than they cost this machine, and pages are small beside the allowance. */
const rowMs = 1;
const pageRows = 250;
const never = new AbortController().signal;

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly token: string;
  readonly control: string;
}

interface Serving {
  readonly records: number;
  readonly limited: boolean;
}

function scaledNow(): () => number {
  const begin = Date.now();
  return () => begin + (Date.now() - begin) * faster;
}

async function serve({ records, limited }: Serving): Promise<void> {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms / faster));
  const switches = { executionMsMax: allowedMs, servers, rowMs, answersTakeTime: true };
  const served = await serveDataverse({
    records,
    ...(limited ? { switches, nowMs: scaledNow(), sleep } : { limits: 'off' as const }),
  });
  process.send?.({ url: served.url, token: served.token, control: served.control });
}

async function started(serving: Serving): Promise<Started> {
  const child = fork(fileURLToPath(import.meta.url), ['--serve', JSON.stringify(serving)]);
  process.once('exit', () => child.kill('SIGTERM'));
  const told = await new Promise<Omit<Started, 'child'>>((resolve) =>
    child.once('message', (message) => resolve(message as Omit<Started, 'child'>)),
  );
  return { child, ...told };
}

function connect({ url, token }: Started, ports: Ports, limits: object = {}): SourceConnector {
  return createSource({ system: 'opex365', url, auth: { token }, limits }, ports, testSurroundings());
}

/** A clock that runs as the emulator's does. */
function fastPorts(): Ports {
  const ports = systemPorts();
  const begin = performance.now();
  return {
    ...ports,
    clock: {
      nowMs: scaledNow(),
      monotonicMs: () => begin + (performance.now() - begin) * faster,
      sleep: (ms, signal) => ports.clock.sleep(ms / faster, signal),
    },
  };
}

const tables = ['account', 'contact', 'lead', 'opportunity', 'opportunityproduct', 'phonecall', 'email'];
const more = [
  'task',
  'appointment',
  'activityparty',
  'annotation',
  'activitymimeattachment',
  'customeraddress',
];

async function readAll(source: SourceConnector, seen: (rowsOfPage: number) => boolean): Promise<void> {
  for (const table of [...tables, ...more])
    for await (const { records } of source.read(table, null, never)) if (!seen(records.length)) return;
}

async function measureSpeed(): Promise<void> {
  const emulator = await started({ records: rows, limited: false });
  const source = connect(emulator, systemPorts());
  const memoryMb: number[] = [];
  let read = 0;
  const begun = performance.now();
  await readAll(source, (count) => {
    read += count;
    if (read >= (rows * (memoryMb.length + 1)) / 10) memoryMb.push(rssMb());
    return true;
  });
  const seconds = (performance.now() - begun) / 1_000;
  console.log(
    JSON.stringify({
      bench: 'extract-odata, limits off',
      rows: read,
      seconds: Math.round(seconds),
      rowsPerSecond: Math.round(read / seconds),
      memoryMb,
      peakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
      ...machine(),
    }),
  );
  await source.close?.();
  emulator.child.kill('SIGTERM');
}

function rssMb(): number {
  return Math.round(process.memoryUsage.rss() / 1_048_576);
}

interface Usage {
  readonly executionMs: number;
}

/** What one window held, at its end: what all servers did for us in the last 300 seconds. */
async function usedMs(emulator: Started): Promise<number> {
  const usage = (await (await fetch(`${emulator.control}/usage`)).json()) as readonly Usage[];
  return usage.reduce((sum, { executionMs }) => sum + executionMs, 0);
}

async function measureLimits(): Promise<void> {
  const emulator = await started({ records: Math.min(rows, 100_000), limited: true });
  const source = connect(emulator, fastPorts(), { pageRows });
  const begun = performance.now();
  const looks = Array.from({ length: windows }, async (_, window) => {
    const atMs = ((window + 1) * windowMs) / faster;
    await new Promise((resolve) => setTimeout(resolve, atMs));
    return usedMs(emulator);
  });
  let read = 0;
  const isOver = () => performance.now() - begun > (windows * windowMs) / faster;
  while (!isOver())
    await readAll(source, (count) => {
      read += count;
      return !isOver();
    });
  const used = await Promise.all(looks);
  const percents = used.map((ms) => Math.round((ms / (servers * allowedMs)) * 1_000) / 10);
  const log = (await (await fetch(`${emulator.control}/log`)).json()) as readonly {
    readonly status: number;
  }[];
  console.log(
    JSON.stringify({
      bench: 'extract-odata, under service protection',
      windows,
      servers,
      allowedMsOfEachWindow: allowedMs,
      clock: `${faster} times as fast`,
      rows: read,
      requests: log.length,
      refused: log.filter(({ status }) => status === 429).length,
      rowMs,
      pageRows,
      percentOfAllowed: percents,
      percentOverAll: Math.round(percents.reduce((sum, percent) => sum + percent, 0) / windows),
      ...machine(),
    }),
  );
  await source.close?.();
  emulator.child.kill('SIGTERM');
}

const serving = process.argv.indexOf('--serve');
if (serving > 0) await serve(JSON.parse(process.argv[serving + 1] ?? '{}') as Serving);
else {
  if (!process.argv.includes('--limits-only')) await measureSpeed();
  if (!process.argv.includes('--speed-only')) await measureLimits();
}

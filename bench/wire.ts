// Numbers of the destination client against the emulator over HTTP: `npx node bench/wire.ts [seconds]`.
// Configuration: emulator and client in two processes on one machine, 16 workers, persons with six fields.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { systemPorts } from '../packages/landfall/src/base/ports.ts';
import type { Destination } from '../packages/landfall/src/model/destination.ts';
import { createPipedrive, type PipedriveConfig } from '../packages/landfall/src/pipedrive/destination.ts';

interface Serving {
  readonly url: string;
  readonly control: string;
  readonly token: string;
  readonly oauthToken: string;
  stop(): void;
}

const workers = 16;
const signal = new AbortController().signal;

/** Starts an emulator in a process of its own. */
async function serve(options: Record<string, unknown>): Promise<Serving> {
  const code = `
    import { servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
    const { url, control, token, oauthToken } = await servePipedrive(${JSON.stringify(options)});
    console.log(JSON.stringify({ url, control, token, oauthToken }));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve);
    child.once('exit', () => reject(new Error('the emulator did not start')));
  });
  return { ...(JSON.parse(line) as Omit<Serving, 'stop'>), stop: () => child.kill('SIGTERM') };
}

async function prepare(config: PipedriveConfig): Promise<Destination> {
  const destination = createPipedrive(config, systemPorts());
  await destination.describe(signal);
  await destination.configure(
    { kind: 'field', entity: 'person', name: 'Landfall source key', type: 'varchar', options: [] },
    signal,
  );
  return destination;
}

/** Writes persons with `workers` workers while `go` says so; gives their number. */
async function write(destination: Destination, go: (written: number) => boolean): Promise<number> {
  let written = 0;
  const work = async () => {
    while (go(written)) {
      const number = written++;
      const values = {
        name: `Person ${number}`,
        emails: [{ value: `person${number}@example.com`, label: 'work', primary: true }],
        phones: [{ value: `+90 532 000 ${number}`, label: 'mobile', primary: true }],
        add_time: '2020-01-02T03:04:05Z',
      };
      await destination.write({ entity: 'person', values, marker: `bench:person:${number}` }, signal);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return written;
}

async function throughput(records: number): Promise<void> {
  const served = await serve({ limits: 'off' });
  const destination = await prepare({
    url: served.url,
    auth: { token: served.token },
    plan: 'ultimate',
    seats: 10,
    share: 1,
    pace: 'off',
  });
  await write(destination, (written) => written < 2_000); // warm
  const cpu = process.cpuUsage();
  const startMs = performance.now();
  await write(destination, (written) => written < records);
  const seconds = (performance.now() - startMs) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(
    JSON.stringify({
      bench: 'limits off',
      records,
      perSecond: Math.round(records / seconds),
      clientCpuMicrosPerRecord: Math.round((user + system) / records),
    }),
  );
  await destination.close();
  served.stop();
}

async function burst(
  plan: string,
  kind: 'token' | 'oauth',
  limit: number,
  runSeconds: number,
): Promise<void> {
  const served = await serve({ plan, seats: 100 });
  const destination = await prepare({
    url: served.url,
    auth: kind === 'token' ? { token: served.token } : oauth(await extra(served, 'oauth')),
    plan,
    seats: 100,
    share: 1,
  });
  const startMs = performance.now();
  const written = await write(destination, () => performance.now() - startMs < runSeconds * 1_000);
  const seconds = (performance.now() - startMs) / 1_000;
  const log = (await extra(served, 'log')) as readonly { readonly status: number; readonly tokens: number }[];
  const refused = log.filter(({ status }) => status === 429).length;
  console.log(
    JSON.stringify({
      bench: 'burst',
      plan,
      kind,
      seconds: Math.round(seconds * 10) / 10,
      usedOfAllowed: Math.round((written / ((seconds / 2) * limit)) * 1_000) / 1_000,
      requests: log.length,
      refused,
      ledgerTokens: destination.budget().spentHere,
      emulatorTokens: log.reduce((sum, { tokens }) => sum + tokens, 0),
    }),
  );
  await destination.close();
  served.stop();

  function oauth(app: unknown): PipedriveConfig['auth'] {
    const { clientId, clientSecret, refreshToken } = app as Record<
      'clientId' | 'clientSecret' | 'refreshToken',
      string
    >;
    return { oauth: { clientId, clientSecret, refreshToken, tokenUrl: `${served.url}/oauth/token` } };
  }
}

async function extra(served: Serving, name: string): Promise<unknown> {
  const answer = await fetch(`${served.control}/${name}`);
  return answer.json();
}

const seconds = Number(process.argv[2] ?? 20);
await throughput(seconds * 1_000);
await burst('growth', 'token', 40, seconds);
await burst('growth', 'oauth', 160, seconds);
await burst('ultimate', 'oauth', 480, seconds);

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServedPipedrive, servePipedrive } from 'landfall-emulators/pipedrive/emulator.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPorts } from '../base/ports.ts';
import { duePhase } from './due-phase.ts';
import { advance, runPhase } from './journey.ts';
import { Session } from './session.ts';
import { statusOf } from './status.ts';

const folder = mkdtempSync(join(tmpdir(), 'landfall-due-'));
let first: ServedPipedrive;
let second: ServedPipedrive;

beforeAll(async () => {
  first = await servePipedrive({ plan: 'ultimate', seats: 10, limits: 'off' });
  second = await servePipedrive({ plan: 'ultimate', seats: 10, limits: 'off' });
  mkdirSync(join(folder, 'export'));
  writeFileSync(join(folder, 'export', 'companies.csv'), 'Company ID,Company Name\n1,Acme\n');
  writeFileSync(
    join(folder, 'export', 'contacts.csv'),
    'Contact ID,First Name,Last Name,Email,Company ID\n1,Ada,Lovelace,ada@acme.example,1\n',
  );
  const lines = [
    'version: 1',
    'name: due',
    'source: { system: smart-crm-online, export: ./export }',
    `destination: { system: pipedrive, url: "${first.url}", auth: { token: { env: TOKEN } }, plan: ultimate, seats: 10, pace: off }`,
  ];
  writeFileSync(join(folder, 'landfall.yaml'), lines.join('\n'));
});

afterAll(async () => {
  await first?.close();
  await second?.close();
  rmSync(folder, { recursive: true });
});

function edit(from: string, to: string): void {
  const path = join(folder, 'landfall.yaml');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

async function inSession<T>(token: string, work: (session: Session) => Promise<T>): Promise<T> {
  const session = await Session.open({
    directory: folder,
    ports: systemPorts(),
    environment: { TOKEN: token },
    signal: new AbortController().signal,
    report: () => undefined,
  });
  return work(session).finally(() => session.close());
}

const planned = (token: string) =>
  inSession(token, async (session) => {
    await advance(session, { to: 'plan', approveAs: null });
    return statusOf(session);
  });

describe('what landfall.yaml says now decides what is due (S-02)', () => {
  it('a table read otherwise is read again; another name for a key is nothing', async () => {
    expect((await planned(first.token)).ledger['person']).toMatchObject({ extracted: 1 });
    edit('export: ./export }', 'export: ./export, tables: [{ file: contacts.csv, entity: none }] }');
    expect(await inSession(first.token, duePhase)).toBe('discover');
    expect((await planned(first.token)).ledger['person']).toBeUndefined();
    expect(await inSession(first.token, duePhase)).toBe('configure');
  });

  it('another account is looked at before anything is written there: the plan is due again', async () => {
    await inSession(first.token, async (session) => {
      await advance(session, { to: 'configure', approveAs: 'ayse' });
    });
    edit(first.url, second.url);
    await inSession(second.token, async (session) => {
      expect(await duePhase(session)).toBe('plan');
      await expect(runPhase(session, 'run')).rejects.toMatchObject({ code: 'approval-stale' });
    });
    expect(second.emulator.control.log().filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PromoxcrmOptions, servePromoxcrm } from 'landfall-emulators/promoxcrm/emulator.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Ports, systemPorts } from '../../base/ports.ts';
import { openTables } from '../../files/open-tables.ts';
import { writeWorkbook } from '../../files/xlsx-writing.ts';
import { MigrationError } from '../../model/error.ts';
import type { SourceCatalog, SourceConnector, SourceRecord } from '../../model/source.ts';
import { createSource } from '../registry.ts';
import { testSurroundings } from '../surroundings-fixture.ts';

// Servers in the test process, several of them: slow on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

/** Time that passes as soon as somebody waits for it: pauses between requests cost none. */
function quickPorts(): Ports {
  const begunMs = Date.UTC(2026, 10, 21, 9);
  let passedMs = 0;
  return systemPorts({
    clock: {
      nowMs: () => begunMs + passedMs,
      monotonicMs: () => passedMs,
      sleep: (ms) => {
        passedMs += Math.max(0, ms);
        return Promise.resolve();
      },
    },
  });
}

const signal = new AbortController().signal;
const key = 'PROMOXCRM_KEY';
const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Opened {
  readonly directory: string;
  readonly source: SourceConnector;
  readonly emulator: Awaited<ReturnType<typeof servePromoxcrm>>['emulator'];
  readonly kept: ReadonlyMap<string, string>;
  readonly ports: Ports;
}

interface Options extends PromoxcrmOptions {
  readonly token?: string;
  /** With the files of the export screens in the workspace. */
  readonly exported?: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
}

async function opened({ token, exported = false, settings = {}, ...options }: Options = {}): Promise<Opened> {
  const ports = quickPorts();
  const nowMs = () => ports.clock.nowMs();
  const served = await servePromoxcrm({ records: 60, limits: 'off', nowMs, ...options });
  const directory = mkdtempSync(join(tmpdir(), 'landfall-promoxcrm-'));
  if (exported) served.emulator.writeExport(join(directory, 'export'));
  const surroundings = testSurroundings(directory, { [key]: token ?? served.token });
  const config = {
    system: 'promoxcrm',
    url: served.url,
    auth: { token: { env: key } },
    probe: { spaceMs: 0 },
    ...(exported ? { export: './export' } : {}),
    ...settings,
  };
  const source = createSource(config, ports, surroundings);
  closing.push(
    () => served.close(),
    () => source.close?.(),
    () => rmSync(directory, { recursive: true, force: true }),
  );
  return { directory, source, emulator: served.emulator, kept: surroundings.kept, ports };
}

const linesOf = async (source: SourceConnector) => (await source.check(signal)).lines;

async function recordsOf(source: SourceConnector, entity: string): Promise<readonly SourceRecord[]> {
  const records: SourceRecord[] = [];
  for await (const page of source.read(entity, null, signal)) records.push(...page.records);
  return records;
}

function methodsOf({ issues }: SourceCatalog): Readonly<Record<string, string>> {
  const own = issues.filter(({ code }) => code === 'extraction-method');
  return Object.fromEntries(own.map(({ at, message }) => [at, message]));
}

async function errorOf(work: () => Promise<unknown>): Promise<MigrationError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof MigrationError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the probe maps endpoints, signing in, paging and limits (P-03)', () => {
  it.each([
    ['sample', 'bearer token was let in', 'page and per_page change the answer'],
    ['offset', 'bearer token was let in', 'offset and limit change the answer'],
    ['cursor', 'bearer token was let in', 'cursor and limit change the answer'],
    ['unpaged', 'bearer token was let in', 'lists come whole'],
    ['api-key', 'X-API-Key header was let in', 'page and per_page'],
    ['query-key', 'api_key parameter was let in', 'page and per_page'],
    ['basic', 'basic authorization was let in', 'page and per_page'],
  ])('in the world %s, and then reads every record once', async (world, auth, paging) => {
    const { source, emulator } = await opened({ world });
    const lines = (await linesOf(source)).join('\n');
    expect(lines).toContain(auth);
    expect(lines).toContain(paging);
    const { entities } = await source.describe(signal);
    const counts = emulator.control.extra('counts') as Record<string, number>;
    for (const name of ['clients', 'leads', 'projects', 'tasks', 'commissions', 'presentations']) {
      expect(entities.find((entity) => entity.name === name)?.count).toEqual({
        value: counts[name],
        exact: true,
      });
    }
    const keys = (await recordsOf(source, 'clients')).map((record) => record.key);
    expect(new Set(keys).size).toBe(counts['clients']);
  });

  it('is polite: GET and OPTIONS only, at most 60 requests, the pause kept, and no secret in what it keeps', async () => {
    const { source, emulator, kept, ports } = await opened({ settings: { probe: { spaceMs: 250 } } });
    await source.check(signal);
    const log = emulator.control.log();
    expect(log.length).toBeLessThanOrEqual(60);
    expect(ports.clock.monotonicMs()).toBeGreaterThanOrEqual((log.length - 1) * 250);
    expect(new Set(log.map(({ method }) => method))).toEqual(new Set(['GET', 'OPTIONS']));
    expect(kept.get('probe')).toContain('"status": 200');
    expect([...kept.values()].join()).not.toContain(emulator.token);
  });

  it('ends at the first 429, says so, and what was not asked is taken from the export', async () => {
    const { source, emulator } = await opened({
      exported: true,
      limits: 'on',
      switches: { requestsMax: 4, windowSec: 2 },
    });
    const lines = (await linesOf(source)).join('\n');
    expect(lines).toContain('it ended at the first 429 (Retry-After: 2)');
    expect(lines).toContain('x-ratelimit-limit: 4');
    expect(emulator.control.log().filter(({ status }) => status === 429)).toHaveLength(1);
    expect(methodsOf(await source.describe(signal))['tasks']).toContain('read from the export');
  });

  it('never asks more than landfall.yaml allows', async () => {
    const { source, emulator } = await opened({ settings: { probe: { spaceMs: 0, requests: 5 } } });
    expect((await linesOf(source)).join('\n')).toContain('it ended after 5 requests');
    expect(emulator.control.log()).toHaveLength(5);
  });

  it('what it found is kept and used: reading later asks nothing again', async () => {
    const { source, emulator } = await opened();
    await source.check(signal);
    await source.describe(signal);
    const asked = emulator.control.log().length;
    expect(await recordsOf(source, 'projects')).not.toEqual([]);
    expect(emulator.control.log()).toHaveLength(asked);
  });
});

describe('API where it works, export where it does not, by hand where neither does (P-02)', () => {
  it('half an API and an export', async () => {
    const { source } = await opened({ world: 'half', exported: true });
    const catalog = await source.describe(signal);
    const methods = methodsOf(catalog);
    expect(methods['clients']).toContain('read over the API');
    expect(methods['projects']).toContain(
      'read from the export (export, projects.csv; not over the API: GET projects answered 404)',
    );
    expect(methods['commissions']).toContain('GET commissions answered 403');
    expect(methods['presentations']).toContain('GET presentations answered 501');
    // the clients of the API and the projects of the export find each other
    const [project] = await recordsOf(source, 'projects');
    expect(project?.fields).toMatchObject({ 'Client ID': '1001', 'Client Kind': 'company' });
    expect(catalog.entities.find(({ name }) => name === 'webstore')).toMatchObject({ custom: true });
  });

  it.each(['none', 'login-page'])('no API (%s): everything from the export', async (world) => {
    const { source } = await opened({ world, exported: true });
    const methods = Object.values(methodsOf(await source.describe(signal)));
    expect(methods.every((message) => message.includes('read from the export'))).toBe(true);
  });

  it('half an API alone: a workbook is written for the rest, one sheet each, with an explained row', async () => {
    const { source, directory } = await opened({ world: 'half' });
    const { issues } = await source.describe(signal);
    expect(issues.find(({ code }) => code === 'fill-in-workbook')).toMatchObject({
      severity: 'high',
      message: expect.stringContaining('Project, Stage change, Commission record, Presentation'),
    });
    const path = join(directory, 'fill-in', 'fill-in.xlsx');
    const { tables } = await openTables(path);
    expect(tables.map(({ sheet }) => sheet)).toEqual([
      'Project',
      'Stage change',
      'Commission record',
      'Presentation',
    ]);
    expect(tables[0]?.header).toEqual(expect.arrayContaining(['Project ID', 'Order Value', 'Client ID']));
    expect(tables[0]?.header).not.toContain('Owner ID');
    for await (const rows of tables[0]?.rows() ?? [])
      expect(rows.map(({ cells }) => cells[0])).toEqual([expect.stringMatching(/^EXAMPLE, delete this row/)]);
  });

  it('such a workbook, filled in and put into the export, is read without its example', async () => {
    const { source, directory } = await opened({ world: 'half', exported: true });
    for (const name of ['projects.csv', 'stage-history.csv'])
      renameSync(join(directory, 'export', name), join(directory, name));
    const header = ['Project ID', 'Project Name', 'Client ID', 'Pipeline', 'Stage', 'Order Value'];
    const example = ['EXAMPLE, delete this row: 1001', 'text', '', '', '', ''];
    const filled = ['77', 'By hand', '1001', 'Corporate Orders', 'Quote Sent', '$10.00'];
    await writeWorkbook(join(directory, 'export', 'fill-in.xlsx'), [
      { name: 'Project', header, rows: [example, filled] },
    ]);
    await source.describe(signal);
    expect(await recordsOf(source, 'projects')).toMatchObject([{ key: 'projects:77' }]);
  });

  it('neither: it says what to fill in, and where', async () => {
    const { source, directory } = await opened({ world: 'none' });
    const error = await errorOf(() => source.check(signal));
    expect(error).toMatchObject({
      code: 'nothing-to-read',
      message: expect.stringContaining('fill-in.xlsx'),
    });
    expect(existsSync(join(directory, 'fill-in', 'fill-in.xlsx'))).toBe(true);
  });

  it('a person may decide otherwise (source.extraction)', async () => {
    const { source } = await opened({ exported: true, settings: { extraction: { tasks: 'export' } } });
    const methods = methodsOf(await source.describe(signal));
    expect(methods['tasks']).toContain('as landfall.yaml says');
    expect((await recordsOf(source, 'tasks'))[0]?.position).toBe('tasks.csv:2');
  });

  it('an empty folder beside an API is no export yet', async () => {
    const { source, directory } = await opened({ settings: { export: './export' } });
    mkdirSync(join(directory, 'export'), { recursive: true });
    expect((await linesOf(source)).join('\n')).toContain('clients: api');
  });

  it('a key that is not accepted is told as such, without it', async () => {
    for (const world of ['sample', 'api-key', 'query-key']) {
      const { source } = await opened({ world, token: 'wrong-key-1234' });
      const error = await errorOf(() => source.check(signal));
      expect(error.code).toBe('unauthorized');
      expect(`${error.message} ${error.hint}`).not.toContain('wrong-key-1234');
    }
  });
});

describe('an API that misbehaves ends the reading, never with half the records (sources.md 7)', () => {
  it.each([
    ['repeating', { paging: 'page' }],
    ['cyclic', { paging: 'cursor' }],
    ['unsorted', { paging: 'page' }],
  ] as const)('%s pages: every record once', async (unruly, more) => {
    const { source, emulator } = await opened({ switches: { unruly, ...more } });
    await source.describe(signal);
    const counts = emulator.control.extra('counts') as Record<string, number>;
    const keys = (await recordsOf(source, 'tasks')).map((record) => record.key);
    expect([keys.length, new Set(keys).size]).toEqual([counts['tasks'], counts['tasks']]);
  });

  it.each([
    ['malformed-json', 'unavailable'],
    ['token-expired', 'unauthorized'],
    ['reset-mid-body', 'unavailable'],
  ])(
    '%s while reading: %s',
    async (kind, code) => {
      const { source, emulator } = await opened();
      await source.check(signal);
      emulator.control.faults({ rules: [{ kind, path: '/api/v1/tasks' }] });
      expect((await errorOf(() => source.describe(signal))).code).toBe(code);
    },
    60_000,
  );

  it('a stop ends the reading at once', async () => {
    const { source } = await opened();
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(source.describe(stop.signal)).rejects.toThrow('stopped');
  });
});

describe('what the API tells beside records', () => {
  it('P-25(c), P-08: rules and integrations, those that are switched off too', async () => {
    const { source } = await opened();
    const told = [];
    for await (const one of source.automations(signal)) told.push(one);
    expect(told.find(({ name }) => name === 'Rule: Old reorder reminder')).toMatchObject({
      detected: false,
      evidence: expect.stringContaining('switched off'),
    });
    expect(told.filter(({ name }) => name.startsWith('Integration: ')).map(({ name }) => name)).toEqual([
      'Integration: Xero',
      'Integration: Stripe',
      'Integration: Mailchimp',
      'Integration: QuickBooks',
    ]);
  });

  it('P-26(b): bytes as many as the source says, and a file that is gone is told', async () => {
    const { source } = await opened();
    const [first] = await recordsOf(source, 'presentations');
    const { chunks } = (await source.binary?.(String(first?.fields['File']), signal)) ?? { chunks: [] };
    let size = 0;
    for await (const chunk of chunks) size += chunk.length;
    expect(size).toBe(Number(first?.fields['size_bytes']));
    const error = await errorOf(async () => source.binary?.('/api/v1/presentations/1003/download', signal));
    expect(error.code).toBe('not-found');
  });

  it('P-26(c): without a way to the bytes it says how to bring them', async () => {
    const { source } = await opened({ switches: { downloads: 'none' } });
    const { issues } = await source.describe(signal);
    expect(issues.find(({ code }) => code === 'file-transfer')?.message).toContain('export them by hand');
  });
});

describe('settings', () => {
  it.each([
    [{}, 'source needs url and auth, or export'],
    [{ url: 'https://x.example' }, 'source.auth must name the key'],
    [{ url: 'http://x.example', auth: { token: 'k' } }, 'must begin with https://'],
    [{ url: 'http://localhost.evil.example', auth: { token: 'k' } }, 'must begin with https://'],
    [{ url: 'HTTP://127.evil.example', auth: { token: 'k' } }, 'must begin with https://'],
    [{ url: 'nonsense', auth: { token: 'k' } }, 'source.url'],
    [{ export: '.', extraction: { cats: 'api' } }, 'there is no "cats"; there are users, pipelines'],
    [{ export: '.', probe: { requests: 61 } }, 'source.probe.requests'],
  ])('%j is refused: %s', (config, message) => {
    expect(() => createSource({ system: 'promoxcrm', ...config }, systemPorts(), testSurroundings())).toThrow(
      expect.objectContaining({ code: 'configuration-wrong', message: expect.stringContaining(message) }),
    );
  });
});

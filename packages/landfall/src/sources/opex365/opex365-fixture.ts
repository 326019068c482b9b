import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataverseOptions, serveDataverse } from 'landfall-emulators/dataverse/emulator.ts';
import { type Ports, systemPorts } from '../../base/ports.ts';
import type { Page, SourceConnector, SourceRecord } from '../../model/source.ts';
import { testSurroundings } from '../surroundings-fixture.ts';
import { opex365Source } from './access.ts';

type Served = Awaited<ReturnType<typeof serveDataverse>>;

/** An emulated organisation with a connection to it. */
export interface Opened {
  readonly served: Served;
  readonly source: SourceConnector;
  /** How long was waited, wait by wait, in milliseconds: nothing really waits. */
  readonly waits: readonly number[];
  /** The workspace. */
  readonly directory: string;
  /** A further connection with other settings. */
  connect(more?: object): SourceConnector;
}

const open: (() => Promise<void>)[] = [];
const never = new AbortController().signal;

/** Ends everything that was opened: for `afterEach`. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

/** Serves an organisation of some dozens of records and connects to it. `more` are further settings of the source. */
export async function openOrganisation(options: DataverseOptions = {}, more: object = {}): Promise<Opened> {
  const served = await serveDataverse({ records: 50, ...options });
  open.push(() => served.close());
  const directory = mkdtempSync(join(tmpdir(), 'landfall-opex365-source-'));
  open.push(async () => rmSync(directory, { recursive: true, force: true }));
  const waits: number[] = [];
  const ports = impatient(waits, served);
  const base = options.switches?.onPremises === true ? `${served.url}/acme` : served.url;
  const { tenantId, clientId, clientSecret } = served.oauth;
  const connect = (settings: object = {}) => {
    const auth = { authority: served.url, tenant: tenantId, clientId, clientSecret };
    const config = { system: 'opex365', url: base, auth, limits: { tries: 3 }, ...settings };
    const source = opex365Source(config, ports, testSurroundings(directory));
    open.unshift(async () => source.close?.());
    return source;
  };
  return { served, source: connect(more), waits, connect, directory };
}

/** Waits move the emulator's clock in the place of ours. */
function impatient(waits: number[], served: Served): Ports {
  const ports = systemPorts();
  const sleep = async (ms: number) => {
    waits.push(ms);
    served.emulator.control.advance(Math.max(1, Math.ceil(ms)));
  };
  return { ...ports, clock: { ...ports.clock, monotonicMs: () => Date.now() + sum(waits), sleep } };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** All pages of an entity. */
export async function pagesOf(
  source: SourceConnector,
  entity: string,
  from: string | null = null,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  for await (const page of source.read(entity, from, never)) pages.push(page);
  return pages;
}

/** All records of an entity. */
export async function recordsOf(source: SourceConnector, entity: string): Promise<readonly SourceRecord[]> {
  return (await pagesOf(source, entity)).flatMap(({ records }) => records);
}

/** How many records a table really has. */
export function countOf({ emulator }: Served, table: string): number {
  return (emulator.control.extra('counts') as Record<string, number>)[table] ?? 0;
}

/** Turns switches of the emulator while it runs. */
export function turn({ emulator }: Served, switches: object): void {
  emulator.control.extra('switches', switches);
}

/** What `standBefore` sends as a refusal (400). */
export const refusal = '{"error":{"code":"0x80040203","message":"not today"}}';

/** Stands before an organisation and changes what it answers: `rewrite` gets path and body of every good answer. */
export async function standBefore(
  target: string,
  rewrite: (path: string, body: string, own: string) => string,
): Promise<string> {
  const server = createServer((request, response) => void relay(request, response, target, rewrite));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(() => resolve())));
  open.unshift(async () => server.closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function relay(
  request: IncomingMessage,
  response: ServerResponse,
  target: string,
  rewrite: (path: string, body: string, own: string) => string,
): Promise<void> {
  const own = `http://${request.headers.host ?? ''}`;
  const headers = Object.entries(request.headers).filter(
    ([name]) => !['host', 'connection', 'content-length'].includes(name),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const answer = await fetch(target + (request.url ?? ''), {
    method: request.method ?? 'GET',
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const text = (await answer.text()).replaceAll(target, own);
  const body = answer.ok ? rewrite(request.url ?? '', text, own) : text;
  const type = answer.headers.get('content-type') ?? 'text/plain';
  response.writeHead(body === refusal ? 400 : answer.status, { 'content-type': type }).end(body);
}

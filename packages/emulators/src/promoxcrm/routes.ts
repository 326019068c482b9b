import { type Answer, type Call, htmlAnswer, jsonAnswer } from '../kit/exchange.ts';
import type { Account } from './account.ts';
import { listBody, type Row } from './paging.ts';
import { pdfOf } from './presentation-file.ts';
import type { Switches } from './switches.ts';

/** What the API lies below. */
export const API_PATH = '/api/v1';

/** Resources that the list of endpoints names. */
export const RESOURCES: readonly string[] = [
  ...['leads', 'clients', 'pipelines', 'projects', 'tasks', 'presentations', 'commissions', 'users'],
  'custom-objects',
];

/** Resources that are there without being named anywhere. */
const SETUP: readonly string[] = ['automations', 'integrations'];

const LOGIN_PAGE =
  '<!doctype html><html><head><title>Sign in - PromoXcrm</title></head><body><form action="/login" method="post"><input name="email"><input name="password" type="password"></form></body></html>';

/** The page that browsers sign in at, with 200 as if all were well. */
export function loginPage(): Answer {
  return htmlAnswer(200, LOGIN_PAGE);
}

/** An error as the API words it. */
export function failure(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
  return jsonAnswer(status, { error: { status, message } }, headers);
}

/** One request to the API: what it needs to be answered. */
export interface Exchange {
  readonly account: Account;
  readonly switches: Switches;
  readonly call: Call;
  readonly nowMs: number;
  /** The number of the request, for lists that come in another order each time. */
  readonly turn: number;
}

/** Answers a request below `/api/v1` of a caller who has signed in. */
export function apiAnswer(exchange: Exchange): Answer {
  const { call, switches } = exchange;
  const segments = call.path.slice(API_PATH.length).split('/').filter(Boolean).map(decoded);
  const [resource = '', ...rest] = segments;
  const isKnown = RESOURCES.includes(resource) || (SETUP.includes(resource) && switches.setupReadable);
  if (resource === 'reports' || resource === 'dashboards') return failure(501, 'Not available over the API');
  if (!isKnown) return failure(404, 'Resource not found');
  const refused = switches.refused[resource] ?? switches.refused['*'];
  if (refused !== undefined) return refusedAnswer(refused);
  if (call.method === 'OPTIONS') return optionsAnswer(switches);
  if (call.method === 'POST' || call.method === 'PATCH' || call.method === 'DELETE')
    return failure(501, `Not emulated: ${call.method} ${resource}`);
  if (call.method !== 'GET') return failure(405, 'Method not allowed', { allow: 'GET, OPTIONS' });
  return readAnswer(exchange, resource, rest);
}

function refusedAnswer(status: number): Answer {
  const words: Readonly<Record<number, string>> = {
    403: 'Your plan or role does not include this resource',
    404: 'Resource not found',
    405: 'Method not allowed',
    501: 'Not implemented',
  };
  return failure(status, words[status] ?? 'Refused');
}

function optionsAnswer({ options }: Switches): Answer {
  if (options === 'refuse') return failure(405, 'Method not allowed');
  return { status: 204, headers: { allow: 'GET, OPTIONS' }, body: '', costTokens: 0 };
}

function readAnswer(exchange: Exchange, resource: string, rest: readonly string[]): Answer {
  const [id, part, ...more] = rest;
  if (id === undefined) return listAnswer(exchange, resource);
  if (resource === 'custom-objects') return objectAnswer(exchange, id, part);
  if (resource === 'presentations' && part === 'download' && more.length === 0)
    return downloadAnswer(exchange, id);
  const row = part === undefined ? exchange.account.find(resource, id) : null;
  return row ? jsonAnswer(200, { data: shown(exchange, resource, row) }) : failure(404, 'Record not found');
}

/** `custom-objects/<key>` is the definition, `custom-objects/<key>/records` what there is of it. */
function objectAnswer(exchange: Exchange, key: string, part: string | undefined): Answer {
  const definition = exchange.account
    .list('custom-objects')
    ?.find((one) => one.key === key || String(one.id) === key);
  if (!definition) return failure(404, 'Record not found');
  if (part === undefined) return jsonAnswer(200, { data: definition });
  if (part !== 'records') return failure(404, 'Resource not found');
  return listAnswer(exchange, `custom-objects/${String(definition.key)}`);
}

function listAnswer(exchange: Exchange, resource: string): Answer {
  const { account, switches, call } = exchange;
  const since = call.query.get('updated_since');
  if (switches.updatedSince && since !== null && Number.isNaN(Date.parse(since)))
    return failure(400, 'updated_since is not a date');
  const rows = (account.list(resource) ?? []).filter((row) => isSince(row, since, switches));
  const body = listBody(
    call,
    rows.map((row) => shown(exchange, resource, row)),
    switches,
    exchange.turn,
  );
  return jsonAnswer(200, body);
}

function isSince(row: Row, since: string | null, { updatedSince }: Switches): boolean {
  const updated = row.updated_at;
  if (!updatedSince || since === null || typeof updated !== 'string') return true;
  return Date.parse(updated) >= Date.parse(since);
}

/** The record as the API gives it. */
function shown({ switches, call, nowMs }: Exchange, resource: string, row: Row): Row {
  const flat = switches.properties === 'flat' ? flattened(row) : row;
  if (resource !== 'presentations') return flat;
  const { has_file, external_url, ...rest } = flat;
  if (external_url !== null && external_url !== undefined) return { ...rest, file_url: external_url };
  if (switches.downloads === 'none' || has_file === false) return { ...rest, file_url: null };
  const address = `http://${call.header('host') ?? '127.0.0.1'}${API_PATH}/presentations/${String(row.id)}/download`;
  const expires = Math.floor(nowMs / 1_000) + switches.linkSec;
  return { ...rest, file_url: switches.downloads === 'link' ? `${address}?expires=${expires}` : address };
}

function flattened({ custom_properties, ...rest }: Row): Row {
  return { ...rest, ...(custom_properties as object | undefined) };
}

function downloadAnswer({ account, switches, call, nowMs }: Exchange, id: string): Answer {
  if (switches.downloads === 'none') return failure(404, 'Resource not found');
  const expires = call.query.get('expires');
  if (switches.downloads === 'link' && (expires === null || Number(expires) * 1_000 < nowMs))
    return failure(410, 'This link has expired');
  const row = account.find('presentations', id);
  if (!row || row.has_file === false) return failure(404, 'File not found');
  const body = pdfOf(Number(row.id), Number(row.size_bytes ?? 0));
  return { status: 200, headers: { 'content-type': 'application/pdf' }, body, costTokens: 0 };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

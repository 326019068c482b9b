import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { png } from '../files/upload-fixture.ts';
import { OPERATIONS, type Operation } from '../operations.ts';
import { type Read, type TestClient, testClient } from '../test-client.ts';
import { plainBody, plainQuery } from './plain-request-fixture.ts';
import { missing, published } from './published-fixture.ts';
import { FILTER, type Made, SWEEP_REQUESTS, type SweepRequest } from './sweep-requests-fixture.ts';

/** Creations before looks, looks before changes, deletions last, the deepest first. */
const TURNS = ['POST', 'GET', 'PATCH', 'PUT', 'DELETE'];

/** Those that end what other creations need. */
const LAST = new Set(['v2 POST /deals/{id}/convert/lead', 'v2 POST /leads/{id}/convert/deal']);

const SERVED = OPERATIONS.filter(({ handler }) => handler !== null)
  .map((operation) => [keyOf(operation), operation] as const)
  .sort(([a, first], [b, second]) => turnOf(a, first) - turnOf(b, second));

let client: TestClient;
const made: Record<string, unknown> = {};

beforeAll(() => {
  const switches = { conversionMs: 0, searchLagMs: 0, fileDownload: 'bytes' } as const;
  client = testClient({ world: 'lived-in', plan: 'premium', seats: 50, switches });
  made.seed = client.emulator.control.seed(WORLD);
  client.emulator.control.seed(LATER);
});
afterAll(() => client.emulator.close());

// Whether the answers are as published is asked after each test by watch-fixture.ts.
describe.skipIf(missing !== null)(
  `every operation that is served answers with success, as published${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    test.each(SERVED)('%s', async (key, operation) => {
      const { status, body } = await asked(key, operation);
      expect(status < 300 ? '' : `${status} ${JSON.stringify(body)}`).toBe('');
      made[key] = body?.data;
    });

    test('and every row of the sweep is about one of them', () => {
      const served = new Set(SERVED.map(([key]) => key));
      expect(Object.keys(SWEEP_REQUESTS).filter((key) => !served.has(key))).toEqual([]);
    });
  },
);

function keyOf({ api, method, path }: Operation): string {
  return `${api} ${method} ${path}`;
}

function turnOf(key: string, { method, path }: Operation): number {
  const depth = path.split('/').length;
  const last = LAST.has(key) ? 50 : 0;
  return TURNS.indexOf(method) * 100 + last + (method === 'DELETE' ? -depth : depth);
}

async function asked(key: string, operation: Operation): Promise<Read> {
  const description = published().get(key);
  if (!description) throw new Error(`${key} is not published`);
  const request = SWEEP_REQUESTS[key]?.(made as Made) ?? {};
  const query = request.query ?? plainQuery(description);
  const path = `/${operation.api}${filled(operation, request)}${query === '' ? '' : `?${query}`}`;
  if (request.form) return sent(operation.method, path, request.form);
  return client.call(operation.method, path, request.json ?? plainBody(description));
}

/** The path with what the row says, else with what was made there, else with the first record. */
function filled({ api, path }: Operation, { at = {} }: SweepRequest): string {
  return path.replace(/\{([^}]+)\}/g, (_, name: string, offset: number) => {
    const parent = path.slice(0, offset - 1);
    const known = (made[`${api} POST ${parent}`] ?? made[`v1 POST ${parent}`]) as
      | { readonly id?: unknown; readonly field_code?: unknown }
      | undefined;
    return String(at[name] ?? known?.field_code ?? known?.id ?? 1);
  });
}

async function sent(method: string, path: string, parts: Readonly<Record<string, string>>): Promise<Read> {
  const form = new FormData();
  for (const [name, text] of Object.entries(parts))
    form.set(name, name === 'file' || name === 'data' ? new File([png(256, 256)], text, typeOf(text)) : text);
  const hasFile = 'file' in parts || 'data' in parts;
  const request = new Request(`http://emulated/api${path}`, {
    method,
    headers: { 'x-api-token': client.emulator.token },
    body: hasFile ? form : new URLSearchParams(parts),
  });
  const response = await client.emulator.app.fetch(request);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

function typeOf(name: string): { readonly type: string } {
  return { type: name.endsWith('.mp3') ? 'audio/mpeg' : 'image/png' };
}

/** One of each kind, beside what the lived-in world holds. */
const WORLD = {
  filters: [FILTER],
  fields: [{ entity: 'product', field_name: 'Extra', field_type: 'text' }],
  leads: [{ title: 'One', person_id: 1 }],
  products: [{ name: 'Pencil' }],
  boards: [{ name: 'Board', order_nr: 1 }],
  phases: [{ name: 'Phase', board_id: 1, order_nr: 1 }],
  projectTemplates: [{ title: 'Template', projects_board_id: 1 }],
  projects: [
    { title: 'One', board_id: 1, phase_id: 1 },
    { title: 'Two', board_id: 1, phase_id: 1 },
    { title: 'Three', board_id: 1, phase_id: 1 },
  ],
  tasks: [{ title: 'Task', project_id: 1 }],
  dealProducts: [{ deal_id: 1, product_id: 1, item_price: 10, quantity: 1 }],
  mails: [
    {
      subject: 'Offer',
      body: 'x',
      from: [{ email: 'a@emulated.example' }],
      to: [{ email: 'admin@emulated.example' }],
      message_time: '2026-02-01 09:00:00',
    },
  ],
};

const LATER = { activities: [{ subject: 'Of the project', project_id: 1 }] };

import { createDinamikcrm, type DinamikcrmEmulator, type DinamikcrmOptions } from './emulator.ts';

/** An answer as tests look at it. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly json: any;
}

/** An emulated account with the calls that tests make. */
export interface Bench {
  readonly emulator: DinamikcrmEmulator;
  get(path: string, headers?: Record<string, string>): Promise<Seen>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Seen>;
}

/** The moment at which tests ask: after everything in the sample world. */
export const TEST_MS = Date.UTC(2026, 10, 21, 9);

/** Makes an account for a test; without limits, and its clock stands still, unless options say otherwise. */
export function bench(options: DinamikcrmOptions = {}): Bench {
  const emulator = createDinamikcrm({ nowMs: () => TEST_MS, limits: 'off', ...options });
  const [key = '', secret = ''] = emulator.token.split(':');
  const send: Bench['send'] = async (method, path, body, headers = { apikey: key, apisecret: secret }) => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await emulator.app.fetch(new Request(`http://dinamik.example/api/${path}`, init));
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  return { emulator, send, get: (path, headers) => send('GET', path, undefined, headers) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Every record of a module, over its pages. */
export async function allRecords({ get }: Bench, module: string): Promise<Record<string, unknown>[]> {
  const records: Record<string, unknown>[] = [];
  for (let page = 1; ; page += 1) {
    const { json } = await get(`modules/${module}/records?page=${page}&pageSize=200`);
    if (json.items.length === 0) return records;
    records.push(...json.items);
  }
}

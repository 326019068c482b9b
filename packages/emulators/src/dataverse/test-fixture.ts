import { createDataverse, type DataverseEmulator, type DataverseOptions } from './emulator.ts';

/** An answer as tests look at it. */
export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly json: any;
}

/** An emulated organisation with the calls that tests make. */
export interface Bench {
  readonly emulator: DataverseEmulator;
  get(path: string, headers?: Record<string, string>): Promise<Seen>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Seen>;
}

const HOST = 'http://opex.example';

/** The address of a path of the API; a whole address stays as it is. */
export function addressOf(path: string): string {
  return path.startsWith('http') ? path : `${HOST}/api/data/v9.2/${path}`;
}

/** The day on which tests ask: after everything in the sample world. */
export const TEST_MS = Date.UTC(2026, 10, 21, 9);

/** Makes an organisation for a test; its clock stands still unless options say otherwise. */
export function bench(options: DataverseOptions = {}): Bench {
  const emulator = createDataverse({ nowMs: () => TEST_MS, ...options });
  const send: Bench['send'] = async (method, path, body, headers = {}) => {
    const init = {
      method,
      headers: { authorization: `Bearer ${emulator.token}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const response = await emulator.app.fetch(new Request(addressOf(path), init));
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

/** Every row of a query, over all its pages. */
export async function allRows(
  { get }: Bench,
  path: string,
  pageSize = 7,
): Promise<{ rows: Record<string, unknown>[]; pages: number; last: Seen }> {
  const rows: Record<string, unknown>[] = [];
  let pages = 0;
  for (let at = path; ; ) {
    const seen = await get(at, { prefer: `odata.maxpagesize=${pageSize}` });
    if (seen.status !== 200) throw new Error(`${at}: ${seen.text}`);
    rows.push(...seen.json.value);
    pages += 1;
    const next = seen.json['@odata.nextLink'];
    if (next === undefined) return { rows, pages, last: seen };
    at = next;
  }
}

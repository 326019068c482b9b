import { createPromoxcrm, type PromoxcrmEmulator, type PromoxcrmOptions } from './emulator.ts';

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
  readonly emulator: PromoxcrmEmulator;
  /** A GET below `/api/v1`, signed in as a bearer unless headers are given. */
  get(path: string, headers?: Record<string, string>): Promise<Seen>;
  send(method: string, path: string, headers?: Record<string, string>): Promise<Seen>;
}

/** The day on which tests ask: after everything in the world. */
export const TEST_MS = Date.UTC(2026, 10, 21, 9);

/** Makes an account for a test; its clock stands still unless options say otherwise. */
export function bench(options: PromoxcrmOptions = {}): Bench {
  const emulator = createPromoxcrm({ nowMs: () => TEST_MS, ...options });
  const send: Bench['send'] = async (method, path, headers) => {
    const response = await emulator.app.fetch(
      new Request(`http://promox.example/api/v1/${path}`, {
        method,
        headers: headers ?? { authorization: `Bearer ${emulator.token}` },
      }),
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  return { emulator, send, get: (path, headers) => send('GET', path, headers) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { createPipedrive, type PipedriveEmulator, type PipedriveOptions } from './emulator.ts';

/** An answer, read. */
export interface Read {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

/** An emulator and short ways to call it, for the tests of this folder. */
export interface TestClient {
  readonly emulator: PipedriveEmulator;
  call(method: string, path: string, body?: unknown, token?: string): Promise<Read>;
  /** A v2 create; answers its data and throws on a refusal. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  made(path: string, body: unknown): Promise<any>;
}

/** Time stands at 2026-03-01T12:00:00Z unless the options say otherwise. */
export const TEST_NOW_MS = Date.parse('2026-03-01T12:00:00Z');

/** Starts an emulator without limits, in process. */
export function testClient(options: PipedriveOptions = {}): TestClient {
  const emulator = createPipedrive({ limits: 'off', nowMs: () => TEST_NOW_MS, ...options });
  const call = async (
    method: string,
    path: string,
    body?: unknown,
    token = emulator.token,
  ): Promise<Read> => {
    const auth: Record<string, string> = token.startsWith('v1u:')
      ? { authorization: `Bearer ${token}` }
      : { 'x-api-token': token };
    const request = new Request(`http://emulated${path.startsWith('/api') ? '' : '/api'}${path}`, {
      method,
      headers: { ...auth, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const response = await emulator.app.fetch(request);
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
  };
  return {
    emulator,
    call,
    async made(path, body) {
      const { status, body: answer } = await call('POST', path, body);
      if (status > 201) throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
      return answer.data;
    },
  };
}

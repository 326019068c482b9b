import type { Dispatcher } from 'undici';
import type { Ports } from '../../../base/ports.ts';
import { createRandom } from '../../../base/random.ts';
import { testSurroundings } from '../../surroundings-fixture.ts';
import type { RestDialect } from './dialect.ts';
import { RestClient } from './rest-client.ts';

/** What a made-up service answers: a status and a body, with headers when it needs some. */
export interface Scripted {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A dialect for tests: pages by number, records in `items`. */
export const testDialect: RestDialect = {
  name: 'test API',
  headers: { ApiKey: '{apiKey}' },
  answers: { items: ['items', ''], total: ['total'], next: ['next'] },
  signs: [
    { text: 'key is wrong', means: 'unauthorized' },
    { member: 'failed', is: true, means: 'unavailable', words: 'because' },
  ],
  paging: { kind: 'page', page: 'page', size: 'size', first: 1, pageRecords: 100 },
};

/** A client of a made-up service on a clock that only sleeping moves; `asked` is what it was asked, and when. */
export function scriptedClient(
  answer: (path: string, nth: number) => Scripted,
  dialect: RestDialect = testDialect,
  surroundings = testSurroundings(),
  basePath = '',
) {
  const asked: { readonly path: string; readonly atMs: number }[] = [];
  let nowMs = 1_000_000;
  const dispatcher = (): Dispatcher =>
    ({
      dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler) {
        const path = String(options.path);
        asked.push({ path, atMs: nowMs });
        const { status = 200, body, headers = {} } = answer(path, asked.length);
        const controller = { abort() {} } as unknown as Dispatcher.DispatchController;
        handler.onRequestStart?.(controller, {});
        handler.onResponseStart?.(controller, status, { ...headers }, '');
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        handler.onResponseData?.(controller, Buffer.from(text));
        handler.onResponseEnd?.(controller, {});
        return true;
      },
      destroy: async () => undefined,
    }) as unknown as Dispatcher;
  const ports: Ports = {
    clock: {
      nowMs: () => nowMs,
      monotonicMs: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms;
      },
    },
    random: createRandom(1),
    crashPoint: () => undefined,
    dispatcher,
  };
  const client = new RestClient({
    origin: 'https://test.example',
    basePath,
    dialect,
    secrets: { apiKey: 'very-secret-key' },
    label: 'Test',
    ports,
    keep: surroundings.keep,
  });
  return { client, asked, kept: surroundings.kept, surroundings };
}

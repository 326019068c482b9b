import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { CONTROL_PATH, type Emulation } from './emulation.ts';

/** Longer than a client keeps an idle connection, so that nobody writes to one that is just being closed. */
const KEEP_ALIVE_MS = 65_000;

/** An emulator that listens. */
export interface Listening {
  /** The bare host, without a slash at its end. */
  readonly url: string;
  /** The control plane; needs no token. */
  readonly control: string;
  /** Stops listening, ends open connections and closes the emulator. */
  close(): Promise<void>;
}

/** Serves an emulation on a port (0: any free one) of the loopback interface. Throws when the port is taken. */
export function listen(emulation: Emulation, port = 0, host = '127.0.0.1'): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: emulation.hono.fetch,
        port,
        hostname: host,
        overrideGlobalObjects: false,
        serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS },
      },
      (info) => {
        const url = `http://${host.includes(':') ? `[${host}]` : host}:${info.port}`;
        resolve({ url, control: url + CONTROL_PATH, close: () => stop(server as Server, emulation) });
      },
    );
    server.once('error', reject);
  });
}

function stop(server: Server, emulation: Emulation): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      emulation.close();
      resolve();
    });
    server.closeAllConnections();
  });
}

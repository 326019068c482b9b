import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signInPageText } from './hostile-pages.ts';

/** What an answer is made into. */
export interface Changed {
  readonly body: string;
  readonly type?: string;
}

/** A server that stands before another one. */
export interface Between {
  /** Its address, in the place of the other's. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Hands requests on to a server and changes what comes back: `change` is given the path with its query, the body, and
 * the address of this server; null: the answer stays as it is. Addresses of the other server in bodies become this one's.
 */
export async function standBetween(
  target: string,
  change: (path: string, body: string, own: string) => Changed | null,
): Promise<Between> {
  let own = '';
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const answer = await fetch(target + path, {
      method: request.method ?? 'GET',
      headers: passed(request.headers),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    if (!/json|text/.test(type)) {
      response.writeHead(answer.status, { 'content-type': type }).end(bytes);
      return;
    }
    const text = bytes.toString('utf8').replaceAll(target, own);
    const changed = answer.status === 200 ? change(path, text, own) : null;
    response.writeHead(answer.status, { 'content-type': changed?.type ?? type }).end(changed?.body ?? text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: own,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** What concerns the connection is not handed on. */
function passed(headers: IncomingHttpHeaders): Record<string, string> {
  const left = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']);
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      left.has(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
}

/** The page people sign in at, with status 200. */
export const signInPage: Changed = { body: signInPageText, type: 'text/html; charset=utf-8' };

/** The first half of a body. */
export function half(body: string): Changed {
  return { body: body.slice(0, Math.floor(body.length / 2)) };
}

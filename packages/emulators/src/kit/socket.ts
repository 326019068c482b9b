import type { IncomingMessage, ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Answer } from './exchange.ts';

/** Tells Hono's server that the answer was written to the socket here, or that there is none. */
export const ALREADY_SENT: Response = RESPONSE_ALREADY_SENT;

/** The whole body of a request; null when the client went away while sending it. */
export function readBody(incoming: IncomingMessage): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? null) : Buffer.concat(chunks)));
    incoming.on('error', () => resolve(null));
    incoming.on('close', () => resolve(null));
  });
}

/** Writes an answer. */
export function sendAnswer(outgoing: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': body.byteLength });
  outgoing.end(body);
}

/** Announces the whole answer, writes half of it and closes the connection. */
export function sendHalf(outgoing: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body;
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': body.byteLength });
  outgoing.write(body.subarray(0, Math.ceil(body.byteLength / 2)), () => outgoing.socket?.destroySoon());
}

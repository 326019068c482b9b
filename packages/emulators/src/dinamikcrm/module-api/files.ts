import { type Answer, htmlAnswer } from '../../kit/exchange.ts';
import type { Account } from '../account.ts';
import { notFound } from '../refusal.ts';
import { moduleNamed } from '../schema/schema.ts';
import { bytesOf } from '../world/contents.ts';
import type { Row } from '../world/row.ts';

/** The bytes of a file. Files on other drives and elsewhere, and those that were lost, have none here. */
export function fileAnswer(account: Account, id: number): Answer {
  const row = account.find(moduleNamed('attach'), id);
  const answer = bytesAnswer(row);
  if (answer === null) throw notFound(`Dosya ${id}`);
  return answer;
}

/** The bytes of a file as the web server hands them out, without keys; `parts` are those of its path. */
export function uploadAnswer(account: Account, parts: readonly string[]): Answer {
  const path = `/${parts.join('/')}`;
  const row = account.rows(moduleNamed('attach')).find((each) => each.path === path);
  return bytesAnswer(row) ?? htmlAnswer(404, '<h1>404</h1>');
}

function bytesAnswer(row: Row | undefined): Answer | null {
  const path = String(row?.path ?? '');
  if (row?.active !== true || !path.startsWith('/Uploads/') || path.includes('kayip')) return null;
  return {
    status: 200,
    headers: { 'content-type': String(row.contentType ?? 'application/octet-stream') },
    body: bytesOf(row),
    costTokens: 0,
  };
}

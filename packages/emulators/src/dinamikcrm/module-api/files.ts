import type { Answer } from '../../kit/exchange.ts';
import type { Account } from '../account.ts';
import { notFound } from '../refusal.ts';
import { moduleNamed } from '../schema/schema.ts';
import { bytesOf } from '../world/contents.ts';

/** The bytes of a file. Files on other drives and elsewhere, and those that were lost, have none here. */
export function fileAnswer(account: Account, id: number): Answer {
  const row = account.find(moduleNamed('attach'), id);
  const path = String(row?.path ?? '');
  if (row?.active !== true || !path.startsWith('/Uploads/') || path.includes('kayip'))
    throw notFound(`Dosya ${id}`);
  return {
    status: 200,
    headers: { 'content-type': String(row.contentType ?? 'application/octet-stream') },
    body: bytesOf(row),
    costTokens: 0,
  };
}

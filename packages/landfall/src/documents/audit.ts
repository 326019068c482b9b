import { join } from 'node:path';
import { canonicalJson } from '../base/canonical.ts';
import { integer } from '../base/counted.ts';
import { writeAtomically } from '../files/atomic-file.ts';
import { type AuditAnchor, anchorsName, anchorsOf } from '../model/audit.ts';
import type { StoreReader } from '../model/store.ts';
import type { DocumentContext } from './context.ts';
import { type Section, table, text } from './report.ts';
import { auditPages } from './store-pages.ts';
import { moment } from './wording.ts';

/** `audit-log.jsonl`: every entry, one a line, in the bytes its hash was made of (docs/reference/audit-log.md). */
export async function writeAuditLog(context: DocumentContext, directory: string): Promise<string[]> {
  if ((await context.reader.auditHead()).seq === 0) return [];
  const path = join(directory, 'audit-log.jsonl');
  await writeAtomically(path, entryLines(context.reader));
  return [path, ...(await writeAnchors(context, directory))];
}

/** `audit-anchors.jsonl`: heads of the log at each phase and gate. Small: to be sent to somebody outside. */
export async function writeAnchors({ reader }: DocumentContext, directory: string): Promise<string[]> {
  const anchors = await readAnchors(reader);
  if (anchors.length === 0) return [];
  const path = join(directory, 'audit-anchors.jsonl');
  await writeAtomically(
    path,
    anchors.map((anchor) => `${canonicalJson(anchor)}\n`),
  );
  return [path];
}

async function* entryLines(reader: StoreReader): AsyncIterable<string> {
  for await (const page of auditPages(reader)) {
    const lines = page.map(({ seq, at, kind, body, previous, hash }) =>
      canonicalJson({ seq, at, kind, body, previous, hash }),
    );
    yield `${lines.join('\n')}\n`;
  }
}

async function readAnchors(reader: StoreReader): Promise<readonly AuditAnchor[]> {
  return anchorsOf(await reader.getValue(anchorsName));
}

/** The heads of the audit log, in the report a customer keeps: what lies before one of them cannot be exchanged unnoticed. */
export async function auditSection({ reader }: DocumentContext): Promise<Section[]> {
  const anchors = await readAnchors(reader);
  if (anchors.length === 0) return [];
  const rows = anchors.map(({ after, at, seq, hash }) => [after, moment(at), integer(seq), hash]);
  const words =
    'Every write, answer, decision and approval is an entry of the audit log, each chained to the one before by its hash. Keep this page: with the hashes below anybody can check an exported log (`landfall report audit-log`) with the verifier that comes with the program, and find the first entry that was changed, removed or added.';
  return [{ title: 'Audit log', blocks: [text(words), table(['After', 'At', 'Entry', 'Hash'], rows, '')] }];
}
